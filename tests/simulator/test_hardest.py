"""Where a conversation is hardest."""

from __future__ import annotations

from simulator.hardest import hardest
from simulator.session import Session
from tests.simulator.tiny import coded, tiny


def test_the_angriest_words_before_a_reply() -> None:
    session = Session(tiny(), coded)
    for at, reply in ((10_000, "blame"), (60_000, "apologise empathise warm"), (120_000, "close")):
        session.advance(at)
        if not session.over:
            session.say(reply, at)
    session.advance(3_600_000)
    upto = hardest(session)
    assert upto is not None
    assert session.messages[upto - 1].role == "customer"
    assert session.messages[upto].role == "agent"
    said = [one.role for one in session.messages[:upto]]
    assert "agent" in said, "after the blame, not the first words"


def test_nobody_answered_nothing_to_answer() -> None:
    session = Session(tiny(), coded)
    session.advance(3_600_000)
    assert hardest(session) is None
