"""Looking through conversations: pages, filters, people's words, reports."""

from __future__ import annotations

import json
from collections.abc import Callable
from datetime import datetime
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rubrics.load import load_rubric
from store.database import Store
from store.imports import (
    Outcome,
    Taken,
    all_read,
    claim,
    keep_graded,
    keep_read,
    start_import,
    ungraded,
)
from store.overrides import Override, confirm_critical, override_score, overrides
from store.people import first_person
from store.quality import Filter, Found, agents_of, conversation, count, graded, listed, rubrics_of
from store.reviewed import Reviewed, reviewed
from store.summary import summarise
from transcripts.canonical import parse
from transcripts.errors import UnreadableInput

At = Callable[..., datetime]
RUBRIC = load_rubric("general")
SCORES = (80.0, 40.0, None, 80.0, 95.0, 60.0, 12.5)


def card(number: int, overall: float | None, **more: Any) -> dict[str, Any]:
    """A card whose every criterion has the overall score."""
    one = {"kind": "x", "score": overall, "confidence": 0.5, "rating": 3.0}
    criteria = {name: one | {"weight": spec.weight} for name, spec in RUBRIC.criteria.items()}
    row: dict[str, Any] = {
        "transcript": f"c{number}",
        "rubric": {"id": "general", "version": RUBRIC.version},
        "grader": {"version": "1", "encoder": "e", "model": "m"},
        "overall": overall,
        "passed": None if overall is None else overall >= 60,
        "critical": ["rude"] if number == 2 else [],
        "coverage": 1.0, "criteria": criteria, "confidence": 0.5, "review": number == 3,
        "agents": {"小李" if number % 2 else "小王": {"overall": overall, "criteria": {}}},
    }  # fmt: skip
    return row | more


@pytest.fixture
def full(store: Store, at: At) -> Store:
    first_person(store, "boss", at())
    job = start_import(store, "key", ["chats"], RUBRIC, None, at())
    rows = [
        Taken(n, parse({"id": f"c{n}", "messages": [
            {"role": "agent", "text": f"您\n好\"{n}", "sender": "小李" if n % 2 else "小王",
             "at": "2026-03-02T10:00:00+08:00"}]}))
        for n in range(1, len(SCORES) + 1)
    ]  # fmt: skip
    keep_read(store, job.id, rows, [], at())
    all_read(store, job.id)
    claim(store, "w", at(), at(minutes=2))
    lines = [json.dumps(card(n, score)) for n, score in enumerate(SCORES, 1)]
    ids = [number for number, _ in ungraded(store, job.id, 0, 99)]
    done = [Outcome(number, line) for number, line in zip(ids, lines, strict=True)]
    keep_graded(store, job.id, "w", done, (at(), at(minutes=2)))
    return store


@pytest.mark.parametrize("worst_first", [False, True])
@pytest.mark.parametrize("most", [1, 2, 3, 50])
def test_pages_hold_everything_once_in_order(full: Store, worst_first: bool, most: int) -> None:
    found: list[Found] = []
    after = None
    while page := listed(full, Filter(), worst_first=worst_first, after=after, most=most):
        found += page
        after = page[-1]
    ids = [one.id for one in found]
    if worst_first:
        assert ids == [7, 2, 6, 1, 4, 5, 3]  # 12.5, 40, 60, 80, 80, 95, without a score
    else:
        assert ids == [1, 2, 3, 4, 5, 6, 7]
    assert count(full, Filter()) == len(found)


@pytest.mark.parametrize(
    ("wanted", "ids"),
    [
        (Filter(agent="小王"), [2, 4, 6]),
        (Filter(passed=False), [2, 7]),
        (Filter(passed=True, high=90), [1, 4, 6]),
        (Filter(low=60, high=80), [6]),
        (Filter(review=True), [3]),
        (Filter(critical=True), [2]),
        (Filter(source="practice"), []),
        (Filter(number=1), [1, 2, 3, 4, 5, 6, 7]),
        (Filter(number=2), []),
        (Filter(by_hand=True), []),
        (Filter(text='您\n好"3'), [3]),
        (Filter(text=""), [1, 2, 3, 4, 5, 6, 7]),
        (Filter(text="%"), []),
    ],
)
def test_filters_let_through_what_they_name(full: Store, wanted: Filter, ids: list[int]) -> None:
    assert [one.id for one in listed(full, wanted)] == ids
    assert [one.id for one in graded(full, wanted)] == ids
    assert count(full, wanted) == len(ids)
    assert rubrics_of(full, wanted) == ([RUBRIC.version] if ids else [])


def test_agents_are_named_once(full: Store) -> None:
    assert agents_of(full, Filter()) == ["小李", "小王"]
    assert agents_of(full, Filter(passed=False, low=40)) == ["小王"]


