"""Standard words for what is said by the way."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from simulator.plain import plain


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
