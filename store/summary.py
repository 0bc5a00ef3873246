"""A report in numbers: each agent's mean by criterion, with how many conversations stand behind it.

What was not scored is left out of a mean. An agent's own share of a conversation counts; where a
person has overridden the card, its only agent has the overridden scores.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any, Final

from store.reviewed import Reviewed

NOBODY: Final = "–"
"""Whoever is not named."""
FEW: Final = 5
"""Fewer conversations than this say little about a person."""


@dataclass(slots=True)
class Mean:
    """A mean in the making. `value` is None without any number."""

    sum: float = 0.0
    n: int = 0

    def add(self, number: float | None) -> None:
        """Count a number; None is none."""
        if number is not None:
            self.sum += number
            self.n += 1

    @property
    def value(self) -> float | None:
        """The mean to 1 decimal."""
        return round(self.sum / self.n, 1) if self.n else None


@dataclass(slots=True)
class Line:
    """One agent, or everybody. `passed` is a mean of 100 and 0 over conversations with a result."""

    agent: str
    conversations: int = 0
    overall: Mean = field(default_factory=Mean)
    passed: Mean = field(default_factory=Mean)
    criteria: dict[str, Mean] = field(default_factory=dict)
    review: int = 0
    critical: int = 0

    @property
    def few(self) -> bool:
        """Whether there are too few conversations to judge by."""
        return self.conversations < FEW


@dataclass(frozen=True, slots=True)
class Summary:
    """Each agent's line by name, and everybody's together. `criteria` in the order first met."""

    agents: tuple[Line, ...]
    all: Line
    criteria: tuple[str, ...]


def summarise(cards: Iterable[tuple[Mapping[str, Any], Reviewed]]) -> Summary:
    """The summary of cards (JSON objects), each with what it says once people had their word."""
    lines: dict[str, Line] = {}
    everybody = Line("")
    criteria: dict[str, None] = {}
    for card, now in cards:
        criteria.update(dict.fromkeys(now.criteria))
        own = card["agents"]
        _count(everybody, card, now, None)
        for name in own or (NOBODY,):
            line = lines.setdefault(name, Line(name))
            _count(line, card, now, own[name] if len(own) > 1 else None)
    by_name = sorted(lines.values(), key=lambda line: (line.agent == NOBODY, line.agent))
    return Summary(tuple(by_name), everybody, tuple(criteria))


def _count(
    line: Line, card: Mapping[str, Any], now: Reviewed, share: Mapping[str, Any] | None
) -> None:
    scores = now.criteria if share is None else share["criteria"]
    line.conversations += 1
    line.overall.add(now.overall if share is None else share["overall"])
    line.passed.add(None if now.passed is None else 100.0 * now.passed)
    line.review += bool(card["review"]) and not now.by_hand
    line.critical += bool(now.critical)
    for name, score in scores.items():
        line.criteria.setdefault(name, Mean()).add(score)