def test_a_word_is_added_beside_the_machines_score(full: Store, at: At) -> None:
    override_score(full, 2, "empathy", 90, "已经安抚了", 1, at())
    override_score(full, 2, "empathy", None, "不适用", 1, at(minutes=1))
    confirm_critical(full, 2, "rude", False, "引用的是客户的话", 1, at(minutes=2))
    kept = conversation(full, 2)
    assert kept is not None
    assert kept.card is not None
    assert kept.card["criteria"]["empathy"]["score"] == 40.0
    assert [(word.what, word.score, word.stands) for word in kept.words] == [
        ("empathy", 90.0, None), ("empathy", None, None), ("rude", None, False),
    ]  # fmt: skip
    assert overrides(full, [1, 3]) == {}
    assert [one.id for one in listed(full, Filter(by_hand=True))] == [2]


@pytest.mark.parametrize(
    ("score", "what", "reason"), [(101, "empathy", "x"), (50, "warmth", "x"), (50, "empathy", " ")]
)
def test_a_word_that_cannot_be_is_told(
    full: Store, at: At, score: float, what: str, reason: str
) -> None:
    with pytest.raises(UnreadableInput):
        override_score(full, 2, what, score, reason, 1, at())
    with pytest.raises(UnreadableInput):
        confirm_critical(full, 1, "rude", True, "x", 1, at())
    assert overrides(full, [1, 2]) == {}


def word(what: str, score: float | None, at: datetime, stands: bool | None = None) -> Override:
    kind = "criterion" if stands is None else "critical"
    return Override(1, 1, kind, what, score, stands, "weil", 1, at)


def test_without_words_a_card_is_itself() -> None:
    found = reviewed(card(1, 73.3), RUBRIC, [])
    assert (found.overall, found.passed, found.by_hand) == (73.3, True, False)


def test_the_mean_is_taken_again_over_the_last_words(at: At) -> None:
    weights = {name: spec.weight for name, spec in RUBRIC.criteria.items()}
    words = [word("empathy", 0, at()), word("empathy", 100, at(minutes=1))]
    found = reviewed(card(1, 80.0), RUBRIC, words)
    # (Σ 80·w over the others + 100·w of empathy) / Σ w
    whole = sum(weights.values())
    assert found.overall == round((80 * (whole - weights["empathy"]) + 100 * weights["empathy"])
                                  / whole, 1)  # fmt: skip
    assert found.criteria["empathy"] == 100
    left_out = reviewed(card(1, 80.0), RUBRIC, [word("empathy", None, at())])
    assert left_out.overall == 80.0


def test_gates_and_critical_errors_follow_the_words(at: At) -> None:
    """Resolution set to 20 is a rating of 0.8, which the usual gate caps at 59."""
    capped = reviewed(card(1, 95.0), RUBRIC, [word("resolution", 20, at())])
    assert (capped.overall, capped.passed) == (59.0, False)
    rude = card(2, 39.0)
    for result in rude["criteria"].values():
        result["score"] = 90.0
    cleared = reviewed(rude, RUBRIC, [word("rude", None, at(), stands=False)])
    assert (cleared.overall, cleared.passed, cleared.critical) == (90.0, True, ())
    confirmed = reviewed(rude, RUBRIC, [word("rude", None, at(), stands=True)])
    assert (confirmed.overall, confirmed.passed, confirmed.by_hand) == (39, False, True)


def now(row: dict[str, Any]) -> Reviewed:
    return reviewed(row, RUBRIC, [])


def test_a_report_means_what_was_scored_by_agent() -> None:
    cards = [card(n, score) for n, score in enumerate(SCORES, 1)]
    found = summarise((one, now(one)) for one in cards)
    li, wang = found.agents
    assert (li.agent, li.conversations, wang.agent, wang.conversations) == ("小李", 4, "小王", 3)
    # 小李: 80, –, 95, 12.5 → 187.5 / 3; passed 2 of 3. 小王: 40, 80, 60 → 60; passed 2 of 3.
    assert (li.overall.value, li.overall.n) == (62.5, 3)
    assert li.passed.value == 66.7
    assert wang.overall.value == 60.0
    assert (wang.critical, li.review, found.all.conversations) == (1, 1, 7)
    assert found.criteria == tuple(RUBRIC.criteria)
    assert li.few


def test_two_agents_of_one_conversation_have_their_own_shares() -> None:
    own = {"小李": {"overall": 90.0, "criteria": {"empathy": 100.0}},
           "小王": {"overall": 30.0, "criteria": {"empathy": None}}}  # fmt: skip
    row = card(1, 60.0, agents=own)
    found = summarise([(row, now(row))])
    assert [(one.agent, one.overall.value) for one in found.agents] == [("小李", 90), ("小王", 30)]
    assert [one.criteria["empathy"].value for one in found.agents] == [100, None]
    assert found.all.overall.value == 60
    nobody = card(1, 60.0, agents={})
    assert summarise([(nobody, now(nobody))]).agents[0].agent == "–"


@given(st.lists(st.one_of(st.none(), st.floats(0, 100)), max_size=30))
def test_means_lie_between_the_scores(scores: list[float | None]) -> None:
    cards = [card(1, score) for score in scores]
    found = summarise((one, now(one)) for one in cards).all.overall
    there = [score for score in scores if score is not None]
    assert found.n == len(there)
    if there:
        assert found.value is not None
        assert round(min(there), 1) <= found.value <= round(max(there), 1)
    else:
        assert found.value is None
