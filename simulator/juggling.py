"""Several customers at once: who waited how long for a reply, and what that is worth.

Times are milliseconds on the shift's own clock. A full score is 100 points: 25 for first replies,
25 for the share of replies within 30 s, 15 for the longest wait, 25 for customers kept, 10 for the
share of time in which somebody waited; slow replies and words sent to the wrong window take points
away. Each line says what was measured, and the lines add up to the score.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import asdict, dataclass
from typing import Any, Final

from grader.scorecard import rounded_parts
from simulator.session import Session

QUICK_MS: Final = 30_000
SLOW_MS: Final = 120_000
GONE: Final = frozenset({"left", "bad_review", "platform_complaint"})
"""Endings of a customer who walked away."""
FIRST: Final = (25.0, QUICK_MS, SLOW_MS)
"""Points, full up to so many milliseconds, none from so many on."""
LONGEST: Final = (15.0, 60_000, 300_000)
BUSY: Final = (10.0, 0.5, 0.95)
"""Points, full up to this share of the time, none from that one on."""
RATE: Final = (25.0, 0.8)
"""Points, full from this share of replies within `QUICK_MS`."""
KEPT: Final = 25.0
SLOW_COSTS: Final = (5.0, 20.0)
"""Points a slow reply takes, and the most that slow replies take together."""
WRONG_COSTS: Final = (8.0, 24.0)
"""The same for words that were meant for another window."""


@dataclass(frozen=True, slots=True)
class Wait:
    """From a customer's first unanswered message to the reply, or to the end without one."""

    since: int
    until: int
    answered: bool

    @property
    def ms(self) -> int:
        """How long it took."""
        return self.until - self.since


@dataclass(frozen=True, slots=True)
class Customer:
    """One customer of a shift. `lost`: went because nobody answered, or was still there when the
    agent left. `astray`: the times of replies that were about somebody else's matter."""

    name: str
    came: int
    went: int
    waits: tuple[Wait, ...] = ()
    lost: bool = False
    astray: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True)
class Line:
    """What was measured and what it is worth: `points` of `most`; `most` 0 where points are lost.

    `key` names the sentence that is filled with `values`; times in it are in seconds.
    """

    key: str
    values: Mapping[str, Any]
    points: float
    most: float = 0.0


@dataclass(frozen=True, slots=True)
class Juggling:
    """How several customers at once went; `score` 0–100 is the sum of the lines."""

    score: float
    lines: tuple[Line, ...]

    def as_json(self) -> dict[str, Any]:
        """Plain values."""
        return asdict(self)


def customer(session: Session, came: int) -> Customer:
    """What a session tells of its customer, who came at `came`."""
    said = [
        (one.role, came + round((one.at - session.time(0)).total_seconds() * 1000))
        for one in session.messages
        if one.at is not None and one.role in ("customer", "agent")
    ]
    ending = session.state.ending
    gone = session.ended
    left = not gone and not session.over
    went = came + session.now if not gone or not said else max(at for _, at in said)
    lost = left or (gone and ending in GONE and session.in_silence)
    astray = tuple(
        came + entry["at"]
        for entry in session.log
        if "text" in entry and entry["heard"]["off_topic"]
    )
    waits = tuple(_waits(said, went, still=lost))
    return Customer(session.case.scenario.customer, came, went, waits, lost, astray)


def juggle(customers: Sequence[Customer]) -> Juggling:
    """The score of a shift with its lines. Without a customer there is nothing, and no points."""
    if not customers:
        return Juggling(0.0, ())
    earned = [*_firsts(customers), *_speed(customers), _kept(customers), _busy(customers)]
    lost = _losses(customers, sum(line.points for line in earned))
    lines = (*earned, *lost)
    return Juggling(round(sum(line.points for line in lines), 1) + 0.0, lines)


def _waits(said: Iterable[tuple[str, int]], end: int, *, still: bool) -> Iterable[Wait]:
    """`still`: a last message without a reply was waiting for one."""
    since: int | None = None
    for role, at in said:
        if role == "customer":
            since = at if since is None else since
        elif since is not None:
            yield Wait(since, at, answered=True)
            since = None
    if since is not None and still and end > since:
        yield Wait(since, end, answered=False)


