"""Identity cards, passports and travel permits, bank cards, number plates.

Checks: GB 11643 for identity cards (ISO 7064 MOD 11-2), Luhn (ISO/IEC 7812) for bank cards. Real
messages hold typing errors, so a check that holds adds sureness, and one that fails only asks for
another sign: a label, a date inside, the usual grouping.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date
from typing import Final

from transcripts.masking.context import MEASURED, NOBODYS, after, around, before, digits, label
from transcripts.masking.spans import Find

ID_LABEL: Final = label(
    r"身[份分]证(?:字|统一)?|证件|身份号|居民证|实名|实名认证|证号|(?<![a-z])id card|national id|"
    r"identity "
    r"card|"
    r"(?<![a-z])ssn|social security|hkid|(?<![a-z])id"
)
_NINO_LABEL: Final = label(r"national insurance|(?<![a-z])ni\b|(?<![a-z])nino")
CARD_LABEL: Final = label(
    r"银行卡|卡号|银行账号|账号|帐号|账户|户口|储蓄卡|信用卡|借记卡|工资卡|工行|建行|农行|中行|"
    r"招行|交行|"
    r"邮储|浦发|中信|光大|民生|兴业|广发|平安银行|银行|收款卡|打到卡?|转到|退到|提现到|卡|card|"
    r"account|acct|"
    r"iban|visa|mastercard|amex|debit|credit"
)
CARD_AFTER: Final = re.compile(
    r"[ ,(]*(?:这?是?我的?)?(?:银行卡|卡号|储蓄卡|信用卡|.{0,2}行卡?|建设银行|工商银行|农业银行|"
    r"中国银行)|[ ,(]*(?:is )?my card"
)
NOT_A_CARD: Final = label(
    r"订单|单号|运单|快递|物流|交易|流水|编号|条码|order|tracking|运单号|面单"
)
PASSPORT_LABEL: Final = label(
    r"护照|passport|通行证|回乡证|台胞证|港澳证|旅行证|居留证",
    link=r"(?:\s*(?:证件|card|no\b|number|号码?|编号|num|is|是|为|改成|应该|[ :.#=,(]))*",
)
PLATE_LABEL: Final = label(
    r"车牌|车号|license plate|licence plate|number plate|(?<![a-z])plate|"
    r"(?<![a-z])reg(?:istration)?"
)
PROVINCES: Final = "京津沪渝冀豫云辽黑湘皖鲁新苏浙赣鄂桂甘晋蒙陕吉闽贵粤青藏川宁琼"

_ID18 = re.compile(r"(?<![0-9A-Za-z])[1-9](?:[ \-]?\d){16}[ \-]?[\dXx](?![0-9A-Za-z])")
_ID15 = re.compile(r"(?<![0-9A-Za-z])[1-6]\d{14}(?![0-9A-Za-z])")
_HKID = re.compile(r"(?<![0-9A-Za-z])[A-Za-z]{1,2}\d{6} ?(?:\([0-9Aa]\)|[0-9Aa](?![0-9A-Za-z]))")
_TWID = re.compile(r"(?<![0-9A-Za-z])[A-Za-z][1289]\d{8}(?![0-9A-Za-z])")
_NINO = re.compile(r"(?<![0-9A-Za-z])[A-Z]{2} ?\d{2} ?\d{2} ?\d{2} ?[A-D](?![0-9A-Za-z])", re.I)
_SSN = re.compile(r"(?<![0-9A-Za-z\-])\d{3}-\d{2}-\d{4}(?![0-9A-Za-z\-])")
_CARD = re.compile(r"(?<![0-9A-Za-z])\d(?:[ \-]{0,2}\d){11,24}(?![0-9A-Za-z])")
_IBAN = re.compile(
    r"(?<![0-9A-Za-z])[A-Z]{2}\d{2}(?: ?[A-Z0-9]{4}){3,7}(?: ?[A-Z0-9]{1,3})?(?![A-Za-z0-9])"
)
_ACCOUNT = re.compile(r"(?<![0-9A-Za-z])\d{8,14}(?![0-9A-Za-z])")
_PASSPORT = re.compile(
    r"(?<![0-9A-Za-z])(?:(?!(?:no|nr) )[A-Za-z]{1,2} ?\d{6,9}|\d{8,9}|"
    r"[A-Za-z]\d[A-Za-z0-9]{6,7})(?![0-9A-Za-z])"
)
_CN_PASSPORT = re.compile(r"(?<![0-9A-Za-z])(?:[EGDSP]\d{8}|E[A-HJ-NP-Z]\d{7})(?![0-9A-Za-z])")
_TRAVEL = re.compile(r"护照|passport|清关|出入境|海关|通行证|customs|机票|签证", re.IGNORECASE)
_PLATE = re.compile(
    rf"(?<![0-9A-Za-z])[{PROVINCES}][ ]?[A-Za-z][ ·.\-]{{0,2}}(?:[A-HJ-NP-Za-hj-np-z0-9]{{5,6}}|"
    rf"[A-Za-z0-9]{{4}}[挂学警港澳])(?![0-9A-Za-z])"
)
_FOREIGN_PLATE = re.compile(
    r"(?<![0-9A-Za-z])(?:[A-Z]{2}\d{2} ?[A-Z]{3}|[A-Z]{1,4}[ \-]?\d{2,4}|\d{1,4}[ \-]?[A-Z]{2,4}|"
    r"\d[A-Z]{3}\d{3})(?![0-9A-Za-z])",
    re.IGNORECASE,
)
_WEIGHTS = (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2)
_CARD_HEAD = re.compile(r"62|4|5[1-5]|2[2-7]|3[0-9]|6011|65|60|9[0-9]|68|69|81")


def id_checksum(number: str) -> bool:
    """Whether the last sign of an 18-sign identity number fits (ISO 7064 MOD 11-2)."""
    total = sum(int(d) * w for d, w in zip(number[:17], _WEIGHTS, strict=True))
    return "10X98765432"[total % 11] == number[17].upper()


def id_plausible(number: str) -> bool:
    """Whether an identity number begins with a province code and holds a possible birthday."""
    try:
        born = date(int(number[6:10]), int(number[10:12]), int(number[12:14]))
    except ValueError:
        return False
    return 1900 <= born.year <= 2030 and number[:2] in _ID_PROVINCES


_ID_PROVINCES_TEXT = """
11 12 13 14 15 21 22 23 31 32 33 34 35 36 37 41 42 43 44 45 46 50 51 52 53 54 61 62 63 64 65 71
81 82 83
"""
_ID_PROVINCES = frozenset(_ID_PROVINCES_TEXT.split())


def luhn(number: str) -> bool:
    """Whether the check digit of a card number fits."""
    total = 0
    for place, sign in enumerate(reversed(number)):
        value = int(sign) * (1 + place % 2)
        total += value - 9 if value > 9 else value
    return total % 10 == 0


def documents(text: str) -> Iterator[Find]:
    """Identity cards, bank cards, passports and plates in a view."""
    yield from _identity(text)
    yield from _bank_cards(text)
    yield from _passports(text)
    yield from _plates(text)


def _identity(text: str) -> Iterator[Find]:
    for match in _ID18.finditer(text):
        number = re.sub(r"[ \-]", "", match[0])
        front = before(text, match.start())
        labelled = ID_LABEL.search(front)
        if not labelled and (NOBODYS.search(front) or NOT_A_CARD.search(front)):
            continue
        if labelled or id_plausible(number):
            sure = 82 if labelled or id_checksum(number) else 78
            yield Find(match.start(), match.end(), "id_card", sure)
    for match in _NINO.finditer(text):
        if _NINO_LABEL.search(before(text, match.start())):
            yield Find(match.start(), match.end(), "id_card", 93)
    for pattern in (_ID15, _HKID, _TWID, _SSN):
        for match in pattern.finditer(text):
            front = before(text, match.start())
            bracketed = pattern is _HKID and "(" in match[0]
            if ID_LABEL.search(front) or (bracketed and not NOBODYS.search(front)):
                yield Find(match.start(), match.end(), "id_card", 80)


def _bank_cards(text: str) -> Iterator[Find]:
    for match in _CARD.finditer(text):
        found = _bank_card(text, match.start(), match[0])
        if found is not None:
            yield found
    for match in _IBAN.finditer(text):
        if re.search(r"iban|account|bank|账|户", before(text, match.start(), 40), re.IGNORECASE):
            yield Find(match.start(), match.end(), "bank_card", 76)
    for match in _CODED_ACCOUNT.finditer(text):
        if CARD_LABEL.search(before(text, match.start())):
            yield Find(match.start(), match.end(), "bank_card", 77)
    for match in _ACCOUNT.finditer(text):
        front = before(text, match.start())
        if _BANK_ACCOUNT.search(front) and not NOBODYS.search(front):
            yield Find(match.start(), match.end(), "bank_card", 66)


#: A Taiwanese bank code and account: 822-102938475610.
_CODED_ACCOUNT = re.compile(r"(?<![0-9A-Za-z\-])\(?\d{3}\)?[ \-]\d{10,16}(?![0-9A-Za-z])")
_BANK = re.compile(r"[\u4e00-\u9fff]{2}银行|对公|汇款|转账|打款|开户|bank", re.IGNORECASE)
_BANK_ACCOUNT = label(r"银行账号|银行帐号|银行账户|对公账户|户口|bank account|account|acct")


def _bank_card(text: str, start: int, raw: str) -> Find | None:
    front = before(text, start)
    labelled = CARD_LABEL.search(front) is not None
    if NOBODYS.search(front) or (NOT_A_CARD.search(front) and not labelled):
        return None
    for end in _group_ends(raw):
        number = digits(raw[:end])
        groups = re.split(r"[ \-]+", raw[:end])
        if not 13 <= len(number) <= 19:
            continue
        if labelled and len(number) >= 15 and _BANK.search(around(text, start, start + end, 24)):
            return Find(start, start + end, "bank_card", 77)
        if not _CARD_HEAD.match(number):
            continue
        regular = len(groups) > 1 and all(len(group) == 4 for group in groups[:-1])
        said = labelled or CARD_AFTER.match(after(text, start + end)) is not None
        if said and (len(groups) == 1 or len(number) >= 15):
            return Find(start, start + end, "bank_card", 77)
        shaped = regular or [len(g) for g in groups] in ([4, 6, 5], [6, 13], [8, 8], [16])
        if len(groups) > 1 and shaped and len(number) in (15, 16, 19):
            return Find(start, start + end, "bank_card", 73)
        issuer = re.match(r"62|4|5[1-5]", number)
        if len(groups) == 1 and len(number) == 16 and issuer and luhn(number):
            return Find(start, start + end, "bank_card", 52)
        if len(number) == 19 and number.startswith("62") and len(groups) == 1:
            return Find(start, start + end, "bank_card", 45)
    return None


def _group_ends(raw: str) -> list[int]:
    """Ends of the digit groups in `raw`, the last first."""
    return [match.end() for match in re.finditer(r"\d+", raw)][::-1]


def _passports(text: str) -> Iterator[Find]:
    for match in _PASSPORT.finditer(text):
        if PASSPORT_LABEL.search(before(text, match.start())):
            yield Find(match.start(), match.end(), "passport", 84)
    for match in _CN_PASSPORT.finditer(text):
        if not NOBODYS.search(before(text, match.start())) and _TRAVEL.search(
            around(text, *match.span())
        ):
            yield Find(match.start(), match.end(), "passport", 56)


def _plates(text: str) -> Iterator[Find]:
    for match in _PLATE.finditer(text):
        front = before(text, match.start())
        labelled = PLATE_LABEL.search(front) is not None
        in_word = (
            re.search(r"[\u4e00-\u9fff]$", front)
            and re.match(r"[津]|京", match[0][0])
            and re.search(r"(?:北|南|东|天)$", front)
        )
        has_digits = len(digits(match[0])) >= 2
        if (
            (labelled or not in_word)
            and has_digits
            and not MEASURED.match(after(text, match.end()))
        ):
            yield Find(match.start(), match.end(), "plate", 74)
    for match in _FOREIGN_PLATE.finditer(text):
        if PLATE_LABEL.search(before(text, match.start())) and digits(match[0]):
            yield Find(match.start(), match.end(), "plate", 64)
