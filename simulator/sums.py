"""What an offer is worth: the sum that stands with it, a share, or the whole price."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import Final

from grader.facts.quantities import Quantity, quantities
from grader.reading import HeardReply
from scenarios.parts import Kind
from scenarios.schema import Scenario
from simulator.heard import Offer
from simulator.moment import cents

_KINDS: Final[dict[str, Kind]] = {
    "offer_refund": "refund",
    "offer_replacement": "replacement",
    "offer_compensation": "compensation",
    "offer_discount": "discount",
}
_WHOLE: Final = re.compile(
    r"全额|全款|全部退|整单|都退"
    r"|full(?:y)? refund|refund(?:ed)? in full|full amount|whole amount|everything back"
)
_HALF: Final = re.compile(r"一半|半价|对半|\bhalf\b")
_VERB: Final = re.compile(
    r"退|赔|补|送|券|减|优惠|便宜|让|折|红包|抵|refund|credit|voucher|coupon|off|discount|compensat|knock|back"
)
_REFUSED: Final = re.compile(
    r"(?:不能|没法|无法|不可以|没办法)(?:[给为帮]您?|您|办理?|直接|再|全额){0,3}退|退不了|退款[^，,但]{0,4}(?:不能|没法|无法)办"
    r"|\b(?:can't|cannot|can not|unable to|not able to|won't|couldn't|neither)\b"
    r"[^,.;]{0,40}(?:\brefund|money back)|\bno (?:full |partial )?refund"
)
"""A refund that is named to be refused."""
_NO_REFUND: Final = re.compile(
    r"\s?的?[^，,。；;\d]{0,4}(?:券|红包|积分)|\s?(?:store |gift )?(?:voucher|coupon|credit)"
)
"""What stands after a sum that is no money back."""
_NEW_PRICE: Final = 0.5
"""A discount sum above this share of the price is the price that is left, not what comes off."""


def offers(reply: HeardReply, scenario: Scenario) -> Iterator[Offer]:
    """Every kind of offer that the reply makes, with its sum where one is said."""
    price = scenario.deal.price if scenario.deal is not None else 0.0
    for act, kind in _KINDS.items():
        if act in reply.acts:
            named = [clause.text for clause in reply.clauses if act in clause.acts]
            texts = [text for text in named if not (kind == "refund" and _REFUSED.search(text))]
            if named and not texts:
                continue
            worth = _sum(" ".join(texts), kind, price)
            if worth is None:
                worth = _sum(reply.reply.text, kind, price) if kind != "replacement" else None
            yield Offer(kind, None if worth is None else cents(worth))


def _sum(text: str, kind: Kind, price: float) -> float | None:
    """The worth of an offer in a text, in the scenario's currency."""
    if kind == "refund" and price and _WHOLE.search(text):
        return price
    if price and _HALF.search(text):
        return price / 2
    found = quantities(text)
    money = [q for q in found if q.kind == "money"]
    if kind == "refund":
        money = [q for q in money if not _NO_REFUND.match(text[q.end :])]
    if money:
        amount = _nearest(text, money).high
        if kind == "discount" and price and price >= amount > price * _NEW_PRICE:
            return price - amount
        return amount
    shares = [q for q in found if q.kind in ("discount", "percent")]
    if shares and price:
        share = shares[-1].high
        return price * (share if share <= 1 else share / 100)
    return None


def _nearest(text: str, money: Sequence[Quantity]) -> Quantity:
    """The sum that stands nearest after a word of giving, else nearest before one."""
    verbs = [match.start() for match in _VERB.finditer(text)]

    def distance(sum_: Quantity) -> int:
        after = [sum_.start - verb for verb in verbs if verb <= sum_.start]
        before = [2 * (verb - sum_.end) + 4 for verb in verbs if verb >= sum_.end]
        return min((*after, *before), default=1000)

    return min(money, key=distance)
