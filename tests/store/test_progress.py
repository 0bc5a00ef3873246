"""Mastery, return dates, the weakest criterion, what comes next: each rule against its wording."""

from __future__ import annotations

import itertools
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from store.progress import (
    RETURNS,
    Card,
    Try,
    due,
    help_for,
    level_reached,
    mastered,
    next_variant,
    weakest,
)

MONDAY = date(2026, 3, 2)


def day(number: int) -> date:
    return MONDAY + timedelta(days=number)


def tried(on: int, passed: bool | None = True, variant: int = 0, *, helped: bool = False,
          scenario: str = "a", **scores: float | None) -> Try:  # fmt: skip
    return Try(scenario, variant, day(on), passed, helped, None, scores)


TRIES = st.lists(
    st.builds(
        tried,
        st.integers(0, 60),
        st.sampled_from([True, False, None]),
        st.integers(0, 3),
        helped=st.booleans(),
    ),
    max_size=12,
)


@given(TRIES, st.integers(1, 4))
def test_mastered_is_what_the_words_say(tries: list[Try], variants: int) -> None:
    """Two passes without help that differ in day and, where there are several, in variant."""
    clean = [one for one in tries if one.passed and not one.helped]
    pairs = itertools.combinations(clean, 2)
    wanted = any(
        one.day != other.day and (variants == 1 or one.variant != other.variant)
        for one, other in pairs
    )
    if variants > 1 and len({one.variant for one in clean}) < 2:
        assert not wanted
    assert mastered(tries, variants) == wanted


@given(TRIES, st.integers(1, 4))
def test_no_further_try_takes_mastery_away(tries: list[Try], variants: int) -> None:
    for count in range(len(tries)):
        if mastered(tries[:count], variants):
            assert mastered(tries, variants)


@pytest.mark.parametrize(
    ("tries", "when"),
    [
        ([], None),
        ([tried(0)], 2),
        ([tried(0), tried(2)], 9),  # 2 + 7
        ([tried(0), tried(2), tried(9)], 30),  # 9 + 21
        ([tried(0), tried(2), tried(9), tried(30)], None),  # came back three times
        ([tried(0), tried(0, variant=1)], 2),  # a second pass on the same day adds nothing
        ([tried(0, False)], 1),
        ([tried(0), tried(2, False)], 3),
        ([tried(0), tried(2), tried(9, False), tried(10)], 12),  # begins anew
        ([tried(0, helped=True)], 1),  # with help: again without, soon
        ([tried(0), tried(5, None)], 2),  # no result changes nothing
        ([tried(2), tried(0)], 9),  # in whatever order they come
    ],
)
def test_a_scenario_comes_back(tries: list[Try], when: int | None) -> None:
    assert due(tries) == (None if when is None else day(when))


@given(TRIES)
def test_it_comes_back_after_the_last_try_that_had_a_result(tries: list[Try]) -> None:
    when = due(tries)
    told = [one.day for one in tries if one.passed is not None]
    if when is not None:
        assert 1 <= (when - max(told)).days <= max(RETURNS)
    elif told:
        assert sum(one.clean for one in tries) > len(RETURNS)


@given(TRIES.filter(lambda tries: any(one.passed is not None for one in tries)))
def test_a_failure_brings_it_back_no_later_than_a_pass(tries: list[Try]) -> None:
    last = max(one.day for one in tries) + timedelta(days=1)
    failed = due([*tries, Try("a", 0, last, False)])
    passed = due([*tries, Try("a", 0, last, True)])
    assert failed == last + timedelta(days=1)
    assert passed is None or failed <= passed


def test_the_weakest_has_the_lowest_mean_of_enough_scores() -> None:
    tries = [tried(0, empathy=40, order=10), tried(1, empathy=60, order=None, time=90),
             tried(2, time=30)]  # fmt: skip
    # empathy (40 + 60) / 2 = 50, time (90 + 30) / 2 = 60, order was scored once only
    assert weakest(tries) == "empathy"
    assert weakest(tries, lately=2) == "time"
    assert weakest(tries[:1]) is None
    assert weakest([]) is None


SCORES = st.dictionaries(st.sampled_from("abc"), st.one_of(st.none(), st.floats(0, 100)))


@given(st.lists(SCORES, max_size=10))
def test_no_criterion_that_counts_lies_below_the_weakest(rows: list[dict[str, float]]) -> None:
    found = weakest([tried(n, **row) for n, row in enumerate(rows)])
    there = {name: [row[name] for row in rows if row.get(name) is not None] for name in "abc"}
    means = {name: sum(one) / len(one) for name, one in there.items() if len(one) >= 2}
    assert (found is None) == (not means)
    if found is not None:
        assert means[found] == min(means.values())


def test_help_fades_with_each_pass_however_helped() -> None:
    assert help_for([]) == "full"
    assert help_for([tried(0, False), tried(1, None)]) == "full"
    assert help_for([tried(0, helped=True)]) == "hints"
    assert help_for([tried(0, helped=True), tried(1)]) == "none"


@given(TRIES, st.integers(1, 6))
def test_the_next_variant_is_one_that_was_met_least(tries: list[Try], variants: int) -> None:
    met = [sum(one.variant == number for one in tries) for number in range(variants)]
    found = next_variant(tries, variants)
    assert 0 <= found < variants
    assert met[found] == min(met)


def test_a_pass_comes_back_as_another_variant() -> None:
    tries = [tried(0, variant=0)]
    assert next_variant(tries, 2) == 1
    tries.append(tried(2, variant=1))
    assert next_variant(tries, 2) == 0


SHELF = [
    Card("late", "快递", "intermediate", 2),
    Card("rotten", "坏果", "beginner", 2),
    Card("size", "尺码", "beginner", 1),
    Card("allergy", "过敏", "advanced", 2),
]


def test_levels_are_reached_when_their_topics_are_mastered() -> None:
    def level(*known: str) -> str:
        return level_reached(SHELF, frozenset(known))

    assert level() == level("rotten") == level("late", "allergy") == "beginner"
    assert level("rotten", "size") == "intermediate"
    assert level("rotten", "size", "late") == "advanced"
    assert level_reached(SHELF[1:3], frozenset({"rotten", "size"})) == "beginner"
