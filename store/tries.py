"""The tries that count, out of the store: what `progress` and `verdict` reckon with."""

from __future__ import annotations

import json
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, tzinfo
from typing import Final

from rubrics.schema import Rubric
from store.contents import rubric_at
from store.database import Row, Store
from store.overrides import Override, overrides
from store.practices import COUNTING, Mode
from store.progress import Try
from store.reviewed import reviewed
from store.times import time_of
from store.verdict import Verdict, verdict

EXAMS: Final[tuple[Mode, ...]] = ("exam",)
_SQL: Final = """
    SELECT p.id, p.person, p.scenario, p.variant, p.ended_at, p.help, p.mode, p.assignment,
           p.state, c.scorecard, s.line, s.rubric, a.pass_mark
    FROM practices AS p
    JOIN conversations AS c ON c.practice = p.id
    JOIN scorecards AS s ON s.id = c.scorecard
    LEFT JOIN assignments AS a ON a.id = p.assignment
    WHERE (p.state = 'ended' OR p.state = 'given_up' AND p.mode = 'exam') AND p.parent IS NULL
      AND p.mode IN (SELECT value FROM json_each(?1))
      AND p.person IN (SELECT value FROM json_each(?2))
      AND (?3 IS NULL OR p.assignment = ?3)
      AND (?4 IS NULL OR p.scenario IN (SELECT value FROM json_each(?4)))
      AND (NOT ?5 OR p.state = 'ended'
           AND (ifnull(s.passed, 0) = 0 OR s.overall < a.pass_mark)
           AND NOT EXISTS (SELECT 1 FROM overrides WHERE scorecard = s.id))
    ORDER BY p.ended_at, p.id"""


@dataclass(frozen=True, slots=True)
class Told:
    """A try with where it stands in the store and what its result is.

    `rubric` is the hash of what it was graded by, `seconds` what each reply took.
    """

    practice: int
    person: int
    scorecard: int
    assignment: int | None
    at: datetime
    verdict: Verdict | None
    tried: Try
    rubric: str
    seconds: tuple[float | None, ...]


def tries(
    store: Store, people: Sequence[int], zone: tzinfo, assignment: int | None = None,
    *, scenarios: Collection[str] | None = None,
) -> list[Told]:  # fmt: skip
    """The tries of these people that count, in the order in which they ended; all, or those of
    these scenarios.

    People's words on their cards are counted in. An exam that was given up is one, and failed; any
    other such try is none. `zone` is where the team's day begins.
    """
    return _read(store, people, zone, assignment=assignment, scenarios=scenarios)


def exam_tries(store: Store, people: Sequence[int], zone: tzinfo) -> list[Told]:
    """As `tries`, exams only: what may be seen of somebody whose practice may not."""
    return _read(store, people, zone, modes=EXAMS)


def to_review(store: Store, people: Sequence[int], zone: tzinfo) -> list[Told]:
    """The exams of these people whose result waits for a person's word (待复核), or could not be
    scored at all.
    """
    found = _read(store, people, zone, modes=EXAMS, waiting=True)
    return [one for one in found if one.verdict in ("review", None)]


def _read(
    store: Store, people: Sequence[int], zone: tzinfo, *, modes: Sequence[Mode] = COUNTING,
    assignment: int | None = None, scenarios: Collection[str] | None = None, waiting: bool = False,
) -> list[Told]:  # fmt: skip
    among = None if scenarios is None else json.dumps(sorted(scenarios))
    values = (json.dumps(modes), json.dumps(list(people)), assignment, among, waiting)
    rows = store.rows(_SQL, values)
    words = overrides(store, [row["scorecard"] for row in rows])
    rubrics = {version: rubric_at(store, version) for version in {row["rubric"] for row in rows}}
    return [
        _told(row, rubrics[row["rubric"]], words.get(row["scorecard"], ()), zone) for row in rows
    ]


def _told(row: Row, rubric: Rubric, words: Iterable[Override], zone: tzinfo) -> Told:
    card = json.loads(row["line"])
    now = reviewed(card, rubric, words)
    given_up = row["state"] == "given_up"
    result = "failed" if given_up else verdict(now, rubric, row["pass_mark"])
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
    seconds = tuple(one["seconds"] for one in card.get("replies", ()))
    return Told(
        row["id"], row["person"], row["scorecard"], row["assignment"], at, result, tried,
        row["rubric"], seconds,
    )  # fmt: skip
