"""Telephone numbers of people; hotlines of shops, couriers and authorities stay.

Forms: mainland mobiles and landlines, Hong Kong, Macau, Taiwan, the United States, the United
Kingdom and any number with a country code (ITU E.164: at most 15 digits).
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

from transcripts.masking.context import MEASURED, NOBODYS, after, before, digits, label
from transcripts.masking.spans import Find
from transcripts.masking.view import SIGNS

PHONE_LABEL: Final = label(
    r"电话|手机|手提|联系方式|联络方式|联系号|联络|联系我?|座机|固话|市话|致电|来电|回电|回拨|"
    r"拨打?|拨通|我的?号|的号|号是|"
    r"打给我?|打去|打我|打[俾畀]我?|打这个|打到|短信|机主|号码|号改|本机|call(?: me)?(?: on| at)?|"
    r"phone|mobile|"
    r"(?<![a-z])tel|"
    r"(?<![a-z])cell|text(?: me)?(?: on| at)?|(?<![a-z])ring(?: me)?(?: on| at)?|whats ?app|"
    r"contact(?: me)?(?: "
    r"on| at)?|"
    r"reach(?: me)?(?: on| at)?|landline|(?<![a-z])num"
)
CALLING: Final = re.compile(
    (
        r"电话|手机|致电|打给|打去|打我|联络|联系|whats ?app|call|phone|mobile|(?<![a-z])tel|text|"
        r"ring|reach"
    ),
    re.I,
)
HOTLINE: Final = re.compile(
    r"(?:400|800)\d{7}|95\d{3,6}|96\d{3,5}|1\d{2}|1\d{4}|106\d{5,}|12[0-9]{3}|"
    r"1?(?:800|888|877|866|855|844|833)\d{7}|"
    r"0(?:800|808|300|330|333|343|344|345|370|371|843|844|845|870|871)\d{5,7}"
)
#: Digits after the country code.
NATIONAL: Final[dict[str, tuple[int, ...]]] = {
    "852": (8,),
    "853": (8,),
    "886": (9, 8, 10),
    "65": (8,),
    "1": (10,),
    "44": (10, 11, 9),
    "61": (9, 10),
    "81": (10, 9, 11),
    "82": (10, 9),
    "60": (9, 10),
    "66": (9,),
    "63": (10,),
    "62": (10, 11, 9, 12),
    "84": (9,),
    "49": (11, 10),
    "33": (9,),
    "39": (10,),
    "34": (9,),
    "31": (9,),
    "7": (10,),
    "64": (9, 8, 10),
    "91": (10,),
    "86": (11, 10, 12),
}
#: How people group the eleven digits of a mobile number.
MOBILE_SHAPES: Final = {
    (11,), (3, 8), (3, 4, 4), (4, 4, 3), (3, 3, 5), (4, 3, 4), (3, 5, 3), (7, 4), (5, 6), (4, 7),
    (3, 2, 2, 2, 2), (3, 3, 3, 2), (2, 3, 3, 3), (1,) * 11, (6, 5), (3, 2, 3, 3), (3, 4, 2, 2),
    (2, 9), (5, 3, 3),
}  # fmt: skip

_SEP = r"[ \-._·~*/,、]{0,3}"
_MOBILE = re.compile(
    r"(?<![0-9A-Za-z_+])(?:\+?\(?\+?(?:00)?86\)?[ "
    rf"\-]{{0,2}})?1{_SEP}[3-9](?:{_SEP}\d){{9}}(?![0-9@])"
)
_GLUED_LABEL = re.compile(r"(?:tel|phone|mobile|call|ph|mob)$", re.IGNORECASE)
_LOOKALIKE = re.compile(r"(?<![0-9A-Za-z])[1lI][3-9][\dOolI]{9}(?![0-9A-Za-z])")
_COUNTRY = re.compile(
    r"(?<![0-9A-Za-z+])(?:\(?\+|00|\(|(?=(?:852|853|886|44|86)[ \-]))"
    r"(?P<cc>1|7|2\d|3[0-469]|4[0-9]|5\d|6[0-6]|81|82|84|86|9[0-58]|85[23]|886)\)?"
    r"(?P<rest>(?:[ \-().]{0,3}\d){7,14})"
)
_ZERO = re.compile(
    r"(?<![0-9A-Za-z.\-])\(?0(?:[ \-]?\d){1,4}\)?(?:[ \-]{0,2}\d){5,10}(?![0-9A-Za-z])"
    r"(?:[ \-]{0,2}(?:转|分机|ext\.?|x)[ :]?\d{1,6}|-\d{1,5}(?!\d))?",
    re.IGNORECASE,
)
_US = re.compile(
    r"(?<![0-9A-Za-z.\-/])(?:1[ .\-])?(?:\([2-9]\d\d\)[ .\-]?|[2-9]\d\d[ .\-])\d{3}[ "
    r".\-]\d{4}(?![\d\-])"
)
_LOCAL = re.compile(r"(?<![0-9A-Za-z.\-])[2-9]\d{2,3}[ \-]?\d{4}(?![0-9A-Za-z])(?:转\d{1,5})?")
#: A person was named just before: 陈嘉欣,9384 2017.
_AFTER_NAME = re.compile(rf"{SIGNS['name']}[ ,、:;/(]{{0,3}}$")
_TEN = re.compile(r"(?<![0-9A-Za-z])[2-9]\d{9}(?![0-9A-Za-z])")


def hotline(number: str) -> bool:
    """Whether these digits are a public service number rather than a person's."""
    return HOTLINE.fullmatch(number.removeprefix("86")) is not None or bool(
        HOTLINE.fullmatch(number)
    )


