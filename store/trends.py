"""How somebody comes along: each criterion over the tries, and how fast they answer.

What was not scored is left out, and with every figure stands from how many it was made.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from statistics import median
from typing import Final

from store.progress import LATELY, Try

SHOWN: Final = 20
"""Tries that a line shows."""
HALF: Final = 5
"""Tries that are compared with as many before them."""
FEW: Final = 3
"""Scores before a mean says anything about a person's strengths."""


@dataclass(frozen=True, slots=True)
class Trend:
    """A criterion over the last tries that scored it, the oldest first.

    `mean` is that of the last `LATELY` of them, `n` how many those are. `change` compares the mean
    of the last `HALF` with that of those before, at most as many; None without any before.
    """

    criterion: str
    points: tuple[tuple[date, float], ...]
    mean: float
    n: int
    change: float | None


@dataclass(frozen=True, slots=True)
class Times:
    """Median seconds from the customer's message to the answer; `n` is how many replies."""

    first: float | None
    first_n: int
    reply: float | None
    reply_n: int


def trends(tries: Sequence[Try]) -> list[Trend]:
    """The trend of every criterion that was ever scored, the lowest mean first."""
    points: dict[str, list[tuple[date, float]]] = {}
    for one in sorted(tries, key=lambda one: one.day):
        for name, score in one.scores.items():
            if score is not None:
                points.setdefault(name, []).append((one.day, score))
    found = [_trend(name, own) for name, own in points.items()]
    return sorted(found, key=lambda one: (one.mean, one.criterion))


def strengths(found: Iterable[Trend], mark: float) -> list[Trend]:
    """The two best criteria whose mean reaches the pass mark, over enough scores."""
    good = [one for one in found if one.mean >= mark and one.n >= FEW]
    return sorted(good, key=lambda one: (-one.mean, one.criterion))[:2]


def times(replies: Sequence[Sequence[float | None]], lately: int = LATELY) -> Times:
    """How fast the answers came in the last conversations, each a row of seconds a reply.

    A reply without seconds followed no customer message, or its times are not known.
    """
    rows = replies[-lately:]
    first = [row[0] for row in rows if row and row[0] is not None]
    every = [seconds for row in rows for seconds in row if seconds is not None]
    return Times(_median(first), len(first), _median(every), len(every))


def _trend(name: str, own: list[tuple[date, float]]) -> Trend:
    scores = [score for _, score in own]
    lately, before = scores[-HALF:], scores[:-HALF][-HALF:]
    last = scores[-LATELY:]
    change = round(_mean(lately) - _mean(before), 1) if before else None
    return Trend(name, tuple(own[-SHOWN:]), round(_mean(last), 1), len(last), change)


def _mean(numbers: Sequence[float]) -> float:
    return sum(numbers) / len(numbers)


def _median(numbers: Sequence[float]) -> float | None:
    return round(median(numbers), 1) if numbers else None
