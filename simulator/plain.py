"""Chinese in its standard words: what people say by the way, in dialect, or too formally.

Patterns are written for the standard word (什么, 今天, 马上, 2 小时). They are tried on a text as
it stands and on its plain form, so a scenario need not list 啥, 今儿, 即刻 and 俩钟头 as well.
"""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache
from typing import Final

from grader.facts.numerals import number
from grader.normalise import simplified

_SAME: Final = {
    "啥": "什么", "咋样": "怎么样", "咋整": "怎么办", "咋": "怎么", "甭": "不用", "无需": "不用",
    "无须": "不用", "勿": "不要", "搁": "放", "撂": "放", "瞅": "看", "瞧": "看", "俩": "两个",
    "今儿": "今天", "今日": "今天", "明儿": "明天", "明日": "明天", "昨儿": "昨天", "昨日": "昨天",
    "当日": "当天", "礼拜": "周", "星期": "周", "钟头": "小时", "块钱": "元", "相片": "照片",
    "大夫": "医生", "喽": "了", "咯": "了", "啰": "了", "啦": "了", "立刻": "马上", "立马": "马上",
    "立即": "马上", "即刻": "马上", "麻溜": "马上", "亦": "也", "均": "都", "尚未": "还没",
}  # fmt: skip
_WORD: Final = re.compile("|".join(sorted(_SAME, key=len, reverse=True)))
_UNIT: Final = r"个?(?:小时|工作日)|[号日月天点块元分斤张]"
_NUMERAL: Final = re.compile(rf"[一二两三四五六七八九十百千]+(?={_UNIT})")
_YUAN: Final = re.compile(r"(?<=\d)( ?)块")


@lru_cache(maxsize=4_000)
def plain(text: str) -> str:
    """The text in standard words, with digits for numerals that count something.

    >>> plain("今儿就给您退三十块，俩钟头内到")
    '今天就给您退30元,2个小时内到'
    """
    text = simplified(unicodedata.normalize("NFKC", text))
    text = _WORD.sub(lambda match: _SAME[match[0]], text)
    return _YUAN.sub(r"\1元", _NUMERAL.sub(_digits, text))


def _digits(match: re.Match[str]) -> str:
    value = number(match[0])
    return match[0] if value is None else f"{value:g}"
