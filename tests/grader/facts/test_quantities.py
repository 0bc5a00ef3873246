"""Typed quantities in Chinese, Traditional Chinese and English."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from grader.facts.numerals import number
from grader.facts.quantities import quantities

Row = tuple[str, str, float, float, str, str]


@pytest.mark.parametrize(
    ("text", "kind", "low", "high", "unit", "comparator"),
    [
        ("89元", "money", 89, 89, "元", "exact"),
        ("¥89", "money", 89, 89, "元", "exact"),
        ("￥1,299.00", "money", 1299, 1299, "元", "exact"),
        ("八十九块九", "money", 89.9, 89.9, "元", "exact"),
        ("两百块", "money", 200, 200, "元", "exact"),
        ("1万元", "money", 10000, 10000, "元", "exact"),
        ("一百二十元", "money", 120, 120, "元", "exact"),
        ("退您30，", "money", 30, 30, "元", "exact"),
        ("$79.00", "money", 79, 79, "$", "exact"),
        ("NT$350", "money", 350, 350, "TWD", "exact"),
        ("HK$20", "money", 20, 20, "HKD", "exact"),
        ("£5", "money", 5, 5, "GBP", "exact"),
        ("€12.50", "money", 12.5, 12.5, "EUR", "exact"),
        ("ten dollars", "money", 10, 10, "$", "exact"),
        ("不超过30元", "money", 30, 30, "元", "at_most"),
        ("300元以上", "money", 300, 300, "元", "at_least"),
        ("48小时内", "duration", 48, 48, "h", "at_most"),
        ("两天", "duration", 48, 48, "h", "exact"),
        ("七日", "duration", 168, 168, "h", "exact"),
        ("1-3个工作日", "duration", 24, 72, "workday", "exact"),
        ("一到三个工作日", "duration", 24, 72, "workday", "exact"),
        ("三五天", "duration", 72, 120, "h", "exact"),
        ("半小时", "duration", 0.5, 0.5, "h", "exact"),
        ("一个半小时", "duration", 1.5, 1.5, "h", "exact"),
        ("半年", "duration", 4380, 4380, "h", "exact"),
        ("两周左右", "duration", 336, 336, "h", "about"),
        ("within 24 hours", "duration", 24, 24, "h", "at_most"),
        ("3 to 5 business days", "duration", 72, 120, "workday", "exact"),
        ("two weeks", "duration", 336, 336, "h", "exact"),
        ("24 months", "duration", 17280, 17280, "h", "exact"),
        ("3月2日", "date", 302, 302, "date", "exact"),
        ("十二月一号", "date", 1201, 1201, "date", "exact"),
        ("2026-03-02", "date", 302, 302, "date", "exact"),
        ("June 12th", "date", 612, 612, "date", "exact"),
        ("12 May", "date", 512, 512, "date", "exact"),
        ("下午六点前", "clock", 18, 18, "clock", "before"),
        ("晚上八点半", "clock", 20.5, 20.5, "clock", "exact"),
        ("今晚十二点", "clock", 24, 24, "clock", "exact"),
        ("9:30", "clock", 9.5, 9.5, "clock", "exact"),
        ("6pm", "clock", 18, 18, "clock", "exact"),
        ("周四", "weekday", 4, 4, "weekday", "exact"),
        ("Thursday", "weekday", 4, 4, "weekday", "exact"),
        ("九五折", "discount", 0.05, 0.05, "share", "exact"),
        ("8.5折", "discount", 0.15, 0.15, "share", "exact"),
        ("9折", "discount", 0.1, 0.1, "share", "exact"),
        ("半价", "discount", 0.5, 0.5, "share", "exact"),
        ("5% off", "discount", 0.05, 0.05, "share", "exact"),
        ("三成", "percent", 0.3, 0.3, "share", "exact"),
        ("百分之三十", "percent", 0.3, 0.3, "share", "exact"),
        ("5斤", "weight", 2.5, 2.5, "kg", "exact"),
        ("4斤2两", "weight", 2.1, 2.1, "kg", "exact"),
        ("2.5kg", "weight", 2.5, 2.5, "kg", "exact"),
        ("500ml", "volume", 0.5, 0.5, "l", "exact"),
        ("65度", "temperature", 65, 65, "c", "exact"),
        ("35dB", "loudness", 35, 35, "db", "exact"),
        ("40W", "power", 40, 40, "w", "exact"),
        ("约10颗", "count", 10, 10, "个", "about"),
        ("60来件", "count", 60, 60, "件", "about"),
        ("尾号2231", "id", 2231, 2231, "tail", "exact"),
        ("三個工作天", "count", 3, 3, "个", "exact"),
    ],
)
def test_one_quantity(
    text: str, kind: str, low: float, high: float, unit: str, comparator: str
) -> None:
    found = quantities(text)
    assert found, text
    first = next((q for q in found if q.kind == kind), None)
    assert first is not None, found
    assert (first.low, first.high) == pytest.approx((low, high), rel=1e-4)
    assert (first.unit, first.comparator) == (unit, comparator)
    assert text[first.start : first.end] == first.text


@pytest.mark.parametrize(
    "text",
    ["一下", "统一处理", "万一", "第一时间", "您好，欢迎光临", "Thank you so much", "一起看看", ""],
)
def test_idioms_hold_no_quantity(text: str) -> None:
    assert quantities(text) == ()


def test_relative_days_need_a_reference() -> None:
    at = datetime(2026, 2, 28, 9, tzinfo=UTC)
    assert quantities("明天")[0].unit == "relative"
    assert quantities("明天", at)[0].low == 301


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("一百二", 120),
        ("两万五", 25000),
        ("一百零二", 102),
        ("1.5万", 15000),
        ("三点五", 3.5),
        ("廿五", 25),
    ],
)
def test_numerals(text: str, value: float) -> None:
    assert number(text) == value


@given(st.text(max_size=200))
def test_spans_lie_in_the_text(text: str) -> None:
    for quantity in quantities(text):
        assert 0 <= quantity.start < quantity.end <= len(text)
        assert quantity.low <= quantity.high
