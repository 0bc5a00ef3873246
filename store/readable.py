"""Which scorecards somebody may read, in one place.

everybody    those of own practices and exams
trainer      those of everybody's practices and exams
team leader  those of exams of the team, never its practice
lead, admin  those of imported conversations, never practice; an admin exams as well
"""

from __future__ import annotations

import json
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final

from store.contents import rubric_at
from store.database import Row, Store
from store.exports import with_words
from store.overrides import overrides
from store.people import Person, led_by
from store.reviewed import reviewed
from store.times import time_of

IMPORTS: Final = frozenset(("lead", "admin"))
PRACTICES: Final = frozenset(("trainer",))
_SELECT: Final = """
    SELECT s.id, s.at, s.overall, s.passed, s.review, s.line, s.rubric, c.id AS conversation,
           c.name, c.agent, c.import AS source, p.id AS practice, p.person, p.scenario, p.mode
    FROM conversations AS c JOIN scorecards AS s ON s.id = c.scorecard
    LEFT JOIN practices AS p ON p.id = c.practice
    WHERE (p.person = ?1 OR (p.id IS NOT NULL AND ?2) OR (p.id IS NULL AND ?3)
           OR (p.mode = 'exam' AND (?4 OR p.person IN (SELECT value FROM json_each(?5)))))"""


@dataclass(frozen=True, slots=True)
class Readable:
    """A card in a list. `person` practised it; None where the conversation was imported."""

    id: int
    at: datetime
    conversation: int
    name: str
    agent: str | None
    person: int | None
    scenario: str | None
    mode: str | None
    overall: float | None
    passed: bool | None
    review: bool


def readable(
    store: Store, me: Person, *, before: int | None = None, most: int = 100
) -> list[Readable]:
    """Cards that this person may read, the newest first; `before`: the last id of a page."""
    rows = store.rows(
        f"{_SELECT} AND (?6 IS NULL OR s.id < ?6) ORDER BY s.id DESC LIMIT ?7",
        (*_rights(store, me), before, most),
    )
    return [_readable(row) for row in rows]


def read_card(store: Store, me: Person, number: int) -> tuple[Readable, dict[str, Any]] | None:
    """A card and its JSON object, people's words on it; None if there is none for this person."""
    row = store.row(f"{_SELECT} AND s.id = ?6", (*_rights(store, me), number))
    if row is None:
        return None
    card = json.loads(row["line"])
    words = overrides(store, [number]).get(number, ())
    return _readable(row), with_words(card, reviewed(card, rubric_at(store, row["rubric"]), words))


def _rights(store: Store, me: Person) -> tuple[int, bool, bool, bool, str]:
    led = led_by(store, me.id) if me.role == "team_leader" else set()
    exams = me.role == "admin"
    return me.id, me.role in PRACTICES, me.role in IMPORTS, exams, json.dumps(sorted(led))


def _readable(row: Row) -> Readable:
    passed = None if row["passed"] is None else bool(row["passed"])
    return Readable(
        id=row["id"], at=time_of(row["at"]), conversation=row["conversation"], name=row["name"],
        agent=row["agent"], person=row["person"], scenario=row["scenario"], mode=row["mode"],
        overall=row["overall"], passed=passed, review=bool(row["review"]),
    )  # fmt: skip
