"""Imports: real conversations read once, masked, then graded by whoever holds the lease.

A worker claims an import for some time and renews with every batch it keeps. If it dies, the lease
runs out and another one goes on with what has no card. `key` names the same files asked for the
same way, so that giving them again goes on or finds them done.
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Final, Literal

from grader.batch import line_of
from rubrics.schema import Rubric
from store.cards import keep_card
from store.contents import body_of, keep_content
from store.database import Row, Store, Transaction
from store.times import maybe, text_of, time_of
from transcripts.errors import Refused, UnreadableInput
from transcripts.types import Transcript

State = Literal["reading", "grading", "done", "stopped"]
_COLUMNS: Final = """id, names, rubric, made_by, made_at, state, total, graded, faulty, rejected,
                     begun_at, begun_with, ended_at, lease_until, worker, fault,
                     spool IS NOT NULL AS spooled"""


class LostLease(Refused):
    """Another worker has taken over; what this one has not kept is graded there."""


@dataclass(frozen=True, slots=True)
class Import:
    """An import and how far it is. `rubric` is the hash of what it is graded by.

    `spooled`: its files lie in the data folder and a worker is to read them. `fault` says why that
    could not be done.
    """

    id: int
    names: tuple[str, ...]
    rubric: str
    made_by: int | None
    made_at: datetime
    state: State
    total: int
    graded: int
    faulty: int
    rejected: int
    begun_at: datetime | None
    """When whoever grades it began, with `begun_with` done."""
    begun_with: int
    ended_at: datetime | None
    worker: str | None
    lease_until: datetime | None
    fault: str | None
    spooled: bool

    @property
    def left(self) -> int:
        """Conversations still to be graded."""
        return self.total - self.graded - self.faulty

    def seconds_left(self, at: datetime) -> float | None:
        """What the rest takes at the pace so far; None before there is one."""
        done = self.graded + self.faulty - self.begun_with
        if self.begun_at is None or done < 1 or self.state != "grading":
            return None
        return (at - self.begun_at).total_seconds() / done * self.left


@dataclass(frozen=True, slots=True)
class Taken:
    """A masked conversation and its place among all that were read, from 1."""

    position: int
    transcript: Transcript


@dataclass(frozen=True, slots=True)
class Refuse:
    """A record that could not be read: its number among them, from 1, and why; never its text."""

    n: int
    file: str
    line: int | None
    sheet: str | None
    reason: str


@dataclass(frozen=True, slots=True)
class Outcome:
    """The card of a conversation, or the fault that it met."""

    conversation: int
    line: str | None
    fault: str | None = None


def start_import(
    store: Store, key: str, names: Sequence[str], rubric: Rubric, by: int | None, at: datetime,
    *, spool: str | None = None,
) -> Import:  # fmt: skip
    """A new import, or the one that was asked for in the same way before. `names` are masked.

    With a `spool` (see `reading.Spool`) a worker reads the files; an import of before that is still
    to be read is read from there.
    """
    body = body_of(rubric)

    def make(transaction: Transaction) -> int:
        known = transaction.value("SELECT id FROM imports WHERE key = ?", (key,))
        if known is not None:
            if spool is not None:
                transaction.run(
                    """UPDATE imports SET spool = ?, state = 'reading', fault = NULL
                       WHERE id = ? AND (spool IS NOT NULL OR state = 'reading')""",
                    (spool, known),
                )
            return int(known)
        version = keep_content(transaction, rubric, body)
        shown = json.dumps(list(names), ensure_ascii=False)
        row = {"key": key, "names": shown, "rubric": version, "made_by": by, "made_at": text_of(at),
               "spool": spool}  # fmt: skip
        return transaction.insert("imports", row)

    return imported(store, store.write(make))


def imported(store: Store, number: int) -> Import:
    """An import by its id. `UnreadableInput`, with those there are, if there is none."""
    row = store.row(f"SELECT {_COLUMNS} FROM imports WHERE id = ?", (number,))
    if row is None:
        there = ", ".join(str(one.id) for one in imports(store, most=20)) or "none yet"
        raise UnreadableInput(f"there is no import {number} (there are: {there})")
    return _import(row)


def imports(store: Store, *, before: int | None = None, most: int = 50) -> list[Import]:
    """Imports, the newest first; `before` is the last id of the page before."""
    sql = f"""SELECT {_COLUMNS} FROM imports WHERE ?1 IS NULL OR id < ?1
              ORDER BY id DESC LIMIT ?2"""
    return [_import(row) for row in store.rows(sql, (before, most))]


def read_so_far(store: Store, number: int) -> tuple[int, int]:
    """The last position kept and the last reject kept, 0 without any."""
    last = "SELECT coalesce(max(position), 0) FROM conversations WHERE import = ?"
    rejects = "SELECT coalesce(max(n), 0) FROM rejects WHERE import = ?"
    return int(store.value(last, (number,))), int(store.value(rejects, (number,)))


def keep_read(
    store: Store, number: int, taken: Sequence[Taken], refused: Sequence[Refuse], at: datetime
) -> None:
    """Keep what was read; what is there already stays. Not more than `MOST_ROWS` at once."""
    rows = [_conversation(number, one, at) for one in taken]
    none = [
        {"import": number, "n": one.n, "file": one.file, "line": one.line, "sheet": one.sheet,
         "reason": one.reason}
        for one in refused
    ]  # fmt: skip

    def keep(transaction: Transaction) -> None:
        more = sum(transaction.insert_new("conversations", row) is not None for row in rows)
        bad = sum(transaction.insert_new("rejects", row) is not None for row in none)
        sql = "UPDATE imports SET total = total + ?, rejected = rejected + ? WHERE id = ?"
        transaction.run(sql, (more, bad, number))

    store.write(keep)


def all_read(store: Store, number: int) -> None:
    """Reading is over: whoever comes first may grade."""
    sql = """UPDATE imports SET state = 'grading', spool = NULL, worker = NULL, lease_until = NULL
             WHERE id = ? AND state = 'reading'"""
    store.write(lambda t: t.run(sql, (number,)))


def spools(store: Store) -> dict[int, str]:
    """What is still to be read from files in the data folder, by import."""
    rows = store.rows("SELECT id, spool FROM imports WHERE spool IS NOT NULL")
    return {row["id"]: row["spool"] for row in rows}


def cannot_read(store: Store, number: int, worker: str, fault: str) -> None:
    """The files cannot be read; the import stands still and says why."""
    sql = """UPDATE imports SET state = 'stopped', fault = ?, worker = NULL, lease_until = NULL
             WHERE id = ? AND worker = ? AND state = 'reading'"""
    store.write(lambda t: t.run(sql, (fault, number, worker)))


def rejects(store: Store, number: int, *, after: int = 0, most: int = 100) -> list[Refuse]:
    """What could not be read, page by page; `after` is the last `n` of the page before."""
    sql = """SELECT n, file, line, sheet, reason FROM rejects WHERE import = ? AND n > ?
             ORDER BY n LIMIT ?"""
    return [Refuse(**row) for row in store.rows(sql, (number, after, most))]


# --- grading


_FREE: Final = """((state = 'grading' AND ?3) OR (state = 'reading' AND spool IS NOT NULL AND ?4))
                   AND (?1 IS NULL OR id = ?1) AND (lease_until IS NULL OR lease_until <= ?2)"""


def waits(store: Store, at: datetime) -> bool:
    """Whether there is something to read or to grade that nobody works at."""
    sql = f"SELECT 1 FROM imports WHERE {_FREE} LIMIT 1"
    return store.value(sql, (None, text_of(at), 1, 1)) is not None


def claim(
    store: Store, worker: str, at: datetime, until: datetime, only: int | None = None,
    *, reading: bool = False,
) -> Import | None:  # fmt: skip
    """Take the oldest import that nobody works at (or `only` that one) until a time.

    `reading`: one whose files are to be read, else one that is to be graded.
    """

    def take(transaction: Transaction) -> int | None:
        found = transaction.value(
            f"SELECT id FROM imports WHERE {_FREE} ORDER BY id LIMIT 1",
            (only, text_of(at), int(not reading), int(reading)),
        )
        if found is not None:
            transaction.run(
                """UPDATE imports SET worker = ?, lease_until = ?,
                   begun_at = ?, begun_with = graded + faulty WHERE id = ?""",
                (worker, text_of(until), text_of(at), found),
            )
        return None if found is None else int(found)

    number = store.write(take)
    return None if number is None else imported(store, number)


def renew(store: Store, number: int, worker: str, until: datetime) -> None:
    """Go on reading until a time. `LostLease` if somebody else does, or it was stopped."""
    sql = "UPDATE imports SET lease_until = ? WHERE id = ? AND worker = ? AND state = 'reading'"
    if not store.write(lambda t: t.run(sql, (text_of(until), number, worker))):
        raise LostLease(f"import {number} is read by another worker now, or was stopped")


def ungraded(store: Store, number: int, after: int, most: int) -> list[tuple[int, str]]:
    """Conversations without card or fault: id and canonical JSON. `after` is the last id seen."""
    sql = """SELECT id, transcript FROM conversations WHERE import = ? AND id > ?
             AND scorecard IS NULL AND fault IS NULL ORDER BY id LIMIT ?"""
    rows = store.rows(sql, (number, after, most))
    return [(row["id"], row["transcript"]) for row in rows]


def keep_graded(
    store: Store, number: int, worker: str, done: Sequence[Outcome], span: tuple[datetime, datetime]
) -> None:
    """Keep cards and renew the lease. `span`: now, and until when. `LostLease` if it is gone."""
    at, until = span

    def keep(transaction: Transaction) -> None:
        sql = "UPDATE imports SET lease_until = ? WHERE id = ? AND worker = ? AND state = 'grading'"
        if not transaction.run(sql, (text_of(until), number, worker)):
            raise LostLease(f"import {number} is graded by another worker now, or was stopped")
        graded = faulty = 0
        for one in done:
            if one.line is not None:
                graded += keep_card(transaction, one.conversation, one.line, at) is not None
            else:
                mark = "UPDATE conversations SET fault = ? WHERE id = ? AND scorecard IS NULL"
                faulty += transaction.run(mark, (one.fault or "", one.conversation))
        sql = "UPDATE imports SET graded = graded + ?, faulty = faulty + ? WHERE id = ?"
        transaction.run(sql, (graded, faulty, number))

    store.write(keep)


def release(store: Store, number: int, worker: str, at: datetime) -> None:
    """Let go of an import; it is done if nothing is left to grade."""

    def let_go(transaction: Transaction) -> None:
        transaction.run(
            """UPDATE imports SET worker = NULL, lease_until = NULL,
               state = iif(state = 'grading' AND graded + faulty >= total, 'done', state),
               ended_at = iif(state = 'grading' AND graded + faulty >= total, ?, NULL)
               WHERE id = ? AND worker = ? AND state IN ('reading', 'grading')""",
            (text_of(at), number, worker),
        )

    store.write(let_go)


def stop_import(store: Store, number: int, stop: bool) -> None:
    """Stop reading and grading an import, or let it go on where it was."""
    sql = """UPDATE imports SET worker = NULL, lease_until = NULL, fault = NULL,
             state = iif(?1, 'stopped', iif(spool IS NULL, 'grading', 'reading'))
             WHERE id = ?2 AND (iif(?1, 'grading', 'stopped') = state
                                OR (?1 AND state = 'reading' AND spool IS NOT NULL))"""
    store.write(lambda t: t.run(sql, (int(stop), number)))


def _conversation(number: int, taken: Taken, at: datetime) -> Row:
    transcript = taken.transcript
    times = [message.at for message in transcript.messages if message.at is not None]
    senders = [message.sender for message in transcript.messages if message.role == "agent"]
    return {
        "import": number,
        "position": taken.position,
        "name": transcript.id,
        "agent": next((name for name in senders if name), transcript.agent),
        "lang": transcript.lang,
        "began_at": text_of(min(times)) if times else None,
        "kept_at": text_of(at),
        "transcript": line_of(transcript),
    }


def _import(row: Row) -> Import:
    times = {key: maybe(row[key]) for key in ("begun_at", "ended_at", "lease_until")}
    names = tuple(json.loads(row["names"]))
    return Import(**{**row, **times, "names": names, "made_at": time_of(row["made_at"]),
                     "spooled": bool(row["spooled"])})  # fmt: skip
