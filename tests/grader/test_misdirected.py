"""Words meant for another window are noticed by the customer's own word; a stray parcel is none."""

from __future__ import annotations

import pytest

from grader.misdirected import meant_for_another, written_to_another
from grader.reading import Clause, HeardCustomer, HeardReply, Reading
from transcripts.types import Fact, Message, Transcript, replies


def reading(*texts: str) -> Reading:
    """Agent and customer in turn; the agent begins."""
    messages = tuple(
        Message("agent" if n % 2 == 0 else "customer", text) for n, text in enumerate(texts)
    )
    transcript = Transcript(id="t", messages=messages)
    runs = replies(transcript)
    heard = tuple(HeardReply(run, (), (), 1.0, None, None, (), True) for run in runs)
    said = tuple(
        HeardCustomer(n, 1.0, True) for n, one in enumerate(messages) if one.role == "customer"
    )
    return Reading(
        transcript=transcript, lang="zh", replies=heard, customer=said, critical=(), unverified=()
    )


@pytest.mark.parametrize(
    "text",
    [
        "发错人了吧",
        "这是发给我的吗？",
        "你是不是发错人了？",
        "是不是傳錯人了",
        "Wrong person, I think.",
        "I think that was meant for someone else?",
        "这说的是我的事吗？",
    ],
)
def test_the_customer_says_so(text: str) -> None:
    assert meant_for_another(reading("今天付款，明天发货", text, "您放心")) == 1


@pytest.mark.parametrize(
    "text",
    [
        "快递发错人了",
        "你们把货发错人了吧",
        "包裹是发给我的吗",
        "好的",
        "是我的问题吗",
        "我的订单发错了",
        "The parcel went to the wrong person",
    ],
)
def test_goods_gone_astray_are_another_matter(text: str) -> None:
    assert meant_for_another(reading("您好", text, "我看一下")) is None


def test_it_can_be_put_right() -> None:
    assert (
        meant_for_another(reading("明天发货", "发错人了吧", "抱歉发错窗口了，您的锅盖我来看"))
        is None
    )
    assert meant_for_another(reading("Ships Monday", "Wrong person?", "Sorry, wrong chat!")) is None


def test_before_any_reply_it_means_something_else() -> None:
    first = Transcript(
        id="t", messages=(Message("customer", "发错人了吧"), Message("agent", "您好"))
    )
    (run,) = replies(first)
    one = HeardReply(run, (), (), 1.0, None, None, (), True)
    said = (HeardCustomer(0, 1.0, True),)
    whole = Reading(
        transcript=first, lang="zh", replies=(one,), customer=said, critical=(), unverified=()
    )
    assert meant_for_another(whole) is None


ORDER = Fact("订单 9058：手工牛轧糖一罐，应付 42 元，待付款", kind="order")


def alone(*texts: str, facts: tuple[Fact, ...] = (ORDER,)) -> Reading:
    """What an agent writes to a customer who says nothing; each message is a clause."""
    messages = tuple(Message("agent", text) for text in texts)
    transcript = Transcript(id="t", messages=messages, facts=facts)
    (run,) = replies(transcript)
    told = tuple(Clause(n, 0, len(text), text, (), {}) for n, text in enumerate(texts))
    heard = HeardReply(run, told, (), 0.0, None, None, (), True)
    return Reading(
        transcript=transcript, lang="zh", replies=(heard,), customer=(), critical=(), unverified=()
    )


STRAY = "这个酸奶先别再吃了，现在人怎么样，要是喘不上气就马上打 120"


def test_nobody_answers_what_is_about_another_order() -> None:
    assert written_to_another(alone("在吗", STRAY)) == 1
    assert written_to_another(alone("看到您拍的牛轧糖还没付款，今晚 23:20 会自动关")) is None


def test_without_the_order_nobody_can_tell() -> None:
    assert written_to_another(alone(STRAY, facts=())) is None
    policy = Fact("待付款只提醒一次", kind="policy")
    assert written_to_another(alone(STRAY, facts=(policy,))) is None
    assert written_to_another(alone("在吗")) is None
