"""Every condition of the scenario language: when it holds, and when it does not."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest

from scenarios.parts import When
from simulator.heard import Heard, Offer
from simulator.moment import Moment, cents, holds
from simulator.state import State, begin
from simulator.turn import Turn
from tests.simulator.tiny import tiny

CASE = tiny()
STATE = replace(
    begin(CASE),
    turn=3,
    mood=250,
    counts={"apologise": 2},
    told=("cold", "deal"),
    revealed=("photo",),
    done=("deal",),
    did={"issue_refund": 3000, "send_coupon": 500},
)
HEARD = Heard(
    acts=("apologise", "offer_refund"),
    hears=("cold",),
    asks=("photo",),
    offers=(Offer("refund", 3000),),
    critical=("rude",),
    warm=True,
)
MOMENT = Moment(STATE, HEARD, waited=30, worth=3000)


@pytest.mark.parametrize(
    ("key", "true", "false"),
    [
        ("acts", ["apologise", "blame"], ["blame"]),
        ("no_acts", ["blame"], ["apologise", "blame"]),
        ("hears", ["cold"], ["warm"]),
        ("asks", ["photo", "count"], ["count"]),
        ("offers", ["refund", "discount"], ["discount"]),
        ("offer_at_least", 30, 30.01),
        ("offer_below", 30.01, 30),
        ("told", ["cold", "deal"], ["cold", "other"]),
        ("not_told", ["other"], ["other", "cold"]),
        ("acts_before", ["apologise"], ["apologise", "hold"]),
        ("revealed", ["photo"], ["photo", "count"]),
        ("not_revealed", ["count"], ["count", "photo"]),
        ("done", ["deal"], ["deal", "seen"]),
        ("not_done", ["seen"], ["deal"]),
        ("mood_at_least", 2.5, 2.51),
        ("mood_below", 2.51, 2.5),
        ("turns_at_least", 3, 4),
        ("waited_at_least", 30, 31),
        ("warm", True, False),
        ("critical", ["rude", "safety"], ["safety"]),
        ("did", ["issue_refund", "resend"], ["resend"]),
    ],
)
def test_a_condition(key: str, true: Any, false: Any) -> None:
    assert holds(When.model_validate({key: true}), MOMENT)
    assert not holds(When.model_validate({key: false}), MOMENT)


@pytest.mark.parametrize(
    ("when", "so"),
    [
        ({"did": ["issue_refund"], "did_at_least": 30}, True),
        ({"did": ["issue_refund"], "did_at_least": 30.01}, False),
        ({"did": ["issue_refund"], "did_over": 30}, False),
        ({"did": ["issue_refund", "send_coupon"], "did_over": 34.99}, True),
        ({"any": [{"acts": ["blame"]}, {"warm": True}]}, True),
        ({"any": [{"acts": ["blame"]}, {"warm": False}]}, False),
        ({"none": [{"acts": ["blame"]}]}, True),
        ({"none": [{"acts": ["blame"]}, {"warm": True}]}, False),
        ({"acts": ["apologise"], "warm": False}, False),
        ({}, True),
    ],
)
def test_conditions_together(when: dict[str, Any], so: bool) -> None:
    assert holds(When.model_validate(when), MOMENT) is so


def test_an_offer_without_a_sum_is_neither_enough_nor_too_little() -> None:
    silent = replace(MOMENT, worth=None)
    assert not holds(When(offer_at_least=0), silent)
    assert not holds(When(offer_below=100), silent)


@pytest.mark.parametrize(("amount", "hundredths"), [(29.99, 2999), (0.1 + 0.2, 30), (100, 10000)])
def test_sums_are_whole_hundredths(amount: float, hundredths: int) -> None:
    assert cents(amount) == hundredths


def test_a_rule_happens_as_often_as_it_may_and_leads_on() -> None:
    rules = [
        {"when": {"acts": ["hold"]}, "say": ["一", "二"], "times": 2},
        {"when": {"acts": ["hold"]}, "say": ["够了"], "go": "angry", "change": {"mood": 0.5}},
    ]
    case = tiny(states={"start": rules, "angry": [{"say": ["走了"], "go": "left"}]}, questions={})
    state: State = begin(case)
    said = []
    for _ in range(4):
        turn = Turn(case, state, Heard(acts=("hold",)))
        found = turn.rule()
        assert found is not None
        turn.take(*found)
        said += [one.text for one in turn.says]
        state = turn.state
    assert sorted(said[:2]) == ["一", "二"]
    assert said[2:] == ["够了", "走了"]
    assert state.ending == "left"
    assert state.mood == 350
