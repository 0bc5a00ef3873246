"""The operators of the criterion kind `rule`, one row a case."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from grader.reading import Clause, HeardCustomer, HeardReply, Reading
from grader.rules import evaluate, find, score
from rubrics.operators import Find
from rubrics.schema import RuleSpec
from transcripts.types import Message, Role, Transcript, replies

START = datetime(2026, 3, 2, 10, 0, 0, tzinfo=UTC)
NAME = {"zh": "先核对再退款", "en": "Verify before the refund"}

SAID: list[tuple[Role, float | None, str, str]] = [
    ("customer", 0, "草莓烂了一半！要退款", ""),  # 0
    ("bot", 1, "亲，客服正在赶来", ""),  # 1
    ("agent", 20, "非常抱歉", "apologise"),  # 2
    ("agent", 30, "麻烦拍一下坏果", "request_evidence"),  # 3
    ("customer", 90, "拍了，你看", ""),  # 4
    ("action", 100, "look_up", ""),  # 5
    ("agent", 150, "给您退 30.5 元", "offer_refund"),  # 6
    ("customer", 160, "好的", ""),  # 7
    ("agent", 170, "非常抱歉", "apologise"),  # 8
    ("agent", None, "感謝您的理解", "thank"),  # 9
]


def reading(said: list[tuple[Role, float | None, str, str]] = SAID) -> Reading:
    messages = tuple(
        Message(role, text, None if at is None else START + timedelta(seconds=at))
        for role, at, text, _ in said
    )
    transcript = Transcript("t", messages)
    found = []
    for reply in replies(transcript):
        clauses = tuple(
            Clause(i, 0, len(messages[i].text), messages[i].text, (said[i][3],), {})
            for i in reply.messages
        )
        acts = tuple(said[i][3] for i in reply.messages)
        found.append(HeardReply(reply, clauses, acts, 2, None, None, (), True))
    customer = tuple(
        HeardCustomer(i, 3.0 if "烂" in m.text else 1.0, True)
        for i, m in enumerate(messages)
        if m.role == "customer"
    )
    return Reading(transcript, "zh", tuple(found), customer, (), ())


REFUND = {"find": {"acts": ["offer_refund"]}}


@pytest.mark.parametrize(
    ("wanted", "hits"),
    [
        ({}, tuple(range(10))),
        ({"role": "agent"}, (2, 3, 6, 8, 9)),
        ({"words": ["退款", "坏果"]}, (0, 3)),
        ({"words": ["感谢"]}, (9,)),  # Traditional text, Simplified word
        ({"all_words": ["给您", "退"]}, (6,)),
        ({"pattern": r"退\s{0,2}\d{1,4}"}, (6,)),
        ({"acts": ["apologise", "thank"]}, (2, 8, 9)),
        ({"emotion_at_least": 3}, (0,)),
        ({"number": {}}, (6,)),
        ({"number": {"at_least": 30, "at_most": 31}}, (6,)),
        ({"number": {"at_least": 31}}, ()),
        ({"longer_than": 9, "role": "customer"}, (0,)),
        ({"role": "agent", "position": 1}, (2,)),
        ({"role": "agent", "position": -1}, (9,)),
        ({"role": "agent", "position": 9}, ()),
        ({"role": "agent", "position": 1, "words": ["坏果"]}, ()),
        ({"acts": ["apologise"], "hit": 2}, (8,)),
        ({"acts": ["apologise"], "hit": -2}, (2,)),
        ({"role": "agent", "same_text": True}, (8,)),
        ({"acts": ["request_evidence"], "before": REFUND}, (3,)),
        ({"acts": ["thank"], "before": REFUND}, ()),
        ({"acts": ["apologise"], "after": REFUND}, (8,)),
        ({"acts": ["apologise"], "around": REFUND}, (2, 8)),
        # turns (without the action): 0:1 1:2 2:3 3:4 4:5 6:6 7:7 8:8
        ({"acts": ["request_evidence"], "before": {**REFUND, "messages": 2}}, (3,)),
        ({"acts": ["request_evidence"], "before": {**REFUND, "messages": 1}}, ()),
        # from 30 s to 150 s
        ({"acts": ["request_evidence"], "before": {**REFUND, "seconds": 120}}, (3,)),
        ({"acts": ["request_evidence"], "before": {**REFUND, "seconds": 119}}, ()),
        ({"acts": ["thank"], "after": {**REFUND, "seconds": 9999}}, ()),  # no time
        ({"acts": ["thank"], "after": {**REFUND, "messages": 3}}, (9,)),
        (  # anchors have anchors
            {"role": "bot", "before": {"find": {"acts": ["apologise"], "before": REFUND}}},
            (1,),
        ),
    ],
)
def test_find(wanted: dict[str, Any], hits: tuple[int, ...]) -> None:
    assert find(reading(), Find.model_validate(wanted)) == hits


YES = {"find": {"words": ["退款"]}}
NO = {"find": {"words": ["爱买不买"]}}


@pytest.mark.parametrize(
    ("rule", "holds"),
    [
        (YES, True),
        (NO, False),
        ({"not": NO}, True),
        ({"not": {"not": NO}}, False),
        ({"all": [YES, {"not": NO}]}, True),
        ({"all": [YES, NO]}, False),
        ({"any": [NO, YES]}, True),
        ({"any": [NO, NO]}, False),
        ({"find": {"acts": ["apologise"], "count": {"at_least": 2}}}, True),
        ({"find": {"acts": ["apologise"], "count": {"at_least": 3}}}, False),
        ({"find": {"acts": ["apologise"], "count": {"at_most": 1}}}, False),
        ({"find": {"words": ["爱买不买"], "count": {"at_least": 0, "at_most": 0}}}, True),
        ({"find": {"words": ["退款"], "count": {"at_least": 0, "at_most": 0}}}, False),
    ],
)
def test_evaluate(rule: dict[str, Any], holds: bool) -> None:
    assert evaluate(reading(), spec(rule).rule).holds is holds


def spec(rule: dict[str, Any], **values: Any) -> RuleSpec:
    return RuleSpec.model_validate(
        {"kind": "rule", "weight": 1, "name": NAME, "description": NAME, "rule": rule, **values}
    )


@pytest.mark.parametrize(
    ("rule", "points"), [(YES, 100.0), (NO, 20.0), ({"not": YES}, 20.0), ({"not": NO}, 100.0)]
)
def test_score_adds_up_and_quotes(rule: dict[str, Any], points: float) -> None:
    judgement = score(reading(), spec(rule, fails=20))
    assert judgement.score == points == sum(e.points for e in judgement.evidence)
    for item in judgement.evidence:
        assert item.quote in SAID[item.message][2]
    assert bool(judgement.faults) is (points < 100)


def test_what_was_found_is_quoted() -> None:
    judgement = score(reading(), spec({"find": {"pattern": r"\d{1,3}\.\d 元"}}))
    assert [(e.message, e.quote) for e in judgement.evidence] == [(6, "30.5 元")]
    assert judgement.evidence[0].reason == "符合「先核对再退款」"


def test_nothing_to_find_in() -> None:
    assert score(reading([]), spec(YES)).score is None


def test_a_long_conversation_and_a_long_message_cost_no_time() -> None:
    long: list[tuple[Role, float | None, str, str]] = [
        ("agent", float(i), "退款" if i % 2 else "a" * 50, "hold") for i in range(4000)
    ]
    long.append(("customer", 5000.0, "a" * 100_000, ""))
    rule = {"find": {"pattern": "a{1,30}b", "around": {"find": {"words": ["退款"]}, "messages": 2}}}
    assert not evaluate(reading(long), spec(rule).rule).holds
