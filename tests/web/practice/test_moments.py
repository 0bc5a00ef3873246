"""Moments: one reply, scored at once, written again until it is good; then the sum."""

from __future__ import annotations

from typing import Any

import pytest

from store.moments import MINUTES_MS, round_of
from tests.web.practice.conftest import Bench
from web.practice.desk import Body
from web.practice.moment_desk import MomentDesk
from web.text import t

pytestmark = pytest.mark.slow
GOOD = (
    "实在对不起，遇到这种事换谁都着急，您先别急，这事我负责到底。"
    "我这就去核对您的订单，三分钟内把结果告诉您。"
)


class Round:
    """A round as its page sees it."""

    def __init__(self, bench: Bench) -> None:
        self.bench = bench
        self.desk = MomentDesk(bench.services, "zh", lambda key, **v: t("zh", key, **v))
        self.number = self.desk.start(bench.me, {})["r"]

    def call(self, name: str, **more: Any) -> Body:
        found: Body = getattr(self.desk, name)(self.bench.me, {"r": self.number, **more})
        return found


@pytest.fixture
def lost(bench: Bench) -> int:
    """A practice in which a reply was cold; its message."""
    number = bench.begin()
    bench.call("enter", number)
    bench.wait(15)
    bench.call("say", number, 15, text="亲，在的")
    bench.call("stop", number, 16)
    return number


def test_ones_own_lost_points_come_first(bench: Bench, lost: int) -> None:
    page = Round(bench)
    shown = page.call("show")
    first = round_of(bench.services.store, page.number).spots[0]
    assert first.practice == lost
    assert shown["moment"]["own"]
    assert [one["who"] for one in shown["moment"]["messages"]][-1] == "customer"
    assert all(one["text"] != "亲，在的" for one in shown["moment"]["messages"])
    assert {one["label"] for one in shown["moment"]["facts"]} >= {"订单", "规则"}


def test_bad_then_good_then_the_sum(bench: Bench, lost: int) -> None:
    page = Round(bench)
    bad = page.call("write", text="您自己没放好吧", place=0, clock=20_000)["tries"]
    assert not bad[0]["good"]
    assert bad[0]["advice"]
    assert any("您自己没放好吧" in row["quote"] for part in bad[0]["parts"]
               for row in part["reasons"])  # fmt: skip
    twice = page.call("write", text="您自己没放好吧", place=0, clock=21_000)
    assert len(twice["tries"]) == 1, "sent twice, it counts once"
    good = page.call("write", text=GOOD, place=0, clock=60_000)
    assert [one["good"] for one in good["tries"]] == [False, True]
    assert Round(bench).number == page.number, "an open round is gone on with"
    moved = page.call("next", place=0, clock=61_000)
    assert (moved["place"], moved["tries"]) == (1, [])
    assert page.call("next", place=0, clock=61_000)["place"] == 1, "pressed twice, it moves once"
    used = page.call("write", text=GOOD, place=1, clock=90_000)
    assert used == {"refused": t("zh", "moments.used")}
    over = page.call("next", place=1, clock=MINUTES_MS)
    assert over["state"] == "ended"
    told = over["sum"]
    assert (told["n"], told["at_once"], told["good"]) == (1, 0, 1)
    assert told["rows"][0]["first"] < told["rows"][0]["last"]
    assert told["weakest"]["label"]
    assert page.desk.before(bench.me, {})["past"][0]["good"] == 1


def test_the_library_is_shown_where_nothing_was_lost(bench: Bench) -> None:
    page = Round(bench)
    shown = page.call("show")
    assert not shown["moment"]["own"]
    assert shown == page.call("show"), "it stays what it was"
    spots = round_of(bench.services.store, page.number).spots
    assert len({one.topic for one in spots}) == len(spots) == 6
    assert spots[0].said is not None
    assert spots[1].said is None, "played when it is reached"


def test_enough_is_enough(bench: Bench) -> None:
    over = Round(bench).call("next", place=0, clock=0, enough=True)
    assert over["state"] == "ended"
    assert over["sum"]["rows"] == []


@pytest.mark.parametrize("body", [{}, {"r": "1"}, {"r": -1}, {"r": True}, {"r": 10**9}])
def test_an_odd_body_is_refused_in_words(bench: Bench, body: Body) -> None:
    desk = MomentDesk(bench.services, "zh", lambda key, **v: t("zh", key, **v))
    for name in ("show", "write", "next"):
        assert set(getattr(desk, name)(bench.me, {**body, "text": "x"})) == {"refused"}
    assert set(desk.write(bench.me, {"text": "长" * 2001})) == {"refused"}


def test_nobody_else_gets_in(bench: Bench) -> None:
    page = Round(bench)
    for name in ("show", "write", "next"):
        answer = getattr(page.desk, name)(bench.other, {"r": page.number, "text": "x"})
        assert answer == {"refused": t("zh", "declined.not_yours")}
