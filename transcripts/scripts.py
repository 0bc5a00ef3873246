"""Simplified and Traditional Chinese: the one place where OpenCC's tables are loaded."""

from __future__ import annotations

import re
from functools import cache, lru_cache
from typing import Any, Final


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


_COUNTED: Final = "一二两三四五六七八九十百千万几数每这那哪半多整船"
_RIGHT: Final = tuple(
    (re.compile(pattern), right)
    for pattern, right in (
        (r"别(?!扭)", "別"),
        (rf"(?<![{_COUNTED}\d])只(?!身|言片)", "只"),
        (r"(?<=[这那哪每\d])只(?=[是能会有要需好怕剩])", "只"),
        (r"(?<=\d)只(?![是能会有要需好怕剩])", "隻"),
        (r"回(?=音)", "回"),
        (r"复(?=[您你])", "覆"),
        (r"(?<![拿说看算摸吃瞄测报]不)(?<=不)准(?=[\u4e00-\u9fff])(?![了的吗呢啊确时点])", "准"),
        (r"家具", "家具"),
        (r"面条(?=[款件目约])", "面條"),
        (r"钟(?![情爱意馗离灵])", "鐘"),
    )
)
"""What OpenCC takes wrongly where one simplified character was several: of the same length."""


@lru_cache(maxsize=4096)
def traditional(text: str) -> str:
    """Traditional Chinese, Taiwan's characters, as service desks write it (平台, 別只發)."""
    full = str(converter("s2tw").convert(text)).replace("臺", "台")
    if len(full) != len(text):
        return full
    for pattern, right in _RIGHT:
        for match in pattern.finditer(text):
            full = full[: match.start()] + right + full[match.end() :]
    return full
