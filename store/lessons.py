"""The rungs before one's own practice: what somebody has watched, and which faults they found."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Literal

from store.database import Store
from store.times import text_of, time_of

Way = Literal["watch", "find"]


@dataclass(frozen=True, slots=True)
class Found:
    """Faults that were marked as the grader marks them, overlooked, and marked without need."""

    hits: int
    misses: int
    extra: int


@dataclass(frozen=True, slots=True)
class Learnt:
    """A good path that was watched to its end, or a poor one whose faults were looked for."""

    scenario: str
    variant: int
    way: Way
    at: datetime
    found: Found | None


def note_watched(store: Store, person: int, scenario: str, variant: int, at: datetime) -> None:
    """Somebody has watched a good path to its end."""
    row = {"person": person, "scenario": scenario, "variant": variant, "way": "watch",
           "at": text_of(at)}  # fmt: skip
    store.write(lambda t: t.insert("lessons", row))


def note_found(
    store: Store, person: int, scenario: str, variant: int, found: Found, at: datetime
) -> None:
    """Somebody has looked for the faults of a poor path."""
    row = {"person": person, "scenario": scenario, "variant": variant, "way": "find",
           "at": text_of(at), "hits": found.hits, "misses": found.misses,
           "extra": found.extra}  # fmt: skip
    store.write(lambda t: t.insert("lessons", row))


def learnt(store: Store, person: int) -> list[Learnt]:
    """What somebody has watched and found, in order."""
    rows = store.rows("SELECT * FROM lessons WHERE person = ? ORDER BY id", (person,))
    return [
        Learnt(
            row["scenario"],
            row["variant"],
            row["way"],
            time_of(row["at"]),
            None if row["hits"] is None else Found(row["hits"], row["misses"], row["extra"]),
        )
        for row in rows
    ]


def finished(store: Store, person: int) -> set[str]:
    """The scenarios whose good path somebody has taken over half way and brought to an end."""
    sql = """SELECT DISTINCT scenario FROM practices
             WHERE person = ? AND mode = 'finish' AND state = 'ended'"""
    return {row["scenario"] for row in store.rows(sql, (person,))}
