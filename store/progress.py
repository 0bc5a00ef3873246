"""What somebody has mastered, what is due again, what comes next: arithmetic over their tries.

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


@dataclass(frozen=True, slots=True)
class Next:
    """What to do now, why, and in which variant. `due` where there is a date."""

    scenario: str
    why: Literal["assigned", "due", "weakest", "new"]
    variant: int
    due: date | None = None


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


def next_up(
    shelf: Sequence[Card], tries: Sequence[Try], assigned: Sequence[tuple[str, date | None]],
    today: date,
) -> Next | None:  # fmt: skip
    """The one thing to do now: assigned with a date, due again, weakest criterion, next new.

    `assigned`: scenarios still to be done, with the day until which; one without a date comes
    before new ones only. None when there is nothing to do.
    """
    cards = {one.scenario: one for one in shelf}
    by_scenario: dict[str, list[Try]] = {name: [] for name in cards}
    for one in tries:
        if one.scenario in cards:
            by_scenario[one.scenario].append(one)

    def go(name: str, why: Literal["assigned", "due", "weakest", "new"],
           when: date | None = None) -> Next:  # fmt: skip
        return Next(name, why, next_variant(by_scenario[name], cards[name].variants), when)

    dated = sorted((day, name) for name, day in assigned if day is not None and name in cards)
    if dated:
        return go(dated[0][1], "assigned", dated[0][0])
    again = [(day, name) for name, own in by_scenario.items() if (day := due(own)) is not None]
    again = sorted((day, name) for day, name in again if day <= today)
    if again:
        return go(again[0][1], "due", again[0][0])
    undated = [name for name, day in assigned if day is None and name in cards]
    if undated:
        return go(undated[0], "assigned")
    weak = _weakest_scenario(tries, cards, by_scenario, today)
    if weak is not None:
        return go(weak, "weakest")
    new = _next_new(shelf, by_scenario)
    return None if new is None else go(new, "new")


def _weakest_scenario(
    tries: Sequence[Try], cards: Mapping[str, Card], by_scenario: Mapping[str, list[Try]],
    today: date,
) -> str | None:  # fmt: skip
    """Where the weakest criterion went worst, unless it is mastered or was done today."""
    criterion = weakest([one for one in tries if one.scenario in cards])
    if criterion is None:
        return None
    worst: list[tuple[float, str]] = []
    for name, own in by_scenario.items():
        scored = [score for one in own if (score := one.scores.get(criterion)) is not None]
        done_today = any(one.day == today for one in own)
        if scored and not done_today and not mastered(own, cards[name].variants):
            worst.append((sum(scored) / len(scored), name))
    return min(worst)[1] if worst else None


def _next_new(shelf: Sequence[Card], by_scenario: Mapping[str, list[Try]]) -> str | None:
    """The first on the shelf, level by level, that was never tried."""
    new = [one for one in shelf if not by_scenario[one.scenario]]
    new.sort(key=lambda one: LEVELS.index(one.level))
    return new[0].scenario if new else None
