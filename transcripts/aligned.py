"""Text in one spelling, with every character still in its place.

Spans found in aligned text are spans of the original, so quotes stay verbatim.
"""

from __future__ import annotations

import unicodedata

from transcripts.scripts import simplified_character


class _Table(dict[int, str]):
    """One character to one character, found out when first met."""

    def __missing__(self, code: int) -> str:
        char = chr(code)
        plain = unicodedata.normalize("NFKC", char)
        if len(plain) != 1:
            plain = char
        if plain >= "㐀":
            plain = simplified_character(plain)
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
