"""What there is to do now, in its order, and what comes back in the next days."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Final, Literal

from store.progress import LEVELS, Card, Try, due, mastered, weakest

Why = Literal["exam", "assigned", "due", "weakest", "new"]
AHEAD: Final = 7
"""Days that one looks ahead."""


@dataclass(frozen=True, slots=True)
class Task:
    """Something that was assigned and is still to be done. An exam names no scenario."""

    assignment: int
    scenario: str | None
    due: date | None


@dataclass(frozen=True, slots=True)
class Next:
    """What to do, and why. `scenario` None: an exam, which draws its own."""

    scenario: str | None
    why: Why
    due: date | None = None
    assignment: int | None = None


def agenda(
    shelf: Sequence[Card], tries: Sequence[Try], tasks: Sequence[Task], today: date
) -> list[Next]:
    """All that can be done now: assigned with a date, due again, assigned without one, weakest
    criterion, next new. Every scenario stands there once, at its first reason.
    """
    cards = {one.scenario: one for one in shelf}
    own = _by_scenario(cards, tries)
    dated = [one for one in tasks if one.due is not None]
    dated.sort(key=lambda one: (one.due or today, one.scenario is not None, one.assignment))
    found = [
        *_assigned(dated, cards),
        *(Next(name, "due", when) for when, name in _returns(own) if when <= today),
        *_assigned([one for one in tasks if one.due is None], cards),
    ]
    weak = _weakest_scenario(tries, cards, own, today)
    if weak is not None:
        found.append(Next(weak, "weakest"))
    new = _next_new(shelf, own)
    if new is not None:
        found.append(Next(new, "new"))
    return _once(found)


def coming(shelf: Sequence[Card], tries: Sequence[Try], today: date) -> list[Next]:
    """What comes back in the next days, the nearest first."""
    own = _by_scenario({one.scenario: one for one in shelf}, tries)
    last = today + timedelta(days=AHEAD)
    return [Next(name, "due", when) for when, name in _returns(own) if today < when <= last]


def _by_scenario(cards: Mapping[str, Card], tries: Sequence[Try]) -> dict[str, list[Try]]:
    own: dict[str, list[Try]] = {name: [] for name in cards}
    for one in tries:
        if one.scenario in cards:
            own[one.scenario].append(one)
    return own


def _assigned(tasks: Sequence[Task], cards: Mapping[str, Card]) -> list[Next]:
    return [
        Next(one.scenario, "exam" if one.scenario is None else "assigned", one.due, one.assignment)
        for one in tasks
        if one.scenario is None or one.scenario in cards
    ]


def _returns(own: Mapping[str, list[Try]]) -> list[tuple[date, str]]:
    return sorted((day, name) for name, tries in own.items() if (day := due(tries)) is not None)


def _weakest_scenario(
    tries: Sequence[Try], cards: Mapping[str, Card], own: Mapping[str, list[Try]], today: date
) -> str | None:
    """Where the weakest criterion went worst, unless it is mastered or was done today."""
    criterion = weakest([one for one in tries if one.scenario in cards])
    if criterion is None:
        return None
    worst: list[tuple[float, str]] = []
    for name, mine in own.items():
        scored = [score for one in mine if (score := one.scores.get(criterion)) is not None]
        done_today = any(one.day == today for one in mine)
        if scored and not done_today and not mastered(mine, cards[name].variants):
            worst.append((sum(scored) / len(scored), name))
    return min(worst)[1] if worst else None


def _next_new(shelf: Sequence[Card], own: Mapping[str, list[Try]]) -> str | None:
    """The first on the shelf, level by level, that was never tried."""
    new = [one for one in shelf if not own[one.scenario]]
    new.sort(key=lambda one: LEVELS.index(one.level))
    return new[0].scenario if new else None


def _once(found: Sequence[Next]) -> list[Next]:
    seen: set[str] = set()
    kept = []
    for one in found:
        if one.scenario is None or one.scenario not in seen:
            kept.append(one)
            seen.add(one.scenario or "")
    return kept
