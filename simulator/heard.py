"""What a customer makes of one reply: labels and whole numbers, fit to be kept."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict, dataclass
from typing import Any

from scenarios.parts import Kind


@dataclass(frozen=True, slots=True)
class Offer:
    """Something offered; `cents` is its worth in hundredths of the currency, None if not said."""

    kind: Kind
    cents: int | None


@dataclass(frozen=True, slots=True)
class Heard:
    """One reply as the customer understands it.

    `hears` are ids of the scenario's `hears`, `asks` ids of its `knows`; `unknown` says that
    something was asked that this customer has no answer to, `more` that the agent asks whether
    there is anything else, `off_topic` that the reply seems meant for somebody else. `wrong` are
    the numbers of facts that the reply contradicts. `clauses` are short digests, by which saying
    the same again is noticed.
    """

    acts: tuple[str, ...] = ()
    hears: tuple[str, ...] = ()
    asks: tuple[str, ...] = ()
    unknown: bool = False
    more: bool = False
    off_topic: bool = False
    offers: tuple[Offer, ...] = ()
    wrong: tuple[int, ...] = ()
    critical: tuple[str, ...] = ()
    warm: bool = False
    understood: bool = True
    clauses: tuple[str, ...] = ()

    def as_json(self) -> dict[str, Any]:
        """Plain values, for a log."""
        return asdict(self)


def heard_of(data: Mapping[str, Any]) -> Heard:
    """The value that `as_json` wrote."""
    offers = tuple(Offer(offer["kind"], offer["cents"]) for offer in data["offers"])
    lists = {key: tuple(value) for key, value in data.items() if isinstance(value, list | tuple)}
    return Heard(**{**data, **lists, "offers": offers})
