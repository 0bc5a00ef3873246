"""Passed, failed, or for a person to decide."""

from __future__ import annotations

import json
from datetime import UTC, datetime
from typing import Any

import pytest

from rubrics.load import load_rubric
from rubrics.schema import Rubric
from store.contents import body_of
from store.overrides import Override
from store.reviewed import reviewed
from store.verdict import verdict
from tests.store.playing import line

AT = datetime(2026, 3, 2, tzinfo=UTC)


def rubric(*review: str) -> Rubric:
    """The general rubric without gates, in which only these criteria are looked at."""
    body = json.loads(body_of(load_rubric("general")))
    for name, spec in body["criteria"].items():
        spec["review"] = name in review
        for table in ("points", "points_if_answered", "weights"):
            if isinstance(spec.get(table), dict):
                spec[table] = {int(key): value for key, value in spec[table].items()}
    return Rubric.model_validate(body | {"gates": []})


def card(critical: tuple[str, ...] = (), **scores: float) -> dict[str, Any]:
    """60 everywhere but for `scores`; the overall score is the rubric's weighted mean."""
    found: dict[str, Any] = json.loads(line(60.0, **scores))
    results = found["criteria"].values()
    mean = sum(one["score"] * one["weight"] for one in results) / sum(
        one["weight"] for one in results
    )
    found["overall"] = round(39 if critical else mean, 1)
    return found | {"critical": list(critical), "passed": mean >= 60 and not critical}


@pytest.mark.parametrize(
    ("found", "review", "result"),
    [
        (card(), (), "passed"),
        (card(empathy=40), (), "failed"),
        (card(empathy=40), ("order",), "failed"),
        # With empathy at the mark of 60 it would have passed: it turns on empathy.
        (card(empathy=40), ("empathy",), "review"),
        # Without it, the rest fails all the same.
        (card(empathy=40, resolution=10), ("empathy",), "failed"),
        # A critical error is suspected, and the rest would have passed.
        (card(("rude",)), (), "review"),
        (card(("rude",), resolution=0), (), "failed"),
    ],
)
def test_a_result_that_turns_on_a_reviewed_criterion_waits_for_a_person(
    found: dict[str, Any], review: tuple[str, ...], result: str
) -> None:
    by = rubric(*review)
    assert verdict(reviewed(found, by, []), by) == result


def test_a_persons_word_decides() -> None:
    by = rubric("empathy")
    word = Override(1, 1, "criterion", "empathy", 45, None, "看过了", 1, AT)
    assert verdict(reviewed(card(empathy=40), by, [word]), by) == "failed"


def test_an_exam_has_a_mark_of_its_own() -> None:
    by = rubric()
    assert verdict(reviewed(card(), by, []), by, 60.1) == "failed"
    nothing = card() | {"overall": None, "passed": None}
    assert verdict(reviewed(nothing, by, []), by) is None
