"""Text in one spelling, with every character still in its place.

Spans found in aligned text are spans of the original, so quotes stay verbatim.
"""

from __future__ import annotations

import unicodedata
from functools import cache
from typing import Any


@cache
def _converter() -> Any:
    from opencc import OpenCC

    return OpenCC("t2s")


class _Table(dict[int, str]):
    """One character to one character, found out when first met."""

    def __missing__(self, code: int) -> str:
        char = chr(code)
        plain = unicodedata.normalize("NFKC", char)
        if len(plain) != 1:
            plain = char
        if plain >= "㐀":
            simple = _converter().convert(plain)
            plain = simple if len(simple) == 1 else plain
        lower = plain.lower()
        plain = _EXTRA.get(plain, lower if len(lower) == 1 else plain)
        self[code] = plain
        return plain


_EXTRA = {
    "’": "'",
    "‘": "'",
    "“": '"',
    "”": '"',
    "–": "-",
    "—": "-",
    "−": "-",
    "～": "~",
    "〜": "~",
}
_table = _Table()


def aligned(text: str) -> str:
    """Simplified, half-width, lower-case text of the same length.

    >>> aligned("７天內可退，Ｎo.2")
    '7天内可退,no.2'
    """
    return text.translate(_table)
