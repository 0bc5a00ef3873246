"""A text as statements: where it is cut, what each clause grants or refuses."""

from __future__ import annotations

import pytest

from grader.clauses import clauses
from grader.facts.declined import declined
from grader.facts.statements import statements

SPACED = [
    "200 元做不到",
    "30 元可以退您",
    "退您 30 元",
    "退您 30 元行吗",
    "满 99 包邮",
    "签收 48 小时内可以退",
    "保修 12 个月",
    "支持 7 天无理由",
    "用 EMS 寄给您",
    "您的 iPhone 15 已发货",
    "打 9.5 折给您",
    "含棉 95% 左右",
    "净重 2.5 kg 左右",
    "下午 3 点前答复",
    "三 天内到货",
    "退您三十 块",
    "補發 2 件給您",
    "這款 7 天內可退",
    "退您\u300030 元",
    "赔您￥ 30 吧",
]


@pytest.mark.parametrize("text", SPACED)
def test_a_blank_beside_digits_or_latin_words_cuts_nothing(text: str) -> None:
    assert [s.text for s in statements(text)] == [statements(text)[0].text]
    assert (statements(text)[0].start, statements(text)[0].end) == (0, len(text))
    assert [(c.start, c.end) for c in clauses(text)] == [(0, len(text))]


@pytest.mark.parametrize(
    ("text", "parts"),
    [
        ("不好意思 没货了", ["不好意思", "没货了"]),
        ("好的亲 马上给您退 30 元", ["好的亲", "马上给您退 30 元"]),
        ("没货了 抱歉哦", ["没货了", "抱歉哦"]),
        ("有的 现货 今天发", ["有的", "现货", "今天发"]),
        ("沒貨了 換一款好嗎", ["沒貨了", "換一款好嗎"]),
        ("[图片] 您看这个", ["[图片]", "您看这个"]),
        ("退您 30 元 您看可以吗", ["退您 30 元", "您看可以吗"]),
    ],
)
def test_a_blank_between_chinese_phrases_cuts(text: str, parts: list[str]) -> None:
    assert [text[s.start : s.end] for s in statements(text)] == parts


@pytest.mark.parametrize(
    ("text", "polarity"),
    [
        ("200 元做不到", "no"),
        ("200元做不到", "no"),
        ("这个 30 元可以退您", "yes"),
        ("超过 7 天不能退", "no"),
        ("7 天内支持退货", "yes"),
        ("50 块给不了您", "no"),
        ("12 號前到不了", "no"),
    ],
)
def test_a_blank_leaves_the_side_as_it_is(text: str, polarity: str) -> None:
    assert [s.polarity for s in statements(text)] == [polarity]


def _declined(text: str) -> list[str]:
    return [
        quantity.text
        for statement in statements(text)
        for quantity in statement.quantities
        if declined(statement, quantity)
    ]


@pytest.mark.parametrize(
    ("text", "sums"),
    [
        ("200 元做不到", ["200 元"]),
        ("200元确实做不到", ["200元"]),
        ("200 元这个我给不了", ["200 元"]),
        ("80 块真的退不了您", ["80 块"]),
        ("没法给您退 80 元", ["80 元"]),
        ("无法赔您 50 元", ["50 元"]),
        ("50 元的话超出我的权限了", ["50 元"]),
        ("100 元太高了，30 元可以退您", ["100 元"]),
        ("不可能赔 500 元，最多 30 元", ["500 元"]),
        ("200 元做不到，退您 30 元可以的", ["200 元"]),
        ("200元辦不到", ["200元"]),
        ("沒辦法退您 300 元", ["300 元"]),
        ("300 蚊畀唔到", ["300 蚊"]),
        ("We can't offer £20", ["£20"]),
        ("I'm not able to refund $50", ["$50"]),
        ("I am unable to give you $15 back", ["$15"]),
        ("$200 isn't possible, sorry", ["$200"]),
        ("£20 is more than I can do, but £5 works", ["£20"]),
        ("I won't be able to do £40", ["£40"]),
        ("we don't offer $10 coupons", ["$10"]),
        ("We couldn't stretch to £30", ["£30"]),
        ("30 元可以退您", []),
        ("退您 30 元", []),
        ("不好意思，退您 30 元", []),
        ("不用寄回，退您 30 元", []),
        ("没问题，30 元马上退您", []),
        ("不是 20 元，是 30 元", ["20 元"]),
        ("I can refund £20", []),
        ("No problem, £20 back to you", []),
        ("Sorry it didn't work, I'll refund $20", []),
        ("I can't thank you enough, here's $20 back", []),
    ],
)
def test_a_sum_that_is_declined(text: str, sums: list[str]) -> None:
    assert _declined(text) == sums
