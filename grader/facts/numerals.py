"""Chinese and English number words as people type them."""

from __future__ import annotations

import re
from typing import Final

DIGITS: Final = {
    "零": 0, "〇": 0, "一": 1, "二": 2, "两": 2, "俩": 2, "三": 3, "仨": 3, "四": 4, "五": 5,
    "六": 6, "七": 7, "八": 8, "九": 9, "壹": 1, "贰": 2, "叁": 3, "肆": 4, "伍": 5, "陆": 6,
    "柒": 7, "捌": 8, "玖": 9,
}  # fmt: skip
SCALES: Final = {"十": 10, "拾": 10, "百": 100, "佰": 100, "千": 1000, "仟": 1000}
GREAT: Final = {"万": 10_000, "亿": 100_000_000}

WORDS: Final = {
    "one": 1, "two": 2, "three": 3, "four": 4, "five": 5, "six": 6, "seven": 7, "eight": 8,
    "nine": 9, "ten": 10, "eleven": 11, "twelve": 12, "fifteen": 15, "twenty": 20, "thirty": 30,
    "forty": 40, "fifty": 50, "sixty": 60, "ninety": 90, "hundred": 100, "dozen": 12,
}  # fmt: skip

_ARABIC = re.compile(r"\d[\d,]{0,14}(?:\.\d{1,6})?")


def number(text: str) -> float | None:
    """The value of a numeral: arabic, Chinese, mixed (1万, 3千) or an English word; None if none.

    >>> number("八十九"), number("一百二"), number("两万五"), number("1.5万"), number("1,299.00")
    (89.0, 120.0, 25000.0, 15000.0, 1299.0)
    """
    text = text.strip().removesuffix("多").removesuffix("来").removesuffix("几")
    if not text:
        return None
    if text in WORDS:
        return float(WORDS[text])
    head = _ARABIC.match(text)
    if head:
        value = float(head.group().rstrip(",").replace(",", ""))
        for char in text[head.end() :]:
            scale = SCALES.get(char) or GREAT.get(char) or (1000 if char == "k" else None)
            if scale is None:
                return None
            value *= scale
        return value
    return _chinese(text)


def _chinese(text: str) -> float | None:
    whole, _, part = text.partition("点")
    if whole == "半":
        return 0.5
    value = _whole(whole)
    if value is None:
        return None
    if part:
        digits = [DIGITS.get(char) for char in part]
        if any(digit is None or digit > 9 for digit in digits):
            return None
        return float(f"{value:.0f}." + "".join(str(digit) for digit in digits))
    return value


def _whole(text: str) -> float | None:
    """A whole numeral read left to right; a last bare digit counts one scale below (一百二)."""
    text = text.replace("廿", "二十")
    total = section = 0.0
    digit: float | None = None
    last = 1.0
    zero = False
    if len(text) > 1 and all(char in DIGITS for char in text):
        return float("".join(str(DIGITS[char]) for char in text))
    for char in text:
        if char in DIGITS:
            digit = float(DIGITS[char])
            zero = zero or digit == 0
            continue
        if char in SCALES:
            last = float(SCALES[char])
            section += (1.0 if digit is None else digit) * last
        elif char in GREAT:
            last = float(GREAT[char])
            total = (total + section + (digit or 0.0)) * last
            section = 0.0
        else:
            return None
        digit, zero = None, False
    if digit is not None:
        section += digit if zero or last <= 10 else digit * last / 10
    return total + section if text else None
