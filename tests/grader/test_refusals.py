"""What is named to be refused is no offer, in either order of words and in both languages."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from grader.hearing import hear
from grader.model import Model
from grader.refusals import DEEDS, refuses
from transcripts.types import Message, Transcript

REFUSED: dict[str, list[str]] = {
    "offer_refund": [
        "没法给您退",
        "这个退不了",
        "无法为您办理退款",
        "退款这边办不了",
        "不能全额退您",
        "不支持退货退款",
        "我们这边没有权限给您退钱",
        "200 元做不到",
        "退不到 200 元",
        "沒辦法幫您退款",
        "呢單冇得退",
        "I can't refund this one",
        "sorry, no refund",
        "I'm not able to refund",
        "We don't do refunds",
        "we can't offer £20",
        "I won't be able to give you your money back",
        "No full refund on this",
        "A refund isn't possible here",
        "Refunds are not available",
        "We are unable to refund that",
        "I couldn't refund it even if I wanted to",
    ],
    "offer_replacement": [
        "没法给您换新的",
        "换不了哦",
        "不支持换货",
        "补发这边做不到",
        "无法再给您重发一件",
        "不能换",
        "沒有辦法幫您換新",
        "唔可以換",
        "I can't swap it",
        "We cannot exchange this",
        "There's no replacement for it",
        "We don't send replacements",
        "A swap isn't an option",
        "I'm not able to send you a new one",
        "unable to resend",
    ],
    "offer_compensation": [
        "券没办法送您了",
        "不能再补偿您了",
        "红包发不了",
        "优惠券这边没法再送",
        "不會再補償",
        "我們沒有權限送券",
        "I can't give you a voucher",
        "No compensation for this",
        "We're unable to offer any credit",
        "Vouchers aren't something we offer",
    ],
    "offer_discount": [
        "不能再便宜了",
        "便宜不了",
        "没法给您优惠",
        "八折做不到",
        "这款不参加优惠",
        "沒辦法再降了",
        "唔可以再平啲優惠",
        "I can't give you a discount",
        "No discount on this one",
        "We can't go any lower",
        "We couldn't knock anything off",
        "I'm not able to price match",
    ],
}
OFFERED: dict[str, list[str]] = {
    "offer_refund": [
        "您不能用就退给您",
        "马上退 30 元",
        "不用寄回，直接退您",
        "200 元做不到，30 元可以退您",
        "不会不给您退的",
        "没问题，这就退款",
        "不好意思，给您退 20 元",
        "全退不了，先退您一半",
        "唔使寄返，退款畀您",
        "no need to send it back",
        "I'll refund the full amount",
        "No problem, refunding you now",
        "I can't swap it but I can refund you",
        "I can't believe this happened and I'll refund you",
        "Sorry it didn't arrive, I've refunded £20",
        "If it doesn't fit we can refund it",
    ],
    "offer_replacement": [
        "退不了，给您换一件新的",
        "不能退，但可以换",
        "不满意就给您换",
        "冇問題，換件新嘅畀您",
        "I can't refund it, but I can send a new one",
        "We'll swap it, no problem",
    ],
    "offer_compensation": [
        "退不了款，送您一张 10 元券",
        "没法换，补您 15 元",
        "I can't refund, here's a £5 voucher",
    ],
    "offer_discount": [
        "八折做不到，九折可以",
        "不能再减了，送您一张 20 元券",
        "We can't do 20% off, 10% is fine",
    ],
}


def _cases(table: dict[str, list[str]]) -> list[tuple[str, str]]:
    return [(act, text) for act, texts in table.items() for text in texts]


@pytest.mark.parametrize(("act", "text"), _cases(REFUSED))
def test_what_is_refused(act: str, text: str) -> None:
    assert refuses(text, act)


@pytest.mark.parametrize(("act", "text"), _cases(OFFERED))
def test_what_is_offered(act: str, text: str) -> None:
    assert not refuses(text, act)


@given(st.text(max_size=200), st.sampled_from(sorted(DEEDS)))
def test_any_text_is_read(text: str, act: str) -> None:
    assert refuses(text, act) in (True, False)


def test_other_acts_are_never_refused() -> None:
    assert not refuses("没法给您退", "give_info")


@pytest.mark.slow
@pytest.mark.parametrize(
    "text",
    [
        "抱歉亲，200 元做不到",
        "不好意思，没法给您退 80 元",
        "这款换不了新的哦",
        "Sorry, I can't swap it",
        "I'm not able to refund that",
        "I'm afraid we can't offer £20",
        "沒辦法幫您換新喔",
    ],
)
def test_a_refusal_is_heard_as_no_offer(model: Model, text: str) -> None:
    messages = (Message("customer", "?"), Message("agent", text))
    heard = hear(Transcript(id="t", messages=messages), model).replies[0]
    assert not set(heard.acts) & set(DEEDS)
    assert not {act for clause in heard.clauses for act in clause.acts} & set(DEEDS)
