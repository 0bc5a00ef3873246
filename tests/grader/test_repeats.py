"""Asking for what was given: a real repetition is named, a word about another time is none."""

from __future__ import annotations

import pytest

from grader.reading import Clause, HeardReply, Reading
from grader.repeats import asked_again, asked_for_shown
from transcripts.types import Fact, Message, Transcript, replies


def heard(reply: str, *, given: str = "[图片]苹果烂了三个") -> Reading:
    """A customer who gave something, and one reply whose last clause asks for a picture."""
    transcript = Transcript(id="t", messages=(Message("customer", given), Message("agent", reply)))
    start = max(reply.rfind(sign) for sign in "，,。；") + 1
    clause = Clause(1, start, len(reply), reply[start:], ("request_evidence",), {})
    (run,) = replies(transcript)
    one = HeardReply(run, (clause,), ("request_evidence",), 2.0, None, None, (), True)
    return Reading(
        transcript=transcript, lang="zh", replies=(one,), customer=(), critical=(), unverified=()
    )


@pytest.mark.parametrize(
    "reply",
    [
        "麻烦您拍张照片发给我",
        "抱歉让您久等了。麻烦把图片发一下",
        "如果方便的话，麻烦拍张照片",
        "下次一定注意。这次先拍张照片给我吧",
    ],
)
def test_asking_for_the_same_picture(reply: str) -> None:
    assert asked_again(heard(reply)) is not None


@pytest.mark.parametrize(
    "reply",
    [
        "已经给您退了，再发现坏的，直接拍给我",
        "要是后面还有烂的，拍张照片发我就行",
        "这三个已经赔付。万一又有坏的，随时拍给我",
        "下次收到有问题，第一时间拍照给我们",
        "Refunded. If you find any more, just send a photo",
        "麻烦换个角度再拍一张面单",
    ],
)
def test_another_time_or_another_picture(reply: str) -> None:
    assert asked_again(heard(reply)) is None


def test_nothing_was_given() -> None:
    assert asked_again(heard("麻烦您拍张照片发给我", given="苹果烂了三个")) is None


def asking(reply: str, kind: str | None) -> Reading:
    """A reply in which one clause asks, with one fact of this kind before the agent."""
    known = Fact("订单 2231：丹东草莓 3 斤，实付 89 元", kind=kind)
    messages = (Message("customer", "草莓烂了"), Message("agent", reply))
    transcript = Transcript(id="t", messages=messages, facts=(known,))
    clause = Clause(1, 0, len(reply), reply, ("verify_order",), {})
    (run,) = replies(transcript)
    one = HeardReply(run, (clause,), ("verify_order",), 1.0, None, None, (), True)
    return Reading(
        transcript=transcript, lang="zh", replies=(one,), customer=(), critical=(), unverified=()
    )


@pytest.mark.parametrize(
    "reply",
    [
        "麻烦您提供一下订单号",
        "订单号发我一下",
        "您发个订单截图过来",
        "请问您是什么时候下单的",
        "您买的是哪款商品呢",
        "Could you give me your order number?",
        "when did you place the order?",
    ],
)
def test_the_order_page_shows_it(reply: str) -> None:
    found = asked_for_shown(asking(reply, "order"))
    assert found is not None
    assert found.key == "sequence.asked_for_shown"
    assert asked_for_shown(asking(reply, None)) is None, "without a page there is nothing to see"
    assert asked_for_shown(asking(reply, "policy")) is None


@pytest.mark.parametrize(
    "reply",
    [
        "我看到您的订单 2231 了，是丹东草莓对吗",
        "麻烦拍一下坏果和快递面单",
        "订单号 2231，我这就去查",
        "您要退的是哪一颗",
        "您在订单里点申请售后就行",
        "I have your order here, is it the strawberries?",
    ],
)
def test_reading_the_page_is_no_question_for_it(reply: str) -> None:
    assert asked_for_shown(asking(reply, "order")) is None
