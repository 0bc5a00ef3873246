"""The legal floor: what is hit, what is let be, and from which day."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from rubrics.legal_floor import check_floor, market_of, shipped
from transcripts.types import Language


@pytest.mark.parametrize(
    ("market", "text", "rule"),
    [
        ("CN", "亲，拆封后不支持退货哦", "cn-opened-return"),
        ("CN", "我们店是3天无理由", "cn-window-short"),
        ("CN", "清仓商品一律不退", "cn-sale-no-return"),
        ("CN", "您签收就视为认可质量了", "cn-sign-means-accept"),
        ("CN", "活动最终解释权归本店所有", "cn-final-interpretation"),
        ("CN", "质量问题寄回来运费也要您自理", "cn-defect-freight"),
        ("CN", "赠品坏了不负责售后", "cn-defect-excluded"),
        ("CN", "没货了，您退款原因选不想要了", "cn-contract-stands"),
        ("CN", "五星好评返3元", "cn-paid-reviews"),
        ("CN", "过期两天没事，照样能吃", "cn-expired-food"),
        ("CN", "这个茶可以治疗糖尿病", "cn-medical-claims"),
        ("CN", "本店不开发票", "cn-invoice"),
        ("CN", "您先撤销投诉才给您退", "cn-complaint-barred"),
        ("TW", "拆封就不能退囉", "tw-seven-days"),
        ("TW", "我們是三天鑑賞期", "tw-window-short"),
        ("HK", "壞咗都唔退", "hk-defect"),
        ("UK", "Once it's opened, no refund.", "uk-fourteen-days"),
        ("UK", "We have a 7 day return window.", "uk-fourteen-days"),
        ("UK", "It was lost in the post, not our problem.", "uk-defect"),
        ("EU", "Clearance items are non-returnable.", "eu-fourteen-days"),
        ("EU", "Faulty goods: no refunds.", "eu-defect"),
        ("US", "We refund $10 if you leave a 5 star review.", "us-paid-reviews"),
        ("US", "It's delayed but you cannot cancel.", "us-late-shipment"),
    ],
)
def test_a_rule_below_the_law(market: str, text: str, rule: str) -> None:
    assert rule in {breach.id for breach in check_floor(text, market)}


@pytest.mark.parametrize(
    ("market", "text"),
    [
        ("CN", "签收不等于认可质量"),
        ("CN", "生鲜拆封后不支持无理由退货"),
        ("CN", "7天无理由退货"),
        ("CN", "平台禁止好评返现，我们不参与"),
        ("CN", "质量问题退货运费商家承担"),
        ("CN", "过期的不能吃，请丢弃"),
        ("US", "We have a 7 day return window."),
        ("HK", "貨品七日內可換"),
        ("UK", "We have a 30 day return window."),
        ("", "最终解释权归本店所有"),
    ],
)
def test_near_misses(market: str, text: str) -> None:
    assert check_floor(text, market) == []


def test_a_rule_holds_from_its_day() -> None:
    text = "活动最终解释权归本店所有"
    assert not check_floor(text, "CN", datetime(2022, 3, 14, tzinfo=UTC))
    assert check_floor(text, "CN", datetime(2022, 3, 15, tzinfo=UTC))


def test_the_span_and_the_language_are_those_of_the_text() -> None:
    text = "您好。Sale items are non-returnable."
    breach = check_floor(text, "UK", lang="en")[0]
    assert text[breach.start : breach.end].startswith("Sale items")
    assert "14 days" in breach.rule


@pytest.mark.parametrize(
    ("market", "currency", "lang", "expected"),
    [
        ("GB", None, "en", "UK"),
        (None, "USD", "en", "US"),
        (None, "HKD", "zh-Hant", "HK"),
        (None, None, "zh-Hant", "TW"),
        (None, None, "zh", "CN"),
        (None, None, "en", ""),
        (None, "CNY", "zh", "CN"),
    ],
)
def test_the_market(
    market: str | None, currency: str | None, lang: Language, expected: str
) -> None:
    assert market_of(market, currency, lang) == expected


def test_every_rule_names_its_source() -> None:
    rules = shipped().rules
    assert len(rules) >= 20
    assert {rule.market for rule in rules} == {"CN", "TW", "HK", "UK", "EU", "US"}
    assert all(rule.source and rule.rule.zh and rule.rule.en for rule in rules)