def _firsts(customers: Sequence[Customer]) -> list[Line]:
    whole, good, bad = FIRST
    most = rounded_parts([whole / len(customers)] * len(customers), whole)
    lines = []
    for one, full in zip(customers, most, strict=True):
        first = one.waits[0] if one.waits else None
        if first is None:  # who had nothing to wait for was served
            lines.append(Line("first_none", {"name": one.name}, full, full))
        elif not first.answered:
            lines.append(Line("first_never", {"name": one.name}, 0.0, full))
        else:
            points = round(full * _share(first.ms, good, bad), 1)
            told = {"name": one.name, "seconds": _seconds(first.ms)}
            lines.append(Line("first", told, points, full))
    return lines


def _speed(customers: Sequence[Customer]) -> list[Line]:
    waits = [(wait, one) for one in customers for wait in one.waits]
    if not waits:
        return [Line("rate_none", {}, RATE[0], RATE[0]),
                Line("longest_none", {}, LONGEST[0], LONGEST[0])]  # fmt: skip
    quick = sum(wait.answered and wait.ms <= QUICK_MS for wait, _ in waits)
    points = round(RATE[0] * min(1.0, quick / len(waits) / RATE[1]), 1)
    told = {"met": quick, "n": len(waits), "share": round(100 * quick / len(waits))}
    longest, whose = max(waits, key=lambda pair: pair[0].ms)
    most, good, bad = LONGEST
    return [
        Line("rate", told, points, RATE[0]),
        Line(
            "longest",
            {"name": whose.name, "seconds": _seconds(longest.ms)},
            round(most * _share(longest.ms, good, bad), 1),
            most,
        ),
    ]


def _kept(customers: Sequence[Customer]) -> Line:
    lost = [one.name for one in customers if one.lost]
    points = round(KEPT * (1 - len(lost) / len(customers)), 1)
    told = {"n": len(customers), "lost": len(lost), "names": lost}
    return Line("lost" if lost else "kept", told, points, KEPT)


def _busy(customers: Sequence[Customer]) -> Line:
    there = _covered([(one.came, one.went) for one in customers])
    waited = _covered([(wait.since, wait.until) for one in customers for wait in one.waits])
    share = waited / there if there else 0.0
    most, good, bad = BUSY
    return Line("busy", {"share": round(100 * share)}, round(most * _share(share, good, bad), 1),
                most)  # fmt: skip


def _losses(customers: Sequence[Customer], left: float) -> list[Line]:
    slow = [(wait, one) for one in customers for wait in one.waits
            if wait.answered and wait.ms > SLOW_MS]  # fmt: skip
    astray = [one for one in customers for at in one.astray if _others(customers, one, at)]
    rows = [
        ("slow", {"name": one.name, "seconds": _seconds(wait.ms)}, SLOW_COSTS) for wait, one in slow
    ]
    rows += [("astray", {"name": one.name}, WRONG_COSTS) for one in astray]
    lines: list[Line] = []
    for key, told, (each, most) in rows:
        gone = -sum(line.points for line in lines if line.key == key)
        points = round(min(each, most - gone, left), 1)
        left -= points
        lines.append(Line(key, told, -points + 0.0))
    return lines


def _others(customers: Sequence[Customer], one: Customer, at: int) -> bool:
    """Whether somebody else was there for whom the words could be."""
    return any(other is not one and other.came <= at <= other.went for other in customers)


def _covered(spans: Iterable[tuple[int, int]]) -> int:
    """How long at least one span lasts."""
    merged: list[list[int]] = []
    for begin, end in sorted(spans):
        if merged and begin <= merged[-1][1]:
            merged[-1][1] = max(merged[-1][1], end)
        else:
            merged.append([begin, end])
    return sum(end - begin for begin, end in merged)


def _share(value: float, good: float, bad: float) -> float:
    """1 up to `good`, 0 from `bad`, straight between."""
    return min(1.0, max(0.0, (bad - value) / (bad - good)))


def _seconds(ms: int) -> int:
    return round(ms / 1000)
