"""The word pieces by which texts are told to be about one thing."""

from __future__ import annotations

import re
from typing import Final

_HAN: Final = re.compile(r"[\u3400-\u9fff]+")
_WORD: Final = re.compile(r"[a-z]{4,}")


def pieces(text: str) -> frozenset[str]:
    """Pairs of Chinese characters, and longer English words, of a normalised text."""
    pairs = {run[i : i + 2] for run in _HAN.findall(text) for i in range(len(run) - 1)}
    return frozenset(pairs | set(_WORD.findall(text)))


def share(text: str, other: frozenset[str]) -> float:
    """The share (0–1) of the text's pieces that stand in `other` too; 0 without any."""
    mine = pieces(text)
    return len(mine & other) / len(mine) if mine else 0.0
