"""The scorecard's page: own view first, nobody else's card, retries that count for nothing."""

from __future__ import annotations

from dataclasses import replace

import pytest

from grader.model import Model
from store.practices import practice
from store.tries import tries
from tests.web.practice.conftest import Bench
from web.practice.card import Cards
from web.practice.shelf import Shelf
from web.services import Later
from web.text import t

pytestmark = pytest.mark.slow


def cards(bench: Bench) -> Cards:
    return Cards(bench.services, bench.rooms, "zh", lambda key, **v: t("zh", key, **v))


def over(bench: Bench) -> int:
    """A practice that was left after one reply."""
    number = bench.begin()
    bench.call("enter", number)
    bench.wait(15)
    bench.call("say", number, 15, text="实在对不起，让您收到这样的水果。方便拍张照吗？")
    bench.call("stop", number, 16)
    return number


def test_the_score_comes_after_ones_own_view(bench: Bench) -> None:
    number, page = over(bench), cards(bench)
    first = page.show(bench.me, {"p": number})
    assert first["ask_first"]
    assert "verdict" not in first
    told = {"p": number, "rating": 4, "weakest": "empathy", "message": 1}
    card = page.own_view(bench.me, told)
    assert {key: card["own"][key] for key in ("rating", "weakest", "message")} == {
        "rating": 4, "weakest": "empathy", "message": 1,
    }  # fmt: skip
    assert card["verdict"]["overall"] is not None
    again = page.own_view(bench.me, told | {"rating": 1})
    assert again["own"]["rating"] == 4, "a view is told once"


def test_every_mark_stands_in_its_message(bench: Bench) -> None:
    number, page = over(bench), cards(bench)
    card = page.own_view(bench.me, {"p": number, "rating": 3, "weakest": "order", "message": 1})
    texts = {str(one["n"]): one["text"] for one in card["messages"]}
    assert card["marks"]
    for message, marks in card["marks"].items():
        for mark in marks:
            assert mark["quote"] in texts[message]


def test_nobody_else_sees_it(bench: Bench) -> None:
    number, page = over(bench), cards(bench)
    for name in ("show", "own_view", "retry", "question"):
        answer = getattr(page, name)(bench.other, {"p": number, "message": 1, "text": "x"})
        assert set(answer) == {"refused"}


def test_there_is_none_before_the_end(bench: Bench) -> None:
    number = bench.begin()
    assert set(cards(bench).show(bench.me, {"p": number})) == {"refused"}


def test_a_retry_goes_off_before_the_reply_and_counts_for_nothing(bench: Bench) -> None:
    number, page = over(bench), cards(bench)
    reply = next(
        one["n"] for one in page.show(bench.me, {"p": number})["messages"] if one["who"] == "agent"
    )
    new = page.retry(bench.me, {"p": number, "message": reply})["p"]
    view = bench.call("enter", new)["view"]
    assert all(one["who"] != "agent" for one in view["messages"])
    bench.call("stop", new)
    assert practice(bench.services.store, new).parent == number
    assert new not in {
        one.practice for one in tries(bench.services.store, [bench.me.id], bench.services.zone)
    }


def test_the_own_view_is_asked_of_a_first_try_and_may_be_skipped_later(bench: Bench) -> None:
    left = cards(bench).show(bench.me, {"p": over(bench)})
    assert left["may_skip"], "what was left early is no try"
    number = bench.begin()
    bench.call("enter", number)
    bench.wait(4000)
    for clock in (1000, 2000, 3000, 4000):
        bench.call("look", number, clock)
    assert practice(bench.services.store, number).state == "ended"
    first = cards(bench).show(bench.me, {"p": number, "skip": True})
    assert first["ask_first"]
    assert not first["may_skip"]
    later = over(bench)
    assert "verdict" in cards(bench).show(bench.me, {"p": later, "skip": True})


def test_an_exam_is_not_gone_on_with_from_a_reply(bench: Bench) -> None:
    number, page = bench.begin(mode="exam"), cards(bench)
    bench.call("enter", number)
    bench.wait(15)
    bench.call("say", number, 15, text="您好，我看一下您的订单，稍等一分钟。")
    bench.call("stop", number, 16)
    card = page.own_view(bench.me, {"p": number, "rating": 3, "weakest": "order", "message": 2})
    assert card["change"] is None or not card["change"]["retry"]
    assert page.retry(bench.me, {"p": number, "message": 2}) == {
        "refused": t("zh", "declined.no_retry")
    }


def test_the_model_reply_is_open_once_the_reply_was_rewritten(bench: Bench) -> None:
    number, page = over(bench), cards(bench)
    told = {"p": number, "rating": 3, "weakest": "order", "message": 2}
    change = page.own_view(bench.me, told)["change"]
    assert change["message"] is not None
    assert not change["rewritten"]
    new = page.retry(bench.me, {"p": number, "message": change["message"]})["p"]
    view = bench.call("enter", new)["view"]
    assert not page.show(bench.me, {"p": number})["change"]["rewritten"], "no word came yet"
    bench.wait(20)
    bench.call("say", new, view["now"] / 1000 + 20, text="真对不起，我马上给您处理。")
    assert page.show(bench.me, {"p": number})["change"]["rewritten"]


def test_a_card_needs_no_model(bench: Bench) -> None:
    """What was graded is read, not played again."""
    number = over(bench)
    bench.services = replace(bench.services, model=Later(_no_model))
    bench.again()
    assert cards(bench).show(bench.me, {"p": number})["messages"]


def _no_model() -> Model:
    raise AssertionError("the model was asked for")


def test_a_question_waits_for_a_trainer(bench: Bench) -> None:
    number, page = over(bench), cards(bench)
    page.own_view(bench.me, {"p": number, "rating": 3, "weakest": "order", "message": 1})
    asked = page.question(bench.me, {"p": number, "text": "为什么顺序只有这点分？"})["asked"]
    assert asked == [{"text": "为什么顺序只有这点分？", "answer": None}]


def test_the_shelf_shows_first_words_and_no_diagnosis(bench: Bench) -> None:
    shelf = Shelf(bench.services, "zh", lambda key, **v: t("zh", key, **v))
    found = shelf.cards(bench.me)
    assert len(found["cards"]) >= 30
    assert found["cards"][0]["level"] == "beginner"
    assert all(one["shelf"] and one["topic"] and "title" not in one for one in found["cards"])
    number = shelf.start(bench.me, {"scenario": "rotten-fruit"}, 12345)["p"]
    assert shelf.cards(bench.me)["open"] == [{"id": number, "scenario": "rotten-fruit"}]
    assert set(shelf.start(bench.me, {"scenario": "../etc"}, 1)) == {"refused"}
