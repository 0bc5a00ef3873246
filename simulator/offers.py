"""What an offer is worth to this customer, and the least that would be taken."""

from __future__ import annotations

from typing import Final

from scenarios.parts import Deal
from simulator.heard import Heard, Offer
from simulator.moment import cents
from simulator.state import ONE, State

WELCOME: Final = 9
"""From this weight on another kind of offer is always enough."""
_AKIN: Final = ({"refund", "compensation"}, {"discount", "compensation"})
"""Kinds that count in full for one another where the scenario says nothing."""


def best(deal: Deal | None, heard: Heard) -> int | None:
    """The worth in cents of the best offer with a sum; None without one."""
    return max((w for offer in heard.offers if (w := worth(deal, offer)) is not None), default=None)


def worth(deal: Deal | None, offer: Offer) -> int | None:
    """What an offer counts, in cents; other kinds than the one wanted by their share."""
    if offer.cents is None or deal is None or offer.kind == deal.about:
        return offer.cents
    usual = 1.0 if {offer.kind, deal.about} in _AKIN else 0.0
    return round(offer.cents * min(deal.also.get(offer.kind, usual), 1))


def least(deal: Deal, state: State) -> int:
    """What would be taken now, in cents: more when angry, less for each reason that was given."""
    anger = max(0, state.mood - 2 * ONE) * cents(deal.anger_adds) // ONE
    given = sum(cents(worth) for name, worth in deal.reasons.items() if name in state.told)
    return max(0, min(cents(deal.opens_at), cents(deal.settles_at) + anger - given))


def as_sum(value: int) -> str:
    """A sum as people write it: whole when it is whole."""
    whole, rest = divmod(value, ONE)
    return str(whole) if rest == 0 else f"{whole}.{rest:02d}".rstrip("0")
