"""Having and not having: each thing in the ways that people deny it and grant it.

Whoever denies a thing as the fact does, in whatever words, is never contradicted; whoever grants it
where the fact denies it is.
"""

from __future__ import annotations

from dataclasses import dataclass

import pytest

from grader.facts.compare import check
from transcripts.types import Fact


@dataclass(frozen=True, slots=True)
class Thing:
    """What the customer asks, how it is denied, how granted."""

    asks: str
    no: tuple[str, ...]
    yes: tuple[str, ...]


THINGS = {
    "return insurance": Thing(
        "有运费险吗",
        (
            "没有运费险",
            "无运费险",
            "未买运费险",
            "没买运费险",
            "没有买运费险",
            "未投保运费险",
            "不含运费险",
            "不带运费险",
            "不送运费险",
            "未赠运费险",
            "运费险没有买",
            "运费险未开通",
            "沒有運費險",
            "未購買運費險",
            "冇買運費險",
            "这单没有赠送运费险的",
        ),
        (
            "有运费险",
            "买了运费险",
            "已投保运费险",
            "赠送运费险",
            "含运费险",
            "带运费险的",
            "有運費險",
        ),
    ),
    "gift": Thing(
        "有赠品吗",
        (
            "没有赠品",
            "无赠品",
            "不送赠品",
            "不含赠品",
            "不带赠品",
            "没赠品",
            "未附赠品",
            "冇贈品",
            "沒有贈品",
            "赠品没有的",
        ),
        ("有赠品", "送赠品", "带赠品", "附赠品的", "含赠品", "有贈品"),
    ),
    "battery": Thing(
        "带电池吗",
        (
            "不含电池",
            "没有电池",
            "无电池",
            "不带电池",
            "不送电池",
            "不配电池",
            "未配电池",
            "没配电池",
            "電池沒有配",
            "不附電池",
        ),
        ("含电池", "带电池", "配电池的", "送电池", "附電池", "有电池"),
    ),
    "invoice": Thing(
        "有发票吗",
        (
            "没有发票",
            "无发票",
            "不提供发票",
            "开不了发票",
            "不能开发票",
            "不开发票",
            "沒有發票",
            "冇得開發票",
        ),
        ("有发票", "提供发票", "可以开发票", "能开发票", "有發票"),
    ),
    "additives": Thing(
        "有添加剂吗",
        (
            "不含添加剂",
            "无添加剂",
            "没有添加剂",
            "没添加剂",
            "未加添加剂",
            "零添加剂",
            "0添加剂",
            "冇添加劑",
        ),
        ("含添加剂", "有添加剂", "含有添加劑"),
    ),
    "deposit": Thing(
        "要押金吗",
        (
            "不用押金",
            "免押金",
            "无需押金",
            "不收押金",
            "没有押金",
            "不需要押金",
            "零押金",
            "唔使押金",
            "無需押金",
        ),
        ("要押金", "收押金", "需要押金", "需付押金", "要收押金"),
    ),
    "fee": Thing(
        "取消要手续费吗",
        (
            "不收手续费",
            "无手续费",
            "没有手续费",
            "免手续费",
            "不用手续费",
            "无需手续费",
            "不收取手续费",
            "零手续费",
            "不收費",
            "免費",
        ),
        ("要收手续费", "收取手续费", "要扣手续费", "需付手续费"),
    ),
    "stock": Thing(
        "有货吗",
        (
            "没有现货",
            "无现货",
            "没现货",
            "无货",
            "没货",
            "缺货",
            "断货了",
            "没有库存",
            "无库存",
            "不是现货",
            "冇貨",
            "冇现货",
            "沒有貨",
            "暂时没有货",
        ),
        ("有现货", "有货", "现货", "有库存", "不缺货", "没有断货", "有現貨"),
    ),
    "warranty": Thing(
        "有保修吗",
        ("不保修", "无保修", "没有保修", "不提供保修", "不含保修", "沒有保修"),
        ("有保修", "提供保修", "含保修", "支持保修"),
    ),
    "batteries": Thing(
        "does it come with batteries?",
        (
            "no batteries",
            "without batteries",
            "batteries not included",
            "it doesn't include batteries",
            "does not come with batteries",
            "it has no batteries",
            "batteries aren't included",
            "comes without batteries",
        ),
        ("includes batteries", "batteries included", "comes with batteries", "it has batteries"),
    ),
    "insurance": Thing(
        "is return insurance included?",
        (
            "no return insurance",
            "return insurance not included",
            "doesn't include return insurance",
            "without return insurance",
            "there is no return insurance",
        ),
        (
            "includes return insurance",
            "return insurance is included",
            "comes with return insurance",
        ),
    ),
}


def _found(fact: str, asks: str, reply: str) -> set[str]:
    return {finding.verdict for finding in check(reply, asks, [Fact(fact)])}


def _pairs(same: bool) -> list[tuple[str, str, str]]:
    rows = []
    for thing in THINGS.values():
        for fact in thing.no:
            replies = thing.no if same else thing.yes
            rows += [(thing.asks, fact, reply) for reply in replies if reply != fact]
    return rows


@pytest.mark.parametrize(("asks", "fact", "reply"), _pairs(same=True))
def test_who_denies_as_the_fact_does_is_not_contradicted(asks: str, fact: str, reply: str) -> None:
    assert "contradicted" not in _found(fact, asks, reply)


@pytest.mark.parametrize(("asks", "fact", "reply"), _pairs(same=False))
def test_who_grants_what_the_fact_denies_is_contradicted(asks: str, fact: str, reply: str) -> None:
    assert "contradicted" in _found(fact, asks, reply)
    assert "contradicted" in _found(reply, asks, fact)
