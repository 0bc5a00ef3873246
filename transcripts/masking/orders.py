"""Order numbers of shops and tracking numbers of couriers."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

from transcripts.masking.context import (
    COURIERS,
    MEASURED,
    NOBODYS,
    ORDER,
    PARCEL,
    after,
    around,
    before,
    digits,
    label,
)
from transcripts.masking.spans import Find

ORDER_LABEL: Final = label(
    r"订单(?:号码?|编号|号是|id|尾号)|下单(?:编号|号)|交易(?:单|订单)?(?:号|编号)|商户单号|"
    r"支付单号|订购编号|购买单号|"
    r"(?<![a-z])order (?:confirmation|ref|reference)|(?:order|purchase|po|invoice|"
    r"confirmation)(?: ?(?:number|num|no|id|ref|reference|"
    r"#)s?\b\.?)+|(?<![a-z])order ?#|(?<![a-z])po#"
)
WEAK_ORDER_LABEL: Final = label(
    r"订单|(?:京东|淘宝|天猫|拼多多|抖音|抖店|唯品会|美团|苏宁|得物|快团团|[京淘])单号?|这单|那单|"
    r"单子|(?<![a-z])order|(?<![a-z])ordr|(?<![a-z])oder|(?<![a-z])po"
)
TRACKING_LABEL: Final = label(
    rf"(?:快递|物流|运单|面单|退货|退回|寄回|寄出|包裹|天天|{COURIERS}|"
    r"退件|快件|发货|补发|换货|追踪|追蹤|托运|托寄)(?:物流|"
    r"快递|速递|速运|快运)?(?:单号?|号码?|编号|运单号?|查询码|码)|运单|"
    r"交货便(?:代码)?|寄件代码|配送编号|"
    r"tracking|(?<![a-z])awb|waybill|consignment|(?:parcel|shipment|shipping|delivery|royal mail|"
    r"ups|usps|fedex|dhl|evri|dpd|hermes)"
    r" (?:number|no|id|ref|reference|code)\b"
)
COURIER_LABEL: Final = label(
    rf"{COURIERS}|快递|物流|货态(?:查询)?|"
    r"(?<![a-z])ups|(?<![a-z])usps|fedex|(?<![a-z])dhl|royal mail|evri|(?<![a-z])dpd"
)
SLIP_LABEL: Final = label(r"单号")

_PREFIXED = re.compile(
    r"(?<![0-9A-Za-z])(?:SF[ ]?\d(?:[ \-]?\d){11,14}|YT[ ]?\d(?:[ \-]?\d){12,15}|"
    r"JD[A-Z]{0,2}\d{9,15}(?:-\d{1,3}-\d{1,3}-?)?|JT[ ]?\d{13}|"
    r"(?:ZTO|STO|DN|ANE|YTO|YUNDA|YD|ZT|ST|HT|HTKY|BEST|DPK|DB|KY|YW|UC|FW|LP|CN|JYM|SFO|"
    r"EMS)[ ]?\d{9,18}|"
    r"[A-Z]{2}[ ]?\d{3}[ ]?\d{3}[ ]?\d{3}[ ]?(?:CN|GB|US|HK|TW|MO|SG|JP|DE|FR|AU|CA|NL|KR|BE|IE)|"
    r"1Z ?[0-9A-Z]{3} ?[0-9A-Z]{3} ?[0-9A-Z]{2} ?\d{4} ?\d{4}|1Z[0-9A-Z]{16}|TBA\d{12}|"
    r"JJD\d{12,18}|H0[0-9A-Z]{14}|"
    r"9[2-5]\d{2}(?: ?\d{4}){4} ?\d{2}(?:\d{4})?)(?![0-9A-Za-z])",
    re.IGNORECASE,
)
_VALUE = re.compile(
    r"(?<![0-9A-Za-z\-])(?:[A-Za-z]{1,6}[\-]?)?\d(?:[\-]?[A-Za-z0-9]){4,31}(?![0-9A-Za-z])"
)
_SPACED = re.compile(r"(?<![0-9A-Za-z])[A-Za-z]{0,3}\d{2,}(?:[ \-]{1,2}\d{2,}){1,6}(?![0-9A-Za-z])")
_MIXED = re.compile(
    r"(?<![0-9A-Za-z\-])(?=[A-Za-z0-9\-]{0,12}\d)[A-Za-z0-9]+(?:-[A-Za-z0-9]+){0,5}(?![0-9A-Za-z"
    r"\-])"
)
_PINDUODUO = re.compile(r"(?<![0-9A-Za-z])2\d{5}-\d{12,16}(?!\d)")
_AMAZON = re.compile(r"(?<![0-9A-Za-z])(?:[1-9]\d{2}|[SD]\d\d)-\d{7}-\d{7}(?!\d)")
_LONG = re.compile(r"(?<![0-9A-Za-z.\-])\d{12,24}(?![0-9A-Za-z]|-\d|\.\d)")
_STAMP = re.compile(
    r"20[0-4]\d(?:0[1-9]|1[0-2])(?:0[1-9]|[12]\d|3[01])(?:[01]\d|2[0-3])[0-5]\d(?:[0-5]\d)?"
)
_COURIER_SHAPE = re.compile(
    r"7[2-9]\d{10,13}|4[2-6]\d{11,13}|3[1-9]\d{11}|88\d{11}|9[0-9]\d{11}|1[0-2]\d{11}|5\d{11,13}|"
    r"2\d{11,13}|6[0-8]\d{10,12}"
)


def orders(text: str) -> Iterator[Find]:
    """Order and tracking numbers in a view."""
    for match in _PREFIXED.finditer(text):
        front = before(text, match.start())
        nobodys = NOBODYS.search(front) and not TRACKING_LABEL.search(front)
        if not (nobodys or ORDER_LABEL.search(front)):
            yield Find(match.start(), match.end(), "tracking_number", 81)
    for pattern in (_PINDUODUO, _AMAZON):
        for match in pattern.finditer(text):
            if not NOBODYS.search(before(text, match.start())):
                yield Find(match.start(), match.end(), "order_number", 79)
    for pattern in (_VALUE, _SPACED, _MIXED):
        for match in pattern.finditer(text):
            found = _labelled(text, match)
            if found is not None:
                yield found
    yield from _bare(text)


_THIS_ORDER = re.compile(r" ?(?:[这那]一?[单笔]|[这那]个?订单)")


def _labelled(text: str, match: re.Match[str]) -> Find | None:
    start, end = match.span()
    count = len(digits(match[0]))
    if sum(len(part) >= 10 for part in match[0].split()) > 1:
        return None
    if count < 4 or len(match[0]) < 6 or MEASURED.match(after(text, end)):
        return None
    front = before(text, start)
    if ORDER_LABEL.search(front) and not re.search(r"尾号", front[-8:]):
        return Find(start, end, "order_number", 86)
    if TRACKING_LABEL.search(front):
        return Find(start, end, "tracking_number", 86)
    if NOBODYS.search(front):
        return None
    if SLIP_LABEL.search(front) and _PREFIXED.fullmatch(match[0]):
        return Find(start, end, "tracking_number", 85)
    if SLIP_LABEL.search(front):
        near = around(text, start, end)
        parcel = PARCEL.search(near) and not (count >= 18 and ORDER.search(near))
        kind = "tracking_number" if parcel or (12 <= count <= 15) else "order_number"
        return Find(start, end, kind, 85)  # type: ignore[arg-type]
    if WEAK_ORDER_LABEL.search(front) and count >= 6:
        return Find(start, end, "order_number", 54)
    if count >= 8 and _THIS_ORDER.match(text, end):
        return Find(start, end, "order_number", 54)
    if COURIER_LABEL.search(front) and count >= 10:
        return Find(start, end, "tracking_number", 54)
    return None


def _bare(text: str) -> Iterator[Find]:
    """Long numbers without a label, by what the line is about."""
    for match in _LONG.finditer(text):
        start, end = match.span()
        number = match[0]
        if NOBODYS.search(before(text, start)) or MEASURED.match(after(text, end)):
            continue
        if _STAMP.fullmatch(number) or _barcode(number) or number.startswith("106"):
            continue
        near = around(text, start, end)
        if PARCEL.search(near) and len(number) <= 15 and _COURIER_SHAPE.fullmatch(number):
            yield Find(start, end, "tracking_number", 40)
        elif ORDER.search(near) or 18 <= len(number) <= 19:
            yield Find(start, end, "order_number", 38)
        elif PARCEL.search(near):
            yield Find(start, end, "tracking_number", 36)


def _barcode(number: str) -> bool:
    """Whether this is a Chinese EAN-13 with a right check digit."""
    if len(number) != 13 or not number.startswith("69"):
        return False
    total = sum(int(sign) * (3 if place % 2 else 1) for place, sign in enumerate(number[:12]))
    return (10 - total % 10) % 10 == int(number[12])
