"""What an offer is worth: the sum that stands with it, a share, or the whole price."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import Final

from grader.reading import HeardReply
from grader.refusals import Part, offering
from scenarios.parts import Kind
from scenarios.schema import Scenario
from simulator.heard import Offer
from simulator.moment import cents
from simulator.purposes import Purpose, Sum, gives, money

_KINDS: Final[dict[str, Kind]] = {
    "offer_refund": "refund",
    "offer_replacement": "replacement",
    "offer_compensation": "compensation",
    "offer_discount": "discount",
}
_MEANS: Final[dict[Kind, tuple[Purpose, ...]]] = {
    "refund": ("refund", "amends", "open", "discount"),
    "replacement": (),
    "compensation": ("voucher", "amends", "open", "refund", "discount"),
    "discount": ("discount", "voucher", "open", "amends", "refund"),
}
"""What a sum is for that is an offer's: the first that is there and not another offer's own."""
_WHOLE: Final = re.compile(
    r"全额|全款|全部退|整单|都退"
    r"|full(?:y)? refund|refund(?:ed)? in full|full amount|whole amount|everything back"
)
_HALF: Final = re.compile(
    r"(?:退|赔|补|返|减)[^,;。\d]{0,6}一半|一半[^,;。\d]{0,4}(?:退|赔|补|返)|半价|对半"
    r"|\bhalf (?:price|off|back|refund)"
    r"|\bhalf (?:of )?(?:the (?:price|amount|cost)|your money|it\b|what you)"
    r"|refund\w* (?:you )?(?:a )?half"
)
_NEW_PRICE: Final = 0.5
"""A discount sum above this share of the price is the price that is left, not what comes off."""


def offers(reply: HeardReply, scenario: Scenario) -> Iterator[Offer]:
    """Every kind of offer that the reply makes, with its sum where one is said.

    What is only refused is no offer, nor is the price that holds anyhow.
    """
    price = scenario.deal.price if scenario.deal is not None else 0.0
    made = {kind: parts for act, kind in _KINDS.items() if (parts := _made(reply, act))}
    for act, kind in _KINDS.items():
        if kind not in made or (kind == "discount" and _merely_priced(made[kind], price)):
            continue
        others = {_MEANS[other][0] for other in made if other != kind and _MEANS[other]}
        worth = _worth(made[kind], kind, others, price)
        if worth is None:
            worth = _worth(offering(reply.reply.text, act) or (), kind, others, price)
        # One courtesy may be heard under both names.
        if worth is None and kind == "discount" and "compensation" in made:
            continue
        yield Offer(kind, None if worth is None else cents(worth))


def _made(reply: HeardReply, act: str) -> tuple[Part, ...]:
    """The statements that make an offer; none where there is no such act or it is only refused."""
    if act not in reply.acts:
        return ()
    named = [clause.text for clause in reply.clauses if act in clause.acts]
    return offering("\n".join(named) or reply.reply.text, act) or ()


def _merely_priced(parts: Sequence[Part], price: float) -> bool:
    """Whether all that is said is what it costs anyhow."""
    amounts = {sum_.amount for sum_ in money(parts)}
    return amounts == {price} and not any(gives(part.text) for part in parts)


def _worth(parts: Sequence[Part], kind: Kind, others: set[Purpose], price: float) -> float | None:
    """What is offered of one kind, in the scenario's currency; None where no sum is said of it.

    `others` are the first purposes of what is offered beside it.
    """
    if kind == "replacement":
        return None
    if kind == "refund" and price and any(_WHOLE.search(part.text) for part in parts):
        return price
    if price and any(_HALF.search(part.text) for part in parts):
        return price / 2
    sums = list(money(parts))
    mine = _of(sums, kind, others)
    if kind == "discount":
        worth = _off(mine, sums, price)
    else:
        worth = min(mine, key=lambda sum_: sum_.away).amount if mine else None
    return _share(parts, price) if worth is None else worth


def _of(sums: Sequence[Sum], kind: Kind, others: set[Purpose]) -> list[Sum]:
    """The sums that are of this kind, by the first of its purposes that is there."""
    for purpose in _MEANS[kind]:
        if purpose not in others and (mine := [s for s in sums if s.purpose == purpose]):
            return mine
    return []


def _off(mine: Sequence[Sum], sums: Sequence[Sum], price: float) -> float | None:
    """What comes off the price: said as such, or by the new price; None where nothing does."""
    for sum_ in sorted(mine, key=lambda sum_: sum_.away):
        if not price and sum_.purpose == "open":
            continue
        if not price or sum_.amount <= price * _NEW_PRICE:
            return sum_.amount
        if sum_.amount < price:
            return price - sum_.amount
    left = [price - sum_.amount for sum_ in sums if sum_.purpose == "price"]
    return next((worth for worth in left if worth > 0), None)


def _share(parts: Sequence[Part], price: float) -> float | None:
    shares = [q.high for part in parts for q in part.sums if q.kind in ("discount", "percent")]
    if not shares or not price:
        return None
    return price * (shares[-1] if shares[-1] <= 1 else shares[-1] / 100)
