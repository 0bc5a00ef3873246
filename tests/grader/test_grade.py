"""The card keeps its contract, whatever the conversation: sums, quotes, places, roundings."""

from __future__ import annotations

import json
import math
import time
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import datetime, timedelta
from functools import cache
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from grader.grade import grade
from grader.model import Model
from grader.scorecard import CriticalFinding, to_json
from rubrics.load import known_rubrics, load_rubric
from transcripts.canonical import parse
from transcripts.types import Transcript

SAMPLES = Path(__file__).parents[2] / "kefu" / "samples" / "transcripts.jsonl"
START = datetime.fromisoformat("2026-03-02T10:00:00+08:00")
KEYS = [
    "transcript", "rubric", "grader", "overall", "passed", "critical", "critical_evidence",
    "coverage", "gates", "criteria", "replies", "customer", "agents", "unverified", "confidence",
    "review", "incomplete", "review_because",
]  # fmt: skip
ANGRY, SORRY = "草莓烂了一半，气死我了", "抱歉让您吃到坏的，麻烦拍一下坏果，我给您退"

Line = tuple[str, str]


def chat(*lines: Line, gap: float | None = 20, **more: Any) -> Transcript:
    """A conversation of (role or role:sender, text) lines, `gap` seconds apart; None: no times."""
    messages = []
    for number, (who, text) in enumerate(lines):
        role, _, sender = who.partition(":")
        message: dict[str, Any] = {"role": role, "text": text}
        if sender:
            message["sender"] = sender
        if gap is not None:
            message["at"] = (START + timedelta(seconds=gap * number)).isoformat()
        messages.append(message)
    return parse({"id": "t", "messages": messages} | more)


def written(transcript: Transcript, model: Model, rubric: str = "general") -> dict[str, Any]:
    """The card as it is written, after a look at everything that holds for every card."""
    row = to_json(grade(transcript, load_rubric(rubric), model))
    keeps_the_contract(row, transcript, rubric)
    return row


def keeps_the_contract(row: Mapping[str, Any], transcript: Transcript, rubric: str) -> None:
    spec = load_rubric(rubric)
    assert [key for key in row if key in KEYS] == KEYS
    json.dumps(row, allow_nan=False)
    assert list(row["criteria"]) == list(spec.criteria)
    for name, one in row["criteria"].items():
        points = [evidence["points"] for evidence in one["evidence"]]
        if one["score"] is None:
            assert not points, name
            assert one["why"], name
        else:
            assert 0 <= one["score"] <= 100
            assert points, name
            assert math.isclose(sum(points), one["score"], abs_tol=1e-6), name
    for place in placed(row):
        text = transcript.messages[place["message"]].text
        assert place["quote"] in text, (place, text)
    for number in numbers(row):
        assert number == round(number, 2)
    covered = [one for one in row["criteria"].values() if one["score"] is not None]
    assert row["coverage"] == round(sum(one["weight"] for one in covered) + 1e-12, 2)
    if row["overall"] is None:
        assert row["passed"] is None
        assert row["review"] is True
        assert row["review_because"]
    else:
        assert row["coverage"] >= spec.minimum_coverage - 0.005
        assert row["passed"] is (row["overall"] >= spec.pass_mark and not row["critical"])
        if not row["gates"]:
            mean = sum(one["weight"] * one["score"] for one in covered)
            assert abs(mean / sum(one["weight"] for one in covered) - row["overall"]) <= 0.1
    roles = [message.role for message in transcript.messages]
    assert [one["message"] for one in row["customer"]] == [
        index for index, role in enumerate(roles) if role == "customer"
    ]
    assert all(roles[one["message"]] == "agent" for one in row["replies"])


def placed(row: Mapping[str, Any]) -> Iterator[Mapping[str, Any]]:
    """Everything on a card that quotes a message."""
    yield from row["critical_evidence"]
    yield from row["unverified"]
    for one in row["criteria"].values():
        yield from one["evidence"]


def numbers(value: Any) -> Iterator[float]:
    if isinstance(value, float):
        yield value
    elif isinstance(value, Mapping):
        for part in value.values():
            yield from numbers(part)
    elif isinstance(value, Sequence) and not isinstance(value, str):
        for part in value:
            yield from numbers(part)


@cache
def samples() -> dict[str, Transcript]:
    lines = SAMPLES.read_text(encoding="utf-8").splitlines()
    return {one.id: one for one in (parse(json.loads(line)) for line in lines)}


@pytest.mark.slow
@pytest.mark.parametrize("rubric", sorted(known_rubrics()))
def test_the_samples_keep_the_contract(rubric: str, model: Model) -> None:
    for transcript in samples().values():
        written(transcript, model, rubric)


