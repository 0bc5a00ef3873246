"""Practices with customers of the library, with cards that nobody had to grade."""

from __future__ import annotations

import json
from datetime import datetime
from typing import Any

from scenarios.load import load_persona, load_scenario
from simulator.session import Session
from simulator.state import Case
from store.database import Store
from store.feedback import OwnView, keep_own_view
from store.people import Person
from store.practices import Mode, Start, begin, finish, keep_result
from tests.simulator.tiny import coded
from tests.store.playing import RUBRIC, line


def opened(
    store: Store, person: Person, at: datetime, scenario: str = "rotten-fruit", variant: int = 0,
    mode: Mode = "play", **more: Any,
) -> int:  # fmt: skip
    """A practice that goes on."""
    return _begun(store, person, at, scenario, variant, mode, more)[0]


def played(
    store: Store, person: Person, at: datetime, overall: float = 80.0,
    scenario: str = "rotten-fruit", variant: int = 0, mode: Mode = "play", viewed: bool = True,
    **more: Any,
) -> int:  # fmt: skip
    """A practice with one reply and a card of this score."""
    number, session, mark = _begun(store, person, at, scenario, variant, mode, more)
    session.say("apologise", 20_000)
    conversation = finish(store, number, session, mark, at)
    keep_result(store, conversation, RUBRIC, json.dumps(_card(overall)), at)
    if viewed:
        keep_own_view(store, number, OwnView(3, None, None), at)
    return number


def _card(overall: float) -> dict[str, Any]:
    """A card as the grader writes it, all that a scorecard shows included."""
    card: dict[str, Any] = json.loads(line(overall))
    told = {
        "evidence": [{"message": 2, "quote": "apologise", "points": 3.0, "reason": "说了抱歉"}],
        "advice": "先说抱歉，再说几点前办好。", "model_reply": "实在抱歉，三点前给您办好。",
    }  # fmt: skip
    for one in card["criteria"].values():
        one |= told
    replies = [{"message": 2, "seconds": 20.0, "acts": ["apologise"]}]
    return card | {"replies": replies, "gates": [], "critical_evidence": []}


def _begun(
    store: Store, person: Person, at: datetime, scenario: str, variant: int, mode: Mode,
    more: dict[str, Any],
) -> tuple[int, Session, Any]:  # fmt: skip
    filled = load_scenario(scenario).variants[variant]
    session = Session(Case(filled, load_persona(filled.persona), variant), coded)
    start = Start(person.id, mode, variant, "sha256:m", **more)
    number, mark = begin(store, start, session, at)
    return number, session, mark
