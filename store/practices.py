"""Practice: each turn is kept before it is answered for, so that nothing said is ever lost.

A session lives in memory while somebody plays; `keep` adds what is new of it. What lies in the
store is enough to go on after a restart (`going_on`). Texts stay as they were typed: the customers
are invented.
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final, Literal

from grader.batch import line_of
from rubrics.schema import Rubric
from simulator.record import outcome, transcript
from simulator.session import Session
from store.assignments import check_try
from store.cards import keep_card
from store.contents import body_of, keep_content
from store.database import Row, Store, Transaction
from store.declined import Declined
from store.times import maybe, text_of, time_of
from transcripts.canonical import to_json
from transcripts.errors import UnreadableInput

Mode = Literal["play", "exam", "shift", "watch", "find", "finish", "moment", "retry", "trial"]
State = Literal["open", "ended", "given_up"]
COUNTING: Final[tuple[Mode, ...]] = ("play", "exam", "shift")
"""Modes whose result counts for passes, best scores and levels; a retry and a trial never do."""


@dataclass(frozen=True, slots=True)
class Start:
    """Who begins what. `variant` is the number of the scenario's variant, `model` its hash.

    `parent`, `turns`: the practice that a retry goes off from, and after how many of its entries.
    """

    person: int
    mode: Mode
    variant: int
    model: str
    assignment: int | None = None
    shift: int | None = None
    parent: int | None = None
    turns: int | None = None


@dataclass(frozen=True, slots=True)
class Mark:
    """How much of a session is kept: entries of its log, and messages."""

    entries: int = 0
    messages: int = 0


@dataclass(frozen=True, slots=True)
class Practice:
    """A practice as it stands. `help` names what was used, in order; `clock_ms` the session's time.

    `conversation` and `scorecard` are there once it ended and was graded.
    """

    id: int
    person: int
    scenario: str
    scenario_version: str
    persona_version: str
    variant: int
    seed: int
    model: str
    mode: Mode
    assignment: int | None
    shift: int | None
    parent: int | None
    parent_turns: int | None
    help: tuple[str, ...]
    state: State
    clock_ms: int
    paused_at: datetime | None
    started_at: datetime
    kept_at: datetime
    ended_at: datetime | None
    outcome: dict[str, Any] | None
    conversation: int | None
    scorecard: int | None

    def clock_at(self, at: datetime) -> int:
        """The session's time on coming back: an exam's clock ran on, any other stood still."""
        if self.mode != "exam":
            return self.clock_ms
        return max(self.clock_ms, round((at - self.started_at).total_seconds() * 1000))


def begin(store: Store, start: Start, session: Session, at: datetime) -> tuple[int, Mark]:
    """Keep a session that begins; its id. `Declined` where an assignment does not allow it."""
    case = session.case
    contents = [(one, body_of(one)) for one in (case.scenario, case.persona)]
    row = {
        "person": start.person, "scenario": case.scenario.id, "variant": start.variant,
        "scenario_version": case.scenario.version, "persona_version": case.persona.version,
        "seed": case.seed, "model": start.model, "mode": start.mode,
        "assignment": start.assignment, "shift": start.shift, "parent": start.parent,
        "parent_turns": start.turns, "clock_ms": session.now, "started_at": text_of(at),
        "kept_at": text_of(at),
    }  # fmt: skip
    entries, said = _news(session, Mark())

    def make(transaction: Transaction) -> int:
        if start.assignment is not None:
            check_try(transaction, start.assignment, start.person, case.scenario.id, at)
        for content, body in contents:
            keep_content(transaction, content, body)
        number = transaction.insert("practices", row)
        _add(transaction, number, Mark(), entries, said)
        return number

    return store.write(make), Mark(len(entries), len(said))


def keep(store: Store, number: int, session: Session, had: Mark, at: datetime) -> Mark:
    """Add what is new since `had`. It is safe when this returns; only then it may be shown.

    `Declined` if another window went on with this practice, or it has ended.
    """
    entries, said = _news(session, had)

    def add(transaction: Transaction) -> None:
        _touch(transaction, number, session.now, at)
        _add(transaction, number, had, entries, said)
        if entries:
            transaction.run("DELETE FROM drafts WHERE practice = ?", (number,))

    store.write(add)
    return Mark(had.entries + len(entries), had.messages + len(said))


def finish(
    store: Store, number: int, session: Session, had: Mark, at: datetime, given_up: bool = False
) -> int:
    """Keep the rest of a session that is over, or was given up; the id of its conversation.

    A second time does nothing more.
    """
    entries, said = _news(session, had)
    whole = transcript(session)
    state = "given_up" if given_up else "ended"
    result = json.dumps(outcome(session), ensure_ascii=False)
    row = {
        "practice": number, "name": whole.id, "lang": whole.lang, "kept_at": text_of(at),
        "began_at": text_of(session.time(0)), "transcript": line_of(whole),
    }  # fmt: skip

    def end(transaction: Transaction) -> int:
        done = "SELECT id FROM conversations WHERE practice = ?"
        known = transaction.value(done, (number,))
        if known is not None:
            return int(known)
        _touch(transaction, number, session.now, at)
        _add(transaction, number, had, entries, said)
        transaction.run("DELETE FROM drafts WHERE practice = ?", (number,))
        transaction.run(
            """UPDATE practices SET state = ?, ended_at = ?, outcome = ?, paused_at = NULL
               WHERE id = ?""",
            (state, text_of(at), result, number),
        )
        return transaction.insert("conversations", row)

    return store.write(end)


def keep_result(
    store: Store, conversation: int, rubric: Rubric, line: str, at: datetime
) -> int | None:
    """Keep the card of a practice, the line that the grader wrote; its id, None if it has one."""
    body = body_of(rubric)

    def add(transaction: Transaction) -> int | None:
        keep_content(transaction, rubric, body)
        return keep_card(transaction, conversation, line, at)

    return store.write(add)


# --- beside the turns


def save_draft(store: Store, number: int, text: str, at: datetime) -> None:
    """Keep what stands in the composer; an empty text is none."""
    row = (number, text, text_of(at))

    def save(transaction: Transaction) -> None:
        transaction.run("DELETE FROM drafts WHERE practice = ?", (number,))
        if text:
            transaction.run("INSERT INTO drafts (practice, text, at) VALUES (?, ?, ?)", row)

    store.write(save)


def draft(store: Store, number: int) -> str:
    """What stood in the composer."""
    return str(store.value("SELECT text FROM drafts WHERE practice = ?", (number,)) or "")


def pause(store: Store, number: int, at: datetime | None) -> None:
    """Stand still, or go on (None). An exam does not stand still."""
    sql = "UPDATE practices SET paused_at = ? WHERE id = ? AND mode <> 'exam' AND state = 'open'"
    store.write(lambda t: t.run(sql, (None if at is None else text_of(at), number)))


def note_help(store: Store, number: int, kind: str) -> None:
    """Write down that a help was used: such a try does not count as passed."""
    sql = "UPDATE practices SET help = json_insert(help, '$[#]', ?) WHERE id = ?"
    store.write(lambda t: t.run(sql, (kind, number)))


def flag(store: Store, number: int, message: int, at: datetime | None) -> None:
    """Mark a customer's message as no answer (答非所问), or take the mark back (None)."""

    def change(transaction: Transaction) -> None:
        sql = "DELETE FROM flags WHERE practice = ? AND message = ?"
        transaction.run(sql, (number, message))
        if at is not None:
            row = {"practice": number, "message": message, "at": text_of(at)}
            transaction.insert("flags", row)

    store.write(change)


