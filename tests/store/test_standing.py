"""How far somebody is with what was assigned: exams by their tries, practice by a clean pass."""

from __future__ import annotations

import json
from collections.abc import Callable
from datetime import UTC, datetime

import pytest

from simulator.session import Session
from store.assignments import Order, assign, assigned_to, close_assignment, drawn_seed, exams_of
from store.database import Store
from store.declined import Declined
from store.feedback import OwnView, keep_own_view
from store.history import history, veiled
from store.overrides import confirm_critical
from store.people import Person
from store.practices import begin, finish, keep_result, note_help, practice
from store.standing import Standing, standing, unfinished
from store.tries import to_review, tries
from tests.simulator.tiny import coded, tiny
from tests.store.playing import RUBRIC, SCRIPT, line, play, start, whole

At = Callable[..., datetime]


@pytest.fixture
def exam(store: Store, li: Person, at: At) -> int:
    order = Order("exam", "期中", ("tiny",), people=(li.id,), tries=2, due_at=at(days=7))
    return assign(store, order, 1, at())


def stands(store: Store, person: Person, when: datetime) -> Standing:
    (given, *_) = assigned_to(store, person.id)
    told = tries(store, [person.id], UTC)
    return standing(given, told, unfinished(store, person.id), when)


def test_an_exam_from_new_to_passed(store: Store, li: Person, exam: int, at: At) -> None:
    new = stands(store, li, at())
    assert (new.state, new.parts[0].state, new.parts[0].left) == ("todo", "new", 2)
    assert new.next is not None
    whole(store, li, at(hours=1), 30, "exam", assignment=exam)
    again = stands(store, li, at(hours=2))
    assert (again.state, again.parts[0].state, again.parts[0].left) == ("todo", "again", 1)
    whole(store, li, at(hours=3), 90, "exam", assignment=exam)
    done = stands(store, li, at(hours=4))
    assert (done.state, done.next) == ("passed", None)


def test_no_try_left_is_failed_and_no_time_left_is_missed(
    store: Store, li: Person, exam: int, at: At
) -> None:
    assert stands(store, li, at(days=8)).state == "missed"
    whole(store, li, at(), 30, "exam", assignment=exam)
    assert stands(store, li, at(days=8)).state == "failed"
    whole(store, li, at(), 30, "exam", assignment=exam)
    assert stands(store, li, at()).state == "failed"


def test_while_one_is_under_way_no_other_can_be_begun(
    store: Store, li: Person, exam: int, at: At
) -> None:
    session = Session(tiny(), coded)
    number, mark = begin(store, start(li, "exam", assignment=exam), session, at())
    now = stands(store, li, at())
    assert (now.state, now.parts[0].open, now.next) == ("under_way", number, None)
    with pytest.raises(Declined) as refused:
        whole(store, li, at(), mode="exam", assignment=exam)
    assert refused.value.key == "under_way"
    # Over, but a stop came before it was graded: still under way, not a try that vanished.
    finish(store, number, session, mark, at())
    assert stands(store, li, at()).state == "under_way"


def test_an_exam_that_was_left_early_is_failed_however_good(
    store: Store, li: Person, exam: int, at: At
) -> None:
    session = Session(tiny(), coded)
    number, mark = begin(store, start(li, "exam", assignment=exam), session, at())
    play(session, 0, len(SCRIPT))
    conversation = finish(store, number, session, mark, at(), given_up=True)
    keep_result(store, conversation, RUBRIC, line(95), at())
    assert [one.verdict for one in tries(store, [li.id], UTC)] == ["failed"]
    assert to_review(store, [li.id], UTC) == []
    assert stands(store, li, at()).state == "todo"


def suspected() -> str:
    """Good enough, but for a critical error that is only suspected."""
    card = json.loads(line(90)) | {"overall": 59.0, "passed": False, "critical": ["rude"]}
    return json.dumps(card)


def test_what_a_person_has_to_look_at_is_neither(
    store: Store, li: Person, exam: int, at: At
) -> None:
    session = Session(tiny(), coded)
    number, mark = begin(store, start(li, "exam", assignment=exam), session, at())
    play(session, 0, len(SCRIPT))
    session.advance(1_000_000)
    conversation = finish(store, number, session, mark, at())
    keep_result(store, conversation, RUBRIC, suspected(), at())
    waits = stands(store, li, at())
    assert (waits.state, waits.next) == ("review", None)
    (told,) = to_review(store, [li.id], UTC)
    assert told.practice == number
    assert to_review(store, [1], UTC) == []
    confirm_critical(store, told.scorecard, "rude", False, "不算无礼", 1, at(days=1))
    assert stands(store, li, at()).state == "passed"
    assert to_review(store, [li.id], UTC) == []


def test_an_assigned_practice_is_done_by_any_clean_pass_since(
    store: Store, li: Person, at: At
) -> None:
    whole(store, li, at(days=-1), 90)
    assign(store, Order("practice", "", ("tiny",), people=(li.id,), pass_mark=80), 1, at())
    assert stands(store, li, at()).state == "todo"
    helped = whole(store, li, at(hours=1), 90)
    note_help(store, helped, "hint")
    whole(store, li, at(hours=2), 70)
    assert stands(store, li, at()).state == "todo", "70 is below the mark of 80"
    whole(store, li, at(hours=3), 85)
    assert stands(store, li, at()).state == "passed"


def test_exams_stay_in_the_list_when_they_are_closed(
    store: Store, li: Person, exam: int, at: At
) -> None:
    whole(store, li, at(), 90, "exam", assignment=exam)
    close_assignment(store, exam, at(days=1))
    assert assigned_to(store, li.id) == []
    assert [one.id for one in exams_of(store, li.id)] == [exam]
    assert exams_of(store, 1) == []


def test_every_further_try_of_an_exam_is_another_variant() -> None:
    drawn = [drawn_seed(3, 5, "tiny", nth, 4) % 4 for nth in range(1, 5)]
    assert sorted(drawn) == [0, 1, 2, 3]
    assert len({drawn_seed(3, person, "tiny", 1, 4) % 4 for person in range(40)}) == 4


def test_a_score_waits_for_the_own_view_in_exams_and_first_tries(
    store: Store, li: Person, exam: int, at: At
) -> None:
    first = whole(store, li, at(), 80)
    second = whole(store, li, at(hours=1), 80)
    third = whole(store, li, at(hours=2), 80, "exam", assignment=exam)
    told = {one.practice: one.veiled for one in history(store, li.id)}
    assert told == {third: True, second: False, first: True}
    assert veiled(store, li.id) == {third}
    for number in (first, third):
        keep_own_view(store, number, OwnView(3, None, None), at(hours=3))
    assert not any(one.veiled for one in history(store, li.id))
    assert veiled(store, li.id) == set()
    assert [one.practice for one in history(store, li.id, before=third, most=1)] == [second]
    assert history(store, li.id)[0].words
    assert practice(store, first).scorecard is not None
