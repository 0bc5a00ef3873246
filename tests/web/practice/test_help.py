"""Help fades with each pass of a topic; a try with it is no pass of one's own; exams have none."""

from __future__ import annotations

from typing import Any

import pytest

from scenarios.load import load_scenario
from store.practices import practice
from store.tries import tries
from tests.web.practice.conftest import Bench
from web.practice.coaching import help_in, topic_help
from web.practice.phrases import Phrases
from web.practice.shelf import Shelf
from web.text import t

pytestmark = pytest.mark.slow
FRUIT = "rotten-fruit"


def play_well(bench: Bench, number: int, seed: int = 0) -> None:
    """The good path, at its own pace, to the end."""
    path = next(one for one in load_scenario(FRUIT).variant(seed).paths if one.name == "good")
    clock = bench.call("enter", number)["view"]["now"] / 1000
    for entry in path.says:
        bench.wait(entry.after)
        clock += entry.after
        if entry.text is not None:
            bench.call("say", number, clock, text=entry.text)
        else:
            bench.call("act", number, clock, action=entry.action, data=dict(entry.data))
    bench.wait(600)
    assert bench.call("look", number, clock + 600)["state"] == "ended"


def level(bench: Bench, number: int) -> str:
    return help_in(bench.services, practice(bench.services.store, number))


def test_help_fades_with_each_pass(bench: Bench) -> None:
    shelf = Shelf(bench.services, "zh", lambda key, **v: t("zh", key, **v))

    def start() -> int:
        return int(shelf.start(bench.me, {"scenario": FRUIT, "how": "play"}, 0)["p"])

    def played() -> list[tuple[bool | None, bool]]:
        found = tries(bench.services.store, [bench.me.id], bench.services.zone)
        return [(one.tried.passed, one.tried.clean) for one in found]

    first = start()
    assert level(bench, first) == "full"
    bench.call("enter", first)
    bench.wait(5)
    said = bench.call("say", first, 5, text="关我什么事，自己不会看吗")
    own = next(one["n"] for one in said["messages"] if one["who"] == "agent")
    assert said["coach"]["lines"][str(own)].startswith(t("zh", "help.worse"))
    bench.call("stop", first, 6)

    passed = start()
    play_well(bench, passed, practice(bench.services.store, passed).variant)
    assert played() == [(True, False)], "with help it is no pass of one's own"
    assert topic_help(bench.services, bench.me.id, FRUIT) == "hints"

    second = start()
    assert level(bench, second) == "hints"
    assert bench.call("enter", second)["view"]["coach"] is None
    assert practice(bench.services.store, second).help == ()
    play_well(bench, second, practice(bench.services.store, second).variant)
    assert played()[-1] == (True, True), "hints that nobody asked for cost nothing"

    third = start()
    assert level(bench, third) == "none"
    assert bench.call("hint", third, step=1)["refused"]


def test_a_hint_tells_more_each_time_and_is_written_down(bench: Bench) -> None:
    number = bench.begin()
    bench.call("enter", number)
    question = bench.call("hint", number, step=1)
    act = bench.call("hint", number, step=2)
    sentence = bench.call("hint", number, step=3)
    assert [question["more"], act["more"], sentence["more"]] == [True, True, False]
    assert t("zh", "act.apologise") in act["text"]
    assert len({question["text"], act["text"], sentence["text"]}) == 3
    bench.call("hint", number, step=1)
    assert practice(bench.services.store, number).help == ("question", "act", "sentence")


def test_a_hint_follows_what_the_customer_waits_for(bench: Bench) -> None:
    """After the comfort the goals are next, in the customer's own words."""
    number = bench.begin("address-change")
    bench.call("enter", number)
    bench.wait(10)
    bench.call("say", number, 10, text="您好，别着急，来得及改。是尾号 7013 这单吧？新地址发我。")
    bench.wait(60)
    bench.call("look", number, 70)
    goal = load_scenario("address-change").variants[0].goals["done"]
    assert goal.missing is not None
    assert str(goal.missing[0]) in bench.call("hint", number, 70, step=1)["text"]


def test_an_exam_has_no_hints_and_no_pause(bench: Bench) -> None:
    number = bench.begin(mode="exam")
    assert bench.call("enter", number)["frame"]["help"] == "none"
    assert bench.call("hint", number, step=1)["refused"]
    bench.call("pause", number, on=True)
    bench.again()
    assert not bench.call("enter", number)["frame"]["paused"]


def test_a_pause_outlasts_the_server(bench: Bench) -> None:
    number = bench.begin()
    bench.call("enter", number)
    bench.call("pause", number, on=True)
    bench.again()
    assert bench.call("enter", number)["frame"]["paused"]
    bench.call("pause", number, on=False)
    assert not bench.call("enter", number)["frame"]["paused"]


def test_own_phrases_stand_before_the_shops(bench: Bench) -> None:
    page = Phrases(bench.services, lambda key, **v: t("zh", key, **v))

    def call(name: str, who: Any = bench.me, **body: object) -> dict[str, Any]:
        found: dict[str, Any] = getattr(page, name)(who, {"lang": "zh", **body})
        return found

    own = call("save", text="我马上去查。")["own"]
    assert [one["text"] for one in own] == ["我马上去查。"]
    assert call("show")["shop"]
    changed = call("save", id=own[0]["id"], text="我去查，两分钟。")["own"]
    assert [one["text"] for one in changed] == ["我去查，两分钟。"]
    assert set(call("save", text="  ")) == {"refused"}
    assert set(call("save", who=bench.other, id=own[0]["id"], text="别人的")) == {"refused"}
    assert call("drop", id=own[0]["id"])["own"] == []
    assert call("show", lang="xx")["own"] == []