def test_a_lone_agent_has_the_scores_of_the_conversation(model: Model) -> None:
    row = written(samples()["sample-01"], model)
    scores = {name: one["score"] for name, one in row["criteria"].items()}
    assert row["agents"] == {"小禾": {"overall": row["overall"], "criteria": scores}}


def test_a_gate_is_named_and_caps(model: Model) -> None:
    row = written(samples()["sample-09"], model)
    caps = [int(gate.rpartition(":")[2]) for gate in row["gates"]]
    assert any(gate.startswith("resolution<=") for gate in row["gates"])
    assert row["overall"] <= min(caps) <= 59


class Suspicious:
    """A detector that finds one critical error in every reply."""

    def __init__(self, words: str) -> None:
        self.words = words

    def find(self, reply: str, *_: Any) -> list[Any]:
        from grader.critical import Suspicion

        start = reply.find(self.words)
        if start < 0:
            return []
        return [Suspicion("rude", start, start + len(self.words), 1.0, True)]


def test_a_critical_error_caps_and_is_only_suspected(model: Model) -> None:
    strict: Any = replace(model, detector=Suspicious("25 元"))  # type: ignore[arg-type]
    row = written(samples()["sample-01"], strict)
    assert row["critical"] == ["rude"]
    assert row["overall"] <= 39
    assert row["passed"] is False
    assert "critical:39" in row["gates"]
    assert {one["state"] for one in row["critical_evidence"]} == {CriticalFinding("", 0, "").state}
    assert row["review"] is True


def test_nothing_at_all(model: Model) -> None:
    row = written(chat(), model)
    assert row["overall"] is None
    assert row["coverage"] == 0
    assert row["replies"] == row["customer"] == []
    assert row["agents"] == {}


@pytest.mark.parametrize(
    "lines",
    [
        [("customer", ANGRY), ("customer", "人呢")],
        [("bot", "亲，客服正在赶来"), ("customer", ANGRY)],
        [("system", "会话开始")],
        [("action", "look_up"), ("action", "issue_refund")],
        [("nobody", "你好"), ("robot", "哈")],
    ],
    ids=["customer only", "bot and customer", "system only", "actions only", "unknown roles"],
)
def test_where_nobody_of_the_shop_speaks_replies_are_not_judged(
    lines: list[Line], model: Model
) -> None:
    row = written(chat(*lines), model)
    assert row["overall"] is None
    for name in ("empathy", "accuracy", "order", "resolution", "conduct"):
        assert row["criteria"][name]["score"] is None


def test_where_only_the_shop_speaks_nothing_is_a_complaint(model: Model) -> None:
    row = written(chat(("agent", "您好，在的"), ("agent", "您的会员积分月底到期")), model)
    assert row["criteria"]["timeliness"]["score"] is None
    assert row["criteria"]["resolution"]["score"] is None
    assert row["criteria"]["empathy"]["score"] is None


@pytest.mark.parametrize("text", ["😡😡😡", "~~~", "……", " ", "", "\n\n", "[图片]", "?"])
def test_messages_without_words(text: str, model: Model) -> None:
    written(chat(("customer", text), ("agent", text), ("customer", text)), model)


def test_without_times_speed_is_not_scored(model: Model) -> None:
    row = written(chat(("customer", ANGRY), ("agent", SORRY), gap=None), model)
    assert row["criteria"]["timeliness"]["score"] is None
    assert row["replies"][0]["seconds"] is None
    assert row["overall"] is not None


@pytest.mark.slow
def test_a_message_cut_short_is_reviewed_and_says_so(model: Model) -> None:
    long = chat(("customer", ANGRY), ("agent", SORRY + "。这边给您登记。" * 600))
    row = written(long, model)
    assert row["review"] is True
    assert "有消息超过 4000 字，只读了前 4000 字" in row["review_because"]
    pasted = chat(("customer", ANGRY), ("agent", SORRY), ("system", "日志 " * 3_000))
    assert not any("4000" in reason for reason in written(pasted, model)["review_because"])


def test_times_out_of_order_are_not_scored_and_reviewed(model: Model) -> None:
    row = written(chat(("customer", ANGRY), ("agent", SORRY), gap=-20), model)
    assert row["criteria"]["timeliness"]["score"] is None
    assert row["review"] is True


@pytest.mark.slow
@pytest.mark.parametrize(
    "text",
    ["草莓烂了一半。" * 14_300, "啊" * 100_000, "9" * 100_000, "亲~" * 50_000, "sorry " * 16_700,
     "退" + " " * 99_999, "😡" * 100_000, "30元" * 33_400],
    ids=["sentences", "one letter", "digits", "ornaments", "english", "spaces", "emoji", "sums"],
)  # fmt: skip
def test_a_hundred_thousand_characters(text: str, model: Model) -> None:
    facts = ["生鲜签收 24 小时内坏果包赔，最多 30 元"]
    long = chat(("customer", text), ("agent", text), facts=facts)
    began = time.process_time()
    card = grade(long, load_rubric("general"), model)
    took = time.process_time() - began
    keeps_the_contract(to_json(card), long, "general")
    assert took < 3


