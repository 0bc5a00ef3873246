"""Standard words for what is said by the way, and refusals and vouchers that are no refund."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from simulator.plain import plain
from simulator.sums import _NO_REFUND as NO_REFUND
from simulator.sums import _REFUSED as REFUSED


@pytest.mark.parametrize(
    ("said", "meant"),
    [
        ("今儿就给您退三十块", "今天就给您退30元"),
        ("俩钟头内到，二十号能到", "2个小时内到,20号能到"),
        ("甭管啥时候，搁门口喽", "不用管什么时候,放门口了"),
        ("取件码 80233061", "取件码 80233061"),
        ("您慢慢說", "您慢慢说"),
        ("Two days, thanks", "Two days, thanks"),
        ("", ""),
    ],
)
def test_words_are_the_standard_ones(said: str, meant: str) -> None:
    assert plain(said) == meant


@given(st.text(max_size=80))
def test_any_text_is_taken(text: str) -> None:
    assert plain(plain(text)) is not None


@pytest.mark.parametrize(
    "text",
    ["没法给您退", "这个退不了", "无法为您办理退款", "I can't refund this one", "sorry, no refund"],
)
def test_a_refusal_is_no_offer(text: str) -> None:
    assert REFUSED.search(text)


@pytest.mark.parametrize(
    "text",
    ["您不能用就退给您", "马上退 30 元", "no need to send it back", "I'll refund the full amount"],
)
def test_an_offer_is_no_refusal(text: str) -> None:
    assert not REFUSED.search(text)


def test_a_voucher_is_no_money_back() -> None:
    assert NO_REFUND.match(" 元券") or NO_REFUND.match("券")
    assert NO_REFUND.match(" voucher")
    assert not NO_REFUND.match("，再补 5 元券")
    assert not NO_REFUND.match("补5元券")
