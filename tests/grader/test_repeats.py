"""Asking for what was given: a real repetition is named, a word about another time is none."""

from __future__ import annotations

import pytest

from grader.reading import Clause, HeardReply, Reading
from grader.repeats import asked_again
from transcripts.types import Message, Transcript, replies


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
