"""Shifts: the plan is drawn once and kept, the clock only goes on, the end is told once."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from itertools import pairwise

import pytest

from simulator.session import Session
from store.database import Store
from store.people import Person
from store.practices import begin, of_shift
from store.shifts import (
    GAPS_MS,
    Offered,
    Seat,
    begin_shift,
    clock_of,
    end_shift,
    keep_clock,
    plan,
    seated,
    shift,
    shifts_of,
)
from tests.simulator.tiny import coded, tiny
from tests.store.playing import start
from transcripts.errors import UnreadableInput

At = Callable[..., datetime]
SHELF = (
    Offered("a", "fruit", "beginner", ("ann", "bob")),
    Offered("b", "fruit", "beginner", ("cat", "dan")),
    Offered("c", "parcel", "beginner", ("ann", "eve")),
    Offered("d", "price", "beginner", ("fay",)),
    Offered("e", "size", "intermediate", ("gus",)),
    Offered("f", "coupon", "advanced", ("hal",)),
)


@pytest.mark.parametrize("seed", range(30))
def test_topics_and_names_differ_and_levels_fit(seed: int) -> None:
    seats = plan(SHELF, "beginner", "normal", 3, seed)
    chosen = [next(one for one in SHELF if one.scenario == seat.scenario) for seat in seats]
    assert len({one.topic for one in chosen}) == 3
    assert {one.level for one in chosen} == {"beginner"}
    pairs = zip(chosen, seats, strict=True)
    names = {one.customers[seat.seed % len(one.customers)] for one, seat in pairs}
    assert len(names) == 3
    assert seats == plan(SHELF, "beginner", "normal", 3, seed)


def test_harder_ones_come_only_where_too_few_are_left() -> None:
    seats = plan(SHELF, "beginner", "normal", 5, 1)
    assert [seat.scenario for seat in seats[-2:]] == ["e", "f"]
    assert plan(SHELF, "advanced", "normal", 2, 1)[0].scenario == "f", "the own level leads"
    assert len(plan(SHELF[:2], "beginner", "normal", 5, 1)) == 1, "one topic, one customer"


@pytest.mark.parametrize("pace", ["quiet", "normal", "rush"])
def test_they_come_by_the_pace(pace: str) -> None:
    gap = GAPS_MS[pace]  # type: ignore[index]
    seats = plan(SHELF, "advanced", pace, 4, 3)  # type: ignore[arg-type]
    assert seats[0].due == 0
    for one, other in pairwise(seats):
        assert gap * 0.66 <= other.due - one.due <= gap * 1.34


def test_a_shift_is_kept_with_its_plan_clock_and_end(store: Store, li: Person, at: At) -> None:
    seats = (Seat("tiny", 4, 0), Seat("tiny", 5, 15_000))
    number = begin_shift(store, li.id, "rush", 7, seats, at())
    begun = [
        begin(store, start(li, "shift", shift=number), Session(tiny(), coded), at())[0]
        for _ in seats
    ]
    found, practices = shift(store, number), of_shift(store, number)
    assert found.plan == seats
    assert [one.id for _, one in seated(found, practices)] == begun
    keep_clock(store, number, 9_000)
    keep_clock(store, number, 4_000)
    assert shift(store, number).clock_ms == 9_000
    assert clock_of(shift(store, number), practices) == 15_000, "a customer was heard of later"
    end_shift(store, number, {"score": 40}, at(minutes=9))
    end_shift(store, number, {"score": 1}, at(minutes=10))
    keep_clock(store, number, 99_000)
    ended = shifts_of(store, li.id)[0]
    assert (ended.result, ended.ended_at, ended.clock_ms) == ({"score": 40}, at(minutes=9), 9_000)
    with pytest.raises(UnreadableInput, match="no shift 99"):
        shift(store, 99)
