"""What an agent can do beside words, its limits, and what is refused."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest

from simulator.session import Session
from simulator.state import Case, begin
from simulator.workbench import PANELS, do
from tests.simulator.tiny import coded, customer, tiny
from transcripts.errors import Refused

LIMITS = {"refund_max": 50.0, "coupon_max": 10.0}


def test_looking_up_shows_the_facts_of_a_panel(case: Case) -> None:
    shown = {
        panel: do("look_up", {"what": panel}, case.scenario, begin(case), LIMITS).shown
        for panel in PANELS
    }
    assert shown["order"] == ("订单 1：草莓，实付 90 元",)
    assert shown["policy"] == ("坏果包赔",)
    assert shown["logistics"] == ()


def test_sums_add_up_to_the_limit(case: Case) -> None:
    first = do("issue_refund", {"amount": 30}, case.scenario, begin(case), LIMITS)
    assert "over_limit" not in first.data
    assert first.state.did == {"issue_refund": 3000}
    second = do("issue_refund", {"amount": 20}, case.scenario, first.state, LIMITS)
    assert "over_limit" not in second.data
    third = do("issue_refund", {"amount": 0.01}, case.scenario, second.state, LIMITS)
    assert third.data["over_limit"] is True
    assert third.state.did == {"issue_refund": 5001}


def test_a_coupon_has_its_own_limit(case: Case) -> None:
    assert do("send_coupon", {"amount": 11}, case.scenario, begin(case), LIMITS).data["over_limit"]


def test_goods_sent_again_are_counted(case: Case) -> None:
    limits, item = {"resend_max": 1.0}, {"item": "草莓一盒"}
    first = do("resend", item, case.scenario, begin(case), limits)
    assert "over_limit" not in first.data
    assert do("resend", item, case.scenario, first.state, limits).data["over_limit"]
    assert do("resend", item, case.scenario, begin(case), {"resend_max": 0.0}).data["over_limit"]


def test_where_nothing_is_limited_nothing_is_over(case: Case) -> None:
    done = do("issue_refund", {"amount": 9_999}, case.scenario, begin(case), {})
    assert "over_limit" not in done.data


def test_the_supervisor_answers_by_the_scenarios_rule(case: Case) -> None:
    done = do("ask_supervisor", {"question": "可以多退吗"}, case.scenario, begin(case), LIMITS)
    assert done.data["answer"] == "可以到 80 元。"
    assert done.authority == {"refund_max": 80, "coupon_max": 10}


def test_without_a_rule_the_supervisor_keeps_to_the_policy(case: Case) -> None:
    done = do("ask_supervisor", {"question": "怎么办"}, case.scenario, begin(case), LIMITS)
    assert "按规定" in done.data["answer"]
    assert done.authority == LIMITS


def test_a_rule_of_the_supervisor_can_ask_for_a_condition() -> None:
    rule = {"when": {"revealed": ["photo"]}, "answer": "有照片就行。"}
    case = tiny(supervisor=[rule])
    question = {"question": "行吗"}
    before = do("ask_supervisor", question, case.scenario, begin(case), {})
    shown = replace(begin(case), revealed=("photo",))
    after = do("ask_supervisor", question, case.scenario, shown, {})
    assert before.data["answer"] != "有照片就行。"
    assert after.data["answer"] == "有照片就行。"


@pytest.mark.parametrize(
    ("action", "data", "message"),
    [
        ("refund", {"amount": 3}, "no action 'refund'"),
        ("issue_refund", {}, "needs amount"),
        ("issue_refund", {"amount": -3}, "above 0"),
        ("issue_refund", {"amount": 0}, "above 0"),
        ("issue_refund", {"amount": "30"}, "above 0"),
        ("issue_refund", {"amount": True}, "above 0"),
        ("issue_refund", {"amount": float("nan")}, "above 0"),
        ("issue_refund", {"amount": float("inf")}, "above 0"),
        ("send_coupon", {"amount": None}, "needs amount"),
        ("look_up", {"what": "weather"}, "nothing to look up under 'weather'"),
        ("resend", {"item": ""}, "needs item"),
        ("ask_supervisor", {}, "needs question"),
        ("write_note", {}, "needs fields"),
    ],
)
def test_what_cannot_be_is_refused_with_the_cure(
    session: Session, action: str, data: dict[str, Any], message: str
) -> None:
    with pytest.raises(Refused, match=message):
        session.act(action, data, 6_000)
    assert all(one.role != "action" for one in session.messages)


def test_what_is_done_raises_the_limit_for_what_comes(session: Session) -> None:
    session.act("ask_supervisor", {"question": "能多退吗"}, 6_000)
    session.act("issue_refund", {"amount": 80}, 7_000)
    data = session.messages[-1].data
    assert data is not None
    assert "over_limit" not in data


def test_the_customer_notices_what_was_done() -> None:
    goals = {"paid": {"by": {"did": ["issue_refund"], "did_at_least": 30}, "say": ["收到了"]}}
    session = Session(tiny(goals=goals, deal=None, questions={}), coded)
    session.advance(5_000)
    session.say("apologise", 10_000)
    session.advance(20_000)
    session.act("issue_refund", {"amount": 29.99}, 21_000)
    assert session.due()[0].said.text != "收到了"
    session.act("issue_refund", {"amount": 0.01}, 22_000)
    assert session.due()[0].said.text == "收到了"
    session.advance(40_000)
    assert customer(session)[-1] == "收到了"
    assert session.state.settled


def test_who_was_served_without_a_word_waits_to_be_told() -> None:
    goals = {"paid": {"by": {"did": ["issue_refund"]}}}
    session = Session(tiny(goals=goals, deal=None, questions={}), coded)
    session.advance(5_000)
    session.say("hold", 10_000)
    session.advance(40_000)
    session.act("issue_refund", {"amount": 30}, 50_000)
    assert session.state.settled
    assert session.ends_at() == 50_000 + 40_000


def test_an_action_within_a_burst_does_not_count_the_reply_twice(session: Session) -> None:
    session.say("hold", 10_000)
    session.act("look_up", {"what": "order"}, 10_500)
    session.say("ask_problem ask:count", 11_000)
    assert session.state.turn == 1
    assert session.state.counts["hold"] == 1