def flags(store: Store, number: int) -> set[int]:
    """The messages of a practice that were flagged."""
    sql = "SELECT message FROM flags WHERE practice = ?"
    return {row["message"] for row in store.rows(sql, (number,))}


# --- reading

_SELECT: Final = """SELECT p.*, c.id AS conversation, c.scorecard FROM practices AS p
                    LEFT JOIN conversations AS c ON c.practice = p.id"""


def practice(store: Store, number: int) -> Practice:
    """A practice by its id. `UnreadableInput` if there is none."""
    row = store.row(f"{_SELECT} WHERE p.id = ?", (number,))
    if row is None:
        raise UnreadableInput(f"there is no practice {number}")
    return _practice(row)


def practices_of(
    store: Store, person: int, *, state: State | None = None, before: int | None = None,
    most: int = 50,
) -> list[Practice]:  # fmt: skip
    """Somebody's practices, the newest first; `before` is the last id of the page before."""
    rows = store.rows(
        f"""{_SELECT} WHERE p.person = ?1 AND (?2 IS NULL OR p.state = ?2)
            AND (?3 IS NULL OR p.id < ?3) ORDER BY p.id DESC LIMIT ?4""",
        (person, state, before, most),
    )
    return [_practice(row) for row in rows]


def of_shift(store: Store, shift: int) -> list[Practice]:
    """The practices of a shift, in the order in which their customers came."""
    return [_practice(row) for row in store.rows(f"{_SELECT} WHERE p.shift = ? ORDER BY p.id",
                                                 (shift,))]  # fmt: skip


def _news(session: Session, had: Mark) -> tuple[list[str], list[str]]:
    """Entries and messages since `had`, as lines of JSON."""
    messages = to_json(transcript(session))["messages"][had.messages :]
    return _lines(session.log[had.entries :]), _lines(messages)


def _lines(rows: Sequence[Any]) -> list[str]:
    return [json.dumps(row, ensure_ascii=False, allow_nan=False) for row in rows]


def _add(
    transaction: Transaction, number: int, had: Mark, entries: list[str], said: list[str]
) -> None:
    if not entries and not said:
        return
    there = transaction.row(
        """SELECT (SELECT count(*) FROM turns WHERE practice = ?1) AS entries,
           (SELECT count(*) FROM said WHERE practice = ?1) AS messages""",
        (number,),
    )
    if there != {"entries": had.entries, "messages": had.messages}:
        raise Declined(
            "elsewhere", "this conversation went on in another window; load the page again"
        )
    for n, entry in enumerate(entries, had.entries):
        transaction.insert("turns", {"practice": number, "n": n, "entry": entry})
    for n, message in enumerate(said, had.messages):
        transaction.insert("said", {"practice": number, "n": n, "message": message})


def _touch(transaction: Transaction, number: int, clock: int, at: datetime) -> None:
    """Move the clock on."""
    sql = """UPDATE practices SET clock_ms = max(clock_ms, ?), kept_at = ?
             WHERE id = ? AND state = 'open'"""
    if not transaction.run(sql, (clock, text_of(at), number)):
        raise Declined("over", "this conversation is over")


def _practice(row: Row) -> Practice:
    times = {key: maybe(row[key]) for key in ("paused_at", "ended_at")}
    sure = {key: time_of(row[key]) for key in ("started_at", "kept_at")}
    parsed = {
        "help": tuple(json.loads(row["help"])),
        "outcome": None if row["outcome"] is None else json.loads(row["outcome"]),
    }
    return Practice(**{**row, **times, **sure, **parsed})
