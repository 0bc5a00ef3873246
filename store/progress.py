"""What somebody has mastered, what is due again, which level they are at: arithmetic over tries.

*Mastered*: passed on two different days, in different variants, without help (a scenario of one
variant: on two days). A passed scenario comes back after 2, 7 and 21 days, each counted from the
last pass; a failed one the next day, and its intervals begin anew.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from itertools import pairwise
from typing import Final, Literal

Level = Literal["beginner", "intermediate", "advanced"]
LEVELS: Final[tuple[Level, ...]] = ("beginner", "intermediate", "advanced")
Help = Literal["full", "hints", "none"]
RETURNS: Final = (2, 7, 21)
"""Days after which a passed scenario comes back: after the first pass, the second, the third."""
AFTER_FAILURE: Final = 1
LATELY: Final = 10
"""Tries that tell where somebody is weakest."""
ENOUGH: Final = 2
"""Scores of a criterion before it can be the weakest."""


@dataclass(frozen=True, slots=True)
class Try:
    """One try that counts, on a day of the team's own calendar.

    `passed` None: no result, or one that a person has yet to look at. `scores` by criterion, None
    where it was not scored.
    """

    scenario: str
    variant: int
    day: date
    passed: bool | None
    helped: bool = False
    overall: float | None = None
    scores: Mapping[str, float | None] = field(default_factory=dict)

    @property
    def clean(self) -> bool:
        """Passed, and without help."""
        return self.passed is True and not self.helped


@dataclass(frozen=True, slots=True)
class Card:
    """A scenario on the shelf. `variants`: how many there are."""

    scenario: str
    topic: str
    level: Level
    variants: int
    minutes: int = 5


def mastered(tries: Iterable[Try], variants: int) -> bool:
    """Whether these tries of one scenario show mastery."""
    clean = [one for one in tries if one.clean]
    days = {one.day for one in clean}
    ways = {one.variant for one in clean}
    # Of two days and two variants there is always a pair that differs in both.
    return len(days) >= 2 and len(ways) >= min(2, variants)


def due(tries: Sequence[Try]) -> date | None:
    """When one scenario comes back; None if it was never tried, or came back often enough.

    Only a pass on a later day than the one before lengthens the interval. A try without result
    changes nothing; one that was passed with help is to be done again without, like a failed one.
    """
    step, last = 0, None
    when: date | None = None
    for one in sorted((one for one in tries if one.passed is not None), key=lambda one: one.day):
        if not one.clean:
            step, last = 0, None
            when = one.day + timedelta(days=AFTER_FAILURE)
        elif last is None or one.day > last:
            last = one.day
            when = last + timedelta(days=RETURNS[step]) if step < len(RETURNS) else None
            step += 1
    return when


def weakest(tries: Sequence[Try], lately: int = LATELY) -> str | None:
    """The criterion with the lowest mean over the last tries; None without enough scores."""
    sums: dict[str, list[float]] = {}
    for one in sorted(tries, key=lambda one: one.day)[-lately:]:
        for name, score in one.scores.items():
            if score is not None:
                sums.setdefault(name, []).append(score)
    means = {name: sum(found) / len(found) for name, found in sums.items() if len(found) >= ENOUGH}
    return min(means, key=lambda name: (means[name], name)) if means else None


def help_for(tries: Iterable[Try]) -> Help:
    """The help that goes with the next try of a topic: it fades with each pass, however helped."""
    passes = sum(one.passed is True for one in tries)
    return "full" if passes == 0 else "hints" if passes == 1 else "none"


def next_variant(tries: Iterable[Try], variants: int) -> int:
    """The variant that was met least often, of those the one that is longest ago."""
    met: dict[int, tuple[int, int]] = dict.fromkeys(range(variants), (0, -1))
    for number, one in enumerate(sorted(tries, key=lambda one: one.day)):
        if one.variant in met:
            met[one.variant] = (met[one.variant][0] + 1, number)
    return min(met, key=lambda variant: (*met[variant], variant))


def level_reached(shelf: Iterable[Card], known: frozenset[str]) -> Level:
    """The level somebody works at: the next is reached when every topic of this one is mastered.

    `known` are the scenarios that are mastered; a topic is with all of its scenarios of the level.
    """
    cards = list(shelf)
    for level, above in pairwise(LEVELS):
        if any(one.level == level and one.scenario not in known for one in cards):
            return level
        if not any(one.level == above for one in cards):
            return level
    return LEVELS[-1]
