"""Equal input gives equal bytes, whatever its neighbours, the order, or what is left out."""

from __future__ import annotations

import json
import random
from collections.abc import Iterable, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from functools import cache
from pathlib import Path

import numpy as np
import pytest

from grader.encoder import Cached, EmbeddedEncoder, Vectors
from grader.grade import grade
from grader.model import Model, load_model
from grader.scorecard import to_json
from rubrics.load import load_rubric
from tests.shipped import shipped_model
from transcripts.canonical import parse
from transcripts.types import Transcript

SAMPLE = Path(__file__).parents[1] / "kefu" / "samples" / "transcripts.jsonl"
TEXTS = (
    "草莓烂了一半！", "非常抱歉", "您好，请问有什么可以帮您", "在的亲~", "I'm so sorry about that.",
    "退款三到五天原路退回", "東西壞了怎麼辦", "ok", "哦", "订单尾号 2231，昨天下午签收对吗",
)  # fmt: skip
UNREAD = ("situation", "level", "scenario", "why", "quality")
LABELS = ("order", "resolution", "empathy", "accuracy", "overall", "critical", "ratings")


@pytest.fixture(scope="module")
def model() -> Model:
    return shipped_model()


@cache
def rows() -> tuple[dict[str, object], ...]:
    return tuple(json.loads(line) for line in SAMPLE.read_text(encoding="utf-8").splitlines())


def chats() -> list[Transcript]:
    return [parse(row) for row in rows()]


def line(transcript: Transcript, model: Model, rubric: str = "general") -> str:
    """The scorecard as it is written."""
    return json.dumps(to_json(grade(transcript, load_rubric(rubric), model)), ensure_ascii=False)


def lines(transcripts: Iterable[Transcript], model: Model) -> dict[str, str]:
    return {transcript.id: line(transcript, model) for transcript in transcripts}


@pytest.mark.slow
def test_a_vector_does_not_depend_on_its_neighbours() -> None:
    encoder = EmbeddedEncoder()
    alone = {text: encoder.encode([text])[0] for text in TEXTS}
    shuffled = list(TEXTS)
    random.Random(0).shuffle(shuffled)
    for order in (list(TEXTS), list(reversed(TEXTS)), shuffled, shuffled[:3]):
        for text, vector in zip(order, encoder.encode(order), strict=True):
            assert np.array_equal(vector, alone[text]), text


@pytest.mark.slow
def test_remembering_changes_no_vector() -> None:
    encoder = EmbeddedEncoder()
    cached = Cached(encoder, size=3)
    twice = [*TEXTS, *reversed(TEXTS), TEXTS[0]]
    assert np.array_equal(cached.encode(twice), encoder.encode(twice))


@pytest.mark.slow
def test_a_card_does_not_depend_on_the_batch(model: Model) -> None:
    forward = lines(chats(), model)
    backward = lines(reversed(chats()), model)
    assert forward == backward
    assert line(chats()[3], load_model()) == forward[chats()[3].id]


@pytest.mark.slow
@pytest.mark.parametrize("rubric", ["general", "complaint"])
def test_what_a_conversation_is_said_to_be_about_is_not_read(rubric: str, model: Model) -> None:
    for row in rows()[::2]:
        bare = {key: value for key, value in row.items() if key not in UNREAD}
        other = bare | {
            "situation": "bargain", "level": "trap", "scenario": "x", "why": "y", "quality": "good",
        }  # fmt: skip
        other |= dict.fromkeys(LABELS, 0) | {"labels": [{"overall": 0}], "critical": ["rude"]}
        expected = line(parse(row), model, rubric)
        assert line(parse(bare), model, rubric) == expected
        assert line(parse(other), model, rubric) == expected


@pytest.mark.slow
def test_labels_on_messages_are_not_read(model: Model) -> None:
    for transcript in chats()[::3]:
        marked = replace(
            transcript,
            messages=tuple(
                replace(message, extra={"acts": ["rude"], "emotion": 4})
                for message in transcript.messages
            ),
        )
        assert line(marked, model) == line(transcript, model)


def test_many_threads_share_one_memory() -> None:
    class Lengths:
        name, dimension = "lengths", 1

        def encode(self, texts: Sequence[str]) -> Vectors:
            return np.array([[float(len(text))] for text in texts], dtype=np.float32)

    cached = Cached(Lengths(), size=2)
    texts = ["啊" * count for count in range(1, 6)]
    with ThreadPoolExecutor(8) as pool:
        found = list(pool.map(lambda _: cached.encode(texts * 40), range(40)))
    assert all((one[:, 0] == [1, 2, 3, 4, 5] * 40).all() for one in found)
