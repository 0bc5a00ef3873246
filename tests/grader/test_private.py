"""Masked scorecards: every quoting text, equal values with equal numbers, one card at a time."""

from __future__ import annotations

import json
from dataclasses import replace

from grader.private import mask_of_one_card, masked
from grader.scorecard import (
    CriterionResult,
    CriticalFinding,
    Evidence,
    Scorecard,
    Unverified,
    to_json,
)

PHONE = "13800138000"
OTHER = "13912345678"


def card(first: str, second: str) -> Scorecard:
    """A card in which every text that retells the conversation holds both numbers."""
    text = f"打{first}，不是{second}"
    result = CriterionResult(
        kind="empathy",
        weight=1.0,
        score=50.0,
        confidence=0.9,
        evidence=(Evidence(1, text, 50.0, text),),
        why=text,
        advice=text,
        model_reply=text,
    )
    return Scorecard(
        transcript="t13800138000",
        rubric_id="general",
        rubric_version="sha256:a",
        grader={},
        overall=50.0,
        passed=False,
        critical=("leak_privacy",),
        critical_evidence=(CriticalFinding("leak_privacy", 1, text),),
        coverage=1.0,
        gates=(),
        criteria={"empathy": result},
        replies=(),
        customer=(),
        agents={},
        unverified=(Unverified(1, text, text),),
        confidence=0.9,
        review=True,
        incomplete=False,
    )


def test_every_text_is_masked_and_nothing_else() -> None:
    before = card(PHONE, OTHER)
    after = masked(before, mask_of_one_card())
    written = json.dumps(to_json(replace(after, transcript="t")), ensure_ascii=False)
    assert PHONE not in written
    assert OTHER not in written
    assert written.count("打[phone_1]，不是[phone_2]") == 8
    assert after.transcript == before.transcript
    assert after.criteria["empathy"].score == 50.0


def test_numbers_begin_anew_with_each_card() -> None:
    alone = masked(card(OTHER, PHONE), mask_of_one_card())
    masked(card(PHONE, OTHER), mask_of_one_card())
    assert masked(card(OTHER, PHONE), mask_of_one_card()) == alone


def test_absent_texts_stay_absent() -> None:
    bare = replace(
        card(PHONE, OTHER).criteria["empathy"], why=None, advice=None, model_reply=None, evidence=()
    )
    before = replace(card(PHONE, OTHER), criteria={"empathy": bare})
    assert masked(before, mask_of_one_card()).criteria["empathy"] == bare
