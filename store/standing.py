"""How far somebody is with what was assigned: what is passed, what can still be begun.

An exam counts the tries that were begun for it; a practice that was assigned counts every try since
it was given, and is done once the scenario was passed without help.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Literal

from store.assignments import Assignment
from store.database import Store
from store.practices import Mode
from store.practices import State as PracticeState
from store.times import time_of
from store.tries import Told

PartState = Literal["new", "under_way", "again", "passed", "review", "failed"]
State = Literal["todo", "under_way", "passed", "review", "failed", "missed"]


@dataclass(frozen=True, slots=True)
class Going:
    """A practice that goes on, or one of an assignment that is over and not graded yet.

    `words` are the customer's first ones, in `lang`.
    """

    id: int
    scenario: str
    words: str
    lang: str
    mode: Mode
    state: PracticeState
    assignment: int | None
    shift: int | None
    started_at: datetime


def unfinished(store: Store, person: int) -> list[Going]:
    """What somebody has begun and not brought to a result, the newest first."""
    rows = store.rows(
        """SELECT p.id, p.scenario, json_extract(t.body, '$.shelf') AS words,
                  json_extract(t.body, '$.lang') AS lang, p.mode, p.state, p.assignment, p.shift,
                  p.started_at
           FROM practices AS p JOIN contents AS t ON t.hash = p.scenario_version
           LEFT JOIN conversations AS c ON c.practice = p.id
           WHERE p.person = ? AND (p.state = 'open' OR
             p.assignment IS NOT NULL AND c.scorecard IS NULL) ORDER BY p.id DESC""",
        (person,),
    )
    return [Going(**{**row, "started_at": time_of(row["started_at"])}) for row in rows]


@dataclass(frozen=True, slots=True)
class Part:
    """One scenario of an assignment.

    `again`: not passed yet, and another try is left; `failed`: none is left. `used` tries were
    begun, `left` can still be (None: any number), `open` is the one that is under way, `last` the
    one that the state rests on.
    """

    scenario: str
    state: PartState
    used: int
    left: int | None
    open: int | None
    last: Told | None


@dataclass(frozen=True, slots=True)
class Standing:
    """An assignment with its parts in order. `shut`: closed, or an exam whose time is over."""

    assignment: Assignment
    parts: tuple[Part, ...]
    shut: bool

    @property
    def state(self) -> State:
        """The whole: passed with all of its parts; for a person to look at where that decides."""
        states = {one.state for one in self.parts}
        if states == {"passed"}:
            return "passed"
        if "under_way" in states:
            return "under_way"
        if self.next is not None:
            return "todo"
        if states == {"new"}:
            return "missed"
        return "failed" if states & {"failed", "again", "new"} else "review"

    @property
    def next(self) -> Part | None:
        """The part to begin now; None while one is under way, or where nothing can be begun."""
        if self.shut or any(one.open is not None for one in self.parts):
            return None
        return next((one for one in self.parts if one.state in ("new", "again")), None)


def standing(
    assignment: Assignment, told: Iterable[Told], going: Sequence[Going], at: datetime
) -> Standing:
    """Somebody's standing: out of their tries that have a result and what is `unfinished`."""
    order = assignment.order
    done = list(told)
    parts = tuple(_part(assignment, name, done, going) for name in order.scenarios)
    late = order.kind == "exam" and order.due_at is not None and order.due_at < at
    return Standing(assignment, parts, late or assignment.closed_at is not None)


def _part(assignment: Assignment, scenario: str, told: list[Told], going: Sequence[Going]) -> Part:
    number, order = assignment.id, assignment.order
    tried = [one for one in told if one.tried.scenario == scenario and _counts(assignment, one)]
    under_way = [
        one.id for one in going if one.assignment == number and one.scenario == scenario
    ]  # fmt: skip
    used = sum(one.assignment == number for one in tried) + len(under_way)
    left = None if order.tries is None else max(0, order.tries - used)
    passed = [one for one in tried if _passed(assignment, one)]
    looked_at = [one for one in tried if one.verdict not in ("passed", "failed")]
    decisive = passed or looked_at or tried
    state: PartState
    if passed:
        state = "passed"
    elif under_way:
        state = "under_way"
    elif looked_at and order.kind == "exam":
        state = "review"
    elif left == 0:
        state = "failed"
    else:
        state = "again" if tried else "new"
    return Part(scenario, state, used, left, under_way[0] if under_way else None,
                decisive[-1] if decisive else None)  # fmt: skip


def _counts(assignment: Assignment, one: Told) -> bool:
    if assignment.order.kind == "exam":
        return one.assignment == assignment.id
    return one.at >= assignment.made_at


def _passed(assignment: Assignment, one: Told) -> bool:
    if assignment.order.kind == "exam":
        return one.verdict == "passed"
    mark, score = assignment.order.pass_mark, one.tried.overall
    return one.tried.clean and (mark is None or (score is not None and score >= mark))
