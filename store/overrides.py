"""A person's word on a card: appended with who, when and why; the machine's score stays beside it.

The last word on each point holds. What the card says with them is kept with it, for lists.
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Final, Literal

from store.cards import card_line
from store.contents import rubric_at
from store.database import Row, Store, Transaction
from store.reviewed import reviewed
from store.times import text_of, time_of
from transcripts.errors import UnreadableInput

LONGEST: Final = 2000
Kind = Literal["criterion", "critical"]


@dataclass(frozen=True, slots=True)
class Override:
    """`criterion`: the score that `what` has (None: not scored). `critical`: whether it stands."""

    id: int
    scorecard: int
    kind: Kind
    what: str
    score: float | None
    stands: bool | None
    reason: str
    person: int | None
    at: datetime


def override_score(
    store: Store, scorecard: int, criterion: str, score: float | None, reason: str, by: int,
    at: datetime,
) -> None:  # fmt: skip
    """Give a criterion another score, 0–100, or None for not scored."""
    if score is not None and not 0 <= score <= 100:
        raise UnreadableInput(f"{score:g} is no score; give 0 to 100, or nothing for not scored")
    row = {"kind": "criterion", "what": criterion, "score": score}
    _append(store, scorecard, row, reason, by, at)


def confirm_critical(
    store: Store, scorecard: int, critical: str, stands: bool, reason: str, by: int, at: datetime
) -> None:
    """Confirm a suspected critical error, or take it away."""
    row = {"kind": "critical", "what": critical, "stands": stands}
    _append(store, scorecard, row, reason, by, at)


def overrides(store: Store, scorecards: Sequence[int]) -> dict[int, list[Override]]:
    """All words on these cards, by card, in the order they were given."""
    rows = store.rows(
        """SELECT * FROM overrides WHERE scorecard IN (SELECT value FROM json_each(?))
           ORDER BY id""",
        (json.dumps(list(scorecards)),),
    )
    found: dict[int, list[Override]] = {}
    for row in rows:
        found.setdefault(row["scorecard"], []).append(_override(row))
    return found


def _append(store: Store, scorecard: int, row: Row, reason: str, by: int, at: datetime) -> None:
    told = reason.strip()
    if not told or len(told) > LONGEST:
        raise UnreadableInput(f"give a reason of 1 to {LONGEST} characters")
    whole = row | {"scorecard": scorecard, "reason": told, "person": by, "at": text_of(at)}

    line = card_line(store, scorecard)
    card = json.loads(line) if line else {"criteria": {}, "critical": []}
    if row["what"] not in card["criteria" if row["kind"] == "criterion" else "critical"]:
        raise UnreadableInput(f"the card has no {row['kind']} {row['what']}")
    rubric = rubric_at(store, card["rubric"]["version"])

    def append(transaction: Transaction) -> None:
        transaction.insert("overrides", whole)
        sql = "SELECT * FROM overrides WHERE scorecard = ? ORDER BY id"
        words = [_override(word) for word in transaction.rows(sql, (scorecard,))]
        now = reviewed(card, rubric, words)
        transaction.run(
            """UPDATE scorecards SET by_hand = 1, now_overall = ?, now_passed = ?, now_critical = ?
               WHERE id = ?""",
            (now.overall, now.passed, len(now.critical), scorecard),
        )

    store.write(append)


def _override(row: Row) -> Override:
    stands = None if row["stands"] is None else bool(row["stands"])
    return Override(**{**row, "stands": stands, "at": time_of(row["at"])})
