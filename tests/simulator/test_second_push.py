"""A customer who was written to and never answers hears a later message as another push."""

from __future__ import annotations

from scenarios.load import load_persona, load_scenario
from simulator.ears import Before
from simulator.heard import Heard
from simulator.session import Session
from simulator.state import Case

SILENT = 3
"""The variant whose customer never answers."""


def told_after(*seconds: int) -> tuple[str, ...]:
    scenario = load_scenario("unpaid-order").variants[SILENT]

    def listen(_reply: str, _before: Before) -> Heard:
        return Heard(acts=("urge_order",), hears=("reminder",))

    session = Session(Case(scenario, load_persona(scenario.persona), SILENT), listen)
    for at in seconds:
        session.say("订单还没付款", at * 1000)
    return session.state.told


def test_one_message_in_parts_is_one_push() -> None:
    assert "pushed" not in told_after(5, 20)


def test_a_later_message_is_a_second_push() -> None:
    assert "pushed" in told_after(5, 905)
