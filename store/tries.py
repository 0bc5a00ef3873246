"""The tries that count, out of the store: what `progress` and `verdict` reckon with."""

from __future__ import annotations

import json
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime, tzinfo
from typing import Final

from store.contents import rubric_at
from store.database import Row, Store
from store.overrides import overrides
from store.practices import COUNTING
from store.progress import Try
from store.reviewed import Reviewed, reviewed
from store.times import time_of
from store.verdict import Verdict, verdict

_SQL: Final = """
    SELECT p.id, p.person, p.scenario, p.variant, p.ended_at, p.help, p.mode, p.assignment,
           c.scorecard, s.line, s.rubric, a.pass_mark
    FROM practices AS p
    JOIN conversations AS c ON c.practice = p.id
    JOIN scorecards AS s ON s.id = c.scorecard
    LEFT JOIN assignments AS a ON a.id = p.assignment
    WHERE (p.state = 'ended' OR p.state = 'given_up' AND p.mode = 'exam') AND p.parent IS NULL
      AND p.mode IN (SELECT value FROM json_each(?1))
      AND p.person IN (SELECT value FROM json_each(?2))
      AND (?3 IS NULL OR p.assignment = ?3)
      AND (?4 IS NULL OR p.scenario IN (SELECT value FROM json_each(?4)))
    ORDER BY p.ended_at, p.id"""


@dataclass(frozen=True, slots=True)
class Told:
    """A try with where it stands in the store and what its result is."""

    practice: int
    person: int
    scorecard: int
    assignment: int | None
    at: datetime
    verdict: Verdict | None
    tried: Try


def tries(
    store: Store, people: Sequence[int], zone: tzinfo, assignment: int | None = None,
    *, scenarios: Collection[str] | None = None,
) -> list[Told]:  # fmt: skip
    """The tries of these people that count, in the order in which they ended; all, or those of
    these scenarios.

    People's words on their cards are counted in. An exam that was given up is one, any other such
    try is none. `zone` is where the team's day begins.
    """
    modes, whom = json.dumps(COUNTING), json.dumps(list(people))
    among = None if scenarios is None else json.dumps(sorted(scenarios))
    rows = store.rows(_SQL, (modes, whom, assignment, among))
    return [_told(row, card, zone) for row, card in _judged(store, rows)]


def _judged(store: Store, rows: list[Row]) -> list[tuple[Row, tuple[Reviewed, Verdict | None]]]:
    words = overrides(store, [row["scorecard"] for row in rows])
    rubrics = {version: rubric_at(store, version) for version in {row["rubric"] for row in rows}}
    found = []
    for row in rows:
        rubric = rubrics[row["rubric"]]
        now = reviewed(json.loads(row["line"]), rubric, words.get(row["scorecard"], ()))
        found.append((row, (now, verdict(now, rubric, row["pass_mark"]))))
    return found


def _told(row: Row, card: tuple[Reviewed, Verdict | None], zone: tzinfo) -> Told:
    now, result = card
    at = time_of(row["ended_at"])
    tried = Try(
        scenario=row["scenario"],
        variant=row["variant"],
        day=at.astimezone(zone).date(),
        passed={"passed": True, "failed": False}.get(result or ""),
        helped=row["help"] != "[]",
        overall=now.overall,
        scores=now.criteria,
    )
    return Told(row["id"], row["person"], row["scorecard"], row["assignment"], at, result, tried)
