"""Masking of one run: every text through the same detectors, equal values with equal numbers.

Structured numbers and accounts are found first, then addresses, then names, each in a view in which
what was found before is a single sign; this is repeated until nothing more is found. Text that was
masked before shows the same signs, so masking twice changes nothing.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from typing import Final

from transcripts.masking.accounts import accounts
from transcripts.masking.addresses import addresses
from transcripts.masking.bare_names import NAME_LIKE
from transcripts.masking.documents import PROVINCES as PLATE_HEADS
from transcripts.masking.documents import documents
from transcripts.masking.english_names import english_names
from transcripts.masking.names import names
from transcripts.masking.orders import orders
from transcripts.masking.phones import phones
from transcripts.masking.spans import Find, Kind, Masked, Span, settle
from transcripts.masking.streets import streets
from transcripts.masking.view import fold, look, masked_before

Detector = Callable[[str], Iterator[Find]]
Gate = re.Pattern[str]
_NUMBER: Final = re.compile(r"(?:\d[^\d]{0,4}){5}\d|[lI1][3-9][\dOolI]{9}")
_PAPER: Final = re.compile(
    rf"(?:\d[^\d]{{0,4}}){{5}}\d|[{PLATE_HEADS}] ?[A-Za-z]|车牌|车号|plate|\b[Rr]eg", re.IGNORECASE
)
_ACCOUNT: Final = re.compile(
    r"(?=[@昵旺微维薇威加vwq扣账帐户网会买淘天京拼抖快小闲虾tjpuilsnheabdgxy艾圈#企卫游登拍露])(?:[@昵]|旺旺|微|"
    r"维信|薇信|威信|[加vwq][信xq]|v[: ]|q[: \d]|扣[扣:]|加我?[: ]?[a-z]|账号|户名|网名|会员名|"
    r"买家|"
    r"[淘天京拼抖快小闲虾][宝猫东多音手红鱼皮]|[b游登拍露帐]|steam|snap|discord|gamer|psn|xbox|yy|"
    r"account|(?<![a-z])ig(?![a-z])|tb_?\d|jd_|t_\d|pdd|u_\d|\bid|wechat|weixin|line|"
    r"telegram|\btg|skype|ins|"
    r"user|nick|name|handle|\bat\b|艾特|圈a|#|企鹅|[qv]号|卫星号)",
    re.IGNORECASE,
)
_LATIN: Final = re.compile(r"[A-Za-z]{2}")
_STREET: Final = re.compile(r"\d[A-Za-z]?,? [A-Za-z0-9]|[Bb]ox")
_STEPS: Final[tuple[tuple[tuple[Detector, Gate | None], ...], ...]] = (
    ((phones, _NUMBER), (documents, _PAPER), (orders, _NUMBER), (accounts, _ACCOUNT)),
    ((addresses, None), (streets, _STREET)),
    ((names, None), (english_names, _LATIN)),
)
_MOST_ROUNDS: Final = 6
#: Signs without which no detector finds anything. Most sentences hold none of them.
_SUSPICIOUS: Final = re.compile(
    r"[0-9A-Za-z０-９Ａ-Ｚａ-ｚ①-⑨\U0001d7ce-\U0001d7ff@＠〇幺壹贰叁肆伍陆柒捌玖·"
    r"姓名叫路街村镇鎮乡鄉栋棟幢室弄巷号號楼樓县縣昵暱旺账帳帐]|"
    r"[一二三四五六七八九零]{2}|[人件货貨]人|我[是系係]|本人|[让讓替代跟给給]|闺女|[客用][户戶]|"
    r"顾客|會員|会员|司机|[侄舅姑姨]|备注|[寄转轉送交发發]给|[联聯][系繫絡络]|先生|"
    r"女士|小姐|太太|同[学學]|"
    r"抬[头頭]|老[公婆]|[妈媽爸婆爷爺奶]|朋友|同事|[室舍]友|[邻鄰]居|[签簽收]|女[儿兒]|[儿兒]子|"
    r"\[|微|地址"
)


class Masker:
    """Masks texts; the numbers given to values hold for the life of the object."""

    def __init__(self) -> None:
        self._numbers: dict[Kind, dict[str, int]] = {}

    def mask(self, text: str) -> Masked:
        """`text` with personal data replaced by `[kind_n]`."""
        if _SUSPICIOUS.search(text) is None and NAME_LIKE.search(fold(text)) is None:
            return Masked(text, ())
        spans = find(text)
        if not spans:
            return Masked(text, ())
        pieces: list[str] = []
        at = 0
        for span in spans:
            number = self._number(span.kind, text[span.start : span.end])
            pieces += [text[at : span.start], f"[{span.kind}_{number}]"]
            at = span.end
        pieces.append(text[at:])
        return Masked("".join(pieces), tuple(spans))

    def _number(self, kind: Kind, value: str) -> int:
        known = self._numbers.setdefault(kind, {})
        return known.setdefault(same(kind, value), len(known) + 1)


def find(text: str) -> list[Span]:
    """The personal data in `text`, in order, not overlapping."""
    before = masked_before(text)
    spans: list[Span] = []
    view = look(text, before, spans)
    for _ in range(_MOST_ROUNDS):
        found = False
        for detectors in _STEPS:
            finds = settle(
                [
                    f
                    for detect, gate in detectors
                    if gate is None or gate.search(view.text)
                    for f in detect(view.text)
                ]
            )
            spans += [
                Span(view.original(f.start), view.original(f.end - 1) + 1, f.kind) for f in finds
            ]
            if finds:
                found = True
                view = look(text, before, spans)
        if not found:
            break
    return sorted(spans, key=lambda span: span.start)


def same(kind: Kind, value: str) -> str:
    """The form in which two writings of one value are equal."""
    plain = "".join(filter(str.isalnum, fold(value))).lower()
    if kind == "phone":
        for prefix in ("0086", "86"):
            if plain.startswith(prefix) and len(plain) == 11 + len(prefix):
                return plain.removeprefix(prefix)
    return plain
