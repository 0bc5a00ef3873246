"""Practices of the tiny customer, played by a script, with cards that nobody had to grade."""

from __future__ import annotations

import json
from datetime import datetime
from typing import Any

from rubrics.load import load_rubric
from simulator.session import Session
from store.database import Store
from store.people import Person
from store.practices import Mode, Start, begin, finish, keep_result
from tests.simulator.tiny import coded, tiny

RUBRIC = load_rubric("general")
SCRIPT: tuple[tuple[int, str | tuple[str, dict[str, Any]]], ...] = (
    (8_000, "apologise empathise warm"),
    (9_000, "request_evidence ask:photo"),
    (40_000, ("look_up", {"what": "order"})),
    (150_000, "huh"),
    (160_000, "offer:refund:6000 commit_time"),
    (180_000, ("issue_refund", {"amount": 60})),
    (190_000, "close"),
)


def ears(_scenario: object) -> Any:
    return coded


def play(session: Session, first: int, last: int) -> None:
    for at, deed in SCRIPT[first:last]:
        session.advance(at)
        if isinstance(deed, str):
            session.say(deed, at)
        else:
            session.act(deed[0], deed[1], at)


def start(person: Person, mode: Mode = "play", **more: Any) -> Start:
    return Start(person.id, mode, 0, "sha256:m", **more)


def line(overall: float, **scores: float) -> str:
    """A card that the general rubric could have given."""
    criteria = {
        name: {"kind": spec.kind, "score": scores.get(name, overall), "weight": spec.weight,
               "confidence": 0.9, "rating": scores.get(name, overall) / 25}
        for name, spec in RUBRIC.criteria.items()
    }  # fmt: skip
    return json.dumps({
        "transcript": "tiny-0", "rubric": {"id": "general", "version": RUBRIC.version},
        "grader": {"version": "1", "encoder": "e", "model": "m"},
        "overall": overall, "passed": overall >= 60, "critical": [], "coverage": 1.0,
        "criteria": criteria, "agents": {}, "confidence": 0.9, "review": False,
    })  # fmt: skip


def whole(store: Store, person: Person, at: datetime, overall: float = 80.0, mode: Mode = "play",
          **more: Any) -> int:  # fmt: skip
    """A practice from beginning to card."""
    session = Session(tiny(), coded)
    number, mark = begin(store, start(person, mode, **more), session, at)
    play(session, 0, len(SCRIPT))
    session.advance(1_000_000)
    conversation = finish(store, number, session, mark, at)
    keep_result(store, conversation, RUBRIC, line(overall), at)
    return number
