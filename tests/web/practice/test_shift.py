"""A shift: customers come by the plan, wait on while another is served, and nothing gets lost."""

from __future__ import annotations

from typing import Any

import pytest

from store.practices import of_shift, practice
from store.shifts import shift
from tests.web.practice.conftest import Bench
from web.practice.desk import Body
from web.practice.shift_desk import ShiftDesk
from web.text import t

pytestmark = pytest.mark.slow


class Floor:
    """A shift as its page sees it; the clock is the bench's."""

    def __init__(self, bench: Bench, count: int = 3, pace: str = "rush") -> None:
        self.bench = bench
        self.number = 0
        self.again()
        self.number = self.desk.start(bench.me, {"count": count, "pace": pace}, 11)["s"]

    def again(self) -> None:
        """The server starts anew on the same data."""
        from web.practice.shift_desk import watches_of

        watches_of.cache_clear()
        self.bench.again()
        self.desk = ShiftDesk(
            self.bench.services, self.bench.rooms, "zh", lambda key, **v: t("zh", key, **v)
        )

    def arrive(self, clock: float = 0, **more: Any) -> Body:
        body = {"s": self.number, "clock": round(clock * 1000), **more}
        return self.desk.arrive(self.bench.me, body)


def test_they_come_by_the_plan_and_no_sooner(bench: Bench) -> None:
    floor = Floor(bench)
    first = floor.arrive(fresh=True)
    assert len(first["seats"]) == 1
    due = first["next"]
    assert floor.arrive(due / 1000 + 60)["now"] <= 3_000, "a page cannot claim time"
    bench.wait(due / 1000)
    second = floor.arrive(due / 1000)
    assert [one["state"] for one in second["seats"]] == ["open", "open"]
    assert len({one["name"] for one in second["seats"]}) == 2
    kept = [practice(bench.services.store, one["p"]) for one in second["seats"]]
    assert all(one.mode == "shift" and one.shift == floor.number for one in kept)


def test_whoever_waits_goes_while_another_is_served(bench: Bench) -> None:
    floor = Floor(bench, count=2)
    due = floor.arrive(fresh=True)["next"]
    bench.wait(due / 1000)
    seats = floor.arrive(due / 1000)["seats"]
    a, b = (one["p"] for one in seats)
    clock = due / 1000
    for _ in range(40):
        clock += 30
        bench.wait(30)
        bench.call("say", a, clock, text="实在对不起，给您添麻烦了，我马上给您查。")
        bench.call("look", b, clock - due / 1000)
    states = {one["p"]: one for one in floor.arrive(clock)["seats"]}
    assert states[b]["state"] == "ended"
    if states[a]["state"] == "open":
        floor.desk.stop(bench.me, {"s": floor.number, "clock": round(clock * 1000)})
    result = floor.arrive(clock, fresh=True)
    assert result["state"] == "ended"
    lines = [one["text"] for one in result["result"]["lines"]]
    assert any(states[b]["name"] in line and "一直没等到" in line for line in lines), lines
    assert any("2 位里有" in line and "没接住" in line for line in lines), lines
    total = sum(one["points"] for one in result["result"]["lines"])
    assert round(total, 1) == result["result"]["score"]
    assert all(practice(bench.services.store, one).scorecard is not None for one in (a, b))


def test_a_new_server_goes_on_in_the_middle(bench: Bench) -> None:
    floor = Floor(bench, count=2)
    due = floor.arrive(fresh=True)["next"]
    bench.wait(due / 1000)
    seats = floor.arrive(due / 1000)["seats"]
    bench.call("draft", seats[1]["p"], text="写到一半")
    bench.wait(5)
    said = bench.call("say", seats[0]["p"], due / 1000 + 5, text="您好，我看一下您的订单。")
    floor.again()
    bench.wait(3600)
    found = floor.arrive(fresh=True)
    assert found["seats"] == seats
    assert found["now"] == due + 5_000, "it stood still"
    assert bench.call("enter", seats[0]["p"])["view"]["messages"] == said["messages"]
    other = bench.call("enter", seats[1]["p"])
    assert other["draft"] == "写到一半"
    assert other["view"]["now"] == 5_000, "everybody stands at the shift's time"


def test_nobody_waits_for_nobody(bench: Bench) -> None:
    floor = Floor(bench, count=2, pace="quiet")
    first = floor.arrive(fresh=True)["seats"][0]["p"]
    bench.call("stop", first)
    found = floor.arrive(1)
    assert len(found["seats"]) == 2
    assert found["now"] == shift(bench.services.store, floor.number).plan[1].due


def test_leaving_ends_it_for_all_and_once(bench: Bench) -> None:
    floor = Floor(bench)
    floor.arrive(fresh=True)
    page = floor.desk.stop(bench.me, {"s": floor.number, "clock": 0})
    assert page["state"] == "ended"
    assert len(page["seats"]) == 1
    assert page == floor.desk.stop(bench.me, {"s": floor.number, "clock": 0})
    assert of_shift(bench.services.store, floor.number)[0].state == "given_up"
    assert floor.desk.before(bench.me, {})["past"][0]["s"] == floor.number
    assert floor.desk.before(bench.me, {})["open"] is None


def test_an_open_shift_is_gone_on_with(bench: Bench) -> None:
    floor = Floor(bench)
    assert floor.desk.start(bench.me, {"count": 5}, 99)["s"] == floor.number


@pytest.mark.parametrize("body", [{}, {"s": "1"}, {"s": -1}, {"s": 10**9}, {"s": True}])
def test_an_odd_body_is_refused_in_words(bench: Bench, body: Body) -> None:
    floor = Floor(bench)
    assert set(floor.desk.arrive(bench.me, dict(body))) == {"refused"}


def test_nobody_else_gets_in(bench: Bench) -> None:
    floor = Floor(bench)
    for name in ("arrive", "stop"):
        answer = getattr(floor.desk, name)(bench.other, {"s": floor.number, "clock": 0})
        assert answer == {"refused": t("zh", "declined.not_yours")}
    assert floor.desk.before(bench.other, {}) == {"open": None, "past": []}
