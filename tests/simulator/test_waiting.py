"""A customer who has just told something waits for a word; who has said goodbye lets the agent
have the last one; who was sent somebody else's answer goes on waiting for the own."""

from __future__ import annotations

from dataclasses import replace

import pytest

from simulator.heard import Heard
from simulator.session import ONE_RUN, Session
from simulator.state import Case, State, begin
from simulator.step import PARTED, silence, step
from tests.simulator.tiny import coded, tiny


def one_goal() -> Case:
    """Nothing is bargained for; what settles the matter is an offer."""
    return tiny(deal=None, questions={}, goals={"told": {"by": {"acts": ["give_info"]}}})


def at_once(case: Case) -> State:
    return step(case, begin(case), coded("request_evidence ask:photo give_info")).state


def test_asking_and_answering_in_one_breath_does_not_settle() -> None:
    state = at_once(one_goal())
    assert state.done == ("told",)
    assert state.unheard
    assert not state.settled


def test_a_word_about_what_was_told_settles() -> None:
    case = one_goal()
    outcome = step(case, at_once(case), coded("thank"))
    assert outcome.state.settled
    assert outcome.state.parted


def test_a_question_after_all_is_done_leaves_it_done() -> None:
    case = one_goal()
    done = step(case, begin(case), coded("give_info")).state
    asked = step(case, done, coded("request_evidence ask:photo")).state
    assert done.settled
    assert asked.settled


def test_after_goodbye_the_agent_has_the_last_word() -> None:
    case = one_goal()
    parted = step(case, step(case, begin(case), coded("give_info")).state, coded("close")).state
    assert parted.parted
    assert parted.ending is None
    last = step(case, parted, coded("close"))
    assert last.says == ()
    assert last.state.ending in ("satisfied", "accepted")


def test_after_goodbye_the_customer_is_soon_gone() -> None:
    case = one_goal()
    parted = step(case, step(case, begin(case), coded("give_info")).state, coded("close")).state
    coming = silence(case, parted)
    assert coming is not None
    assert coming.after <= PARTED
    assert coming.outcome.says == ()


def test_the_wrong_window_settles_nothing_and_drives_nobody_away() -> None:
    case = one_goal()
    state = begin(case)
    strange = replace(coded("give_info offer:refund:9"), off_topic=True)
    for _ in range(4):
        state = step(case, state, strange).state
    assert state.done == ()
    assert state.ending is None


def test_who_asked_for_nothing_wonders_whom_it_is_for() -> None:
    case = tiny(opened_by="agent", opening=[])
    strange = replace(coded("give_info"), off_topic=True)
    said = step(case, begin(case), strange).says
    assert said[0].text in ("这是发给我的吗？", "发错人了吧")


@pytest.mark.parametrize(("messages", "turns"), [(ONE_RUN, 1), (ONE_RUN + 1, 2)])
def test_messages_without_end_to_a_silent_customer_count(messages: int, turns: int) -> None:
    case = tiny(opened_by="agent", opening=[], answers=0)

    def listen(_reply: str, _before: object) -> Heard:
        return Heard(acts=("greet",))

    session = Session(case, listen)
    for number in range(messages):
        session.say("在吗", number * 1000)
    assert session.state.turn == turns
