"""The text as the detectors see it: one character for one character of the input.

Full-width forms, other digits and Traditional characters are folded, spoken digits (幺三八…) become
digits, and everything that is masked already is one sign that stands for its kind. Masked text
therefore looks the same whether it was masked now or before, which makes masking idempotent.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from dataclasses import dataclass
from typing import Final

from transcripts.masking.spans import KINDS, Kind, Span
from transcripts.scripts import simplified_character

SIGNS: Final[dict[Kind, str]] = {kind: chr(0xE000 + n) for n, kind in enumerate(KINDS)}
MASKED_ELSEWHERE: Final = "\ue00f"
ANY_SIGN: Final = "\ue000-\ue00f"
KIND_OF_WORD: Final[dict[str, Kind]] = {
    "电话": "phone",
    "手机": "phone",
    "姓名": "name",
    "地址": "address",
    "订单": "order_number",
    "邮箱": "email",
    "身份证号": "id_card",
}
PLACEHOLDER: Final = re.compile(
    r"\[(?:(" + "|".join(KINDS) + r")_\d{1,9}|([\u4e00-\u9fff]{1,8})[xX])\]"
)


def _folding() -> dict[int, str]:
    table = {code: chr(code - 0xFEE0) for code in range(0xFF01, 0xFF5F)}
    table |= {0x1D7CE + n: str(n % 10) for n in range(50)}  # mathematical digits
    table |= {0x2460 + n: str(n + 1) for n in range(9)}  # circled digits
    table |= {0x2776 + n: str(n + 1) for n in range(9)}
    table[0x24EA] = "0"
    table |= {ord(c): " " for c in "\u3000\u00a0\u2002\u2003\u2009\u202f\t\u200b\u200d\ufe0f\u20e3"}
    table |= {ord(c): "-" for c in "‐‑‒–—―−﹣－─"}
    table |= {ord("，"): ",", ord("。"): "。", ord("："): ":", ord("・"): "·", ord("•"): "·"}
    # Taiwanese forms that OpenCC's table leaves.
    table |= {ord("帳"): "账", ord("帐"): "账", ord("暱"): "昵"}
    return table


class _Folds(dict[int, str]):
    """Signs and their folded forms; Traditional characters are looked up when first met."""

    def __missing__(self, code: int) -> str:
        sign = chr(code)
        if 0x3400 <= code < 0xA000 or 0xF900 <= code < 0xFB00:
            sign = simplified_character(sign)
        if code < 0x10000:
            self[code] = sign
        return sign


FOLD: Final = _Folds(_folding())
NUMERALS: Final = "〇零一幺二两三四五六七八九壹贰叁肆伍陆柒捌玖"
_VALUE: Final = dict(zip(NUMERALS, "0011223456789123456789", strict=True))
_SPOKEN: Final = re.compile(rf"[{NUMERALS}0-9](?:[ \-,、·]{{0,2}}[{NUMERALS}0-9]){{6,}}+")


def _speak_digits(match: re.Match[str]) -> str:
    run = match[0]
    if sum(sign in _VALUE for sign in run) < 3:
        return run
    return "".join(_VALUE.get(sign, " " if sign in ",、" else sign) for sign in run)


def fold(text: str) -> str:
    """The same text, folded; its length does not change."""
    return _SPOKEN.sub(_speak_digits, text.translate(FOLD))


@dataclass(frozen=True, slots=True)
class View:
    """`text` is what detectors read; `starts` and `shifts` lead its offsets back to the input."""

    text: str
    starts: tuple[int, ...]
    shifts: tuple[int, ...]

    def original(self, place: int) -> int:
        """The offset in the input of the character at `place`."""
        return place + self.shifts[bisect_right(self.starts, place) - 1]


def masked_before(text: str) -> list[tuple[int, int, str]]:
    """Placeholders in the input, with the sign that stands for each."""
    if "[" not in text:
        return []
    found = []
    for match in PLACEHOLDER.finditer(text):
        kind = match[1] or KIND_OF_WORD.get(match[2])
        sign = SIGNS[kind] if kind in KINDS else MASKED_ELSEWHERE
        found.append((match.start(), match.end(), sign))
    return found


def look(text: str, before: list[tuple[int, int, str]], spans: list[Span]) -> View:
    """A view of `text` in which placeholders and `spans` are one sign each."""
    blocks = sorted([*before, *((s.start, s.end, SIGNS[s.kind]) for s in spans)])
    pieces, starts, shifts, at, place = [], [0], [0], 0, 0
    for start, end, sign in blocks:
        pieces += [text[at:start], sign]
        place += start - at + 1
        at = end
        starts.append(place)
        shifts.append(at - place)
    pieces.append(text[at:])
    return View(fold("".join(pieces)), tuple(starts), tuple(shifts))
