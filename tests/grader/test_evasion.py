"""Putting off is told from answering, and an invented loss from one that the customer named."""

from __future__ import annotations

import pytest

from grader.facts.putting_off import only_puts_off
from grader.losses import invented
from grader.reading import Clause, HeardReply
from transcripts.types import Reply


@pytest.mark.parametrize(
    "reply",
    [
        "您的问题我们会尽快核实的哦",
        "这边已经反馈给相关部门，请您耐心等待",
        "我們會盡快為您確認的，感謝您的耐心",
        "We are looking into it and will get back to you as soon as we can.",
    ],
)
def test_a_reply_that_only_puts_off(reply: str) -> None:
    assert only_puts_off(reply)


@pytest.mark.parametrize(
    "reply",
    [
        "我去核实，今天 18 点前回您",
        "可以退，尽快给您安排",
        "现货，48 小时内发出",
        "We are looking into it and will call you by 3 pm.",
    ],
)
def test_a_reply_that_also_tells_something(reply: str) -> None:
    assert not only_puts_off(reply)


def test_a_deed_is_more_than_putting_off() -> None:
    assert not only_puts_off("尽快给您退款", ["offer_refund"])


def warm(text: str) -> HeardReply:
    reply = Reply(message=1, messages=(1,), sender=None, text=text, customer=(0,), seconds=None)
    clause = Clause(1, 0, len(text), text, ("empathise",), {})
    return HeardReply(reply, (clause,), ("empathise",), 2.0, 3.0, None, (), True)


@pytest.mark.parametrize(
    ("reply", "customer"),
    [
        ("您怀着孕还要操心这个，太辛苦了", "我怀孕五个月了，快递呢"),
        ("宝宝等着喝奶，您肯定急坏了", "奶粉三天没动了"),
        ("老人家等着用，是我们耽误了", "我爸的轮椅垫还没到"),
        ("A torn dress right before the wedding is awful", "I get married on Saturday"),
    ],
)  # fmt: skip
def test_a_loss_that_was_mentioned_in_any_words(reply: str, customer: str) -> None:
    assert not invented(warm(reply), customer)


@pytest.mark.parametrize(
    "reply",
    [
        "您怀着孕还要操心这个，太辛苦了",
        "宝宝等着用，您肯定急坏了",
        "老人家等着用，是我们耽误了",
        "婚礼在即却收到坏的，真让人难受",
        "住院还要为这事操心，太不容易了",
        "A torn sleeve right before the wedding is awful",
    ],
)
def test_a_loss_that_nobody_mentioned(reply: str) -> None:
    assert invented(warm(reply), "收到就是坏的，怎么办")
