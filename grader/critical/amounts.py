"""Numbers in Arabic or Chinese figures."""

from __future__ import annotations

import re

DIGITS = {"零": 0, "一": 1, "二": 2, "两": 2, "三": 3, "四": 4, "五": 5, "六": 6, "七": 7,
           "八": 8, "九": 9, "半": 0.5}  # fmt: skip
_UNITS = {"十": 10, "百": 100, "千": 1000, "万": 10000}
WHOLE = r"(?:\d+(?:\.\d+)?|[零一二两三四五六七八九十百千万]+)"
"""A pattern for a number in either kind of figures."""


def number(text: str) -> float | None:
    """A whole number in Arabic or Chinese figures: 30, 三百, 两千五; None if it is neither."""
    if re.fullmatch(r"\d+(?:\.\d+)?", text):
        return float(text)
    total = section = 0.0
    digit: float | None = None
    unit = 1
    for char in text:
        if char in DIGITS:
            digit = DIGITS[char]
            unit = 1 if char == "零" else unit
        elif char in _UNITS:
            unit = _UNITS[char]
            section += (1 if digit is None else digit) * unit
            digit = None
            if unit == 10000:
                total, section = (total + section) * 1.0, 0.0
        else:
            return None
    if digit is not None:
        section += digit * (unit / 10 if unit >= 100 else 1)
    return total + section
