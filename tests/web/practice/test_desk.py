"""What the practice page is promised: nothing is lost, nothing is said twice, nobody else reads."""

from __future__ import annotations

import pytest

from store.practices import practice
from tests.web.practice.conftest import Bench

pytestmark = pytest.mark.slow


def test_the_customer_opens_and_answers(bench: Bench) -> None:
    number = bench.begin()
    page = bench.call("enter", number)
    assert page["frame"]["customer"]
    assert page["view"]["messages"]
    assert page["view"]["waiting"] is not None

    bench.wait(20)
    said = bench.call(
        "say", number, 20, text="实在对不起，让您收到这样的水果。坏了几颗，方便拍张照吗？"
    )
    assert said["messages"][-1]["who"] == "agent"
    assert said["typing"]
    bench.wait(40)
    after = bench.call("look", number, 60, since=len(said["messages"]))
    assert after["messages"], "the customer has answered in the meantime"
    assert after["messages"][0]["who"] == "customer"


def test_a_new_server_goes_on_where_the_old_one_was_killed(bench: Bench) -> None:
    number = bench.begin()
    bench.call("enter", number)
    bench.wait(15)
    before = bench.call("say", number, 15, text="您好，我看一下您的订单，稍等一分钟。")
    bench.again()
    after = bench.call("enter", number)["view"]
    assert after["messages"] == before["messages"]
    assert after["now"] == before["now"], "practice stood still"


def test_a_reply_whose_answer_was_lost_is_said_once(bench: Bench) -> None:
    number = bench.begin()
    known = len(bench.call("enter", number)["view"]["messages"])
    bench.wait(10)
    for _ in range(2):
        answer = bench.call("say", number, 10, since=known, text="对不起，我马上处理。")
    assert [one["who"] for one in answer["messages"]].count("agent") == 1


def test_a_page_cannot_claim_time_that_did_not_pass(bench: Bench) -> None:
    number = bench.begin()
    bench.call("enter", number)
    bench.wait(5)
    view = bench.call("look", number, 9_000)
    assert view["now"] <= 5_000 + 3_000
    assert view["state"] == "open", "the customer did not run away meanwhile"


def test_nobody_else_gets_in(bench: Bench) -> None:
    number = bench.begin()
    for name in ("enter", "look", "stop", "draft"):
        body = {"p": number, "clock": 0, "since": 0, "text": "x"}
        answer = getattr(bench.desk, name)(bench.other, body)
        assert set(answer) == {"refused"}


@pytest.mark.parametrize(
    "body", [{}, {"p": "1"}, {"p": -1}, {"p": 10**9}, {"p": True}, {"p": None}]
)
def test_an_odd_body_is_refused_in_words(bench: Bench, body: dict[str, object]) -> None:
    assert set(bench.desk.look(bench.me, dict(body))) == {"refused"}


@pytest.mark.parametrize(
    ("action", "data"),
    [
        ("issue_refund", {"amount": "viel"}),
        ("issue_refund", {"amount": -5}),
        ("issue_refund", {}),
        ("look_up", {"what": "../../etc"}),
        ("dance", {}),
        ("write_note", {"fields": "x"}),
        ("issue_refund", None),
    ],
)
def test_an_odd_action_is_refused_and_costs_nothing(
    bench: Bench, action: str, data: object
) -> None:
    number = bench.begin()
    before = bench.call("enter", number)["view"]["messages"]
    answer = bench.call("act", number, 1, action=action, data=data)
    assert answer["refused"]
    assert answer["messages"] == before


def test_what_was_looked_up_is_shown_again_after_a_reload(bench: Bench) -> None:
    number = bench.begin()
    assert bench.call("enter", number)["view"]["panels"]["order"] is None
    bench.call("act", number, 1, action="look_up", data={"what": "order"})
    bench.again()
    assert bench.call("enter", number)["view"]["panels"]["order"]


def test_a_draft_belongs_to_its_customer_and_goes_when_it_is_sent(bench: Bench) -> None:
    number, other = bench.begin(), bench.begin("delayed-delivery")
    bench.call("draft", number, text="实在抱")
    assert bench.call("enter", number)["draft"] == "实在抱"
    assert bench.call("enter", other)["draft"] == ""
    bench.call("say", number, 3, text="实在抱歉")
    assert bench.call("enter", number)["draft"] == ""


def test_leaving_early_is_scored_and_does_not_count(bench: Bench) -> None:
    number = bench.begin()
    bench.call("enter", number)
    bench.wait(10)
    bench.call("say", number, 10, text="您好")
    assert bench.call("stop", number, 11)["state"] == "given_up"
    kept = practice(bench.services.store, number)
    assert kept.state == "given_up"
    assert kept.scorecard is not None


def test_only_the_customers_lines_can_be_flagged(bench: Bench) -> None:
    number = bench.begin()
    first = bench.call("enter", number)["view"]["messages"][0]["n"]
    assert bench.call("flag", number, message=first, on=True) == {}
    assert bench.call("flag", number, message=99, on=True)["refused"]
    assert bench.call("enter", number)["flags"] == [first]
    bench.call("flag", number, message=first, on=False)
    assert bench.call("enter", number)["flags"] == []


def test_the_mood_is_shown_only_with_hints(bench: Bench) -> None:
    alone, helped = bench.begin(), bench.begin(help="coached")
    assert bench.call("enter", alone)["view"]["coach"] is None
    assert bench.call("enter", helped)["view"]["coach"]["word"]


def test_an_exam_goes_on_while_the_page_is_away(bench: Bench) -> None:
    number = bench.begin(mode="exam")
    bench.call("enter", number)
    bench.again()
    bench.wait(600)
    assert bench.call("enter", number)["view"]["now"] >= 600_000
