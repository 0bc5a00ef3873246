"""Conversations with their cards, as a QA lead looks through them: filters, pages by key."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final, Literal

from store.database import Row, Store
from store.overrides import Override, overrides
from store.times import maybe

PAGE: Final = 200
WORDS: Final = 60
"""Characters by which a list shows how a conversation begins."""
Source = Literal["import", "practice"]
_OVERALL: Final = "iif(s.by_hand, s.now_overall, s.overall)"
_PASSED: Final = "iif(s.by_hand, s.now_passed, s.passed)"
_CRITICAL: Final = "iif(s.by_hand, s.now_critical, s.critical)"
_FROM: Final = """FROM conversations AS c LEFT JOIN scorecards AS s ON s.id = c.scorecard
                  LEFT JOIN practices AS p ON p.id = c.practice"""


@dataclass(frozen=True, slots=True)
class Filter:
    """Which conversations; None means any. `low`, `high`: overall from, below.

    Cards count with people's words on them.
    """

    source: Source | None = None
    number: int | None = None
    """The import."""
    person: int | None = None
    """Who practised."""
    agent: str | None = None
    rubric: str | None = None
    """The hash of what it was graded by."""
    passed: bool | None = None
    review: bool | None = None
    critical: bool | None = None
    by_hand: bool | None = None
    """Whether a person has had a word on the card."""
    low: float | None = None
    high: float | None = None
    text: str | None = None
    """Words that somebody wrote, as they stand there."""


@dataclass(frozen=True, slots=True)
class Found:
    """A conversation in a list. `fault` says why it has no card, if it never will."""

    id: int
    name: str
    agent: str | None
    began_at: datetime | None
    scorecard: int | None
    overall: float | None
    passed: bool | None
    review: bool | None
    critical: int | None
    by_hand: bool
    fault: str | None
    words: str | None = None
    """How it begins."""


@dataclass(frozen=True, slots=True)
class Kept:
    """A conversation whole: its transcript and card as JSON objects, and the words on the card.

    `number` is its import; None for one that was practised.
    """

    id: int
    number: int | None
    transcript: dict[str, Any]
    card: dict[str, Any] | None
    scorecard: int | None
    words: tuple[Override, ...]


def listed(
    store: Store, wanted: Filter, *, worst_first: bool = False, after: Found | None = None,
    most: int = PAGE,
) -> list[Found]:  # fmt: skip
    """A page, in the order of reading or worst first (without a card last). `after`: last seen."""
    where, values = _where(wanted)
    if worst_first:
        where += f" AND (?, ?) < (ifnull({_OVERALL}, 1000), c.id)"
        low = -1.0 if after is None else 1000.0 if after.overall is None else after.overall
        values += [low, 0 if after is None else after.id]
        order = f"ifnull({_OVERALL}, 1000), c.id"
    else:
        where += " AND c.id > ?"
        values += [0 if after is None else after.id]
        order = "c.id"
    rows = store.rows(
        f"""SELECT c.id, c.name, c.agent, c.began_at, c.scorecard, c.fault, s.review,
            {_OVERALL} AS overall, {_PASSED} AS passed, {_CRITICAL} AS critical,
            ifnull(s.by_hand, 0) AS by_hand,
            substr(json_extract(c.transcript, '$.messages[0].text'), 1, {WORDS}) AS words
            {_FROM} WHERE {where} ORDER BY {order} LIMIT ?""",
        (*values, most),
    )
    return [_found(row) for row in rows]


def count(store: Store, wanted: Filter) -> int:
    """How many conversations a filter lets through."""
    where, values = _where(wanted)
    return int(store.value(f"SELECT count(*) {_FROM} WHERE {where}", values))


def conversation(store: Store, number: int) -> Kept | None:
    """One conversation with all there is to it."""
    row = store.row(
        f"SELECT c.id, c.import, c.transcript, c.scorecard, s.line {_FROM} WHERE c.id = ?",
        (number,),
    )
    return None if row is None else _kept(row, overrides(store, [row["scorecard"] or 0]))


def graded(store: Store, wanted: Filter) -> Iterator[Kept]:
    """Every conversation that has a card, in order, a page in memory at a time."""
    where, values = _where(wanted)
    after = 0
    while True:
        rows = store.rows(
            f"""SELECT c.id, c.import, c.transcript, c.scorecard, s.line {_FROM}
                WHERE {where} AND s.id IS NOT NULL AND c.id > ? ORDER BY c.id LIMIT ?""",
            (*values, after, PAGE),
        )
        if not rows:
            return
        words = overrides(store, [row["scorecard"] for row in rows])
        yield from (_kept(row, words) for row in rows)
        after = rows[-1]["id"]


def rubrics_of(store: Store, wanted: Filter) -> list[str]:
    """The hashes of the rubrics that these conversations were graded by, as first met."""
    where, values = _where(wanted)
    sql = f"""SELECT s.rubric {_FROM} WHERE {where} AND s.id IS NOT NULL
              GROUP BY s.rubric ORDER BY min(c.id)"""
    return [row["rubric"] for row in store.rows(sql, values)]


def agents_of(store: Store, wanted: Filter) -> list[str]:
    """The agents of these conversations, by name."""
    where, values = _where(wanted)
    sql = f"SELECT DISTINCT c.agent {_FROM} WHERE {where} AND c.agent IS NOT NULL ORDER BY c.agent"
    return [row["agent"] for row in store.rows(sql, values)]


def _as_kept(text: str | None) -> str | None:
    """As it stands inside of JSON."""
    return json.dumps(text, ensure_ascii=False)[1:-1] if text else None


def _where(wanted: Filter) -> tuple[str, list[Any]]:
    tests: list[tuple[str, Any]] = [
        ("c.import = ?", wanted.number),
        ("p.person = ?", wanted.person),
        ("c.agent = ?", wanted.agent),
        ("s.rubric = ?", wanted.rubric),
        (f"{_PASSED} = ?", wanted.passed),
        ("s.review = ?", wanted.review),
        (f"({_CRITICAL} > 0) = ?", wanted.critical),
        ("ifnull(s.by_hand, 0) = ?", wanted.by_hand),
        (f"{_OVERALL} >= ?", wanted.low),
        (f"{_OVERALL} < ?", wanted.high),
        ("instr(c.transcript, ?)", _as_kept(wanted.text)),
    ]
    used = [(sql, value) for sql, value in tests if value is not None]
    parts = [sql for sql, _ in used]
    if wanted.source is not None:
        parts.append(f"c.{wanted.source} IS NOT NULL")
    return " AND ".join(parts) or "1", [value for _, value in used]


def _found(row: Row) -> Found:
    truths = {
        key: None if row[key] is None else bool(row[key]) for key in ("passed", "review", "by_hand")
    }
    return Found(**{**row, **truths, "began_at": maybe(row["began_at"])})


def _kept(row: Row, words: dict[int, list[Override]]) -> Kept:
    return Kept(
        row["id"],
        row["import"],
        json.loads(row["transcript"]),
        None if row["line"] is None else json.loads(row["line"]),
        row["scorecard"],
        tuple(words.get(row["scorecard"], ())),
    )