def phones(text: str) -> Iterator[Find]:
    """Telephone numbers in a view."""
    yield from _mobiles(text)
    yield from _with_country(text)
    yield from _from_zero(text)
    yield from _others(text)


def _mobiles(text: str) -> Iterator[Find]:
    for match in _MOBILE.finditer(text):
        yield from _mobile(text, match.start(), match.end())
    for match in _LOOKALIKE.finditer(text):
        if 6 <= len(digits(match[0])) < 11:
            yield Find(match.start(), match.end(), "phone", 60)
    for found in re.finditer(r"(?<=[A-Za-z])1[3-9]\d{9}(?!\d)", text):
        if _GLUED_LABEL.search(before(text, found.start())):
            yield Find(found.start(), found.end(), "phone", 70)


def _mobile(text: str, start: int, end: int) -> Iterator[Find]:
    raw = text[start:end]
    number = digits(raw)
    local = number[-11:]
    shape = tuple(len(part) for part in re.findall(r"\d+", raw))
    if len(number) > 11:
        shape = tuple(len(p) for p in re.findall(r"\d+", re.sub(r"^\D*(?:00)?86\D*", "", raw)))
    front = before(text, start)
    labelled = PHONE_LABEL.search(front) is not None
    if (
        shape == (1, 3, 3, 4)
        or "*" in raw
        or local.startswith("100")
        or local.endswith("0" * 8)
        or ((shape not in MOBILE_SHAPES or re.search("[,、]", raw)) and not labelled)
    ):
        return
    if NOBODYS.search(front) or re.match(r"\.\d|-\d{3}", text[end : end + 5]):
        return
    if not labelled and MEASURED.match(after(text, end)) and not re.match(r"\s", text[end:]):
        return
    yield Find(start, end, "phone", 75 if labelled else 55)


def _with_country(text: str) -> Iterator[Find]:
    for match in _COUNTRY.finditer(text):
        code, rest = match["cc"], match["rest"]
        sure_sign = "+" in match[0][:2] or match[0].startswith(("00", "("))
        if not sure_sign and not re.match(r"[ \-]", rest):
            continue
        length = next((n for n in NATIONAL.get(code, (8, 9, 10, 7, 11))
                       if _cut(rest, n) is not None), None)  # fmt: skip
        if length is None:
            continue
        cut = _cut(rest, length)
        assert cut is not None
        start, end = match.start(), match.start("rest") + cut
        if text[start] == "(" and ")" not in text[start:end]:
            start += 1
        if hotline(digits(rest[:cut])) or (code == "1" and hotline(digits(rest[:cut]))):
            continue
        if not NOBODYS.search(before(text, start)):
            yield Find(start, end, "phone", 72)


def _cut(rest: str, length: int) -> int | None:
    """Where `length` digits of `rest` end, if another digit does not follow at once."""
    seen = 0
    for place, sign in enumerate(rest):
        seen += sign.isdigit()
        if seen == length:
            glued = place + 1 < len(rest) and rest[place + 1].isdigit()
            return None if glued else place + 1
    return None


def _from_zero(text: str) -> Iterator[Find]:
    for match in _ZERO.finditer(text):
        start, end = match.span()
        main = re.split(r"转|分机|ext|x", match[0], maxsplit=1, flags=re.IGNORECASE)[0]
        number = digits(main)
        front = before(text, start)
        if not 9 <= len(number) <= 16 or number.startswith("00") or hotline(number[:11]):
            continue
        labelled = PHONE_LABEL.search(front) is not None
        parted = re.search(r"\d[ \-)]", main) is not None
        fits = (
            re.match(r"0(?:10|2\d)[2-9]\d{7}|0[3-9]\d\d[2-9]\d{6,7}|09\d{8}$|07\d{9}$", number)
            or (parted and 9 <= len(number) <= 12)
        )  # fmt: skip
        if NOBODYS.search(front) or not (labelled or fits):
            continue
        if text[start] == "(" and ")" not in match[0]:
            start += 1
        yield Find(start, end, "phone", 70 if labelled or parted else 50)


def _others(text: str) -> Iterator[Find]:
    for match in _US.finditer(text):
        if not hotline(digits(match[0])) and not NOBODYS.search(before(text, match.start())):
            yield Find(match.start(), match.end(), "phone", 65)
    for match in _LOCAL.finditer(text):
        front = before(text, match.start())
        number = digits(match[0])
        if hotline(number) or NOBODYS.search(front) or MEASURED.match(after(text, match.end())):
            continue
        grouped = re.fullmatch(r"[5-9]\d{3}[ \-]\d{4}", match[0]) and CALLING.search(front)
        beside = re.match(r"[5-9]", match[0]) and _AFTER_NAME.search(front)
        if PHONE_LABEL.search(front) or grouped or beside:
            yield Find(match.start(), match.end(), "phone", 58)
    for match in _TEN.finditer(text):
        front = before(text, match.start())
        if PHONE_LABEL.search(front) and not hotline(match[0]) and not NOBODYS.search(front):
            yield Find(match.start(), match.end(), "phone", 58)
