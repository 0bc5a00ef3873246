"""Letters that make no word: what no head ever saw can only be misheard, so nothing is heard."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from itertools import pairwise
from typing import Self

_WORD = re.compile(r"[a-z]+")
_SHORT = 3
"""Words of so few letters may be what people write for longer ones: "idk", "brb"."""
_TELLS = re.compile(r"[一-鿿\d?？]")
"""Characters that say something by themselves."""


@dataclass(frozen=True, slots=True)
class Words:
    """Known English words, and the pairs of letters that stand in them."""

    known: frozenset[str]
    pairs: frozenset[str]

    @classmethod
    def of(cls, grams: Iterable[str]) -> Self:
        """The words that n-grams hold."""
        known = frozenset(word for gram in grams for word in _WORD.findall(gram))
        return cls(known, frozenset(a + b for word in known for a, b in pairwise(word)))

    def babble(self, text: str) -> bool:
        """Whether a clause is letters without a known word, some of which no word puts together.

        "asdf" is; "splendid", which nobody taught, looks like a word and is not.
        """
        words = _WORD.findall(text.lower())
        if not words or _TELLS.search(text) or any(word in self.known for word in words):
            return False
        odd = (word for word in words if len(word) > _SHORT)
        return any(a + b not in self.pairs for word in odd for a, b in pairwise(word))
