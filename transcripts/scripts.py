"""Simplified and Traditional Chinese: the one place where OpenCC's tables are loaded."""

from __future__ import annotations

from functools import cache, lru_cache
from typing import Any


@cache
def converter(name: str) -> Any:
    """The OpenCC converter of that name (t2s, s2t, s2tw); loaded when first asked for.

    Late, because an English file never needs the dictionaries.
    """
    from opencc import OpenCC

    return OpenCC(name)


@lru_cache(maxsize=65_536)
def simplified_character(character: str) -> str:
    """The Simplified form of one character; itself where there is none of one character."""
    simple = str(converter("t2s").convert(character))
    return simple if len(simple) == 1 else character
