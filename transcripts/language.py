"""In which of the languages that the grader knows a conversation is written."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable
from functools import lru_cache
from typing import Final

from transcripts.scripts import converter
from transcripts.types import Language

_HAN: Final = re.compile(r"[㐀-䶿一-鿿豈-﫿]")
_WORD: Final = re.compile(r"[A-Za-z]+")
# An order number or a brand is a Latin word too, so Han characters win unless clearly outnumbered.
_WORDS_PER_HAN: Final = 4
_ENOUGH: Final = 1_000


def recognise(texts: Iterable[str]) -> Language:
    """The language of a conversation's texts: zh, zh-Hant or en; zh where nothing tells.

    Traditional Chinese has more characters that only Traditional uses than that only Simplified
    uses (tables of OpenCC). The first 1,000 characters decide.
    """
    sample = _start(texts)
    counted = {} if sample.isascii() else Counter(sample)
    han = {character: count for character, count in counted.items() if _HAN.match(character)}
    if len(_WORD.findall(sample)) > _WORDS_PER_HAN * sum(han.values()):
        return "en"
    balance = sum(_script(character) * count for character, count in han.items())
    return "zh-Hant" if balance > 0 else "zh"


def _start(texts: Iterable[str]) -> str:
    parts: list[str] = []
    room = _ENOUGH
    for text in texts:
        parts.append(text[:room])
        room -= len(text)
        if room <= 0:
            break
    return "\n".join(parts)


@lru_cache(maxsize=65_536)
def _script(character: str) -> int:
    """1 for a character that only Traditional uses, -1 for Simplified, 0 for both."""
    simpler = converter("t2s").convert(character) != character
    fuller = converter("s2t").convert(character) != character
    if simpler == fuller:  # 后, 里, 干 serve in both scripts
        return 0
    return 1 if simpler else -1
