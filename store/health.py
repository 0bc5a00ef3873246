"""How a scenario fares with the people who play it: for the trainer who mends it."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Final

from store.database import Store
from store.practices import COUNTING

SHOWN: Final = 50
"""Sentences and flags that are shown, the latest."""


@dataclass(frozen=True, slots=True)
class Spot:
    """A message of a practice."""

    practice: int
    text: str


@dataclass(frozen=True, slots=True)
class Health:
    """Shares are 0–1, None without anything to share. `lost` are replies not understood."""

    tries: int
    given_up: int
    first_tries: int
    passed_at_first: float | None
    replies: int
    not_understood: float | None
    lost: tuple[Spot, ...]
    flagged: tuple[Spot, ...]


def health(store: Store, scenario: str) -> Health:
    """The health of a scenario over all tries that count, and all flags."""
    modes = json.dumps(COUNTING)
    row = store.row(
        """SELECT count(*) AS tries, ifnull(sum(state = 'given_up'), 0) AS given_up FROM practices
           WHERE scenario = ?1 AND state <> 'open' AND mode IN (SELECT value FROM json_each(?2))""",
        (scenario, modes),
    ) or {"tries": 0, "given_up": 0}
    first = _first(store, scenario, modes)
    heard = _heard(store, scenario, modes)
    return Health(
        tries=row["tries"],
        given_up=row["given_up"],
        first_tries=first["n"],
        passed_at_first=first["share"],
        replies=heard["n"],
        not_understood=heard["share"],
        lost=_lost(store, scenario, modes),
        flagged=_flagged(store, scenario),
    )


def _first(store: Store, scenario: str, modes: str) -> Mapping[str, Any]:
    """Everybody's first try that was graded."""
    return store.row(
        """SELECT count(*) AS n, avg(s.passed) AS share FROM scorecards AS s
           JOIN conversations AS c ON c.scorecard = s.id
           WHERE s.passed IS NOT NULL AND c.practice IN (
             SELECT min(id) FROM practices WHERE scenario = ?1 AND state <> 'open'
             AND mode IN (SELECT value FROM json_each(?2)) GROUP BY person)""",
        (scenario, modes),
    ) or {"n": 0, "share": None}


_REPLIES: Final = """FROM turns JOIN practices AS p ON p.id = turns.practice
    WHERE p.scenario = ?1 AND p.mode IN (SELECT value FROM json_each(?2))
    AND json_extract(entry, '$.text') IS NOT NULL"""


def _heard(store: Store, scenario: str, modes: str) -> Mapping[str, Any]:
    return store.row(
        f"""SELECT count(*) AS n, avg(json_extract(entry, '$.heard.understood') = 0) AS share
            {_REPLIES}""",
        (scenario, modes),
    ) or {"n": 0, "share": None}


def _lost(store: Store, scenario: str, modes: str) -> tuple[Spot, ...]:
    rows = store.rows(
        f"""SELECT p.id AS practice, json_extract(entry, '$.text') AS text {_REPLIES}
            AND json_extract(entry, '$.heard.understood') = 0
            ORDER BY p.id DESC, turns.n DESC LIMIT ?3""",
        (scenario, modes, SHOWN),
    )
    return tuple(Spot(**row) for row in rows)


def _flagged(store: Store, scenario: str) -> tuple[Spot, ...]:
    rows = store.rows(
        """SELECT p.id AS practice, json_extract(said.message, '$.text') AS text FROM flags
           JOIN practices AS p ON p.id = flags.practice
           JOIN said ON said.practice = p.id AND said.n = flags.message
           WHERE p.scenario = ? ORDER BY flags.at DESC LIMIT ?""",
        (scenario, SHOWN),
    )
    return tuple(Spot(**row) for row in rows)
