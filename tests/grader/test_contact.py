"""What a conversation is about, and the conditions under which a criterion applies."""

from __future__ import annotations

from typing import Any

import pytest

from grader.contact import contact, holds, is_complaint
from grader.reading import HeardCustomer, HeardReply, Reading
from rubrics.parts import Applies
from transcripts.types import Message, Transcript, replies


def reading(
    text: str, emotion: float, acts: tuple[str, ...] = (), began: str = "customer", **top: Any
) -> Reading:
    said = [Message("customer", text), Message("agent", "您好，今天是您的生日")]
    if began == "agent":
        said.reverse()
    transcript = Transcript("t", tuple(said), **top)
    found = tuple(
        HeardReply(r, (), acts, emotion, None, None, (), True) for r in replies(transcript)
    )
    customer = (HeardCustomer(0 if began == "customer" else 1, emotion, True),)
    return Reading(transcript, transcript.lang or "zh", found, customer, (), ())


@pytest.mark.parametrize(
    ("text", "emotion", "acts", "kind"),
    [
        ("草莓烂了一半", 2, (), "complaint"),
        ("草莓爛了一半", 2, (), "complaint"),
        ("你们还管不管", 3, (), "complaint"),  # anger is about a trouble
        ("怎么这样", 2, ("apologise",), "complaint"),
        ("太贵了吧", 2, ("hold_price",), "presale"),  # uneasy about a price is no complaint
        ("草莓会坏吗", 1, ("give_info",), "enquiry"),
        ("帮我改个地址", 1, (), "order_change"),
        ("地址写错了，急", 2, (), "order_change"),
        ("会员有什么好处", 1, (), "care"),
        ("这款有货吗", 1, (), "presale"),
        ("随便问问", 1, ("recommend",), "presale"),
        ("几点下班", 1, (), "enquiry"),
        ("My parcel never arrived", 2, (), "complaint"),
        ("See you later", 2, (), "enquiry"),  # later is not late
        ("I need to change my address", 1, (), "order_change"),
    ],
)
def test_contact(text: str, emotion: float, acts: tuple[str, ...], kind: str) -> None:
    found = reading(text, emotion, acts)
    assert contact(found) == kind
    assert is_complaint(found) is (kind == "complaint")


def test_the_shop_begins_with_care() -> None:
    assert contact(reading("谢谢", 0, began="agent")) == "care"


@pytest.mark.parametrize(
    ("conditions", "applies"),
    [
        ({}, True),
        ({"contact": ["complaint", "care"]}, True),
        ({"contact": ["presale"]}, False),
        ({"complaint": True}, True),
        ({"complaint": False}, False),
        ({"emotion_at_least": 3}, True),
        ({"emotion_at_least": 4}, False),
        ({"customer_words": ["坏果", "烂"]}, True),
        ({"customer_words": ["坏果"]}, False),
        ({"agent_acts": ["apologise", "thank"]}, True),
        ({"agent_acts": ["thank"]}, False),
        ({"lang": ["zh"]}, True),
        ({"lang": ["en"]}, False),
        ({"market": ["CN"]}, True),
        ({"market": ["TW"]}, False),
        ({"complaint": True, "lang": ["en"]}, False),
    ],
)
def test_holds(conditions: dict[str, Any], applies: bool) -> None:
    found = reading("草莓烂了一半", 3, ("apologise",), lang="zh", market="CN")
    assert holds(Applies.model_validate(conditions), found) is applies
    assert holds(None, found)
