"""Time in a conversation: typing, nudges, leaving, bursts, interruptions, goodbyes."""

from __future__ import annotations

import pytest

from simulator.session import Session
from simulator.state import Case
from tests.simulator.tiny import coded, customer, tiny
from transcripts.errors import Refused

SETTLED = ("request_evidence ask:photo commit_time", "offer:refund:6000")


def started(case: Case) -> Session:
    session = Session(case, coded)
    session.advance(5_000)
    return session


def seconds(session: Session) -> list[float]:
    start = session.time(0)
    return [(one.at - start).total_seconds() for one in session.messages if one.at is not None]


def test_the_opening_stands_at_the_start_and_is_typed_letter_by_letter(case: Case) -> None:
    session = Session(case, coded)
    assert customer(session) == ["烂了！"]
    # the second message: a breath of 0.4 s and 4 characters at 0.1 s
    assert [due.at for due in session.due()] == [800]
    session.advance(799)
    assert len(customer(session)) == 1
    session.advance(800)
    assert seconds(session) == [0, 0.8]


def test_an_answer_takes_thinking_and_typing(session: Session) -> None:
    session.say("ask_problem ask:count commit_time", 10_000)
    # thinks 2 s, then 2 characters; a breath and 4 characters later the thanks
    assert [due.at for due in session.due()] == [12_200, 12_200 + 400 + 300]
    assert [due.said.text for due in session.typing] == ["十个", "那还行"]


def test_nudges_come_on_time_and_then_the_customer_leaves(session: Session) -> None:
    # last word at 0.8 s; nudge after 60 s, then every 80 s; patience 10 is worn down by 2 each
    [first] = session.due()
    assert first.at == 60_800
    assert session.typing == ()
    session.advance(60_799)
    assert len(customer(session)) == 2
    session.advance(600_000)
    assert seconds(session)[2:] == [60.8, 140.8, 220.8, 300.8, 380.8]
    assert customer(session)[-1] == "算了，评价见"
    assert session.ended
    # every nudge adds 0.2 to the mood of 3.0
    assert session.moods == [300, 300, 320, 340, 360, 380, 400]


def test_patience_comes_back_with_a_useful_answer(session: Session) -> None:
    session.advance(61_000)
    assert session.state.patience == 8
    session.say("request_evidence ask:photo commit_time", 62_000)
    # useful +1, but the customer had waited longer than it bears: −1
    assert session.state.patience == 8


@pytest.mark.parametrize("gap", [0, 500, 1_900])
def test_one_message_or_four_make_no_difference(case: Case, gap: int) -> None:
    parts = ["apologise", "empathise warm", "request_evidence ask:photo", "ask_problem ask:count"]
    one, four = started(case), started(case)
    one.say("\n".join(parts), 10_000 + 3 * gap)
    for number, part in enumerate(parts):
        four.say(part, 10_000 + number * gap)
    assert four.state == one.state
    assert four.due() == one.due()


def test_a_burst_that_begins_badly_is_heard_to_its_end(case: Case) -> None:
    session = started(tiny(turns=2))
    session.say("give_info", 10_000)
    session.advance(20_000)
    session.say("hold", 21_000)
    assert session.state.ending == "unresolved"  # it was the last turn
    assert not session.over  # but the customer has not answered yet
    session.say("ask_problem ask:count", 21_500)
    session.advance(60_000)
    assert "十个" in customer(session)


def test_who_is_interrupted_finishes_what_was_begun(case: Case) -> None:
    session = Session(case, coded)
    session.say("ask_problem ask:count commit_time", 100)
    session.advance(60_000)
    assert customer(session) == ["烂了！", "怎么办？", "十个", "那还行"]
    assert seconds(session) == sorted(seconds(session))


def test_messages_and_moods_go_together(session: Session) -> None:
    for number, reply in enumerate(SETTLED):
        session.say(reply, 10_000 * (number + 1))
    session.advance(1_000_000)
    assert len(session.moods) == len(customer(session))


def test_a_settled_customer_goes_without_another_word(session: Session) -> None:
    for number, reply in enumerate(SETTLED):
        session.say(reply, 10_000 * (number + 1))
    session.advance(25_000)
    assert session.state.settled
    assert session.due() == ()
    ends = session.ends_at()
    assert ends is not None
    session.advance(ends - 1)
    assert not session.ended
    session.advance(ends)
    assert session.ended
    assert session.state.ending == "satisfied"


def test_a_goodbye_is_answered(session: Session) -> None:
    for number, reply in enumerate((*SETTLED, "close more")):
        session.say(reply, 10_000 * (number + 1))
    session.advance(60_000)
    assert customer(session)[-1] == "没了，谢谢"
    assert session.ended


def test_nothing_can_be_said_afterwards(session: Session) -> None:
    session.advance(10_000_000)
    assert session.over
    with pytest.raises(Refused, match="over"):
        session.say("apologise", 10_000_000)
    with pytest.raises(Refused, match="over"):
        session.act("issue_refund", {"amount": 3}, 10_000_000)


def test_time_only_goes_on(session: Session) -> None:
    with pytest.raises(Refused, match="time only goes on"):
        session.say("apologise", 1_000)


def test_no_line_is_said_twice(session: Session) -> None:
    at = 10_000
    while not session.over:
        session.say("give_info", at)
        at += 20_000
        session.advance(at - 1)
    said = customer(session)
    assert len(set(said)) == len(said)


def test_the_agent_can_write_first() -> None:
    session = Session(tiny(opened_by="agent", opening=[], answers=1, questions={}), coded)
    assert customer(session) == []
    session.say("ask_problem ask:count", 5_000)
    session.advance(20_000)
    assert customer(session) == ["十个"]
    session.say("urge_order", 30_000)
    session.advance(60_000)
    assert customer(session) == ["十个"]  # answers once, whatever comes
    session.advance(4_000_000)
    assert session.ended


def test_an_earlier_contact_stands_on_record_and_is_nobodys_reply() -> None:
    earlier = [
        {"role": "customer", "text": "退款呢", "before": 86_400},
        {"role": "bot", "text": "亲，三天到账", "before": 86_300},
    ]
    session = Session(tiny(earlier=earlier), coded)
    assert [one.role for one in session.messages] == ["system", "system", "customer"]
    assert [one.text for one in session.messages[:2]] == ["客户：退款呢", "机器人：亲，三天到账"]
    assert session.moods == [300]
