"""Somebody's own conversations that are over, as a list that leads to their cards."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Final

from store.database import Row, Store
from store.practices import Mode, State
from store.times import time_of

PAGE: Final = 15


@dataclass(frozen=True, slots=True)
class Past:
    """A practice that is over. `words` are the customer's first ones, in `lang`.

    `veiled`: its score waits for the own view, which comes first in an exam and in the first try of
    a scenario.
    """

    practice: int
    scenario: str
    words: str
    lang: str
    mode: Mode
    state: State
    helped: bool
    ended_at: datetime
    overall: float | None
    passed: bool | None
    veiled: bool


def history(
    store: Store, person: int, *, before: int | None = None, most: int = PAGE
) -> list[Past]:
    """Somebody's conversations that have a card, the newest first; `before`: the last id seen."""
    rows = store.rows(
        """SELECT p.id AS practice, p.scenario, json_extract(t.body, '$.shelf') AS words,
                  json_extract(t.body, '$.lang') AS lang, p.mode, p.state,
                  p.help <> '[]' AS helped, p.ended_at, s.overall, s.passed,
                  NOT EXISTS (SELECT 1 FROM own_views AS o WHERE o.practice = p.id)
                  AND (p.mode = 'exam' OR p.mode = 'play' AND NOT EXISTS (
                    SELECT 1 FROM practices AS e WHERE e.person = p.person
                    AND e.scenario = p.scenario AND e.id < p.id)) AS veiled
           FROM practices AS p JOIN conversations AS c ON c.practice = p.id
           JOIN scorecards AS s ON s.id = c.scorecard
           JOIN contents AS t ON t.hash = p.scenario_version
           WHERE p.person = ?1 AND p.mode <> 'trial' AND (?2 IS NULL OR p.id < ?2)
           ORDER BY p.id DESC LIMIT ?3""",
        (person, before, most),
    )
    return [_past(row) for row in rows]


def veiled(store: Store, person: int) -> set[int]:
    """The exams of somebody whose result waits for the own view."""
    rows = store.rows(
        """SELECT id FROM practices AS p WHERE person = ? AND mode = 'exam' AND state <> 'open'
           AND NOT EXISTS (SELECT 1 FROM own_views AS o WHERE o.practice = p.id)""",
        (person,),
    )
    return {row["id"] for row in rows}


def _past(row: Row) -> Past:
    truths = {key: bool(row[key]) for key in ("helped", "veiled")}
    passed = None if row["passed"] is None else bool(row["passed"])
    return Past(**{**row, **truths, "passed": passed, "ended_at": time_of(row["ended_at"])})
