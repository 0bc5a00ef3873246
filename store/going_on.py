"""Going on with a practice: after a reload, a restart, or differently from one of its replies.

The log is played again without a model, with the very scenario and persona that it began with.
Where this version of the engine plays it otherwise, what was said stays as it was and that is told.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from scenarios.schema import Scenario
from simulator.record import FORMAT, replay, transcript
from simulator.session import Listen, Session
from simulator.state import Case
from store.contents import persona_at, scenario_at
from store.database import Store
from store.declined import Declined
from store.practices import Mark, Practice, Start, begin, practice
from transcripts.canonical import parse, to_json
from transcripts.errors import Refused
from transcripts.types import Message

Ears = Callable[[Scenario], Listen]
"""Who makes sense of what is said from now on, as `simulator.play.ears` with a model."""


@dataclass(frozen=True, slots=True)
class GoingOn:
    """A session as it was left. `drifted`: this version would have answered otherwise before."""

    practice: Practice
    session: Session
    mark: Mark
    drifted: bool


def go_on(store: Store, number: int, ears: Ears) -> GoingOn:
    """The session of a practice, ready to go on. `Declined` if this version cannot."""
    found = practice(store, number)
    session = _replayed(store, found, None)
    said = said_in(store, number)
    drifted = _messages(session) != said
    if drifted:
        session.messages[:] = said_as_messages(said)
    session.listen = ears(session.case.scenario)
    return GoingOn(found, session, Mark(len(session.log), len(said)), drifted)


def retry(store: Store, number: int, message: int, ears: Ears, at: datetime) -> GoingOn:
    """A new practice that goes off from an old one, just before its message `message`.

    It counts for no pass, best score or level.
    """
    old = practice(store, number)
    said = said_in(store, number)
    turns = entries_before(said, message)
    session = _replayed(store, old, turns)
    drifted = _messages(session) != said[: len(session.messages)]
    session.listen = ears(session.case.scenario)
    start = Start(
        old.person, "retry", old.variant, old.model, shift=None, parent=number, turns=turns
    )
    new, mark = begin(store, start, session, at)
    return GoingOn(practice(store, new), session, mark, drifted)


def entries_before(said: Sequence[dict[str, Any]], message: int) -> int:
    """How many entries of the log come before a message: those of the agent's words and deeds."""
    return sum(one["role"] in ("agent", "action") for one in said[:message])


def said_as_messages(said: list[dict[str, Any]]) -> tuple[Message, ...]:
    """Kept messages as values."""
    found = parse({"id": "said", "messages": said})
    return found.messages


def rewritten(store: Store, number: int) -> set[int]:
    """After how many of its entries a practice was gone on with differently, and words came."""
    sql = """SELECT DISTINCT parent_turns FROM practices AS p WHERE parent = ? AND parent_turns <
             (SELECT count(*) FROM turns WHERE practice = p.id)"""
    return {row["parent_turns"] for row in store.rows(sql, (number,))}


def log_of(store: Store, number: int) -> list[dict[str, Any]]:
    """The entries of a practice."""
    rows = store.rows("SELECT entry FROM turns WHERE practice = ? ORDER BY n", (number,))
    return [json.loads(row["entry"]) for row in rows]


def _replayed(store: Store, found: Practice, turns: int | None) -> Session:
    scenario = scenario_at(store, found.scenario_version)
    persona = persona_at(store, found.persona_version)
    log = log_of(store, found.id)
    recorded = {"format": FORMAT, "log": log, "until": found.clock_ms}
    try:
        session = replay(recorded, Case(scenario, persona, found.seed), turns)
        if turns is not None and turns < len(log):  # the customer's words that were answered then
            session.advance(log[turns]["at"])
    except (Refused, StopIteration, KeyError) as error:
        raise Declined(
            "cannot_go_on", "this version cannot go on with that conversation; it can be read"
        ) from error
    return session


def said_in(store: Store, number: int) -> list[dict[str, Any]]:
    """The messages of a practice as they were kept."""
    rows = store.rows("SELECT message FROM said WHERE practice = ? ORDER BY n", (number,))
    return [json.loads(row["message"]) for row in rows]


def _messages(session: Session) -> list[Any]:
    """As they come out of JSON."""
    found: list[Any] = json.loads(json.dumps(to_json(transcript(session))["messages"]))
    return found