def test_each_agent_has_an_own_score_over_own_replies_and_times(model: Model) -> None:
    row = written(
        chat(
            ("customer", ANGRY),
            ("agent:阿凯", "哦，自己看详情页"),
            ("customer", "什么态度，换人"),
            ("agent:小禾", "实在抱歉，让您吃到坏的还受了气。麻烦您拍一下坏果，我今天就给您退款。"),
            ("customer", "[图片]"),
            ("agent:小禾", "看到了，坏了一半，给您退 45 元，现在就退，原路返回。"),
            ("customer", "好的，谢谢你"),
        ),
        model,
    )
    assert list(row["agents"]) == ["阿凯", "小禾"]
    curt, kind = row["agents"]["阿凯"], row["agents"]["小禾"]
    assert curt["overall"] < row["overall"] < kind["overall"]
    assert kind["criteria"]["conduct"] == 100
    assert curt["criteria"]["conduct"] < 100


def test_an_own_wait_counts_for_the_one_who_answered(model: Model) -> None:
    lines = [
        ("customer", "怎么还没到，等了五天了"),
        ("agent:甲", "抱歉让您久等，我查了，件在武汉，今天给您补发。"),
        ("customer", "几点发"),
        ("agent:乙", "今天 18 点前发出，单号晚上发您。"),
        ("customer", "好"),
    ]
    found = chat(*lines)
    late = tuple(
        message if number < 3 else replace(message, at=START + timedelta(minutes=40 + number))
        for number, message in enumerate(found.messages)
    )
    row = written(replace(found, messages=late), model)
    assert row["agents"]["甲"]["criteria"]["timeliness"] == 100
    assert row["agents"]["乙"]["criteria"]["timeliness"] < 50


def test_saying_it_all_again_to_the_next_agent_is_a_fault(model: Model) -> None:
    def order_of(asked: str) -> list[str]:
        lines = [
            ("customer", "杯子碎了，太气人了 [图片]"),
            ("agent:甲", "真抱歉，碎了谁都闹心。照片看到了，我转给同事给您补发。"),
            ("customer", "快点"),
            ("agent:乙", asked),
            ("customer", "我刚才都发过了，还要我发几遍"),
            ("agent:乙", "抱歉，看到了，今天给您补发一个新的。"),
        ]
        row = written(chat(*lines), model, "complaint")
        return [one["reason"] for one in row["criteria"]["order"]["evidence"] if one["points"] < 0]

    assert any("换了人接" in reason for reason in order_of("您好，麻烦您拍一下照片发给我。"))
    assert not order_of("您好，同事都说清楚了，今天给您补发一个新的。")


def test_a_history_over_weeks_is_graded_contact_by_contact(model: Model) -> None:
    good = samples()["sample-01"].messages
    bad = samples()["sample-02"].messages
    later = tuple(replace(m, at=m.at and m.at + timedelta(days=21), sender="小禾") for m in bad)
    only = replace(samples()["sample-01"], facts=())
    history = replace(only, messages=(*good, *later))
    row = written(history, model)
    first = written(only, model)
    second = written(replace(only, messages=later), model)
    low, high = sorted([first["overall"], second["overall"]])
    assert low < row["overall"] < high
    # The customer's three weeks of silence are nobody's slow reply.
    speed = [one["criteria"]["timeliness"]["score"] for one in (first, second, row)]
    assert min(speed[:2]) <= speed[2] <= max(speed[:2])


ROLES = st.sampled_from(["customer", "agent", "agent:甲", "bot", "action", "system", "ghost"])
WORDS = st.sampled_from(
    [ANGRY, SORRY, "您好", "好的", "?", "", "😡", "退 30 元", "自己看", "I want a refund",
     "not sorry", "多久到", "明天 18 点前给您答复", "issue_refund", "謝謝",
     "[图片]", "a\nb\n\nc", "‮倒"]
)  # fmt: skip
LINES = st.lists(st.tuples(ROLES, WORDS | st.text(max_size=12)), max_size=7)


@settings(
    max_examples=12,
    deadline=None,
    derandomize=True,
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)
@given(LINES, st.sampled_from([None, 0, 20, 400, -5, 90_000]), st.booleans())
def test_any_conversation_keeps_the_contract(
    model: Model, lines: list[Line], gap: float | None, facts: bool
) -> None:
    known = ["生鲜签收 24 小时内坏果包赔", "客服可直接赔付不超过 30 元"] if facts else []
    for rubric in ("general", "complaint"):
        written(chat(*lines, gap=gap, facts=known), model, rubric)
