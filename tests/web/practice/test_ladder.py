"""The four ways of a scenario: what is shown comes from the grader, and only playing counts."""

from __future__ import annotations

from typing import Any

import pytest

from store.lessons import Found, learnt
from store.practices import practice
from store.tries import tries
from tests.web.practice.conftest import Bench
from web.practice.ladder import Ladder
from web.practice.lessons import lessons_of
from web.practice.shelf import Shelf
from web.text import t

pytestmark = pytest.mark.slow
FRUIT = {"scenario": "rotten-fruit", "variant": 0}


def say(key: str, **values: Any) -> str:
    return t("zh", key, **values)


def ladder(bench: Bench) -> Ladder:
    return Ladder(bench.services, "zh", say)


def test_each_reply_of_the_good_path_says_why_in_the_graders_words(bench: Bench) -> None:
    page = ladder(bench).show(bench.me, {**FRUIT, "way": "watch"})
    card = lessons_of(bench.services).of("rotten-fruit", 0, "good").card
    reasons = {one.reason for result in card.criteria.values() for one in result.evidence}
    assert set(page["why"]) == {str(one["last"]) for one in page["replies"]}
    told = list(page["why"].values())
    assert len(set(told)) == len(told), "nothing is said twice"
    assert set(told[0].split("；")) <= reasons


def test_faults_are_not_told_before_they_were_looked_for(bench: Bench) -> None:
    page = ladder(bench).show(bench.me, {**FRUIT, "way": "find"})
    assert not {"why", "end"} & set(page)
    assert {one["name"] for one in page["criteria"]} >= {"empathy", "accuracy", "conduct"}
    assert [one["label"] for one in page["stages"]] == ["安抚", "核实", "解决"]


def test_marks_are_counted_beside_the_graders(bench: Bench) -> None:
    page = ladder(bench)
    blank = page.check(bench.me, FRUIT)
    faults = {reply: [row["name"] for row in rows] for reply, rows in blank["replies"].items()}
    lacking = [row["name"] for row in blank["stages"]]
    every = sum(map(len, faults.values())) + len(lacking)
    assert every > 5
    assert blank["count"] == {"hits": 0, "misses": every, "extra": 0}

    whole = page.check(bench.me, {**FRUIT, "marks": faults, "stages": lacking})
    assert whole["count"] == {"hits": every, "misses": 0, "extra": 0}
    assert all(row["state"] == "hit" for rows in whole["replies"].values() for row in rows)

    first = next(iter(faults))
    wrong = next(
        one["name"]
        for one in page.show(bench.me, {**FRUIT, "way": "find"})["criteria"]
        if one["name"] not in faults[first]
    )
    odd = page.check(bench.me, {**FRUIT, "marks": {first: [wrong]}, "stages": "x"})
    assert odd["count"] == {"hits": 0, "misses": every, "extra": 1}
    assert [one.found for one in learnt(bench.services.store, bench.me.id)] == [
        Found(0, every, 0), Found(every, 0, 0), Found(0, every, 1),
    ]  # fmt: skip


@pytest.mark.parametrize(
    "body", [{}, {"scenario": "../etc"}, {"scenario": 7}, {"scenario": "no-such"}]
)
def test_what_is_not_there_is_refused_in_words(bench: Bench, body: dict[str, object]) -> None:
    for name in ("show", "watched", "check"):
        assert set(getattr(ladder(bench), name)(bench.me, {**body, "way": "watch"})) == {"refused"}


def test_a_path_to_finish_begins_after_the_customer_has_answered(bench: Bench) -> None:
    shelf = Shelf(bench.services, "zh", say)
    number = shelf.start(bench.me, {"scenario": "rotten-fruit", "how": "finish"}, 0)["p"]
    page = bench.call("enter", number)
    given, messages = page["frame"]["given"], page["view"]["messages"]
    assert [one["who"] for one in messages[:given]].count("agent") == 1
    assert messages[-1]["who"] == "customer"
    assert messages[-1]["n"] >= given
    assert page["view"]["coach"]["word"]
    bench.again()
    assert bench.call("enter", number)["frame"]["given"] == given, "a restart keeps it"

    bench.wait(20)
    bench.call("say", number, page["view"]["now"] / 1000 + 20, text="照片看到了，给您退 30 元。")
    bench.call("stop", number)
    assert practice(bench.services.store, number).mode == "finish"
    assert tries(bench.services.store, [bench.me.id], bench.services.zone) == []


def test_a_newcomer_to_a_topic_is_led_up_the_ladder(bench: Bench) -> None:
    shelf, page = Shelf(bench.services, "zh", say), ladder(bench)

    def offered() -> str:
        cards = {one["id"]: one for one in shelf.cards(bench.me)["cards"]}
        assert cards["delayed-delivery"]["offer"] == "watch", "another topic"
        return str(cards["rotten-fruit"]["offer"])

    assert offered() == "watch"
    page.watched(bench.me, FRUIT)
    assert offered() == "find"
    page.check(bench.me, FRUIT)
    assert offered() == "finish"
    number = shelf.start(bench.me, {"scenario": "rotten-fruit", "how": "play"}, 0)["p"]
    assert practice(bench.services.store, number).help == ("coached",), "anyone may skip"
    alone = shelf.start(bench.me, {"scenario": "rotten-fruit", "how": "alone"}, 0)["p"]
    assert practice(bench.services.store, alone).help == ()
