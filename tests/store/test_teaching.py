"""Around practice: assignments and exams, feedback, the health of a scenario, versions."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime

import pytest

from simulator.session import Session
from store.assignments import Order, assign, assigned_to, assignments, close_assignment, drawn_seed
from store.database import Store
from store.declined import Declined
from store.feedback import (
    OwnView,
    answer,
    ask,
    keep_own_view,
    mark_seen,
    news,
    note,
    notes,
    own_view,
    questions,
)
from store.health import health
from store.overrides import override_score
from store.people import Person, add_person, set_group
from store.practices import (
    begin,
    finish,
    flag,
    note_help,
    practice,
    practices_of,
)
from store.tries import tries
from store.versions import in_use, publish, save_version, versions
from tests.simulator.tiny import coded, tiny
from tests.store.playing import RUBRIC, start, whole
from transcripts.errors import UnreadableInput

At = Callable[..., datetime]

# --- assignments and exams


def test_an_exam_allows_its_tries_and_its_time_only(store: Store, li: Person, at: At) -> None:
    early = set_group(store, "早班", [li.id], [], at())
    exam = assign(store, Order("exam", "期中", ("tiny",), groups=(early,), tries=2, pass_mark=85,
                               due_at=at(days=7)), 1, at())  # fmt: skip
    free = assign(store, Order("practice", "", ("tiny", "other"), people=(li.id,)), 1, at())
    assert [one.id for one in assigned_to(store, li.id)] == [exam, free]
    assert assigned_to(store, 1) == []
    assert assigned_to(store, li.id)[1].order.title == "tiny"
    for number in range(2):
        whole(store, li, at(hours=number), 84.0 + number, "exam", assignment=exam)
    for when, key in ((at(days=1), "no_tries_left"), (at(days=8), "too_late")):
        with pytest.raises(Declined) as refused:
            whole(store, li, when, mode="exam", assignment=exam)
        assert refused.value.key == key
    told = tries(store, [li.id], UTC, assignment=exam)
    assert [one.verdict for one in told] == ["failed", "passed"]  # 84 and 85 by the mark of 85
    close_assignment(store, exam, at(days=9))
    assert [one.id for one in assigned_to(store, li.id)] == [free]
    with pytest.raises(Declined) as refused:
        whole(store, add_person(store, "x", "", "agent", at()), at(), assignment=free)
    assert refused.value.key == "not_assigned"
    assert len(practices_of(store, li.id)) == 2
    assert [one.id for one in assignments(store, most=1)] == [free]
    with pytest.raises(UnreadableInput):
        assign(store, Order("exam", "", ()), 1, at())


def test_an_exam_draws_seeds_that_differ_and_stay() -> None:
    drawn = {drawn_seed(1, person, "tiny", nth, 4) for person in range(50) for nth in (1, 2)}
    assert len(drawn) == 100
    assert all(0 <= seed < 2**31 + 4 for seed in drawn)
    assert len({seed % 4 for seed in drawn}) == 4
    assert drawn_seed(1, 2, "tiny", 1, 4) == 926_130_576


def test_tries_carry_what_progress_reckons_with(store: Store, li: Person, at: At) -> None:
    first = whole(store, li, at(), 80)
    second = whole(store, li, at(days=1), 50)
    note_help(store, second, "hint")
    whole(store, li, at(days=2), 80, "watch")
    told = tries(store, [li.id], UTC)
    assert [(one.practice, one.tried.passed, one.tried.helped) for one in told] == [
        (first, True, False), (second, False, True),
    ]  # fmt: skip
    assert told[0].tried.scores["empathy"] == 80
    assert [str(one.tried.day) for one in told] == ["2026-03-02", "2026-03-03"]
    assert tries(store, [1], UTC) == []
    for name in RUBRIC.criteria:
        override_score(store, told[1].scorecard, name, 90, "看错了", 1, at(days=3))
    assert tries(store, [li.id], UTC)[1].tried.passed is True


# --- feedback


def test_the_own_view_is_the_first_one(store: Store, li: Person, at: At) -> None:
    number = whole(store, li, at())
    keep_own_view(store, number, OwnView(4, "empathy", 2), at())
    keep_own_view(store, number, OwnView(1, None, None), at())
    assert own_view(store, number) == OwnView(4, "empathy", 2)
    assert own_view(store, 99) is None


def test_questions_are_answered_once_and_seen_once(store: Store, li: Person, at: At) -> None:
    kept = practice(store, whole(store, li, at()))
    assert kept.scorecard is not None
    assert kept.conversation is not None
    number = ask(store, kept.scorecard, li.id, " 为什么扣分？ ", at(), criterion="empathy")
    assert [one.text for one in questions(store, waiting=True)] == ["为什么扣分？"]
    assert news(store, li.id) == []
    answer(store, number, 1, "第三句没有回应情绪", at(hours=1))
    with pytest.raises(Declined):
        answer(store, number, 1, "again", at(hours=2))
    note(store, kept.conversation, 3, 1, "这句很好", at(hours=2))
    answered, noted = news(store, li.id)
    assert (answered.practice, answered.asked) == (kept.id, "为什么扣分？")
    assert (answered.text, answered.author) == ("第三句没有回应情绪", "boss")
    assert (noted.practice, noted.message, noted.asked) == (kept.id, 3, None)
    assert [noted.text] == [one.text for one in notes(store, kept.conversation)]
    mark_seen(store, li.id, at(hours=3), until=answered.at)
    assert news(store, li.id) == [noted], "what came after the page was made stays"
    mark_seen(store, li.id, at(hours=3))
    assert news(store, li.id) == []
    assert len(questions(store, person=li.id, scorecard=kept.scorecard, waiting=False)) == 1
    with pytest.raises(UnreadableInput):
        ask(store, kept.scorecard, li.id, "  ", at())


def test_the_health_of_a_scenario(store: Store, li: Person, at: At) -> None:
    """Two people: one passes first, one fails first and passes then; one of 5 replies is lost."""
    wang = add_person(store, "wang", "", "agent", at())
    first = whole(store, li, at(), 80)
    whole(store, wang, at(), 30)
    whole(store, wang, at(days=1), 90)
    session = Session(tiny(), coded)
    number, mark = begin(store, start(li), session, at())
    finish(store, number, session, mark, at(), given_up=True)
    flag(store, first, 0, at())
    found = health(store, "tiny")
    assert (found.tries, found.given_up, found.first_tries) == (4, 1, 2)
    assert found.passed_at_first == 0.5
    assert (found.replies, found.not_understood) == (15, 0.2)
    assert [one.text for one in found.lost] == ["huh"] * 3
    assert [one.practice for one in found.flagged] == [first]
    assert health(store, "unknown").not_understood is None


# --- versions


def test_versions_are_saved_published_and_rolled_back(store: Store, li: Person, at: At) -> None:
    assert save_version(store, "rubric", "fruit", "one", 1, at()) == 1
    assert save_version(store, "rubric", "fruit", "one", 1, at()) == 1, "nothing new"
    assert save_version(store, "rubric", "fruit", "two", 1, at(), basis=1, remark="更严") == 2
    with pytest.raises(Declined) as refused:
        save_version(store, "rubric", "fruit", "three", 2, at(), basis=1)
    assert refused.value.key == "newer_version"
    assert in_use(store, "rubric") == []
    publish(store, "rubric", "fruit", 2, 1, at())
    assert [one.number for one in in_use(store, "rubric")] == [2]
    publish(store, "rubric", "fruit", 1, 1, at(hours=1))
    assert [(one.number, one.used) for one in versions(store, "rubric", "fruit")] == [
        (2, False), (1, True),
    ]  # fmt: skip
    with pytest.raises(Declined):
        publish(store, "scenario", "fruit", 1, 1, at())
