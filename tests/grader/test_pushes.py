"""Who said to stop, or never answered, is not pushed again."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest

from grader.conduct import score
from grader.pushes import pushes
from grader.reading import Clause, HeardCustomer, HeardReply, Reading
from rubrics.load import load_rubric
from rubrics.schema import ConductSpec
from transcripts.types import Message, Transcript, replies

START = datetime(2026, 4, 9, 19, 40, tzinfo=UTC)


def conduct() -> ConductSpec:
    spec = load_rubric("care").criteria["conduct"]
    assert isinstance(spec, ConductSpec)
    return spec


def reading(*said: tuple[str, str, int, str]) -> Reading:
    """Messages as (role, text, seconds, act of the message, "" for none)."""
    messages = tuple(
        Message(role, text, START + timedelta(seconds=at))  # type: ignore[arg-type]
        for role, text, at, _ in said
    )
    transcript = Transcript(id="t", messages=messages)
    acts = {n: (act,) if act else () for n, (_, _, _, act) in enumerate(said)}
    heard = tuple(
        HeardReply(
            run,
            tuple(
                Clause(n, 0, len(messages[n].text), messages[n].text, acts[n], {})
                for n in run.messages
            ),
            tuple(act for n in run.messages for act in acts[n]),
            0.0, None, None, (), True,
        )
        for run in replies(transcript)
    )  # fmt: skip
    customer = tuple(
        HeardCustomer(n, 1.0, True) for n, one in enumerate(messages) if one.role == "customer"
    )
    return Reading(
        transcript=transcript, lang="zh", replies=heard, customer=customer,
        critical=(), unverified=(),
    )  # fmt: skip


URGE = "urge_order"


@pytest.mark.parametrize(
    "stop",
    ["别再发了，要买我自己会付", "不要再给我发了", "别催", "再发拉黑了", "Stop messaging me please",
     "please don't message me again"],
)  # fmt: skip
def test_a_push_after_stop_is_a_fault_on_the_scorecard(stop: str) -> None:
    talk = reading(
        ("agent", "您那单还没付款", 0, URGE),
        ("customer", stop, 20, ""),
        ("agent", "今晚 12 点就关单了，记得付哦", 40, URGE),
    )
    assert [(push.clause.message, push.why) for push in pushes(talk)] == [(2, "stop")]
    judged = score(talk, conduct())
    assert judged.score == 65
    assert judged.evidence[1].message == 2
    assert "conduct.advice_pushed" in judged.faults


def test_a_word_of_apology_is_no_push() -> None:
    talk = reading(
        ("agent", "您那单还没付款", 0, URGE),
        ("customer", "别再发了", 20, ""),
        ("agent", "好的，不打扰您了", 40, ""),
    )
    assert pushes(talk) == ()


def test_who_asks_anew_may_be_answered() -> None:
    talk = reading(
        ("customer", "别再发了", 0, ""),
        ("agent", "好的", 10, ""),
        ("customer", "对了，哪款适合老人吃？", 60, ""),
        ("agent", "推荐这款低糖的", 80, "recommend"),
    )
    assert pushes(talk) == ()


@pytest.mark.parametrize("text", ["先别发了，我要退款", "别发中通", "别发坏的给我", "不要发错了"])
def test_goods_that_are_not_to_be_sent_are_another_matter(text: str) -> None:
    assert pushes(reading(("customer", text, 0, ""), ("agent", "您可以换顺丰", 9, URGE))) == ()


def test_a_second_reminder_without_an_answer() -> None:
    first = ("agent", "您那单还没付款", 0, URGE)
    assert pushes(reading(first, ("agent", "今晚关单，有券可用", 20, URGE))) == ()
    (push,) = pushes(reading(first, ("agent", "在吗，怎么还不付", 900, URGE)))
    assert push.why == "silence"
