"""Offers that are named to be refused: 没法给您退, 换不了, "we can't offer £20", "no refunds"."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from functools import lru_cache
from typing import Final

from grader.facts.declined import GIVING, declined
from grader.facts.quantities import Quantity
from grader.facts.statements import Statement, statements

_CANNOT: Final = (
    r"(?:不能够?(?!不)|没法|无法|没有?办法|无权|没有?权限|不可能|不可以|不支持|不予|不接受|不提供|不参加|不参与"
    r"|不给(?!您|你)|不会(?!不)|未能|冇办法|冇得|冇权限|唔可以|唔能够|唔得|唔支持|唔会)"
)
_NOT_DONE: Final = (
    r"(?:没法|无法|没有?办法|没有?权限|办不[了到]|做不[了到]|给不了|不支持|不行|不可以|不予|不能(?!再|超|少|低|多)"
    r"|冇办法|冇得|唔得|畀唔到|做唔到)"
)
_NEVER: Final = (
    r"(?:\b(?:cannot|can not|cant|could not|unable to|not able to|will not|would not|do not"
    r"|does not|dont|not going to|never|not allowed to|not authori[sz]ed to"
    r"|not in a position to|neither)\b|\b(?:ca|could|wo|would|do|does)n't\b)"
    r"(?:(?!\b(?:and|so|then|instead|happy|let me)\b|\b(?:i|we)(?:'ll|'d|'ve| can| could| will)\b)"
    r"[^,.;:!?]){0,40}?"
)
_IS_NOT: Final = (
    r"\w*[^,.;:!?]{0,20}?(?:n't|\bnot\b|\bcannot)[^,.;:!?]{0,12}?"
    r"(?:possible|available|something|option|allowed|permitted|offered|issued|given|made|sent)"
)
_NO: Final = r"\bno (?!problem|worries|need|doubt|issue|trouble|matter)(?:\w+ )?"
DEEDS: Final[dict[str, tuple[str, str]]] = {
    "offer_refund": (r"退|赔|返还|返款", r"\b(?:refund|money back|reimburs)"),
    "offer_replacement": (
        r"换|[补重再另](?:新)?[发寄]|补一",
        r"\b(?:replac|swap|exchang|re-?(?:send|ship)|new one"
        r"|send (?:you )?(?:out )?an?(?:other| new))",
    ),
    "offer_compensation": (
        r"赔|补偿|补贴|补(?![发寄货])|券|红包|积分|送|赠",
        r"\b(?:compensat|voucher|coupon|credit|goodwill|gift)",
    ),
    "offer_discount": (
        r"便宜|平啲|优惠|减|降|让利|让您|折|少收|抹|改价|议价|券|红包|送|赠|包邮|免邮",
        r"\b(?:discount|cheaper|off\b|lower|knock(?: [\w£$€.]+){0,2} off|knock"
        r"|price.?match|reduc|coupon|voucher)",
    ),
}
"""What each act of offering does: Chinese words and English stems, for aligned text."""


@dataclass(frozen=True, slots=True)
class _Deed:
    does: re.Pattern[str]
    refused: re.Pattern[str]


def _deed(zh: str, en: str) -> _Deed:
    refused = (
        rf"{_CANNOT}{GIVING}(?:{zh})(?:{zh}|[货款钱新])*"
        rf"|(?:{zh})(?:[货款钱新发寄出]|差价|您|你)*(?:不(?:了|起|到|成|来)|唔到)"
        rf"|(?:{zh})[^,;。!?]{{0,8}}?(?:{_CANNOT}{GIVING}(?:{zh})|{_NOT_DONE})"
        rf"|{_NEVER}{en}\w*|{en}{_IS_NOT}|{_NO}{en}\w*"
    )
    return _Deed(re.compile(f"{zh}|{en}"), re.compile(refused))


_BARE_REFUSAL: Final = re.compile(
    r"(?:我|这边|这个|真的?|确实|实在|肯定|恐怕|可能|是|也|都|就)*"
    r"(?:[做办给退赔补减送批]不[了到起]|不行|不可以|没办法|没法|唔得|做唔到)"
)
"""A refusal that stands apart from the sum before it."""
_DEEDS: Final = {act: _deed(zh, en) for act, (zh, en) in DEEDS.items()}
_SUMS: Final = ("money", "discount", "percent")


@dataclass(frozen=True, slots=True)
class Part:
    """A statement that offers, or may: its text, and its sums that are not declined.

    Starts and ends of the sums are code points of `text`.
    """

    text: str
    sums: tuple[Quantity, ...]


@lru_cache(maxsize=4_000)
def offering(text: str, act: str) -> tuple[Part, ...] | None:
    """The statements of a text that are left of an offer `act`; None where it is only refused.

    Where nothing is refused, these are all.
    """
    deed = _DEEDS[act]
    left: list[Part] = []
    refused = offers = False
    said = statements(text)
    for n, statement in enumerate(said):
        rest, times = deed.refused.subn(" ", statement.text[:600])
        sums = [q for q in statement.quantities if q.kind in _SUMS]
        taken = [q for q in sums if not declined(statement, q)]
        if _bare(statement) and n + 1 < len(said) and _BARE_REFUSAL.match(said[n + 1].text):
            taken = []
        denied = times > 0 or len(taken) < len(sums)
        does = bool(deed.does.search(rest)) or (bool(taken) and _may_be(act, rest))
        refused |= denied
        offers |= does
        if does or not denied:
            begin = statement.start
            left.append(Part(statement.text, tuple(_moved(q, begin) for q in taken)))
    return None if refused and not offers else tuple(left)


def _bare(statement: Statement) -> bool:
    """Whether a statement is a sum and nothing else: 200 元 …"""
    return any(len(statement.text) - (q.end - q.start) <= 3 for q in statement.quantities)


def _may_be(act: str, text: str) -> bool:
    """Whether a sum in the text may be of this act: no word makes it one of another."""
    others = (deed for name, deed in _DEEDS.items() if name != act)
    return act != "offer_replacement" and not any(deed.does.search(text) for deed in others)


def _moved(quantity: Quantity, begin: int) -> Quantity:
    return replace(quantity, start=quantity.start - begin, end=quantity.end - begin)


def refuses(text: str, act: str) -> bool:
    """Whether a text names an offer, one of `DEEDS`, only to refuse it."""
    return act in DEEDS and offering(text, act) is None
