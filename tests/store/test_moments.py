"""Which moments a round holds: a function of the person, the day and what was done."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, datetime

import pytest

from store.database import Store
from store.moments import (
    Answer,
    Lost,
    Ready,
    Spot,
    answers,
    begin_round,
    choose,
    keep_answer,
    keep_spots,
    lost_points,
    met,
    move_on,
    round_of,
    rounds_of,
)
from store.people import Person
from store.retention import prune
from transcripts.errors import UnreadableInput

At = Callable[..., datetime]
DAY = date(2026, 3, 2)
SHELF = tuple(
    Ready(f"s{n}", f"topic {n}", "beginner" if n < 8 else "advanced", "complaint", 4,
          ("good", "poor"))
    for n in range(10)
)  # fmt: skip


def lost(key: str, topic: str, criterion: str, much: float) -> Lost:
    return Lost(Spot(key, "s", topic, "complaint", criterion, practice=1, message=2), much)


OWN = (
    lost("p1/2", "fruit", "accuracy", 3.9),
    lost("p1/6", "fruit", "empathy", 1.7),
    lost("p2/3", "parcel", "empathy", 3.0),
    lost("p3/3", "price", "conduct", 2.0),
    lost("p4/3", "size", "conduct", 1.9),
)


def test_the_weakest_criterion_comes_first_then_what_was_worst() -> None:
    spots = choose((7, DAY), OWN, SHELF, "beginner", "empathy", {})
    assert [one.key for one in spots[:3]] == ["p2/3", "p1/6", "p3/3"]
    assert len(spots) == 6
    assert len({one.topic for one in spots}) == 6
    assert all(one.practice is None for one in spots[3:])


def test_equal_arguments_equal_round_and_another_day_another() -> None:
    one = choose((7, DAY), (), SHELF, "beginner", None, {})
    assert one == choose((7, DAY), (), SHELF, "beginner", None, {})
    others = [choose((7, date(2026, 3, day)), (), SHELF, "beginner", None, {}) for day in (3, 4)]
    assert any(other != one for other in others)
    assert choose((8, DAY), (), SHELF, "beginner", None, {}) != one


def test_what_was_met_comes_last_and_harder_ones_only_where_needed() -> None:
    spots = choose((7, DAY), OWN, SHELF, "beginner", "empathy", {"p2/3": 1})
    assert spots[0].key == "p1/6"
    seen = {f"s{n}/0/good": 1 for n in range(4)}
    fresh = choose((7, DAY), (), SHELF, "beginner", None, seen)
    assert {one.scenario for one in fresh[:4]} == {"s4", "s5", "s6", "s7"}
    assert not {"s8", "s9"} & {one.scenario for one in fresh}


def test_replies_that_lost_points() -> None:
    card = {
        "criteria": {
            "empathy": {"kind": "empathy", "evidence": []},
            "manner": {"kind": "conduct", "evidence": [
                {"message": 3, "points": -25.0}, {"message": 1, "points": 100.0}]},
        },
        "replies": [
            {"message": 1, "empathy": 1.0, "accuracy": 0.5},
            {"message": 3, "empathy": 3.5, "accuracy": None},
            {"message": 4, "empathy": 0.0, "accuracy": None},
        ],
    }  # fmt: skip
    who = ("customer", "agent", "customer", "agent", "agent")
    said = {"id": "x", "messages": [{"role": role, "text": "…"} for role in who]}
    found = list(lost_points(card, said, Spot("p9", "s", "t", "complaint", said=said)))
    # accuracy is no criterion of this card; message 4 answers nobody
    assert [(one.spot.key, one.spot.criterion, one.much) for one in found] == [
        ("p9/1", "empathy", 3.0),
        ("p9/3", "manner", 2.5),
    ]
    assert found[1].spot.said == {"id": "x", "messages": said["messages"][:3]}


def test_a_round_is_kept_with_its_answers(store: Store, li: Person, at: At) -> None:
    spots = choose((li.id, DAY), OWN, SHELF, "beginner", None, {})
    number = begin_round(store, li.id, DAY, spots, at())
    assert round_of(store, number).spots == spots
    keep_answer(store, number, Answer(0, "对不起", {"good": False}), 30_000, at())
    keep_answer(store, number, Answer(0, "实在对不起", {"good": True}), 20_000, at())
    assert [one.text for one in answers(store, number)] == ["对不起", "实在对不起"]
    filled = (Spot("p2/3", "s", "t", "complaint", said={"id": "x"}), *spots[1:])
    keep_spots(store, number, filled)
    move_on(store, number, 1, 40_000, None)
    found = round_of(store, number)
    assert (found.place, found.clock_ms, found.spots[0].said) == (1, 40_000, {"id": "x"})
    assert set(met([found])) == {"p2/3", spots[1].key}
    move_on(store, number, 1, 50_000, at(minutes=6))
    move_on(store, number, 2, 90_000, None)
    ended = rounds_of(store, li.id)[0]
    assert (ended.place, ended.ended_at) == (1, at(minutes=6))
    with pytest.raises(UnreadableInput, match="no round 99"):
        round_of(store, 99)
    prune(store, at(days=1))
    assert rounds_of(store, li.id) == []
