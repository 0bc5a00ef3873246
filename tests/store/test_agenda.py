"""What there is to do now, in its order."""

from __future__ import annotations

from datetime import date, timedelta

from hypothesis import given
from hypothesis import strategies as st

from store.agenda import Task, agenda, coming
from store.progress import Card, Try, due
from tests.store.test_progress import SHELF, TRIES, day, tried

MONDAY = date(2026, 3, 2)


def now(tries: list[Try], tasks: list[Task], on: int) -> list[tuple[object, ...]]:
    return [(one.scenario, one.why) for one in agenda(SHELF, tries, tasks, day(on))]


def test_the_one_thing_to_do_in_its_order() -> None:
    failed = tried(0, False, scenario="rotten", empathy=20.0)
    weak = [failed, tried(0, False, scenario="late", empathy=50.0)]
    tasks = [Task(1, "late", day(5)), Task(2, "allergy", day(3)), Task(3, "size", None),
             Task(4, "gone", day(1)), Task(5, None, day(3))]  # fmt: skip
    # Day 3 comes first, the exam before the practice; "rotten" failed on day 0, back on day 1;
    # "late" was failed too, and stands there once, as assigned.
    assert now(weak, tasks, 1) == [
        (None, "exam"), ("allergy", "assigned"), ("late", "assigned"),
        ("rotten", "due"), ("size", "assigned"),
    ]  # fmt: skip
    assert now([], [Task(1, "late", None)], 1) == [("late", "assigned"), ("rotten", "new")]
    assert now([], [], 1) == [("rotten", "new")]
    assert now([], [Task(1, None, None)], 1)[0] == (None, "exam")


def test_the_weakest_criterion_before_what_is_new() -> None:
    # Passed today with a low score: not due yet, and the weakest criterion goes on elsewhere.
    passed = [tried(0, scenario="rotten", empathy=70.0), tried(0, scenario="late", empathy=65.0)]
    assert now(passed, [], 0) == [("size", "new")]
    assert now(passed, [], 1) == [("late", "weakest"), ("size", "new")]


def test_there_may_be_nothing_to_do() -> None:
    everything = [tried(n, scenario=card.scenario, variant=n % 2)
                  for card in SHELF for n in (0, 2, 9, 30)]  # fmt: skip
    assert now(everything, [], 100) == []


def test_a_task_keeps_its_date_and_number() -> None:
    (first, *_) = agenda(SHELF, [], [Task(7, "size", day(4))], day(0))
    assert (first.assignment, first.due) == (7, day(4))


def test_what_comes_back_in_the_next_days() -> None:
    tries = [tried(0, scenario="rotten"), tried(0, scenario="late"), tried(2, scenario="late")]
    # "rotten" is back on day 2, "late" (0, 2) on day 9
    assert [(one.scenario, one.due) for one in coming(SHELF, tries, day(1))] == [("rotten", day(2))]
    assert [one.scenario for one in coming(SHELF, tries, day(2))] == ["late"]
    assert coming(SHELF, tries, day(1) + timedelta(days=30)) == []


@given(TRIES, st.integers(0, 90))
def test_what_is_due_comes_before_what_is_new(tries: list[Try], on: int) -> None:
    shelf = [Card("a", "t", "beginner", 4), Card("b", "t", "beginner", 1)]
    found = agenda(shelf, tries, [], day(on))
    when = due(tries)
    if when is not None and when <= day(on):
        assert (found[0].scenario, found[0].why, found[0].due) == ("a", "due", when)
    elif not tries:
        assert (found[0].scenario, found[0].why) == ("a", "new")
    assert len({one.scenario for one in found}) == len(found)
