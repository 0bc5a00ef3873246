"""Bargaining over a refund: opens at 60, settles at 30 when calm, 10 more a point above mood 2."""

from __future__ import annotations

from dataclasses import replace

import pytest

from simulator.heard import Heard, Offer
from simulator.offers import as_sum, best, least, worth
from simulator.state import Case, State, begin
from simulator.step import step
from simulator.turn import Outcome
from tests.simulator.tiny import coded, tiny


@pytest.fixture
def seen(case: Case) -> State:
    """The photo has been shown and the question answered; mood 2.0, so anger adds nothing."""
    state = step(case, begin(case), coded("request_evidence ask:photo commit_time")).state
    return replace(state, mood=200)


def texts(outcome: Outcome) -> list[str]:
    return [one.text for one in outcome.says]


def test_the_least_rises_with_anger_and_falls_with_reasons(case: Case) -> None:
    deal = case.scenario.deal
    assert deal is not None
    state = begin(case)
    assert least(deal, replace(state, mood=200)) == 3000
    assert least(deal, replace(state, mood=350)) == 3000 + 1500  # 10 × 1.5
    assert least(deal, replace(state, mood=400, told=("cold",))) == 3000 + 2000 - 400
    assert least(deal, replace(state, mood=100)) == 3000


def test_what_other_offers_count(case: Case) -> None:
    deal = case.scenario.deal
    assert worth(deal, Offer("refund", 2000)) == 2000
    assert worth(deal, Offer("compensation", 2000)) == 1000  # half
    assert worth(deal, Offer("replacement", 9000)) == 0  # refused
    assert worth(deal, Offer("refund", None)) is None
    assert best(deal, Heard(offers=(Offer("refund", 500), Offer("compensation", 2000)))) == 1000


def test_an_offer_before_anything_was_seen_comes_too_soon(case: Case) -> None:
    outcome = step(case, begin(case), coded("offer:refund:9000"))
    assert texts(outcome)[0] == "你看都没看"
    assert "deal" not in outcome.state.told


def test_an_offer_in_one_breath_with_the_question_comes_too_soon(case: Case) -> None:
    outcome = step(case, begin(case), coded("request_evidence ask:photo offer:refund:9000"))
    assert "deal" not in outcome.state.told
    assert "photo" in outcome.state.revealed


def test_enough_is_taken(case: Case, seen: State) -> None:
    # offer_refund the first time: 2.00 − 0.35 = 1.65, so the least is 30
    outcome = step(case, seen, coded("offer:refund:3000"))
    assert texts(outcome) == ["30 可以"]
    assert outcome.state.settled
    # and −0.6 for the deal, not below what words alone may reach, unless it is settled
    assert outcome.state.mood == 150


def test_too_little_is_countered_step_by_step_and_then_given_up(case: Case, seen: State) -> None:
    # wanted: 60 − (60 − 30)·1/3 = 50, then 60 − 30·2/3 = 40, then the rounds are over
    first = step(case, seen, replace(coded("offer:refund:1000"), clauses=("a",)))
    assert "50" in texts(first)[0]
    second = step(case, first.state, replace(coded("offer:refund:1500"), clauses=("b",)))
    assert "40" in texts(second)[0]
    assert (second.state.rounds, second.state.best) == (2, 1500)
    third = step(case, second.state, replace(coded("offer:refund:2000"), clauses=("c",)))
    assert third.state.ending == "left"
    assert texts(third) == ["算了，评价见"]


def test_who_takes_the_best_there_was(seen: State) -> None:
    from tests.simulator.tiny import TINY

    case = tiny(deal=TINY["deal"] | {"gives_up": "takes", "rounds": 1})
    first = step(case, seen, replace(coded("offer:refund:1000"), clauses=("a",)))
    second = step(case, first.state, replace(coded("offer:refund:900"), clauses=("b",)))
    assert texts(second) == ["10 可以"]
    assert "deal" in second.state.told


def test_reasons_lower_what_is_taken(case: Case, seen: State) -> None:
    assert "deal" not in step(case, seen, coded("offer:refund:2600")).state.told
    assert "deal" in step(case, seen, coded("offer:refund:2600 hears:cold")).state.told


def test_an_offer_without_a_sum_is_asked_about(case: Case, seen: State) -> None:
    assert texts(step(case, seen, coded("offer:refund"))) == ["退多少？"]


def test_a_refusal_with_a_reason_is_countered(case: Case, seen: State) -> None:
    outcome = step(case, seen, coded("state_policy"))
    # state_policy +0.05 → mood 2.05, least 30.5; 60 − 29.5/3 = 50.17, said as a whole sum: 51
    assert texts(outcome) == ["凭什么？51"]
    assert outcome.state.rounds == 1


@pytest.mark.parametrize(
    ("cents", "text"), [(3000, "30"), (2950, "29.5"), (2905, "29.05"), (0, "0")]
)
def test_sums_as_people_write_them(cents: int, text: str) -> None:
    assert as_sum(cents) == text
