"""Criteria made of sentences: `examples` and `required`, with an encoder that counts letters."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np
import pytest

from grader.encoder import Vectors
from grader.examples import fit
from grader.examples import score as score_examples
from grader.reading import Clause, HeardCustomer, HeardReply, Reading
from grader.required import score as score_required
from rubrics.schema import ExamplesSpec, RequiredSpec
from transcripts.types import Message, Transcript, replies

NAME = {"zh": "回访", "en": "Call back"}


class Letters:
    """Unit vectors of letter counts: texts are alike if they share letters."""

    name = "letters"
    dimension = 256

    def encode(self, texts: Sequence[str]) -> Vectors:
        vectors = np.zeros((len(texts), self.dimension), dtype=np.float32)
        for row, text in enumerate(texts):
            for letter in text:
                vectors[row, ord(letter) % self.dimension] += 1
            norm = float(np.linalg.norm(vectors[row]))
            vectors[row] /= norm or 1.0
        return vectors


def reading(*said: str) -> Reading:
    """The customer asks before each reply."""
    messages: list[Message] = []
    for text in said:
        messages += [Message("customer", "请问"), Message("agent", text)]
    transcript = Transcript("t", tuple(messages))
    found = []
    for reply in replies(transcript):
        clause = Clause(reply.message, 0, len(reply.text), reply.text, ("commit_time",), {})
        found.append(HeardReply(reply, (clause,), ("commit_time",), 1, None, None, (), True))
    customer = tuple(HeardCustomer(i, 1.0, True) for i in range(0, len(messages), 2))
    return Reading(transcript, "zh", tuple(found), customer, (), ())


GOOD = ("明天上午给您回电", "今天下午给您回电", "明天下午给您回电话")
BAD = ("等着吧", "等着就行", "你等着吧")


def examples(**values: Any) -> ExamplesSpec:
    return ExamplesSpec.model_validate(
        {"kind": "examples", "weight": 1, "name": NAME, "description": NAME, "good": GOOD,
         "bad": BAD, **values}
    )  # fmt: skip


def test_the_threshold_parts_the_examples() -> None:
    fitted = fit(GOOD, BAD, Letters())
    assert fitted.accuracy == 1.0
    assert -1 < fitted.threshold < 1
    again = fit(GOOD, BAD, Letters())
    assert (again.threshold, again.near_good, again.near_bad) == (
        fitted.threshold, fitted.near_good, fitted.near_bad,
    )  # fmt: skip


@pytest.mark.parametrize(
    ("wanted", "said", "points"),
    [
        ("once", ("后天上午给您回电", "等着吧"), 100.0),
        ("once", ("等着吧",), 0.0),
        ("once", ("xyz 123",), 0.0),  # unlike the bad ones too, yet about something else
        ("never", ("后天上午给您回电",), 100.0),
        ("never", ("后天上午给您回电", "等着吧"), 0.0),
        ("never", ("xyz 123",), 100.0),
        # two of three replies: 33.4 + 33.3 of 100, or 33.3 twice, by place
        ("every_reply", ("后天上午给您回电", "今天上午给您回电", "等着吧"), 66.7),
    ],
)
def test_examples(wanted: str, said: tuple[str, ...], points: float) -> None:
    judgement = score_examples(reading(*said), examples(wanted=wanted), Letters())
    assert judgement.score == pytest.approx(points, abs=0.05)
    assert sum(e.points for e in judgement.evidence) == pytest.approx(judgement.score)
    assert 0 < judgement.confidence <= 1


def test_an_own_threshold_is_kept() -> None:
    spec = examples(threshold=2)
    assert score_examples(reading("明天上午给您回电"), spec, Letters()).score == 0.0


def test_no_reply_is_not_scored() -> None:
    assert score_examples(reading(), examples(), Letters()).score is None


def required(*statements: dict[str, Any]) -> RequiredSpec:
    return RequiredSpec.model_validate(
        {"kind": "required", "weight": 1, "name": NAME, "description": NAME,
         "statements": [{"name": NAME, **statement} for statement in statements]}
    )  # fmt: skip


@pytest.mark.parametrize(
    ("statement", "quote"),
    [
        ({"words": ["回电", "致电"]}, "回电"),
        ({"pattern": "上午.{0,4}回"}, "上午给您回"),
        ({"acts": ["commit_time"]}, "明天上午给您回电"),
        ({"examples": ["明天上午给您回个电话"], "like": 0.7}, "明天上午给您回电"),
        ({"words": ["退款"]}, None),
        ({"examples": ["退款"], "like": 0.7}, None),
    ],
)
def test_required(statement: dict[str, Any], quote: str | None) -> None:
    spec = required({"id": "call", **statement})
    judgement = score_required(reading("明天上午给您回电"), spec, Letters())
    assert judgement.score == (0.0 if quote is None else 100.0)
    assert judgement.evidence[0].quote == (quote or "")


def test_required_by_weight_and_when() -> None:
    spec = required(
        {"id": "call", "words": ["回电"], "weight": 3},
        {"id": "photo", "words": ["拍照"], "weight": 1},
        {"id": "sorry", "words": ["抱歉"], "when": {"emotion_at_least": 3}},
    )
    # the third is not called for; 3 of 4 by weight
    judgement = score_required(reading("明天上午给您回电"), spec, Letters())
    assert judgement.score == 75.0
    assert list(judgement.faults) == ["required.advice"]


def test_nothing_required() -> None:
    spec = required({"id": "sorry", "words": ["抱歉"], "when": {"lang": ["en"]}})
    assert score_required(reading("好"), spec, Letters()).score is None
    assert (
        score_required(reading(), required({"id": "a", "words": ["好"]}), Letters()).score is None
    )
