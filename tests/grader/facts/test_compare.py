"""A reply held against facts: one table a kind of question. S supported, C contradicted,
B beyond authority, L below law, U unverified, A unanswered; "-X" means that X is not found."""

from __future__ import annotations

from datetime import UTC, date, datetime

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from grader.facts.compare import Context, check
from tests.grader.facts.verdicts import VERDICTS, Case, demand, verdicts
from transcripts.types import Fact, Message

NUMBERS: list[Case] = [
    ("签收48小时内坏果包赔", "多久内能赔", "签收48小时内都可以赔的", "S -C"),
    ("签收48小时内坏果包赔", "多久内能赔", "签收72小时内都可以赔的", "C"),
    ("签收48小时内坏果包赔", "多久内能赔", "签收两天内可以赔", "S -C"),
    ("签收48小时内坏果包赔", "多久内能赔", "签收后7天内坏果都赔", "C"),
    ("退款1-3个工作日原路退回", "退款多久到", "一般1到3个工作日退回原账户", "S -C"),
    ("退款1-3个工作日原路退回", "退款多久到", "退款两天左右到账", "S -C"),
    ("退款1-3个工作日原路退回", "退款多久到", "退款15个工作日到账", "C"),
    ("退款1-3个工作日原路退回", "退款多久到", "退款24小时内就到账", "S -C"),
    ("整机1年，电机3年", "保修多久", "整机保修五年", "C"),
    ("整机1年，电机3年", "保修多久", "整机一年，电机三年", "S -C"),
    ("保质期6个月", "能放多久", "保质期半年", "S -C"),
    ("保质期6个月", "能放多久", "保质期是一年", "C"),
    ("噪音35dB", "吵吗", "噪音50分贝", "C"),
    ("噪音35dB", "吵吗", "噪音35分贝，图书馆差不多", "S -C"),
    ("功率40W", "多大功率", "功率是60瓦", "C"),
    ("净重5斤", "多重", "净重2.5kg", "S -C"),
    ("净重5斤", "多重", "净重3公斤", "C"),
    ("净果约4.2斤", "净重多少", "净果4斤2两", "S -C"),
    ("30℃以下水洗", "水温多少", "60度以下水洗就可以", "C"),
    ("棉65% 聚酯35%", "什么成分", "棉95%的", "C"),
    ("棉65% 聚酯35%", "什么成分", "棉65%，聚酯35%", "S -C"),
    ("订单：巨峰葡萄5斤，实付89元", "我付了多少", "您实付是99元", "C"),
    ("订单：巨峰葡萄5斤，实付89元", "我付了多少", "您实付89块", "S -C"),
    ("单价八十九块九", "多少钱", "单价89.9元", "S -C"),
    ("安装费120元", "安装多少钱", "安装费一百二十块", "S -C"),
    ("安装费120元", "安装多少钱", "安装费两百块", "C"),
    ("现货库存62件", "还有吗", "有的，现货六十来件", "S -C"),
    ("满199元包邮", "多少包邮", "满99元包邮", "C"),
    ("满199元包邮", "多少包邮", "满199就包邮", "S -C"),
    ("Refund within 5 business days", "when is my refund", "It takes 5 business days.", "S -C"),
    ("Refund within 5 business days", "when is my refund", "Refund takes 15 business days.", "C"),
    ("Return window 30 days", "how long to return", "You have 60 days for a return.", "C"),
    ("Return window 30 days", "how long to return", "You have 30 days for a return.", "S -C"),
    ("Warranty two years", "warranty?", "The warranty is 24 months.", "-C"),
    ("Price $24", "how much", "The price is $42.", "C"),
    ("Price $24", "how much", "The price is $24.", "S -C"),
    ("Blender noise 88 dB", "how loud", "The noise is 60 dB.", "C"),
    ("運費60元", "運費多少", "運費是80元喔", "C"),
    ("運費60元", "運費多少", "運費是60元喔", "S -C"),
    ("七日內可退", "幾天內可以退", "三十天內都可以退喔", "C"),
    ("七日內可退", "幾天內可以退", "7天內可以退喔", "S -C"),
]

DATES: list[Case] = [
    ("预售款12月1日发货", "什么时候发", "12月1号统一发货", "S -C"),
    ("预售款12月1日发货", "什么时候发", "11月20号就发货", "C"),
    ("客服9:00-22:00在线", "几点下班", "晚上十点下班", "S -C"),
    ("活动今晚24点结束", "几点结束", "今晚十二点结束", "S -C"),
    ("预计周四到", "哪天到", "周四到", "S -C"),
    ("预计周四到", "哪天到", "周二就到", "C"),
    ("ETA June 12", "when will it arrive", "It arrives on 12 June.", "S -C"),
    ("ETA June 12", "when will it arrive", "It arrives on June 20.", "C"),
    ("Arrives Thursday", "when", "It arrives Thursday.", "S -C"),
    ("Arrives Thursday", "when", "It arrives Monday.", "C"),
    ("門市營業至21:30", "幾點打烊", "晚上9:30打烊", "S -C"),
    ("16点前下单当天发", "几点前下单当天发", "下午四点前下单当天发", "S -C"),
]

ARITHMETIC: list[Case] = [
    ("凯特芒12个，实付48元|坏果按比例赔付", "12个芒果烂了5个", "坏5个按比例是20元", "S -C"),
    ("凯特芒12个，实付48元|坏果按比例赔付", "12个芒果烂了5个", "给您退10元", "C"),
    ("单价100元|会员九折", "会员多少钱", "会员价90元", "S -C"),
    ("单价100元|会员九折", "会员多少钱", "会员价80元", "C"),
    ("实付99元|现价89元|支持7天保价", "能退差价吗", "可以，退您差价10元", "S -C"),
    ("破裂件每个赔8元", "两个椰子裂了", "两个退您16元", "S -C"),
    ("单价60元|第二件半价", "两件多少", "两件一共90元", "S -C"),
    ("原价200元，打八折", "折后多少", "折后160元", "S -C"),
    (
        "Order $40; $5 fee after dispatch",
        "how much back",
        "You get $35 back after the fee.",
        "S -C",
    ),
    ("Kiwis 20 pcs $30", "5 bad kiwis", "5 bad ones is $7.50 back to you", "S -C"),
    ("两件九五折", "两件有优惠吗", "两件打95折", "S -C"),
    ("两件九五折", "两件有优惠吗", "两件打八折", "C"),
    ("5% off for two", "discount for two?", "You get 5% off for two.", "S -C"),
    ("5% off for two", "discount for two?", "You get 20% off for two.", "C"),
]

SIDES: list[Case] = [
    ("支持7天无理由退货", "能退吗", "不支持7天无理由退货", "C"),
    ("支持7天无理由退货", "能退吗", "支持7天无理由退货的", "S -C"),
    ("不支持货到付款", "能货到付款吗", "支持货到付款的亲", "C"),
    ("不支持货到付款", "能货到付款吗", "不支持货到付款哦", "S -C"),
    ("M码缺货", "M码有货吗", "M码现货充足", "C"),
    ("M码现货", "M码有货吗", "M码没货了", "C"),
    ("M码现货", "M码有货吗", "M码有货的", "S -C"),
    ("退货运费买家承担", "退货运费谁出", "退货运费我们承担", "C"),
    ("退货运费商家承担", "退货运费谁出", "运费您自理哦", "C"),
    ("退货运费商家承担", "退货运费谁出", "退货运费我们出", "S -C"),
    ("退货运费买家承担", "退货运费谁出", "运费需要您这边承担的哦", "S -C"),
    ("退货运费买家承担", "退货运费谁出", "退货運費由您自己付", "S -C"),
    ("退货运费买家承担", "退货运费谁出", "运费我这边承担", "C"),
    ("无运费险|退货运费买家承担", "运费谁出", "运费您那边先垫", "-C"),
    ("没有运费险", "包邮吗", "包邮的", "-C"),
    ("派送时未电话通知", "没人打电话", "没打电话就放门口了，是我们不对", "-C"),
    ("订单未发货", "发了吗", "已经发货了亲", "C"),
    ("订单已发货", "发了吗", "还没发货呢", "C"),
    ("不可机洗", "能机洗吗", "可以机洗的", "C"),
    ("可机洗", "能机洗吗", "不能机洗", "C"),
    ("优惠券不可叠加", "券能叠加吗", "可以叠加的", "C"),
    ("优惠券不可叠加", "券能叠加吗", "不可以叠加哦", "S -C"),
    ("未发货取消不收手续费", "取消要钱吗", "取消要收手续费", "C"),
    ("未发货取消免费", "取消要钱吗", "未发货取消是免费的", "S -C"),
    ("店铺仅支持电子普通发票", "能开专票吗", "可以的亲", "C"),
    ("Free returns", "do i pay for return?", "You pay for the return.", "C"),
    ("Item in stock", "got any?", "Sorry, it's sold out.", "C"),
    ("Sold out", "got any?", "Yes, it's in stock!", "C"),
    ("Order not dispatched", "has it gone?", "It has been shipped already.", "C"),
    ("Shop coupons do not combine", "can i combine coupons", "Yes you can combine coupons.", "C"),
    ("不可水洗", "可以水洗嗎", "可以水洗喔", "C"),
    ("黑色有現貨", "黑色有嗎", "黑色缺貨喔", "C"),
]

CONDITIONS: list[Case] = [
    ("签收24小时内坏果包赔，需照片", "坏了", "如果签收24小时内，拍照就赔", "S -C"),
    ("未拆封可退", "拆了能退吗", "如果没拆封的话可以退", "-C"),
    ("签收7天内可退，超过7天不可退", "第8天了能退吗", "超过7天不可退了", "-C"),
    ("签收7天内可退", "请问能退吗", "请问您签收几天了呢？", "-C -S"),
    ("满100减20", "有活动吗", "满100减20的", "S -C"),
    ("First exchange free if unworn", "can i swap", "Exchange is free if unworn.", "-C"),
    ("Returns accepted if tags on", "return?", "If the tags are on, yes we accept returns.", "-C"),
]

LIMITS: list[Case] = [
    ("客服可直接赔付不超过30元", "赔我", "这边给您赔付30元", "-B -C"),
    ("客服可直接赔付不超过30元", "赔我", "这边给您赔付80元", "B"),
    ("客服可直接赔付不超过30元", "赔我100元", "100元确实赔不了", "-B -C"),
    ("客服可直接赔付不超过30元", "赔我100元", "最多只能给您赔付30元，100元给不了", "-B"),
    ("客服最高可让5元", "便宜点", "给您便宜5元", "-B"),
    ("客服最高可让5元", "便宜点", "给您便宜20元", "B"),
    ("客服可直接赔付不超过30元", "赔我80", "我没法给您赔80元，30元以内我能定", "-B"),
    ("Agent may refund up to $20", "refund $50", "I can't refund $50, $20 is what I can do.", "-B"),
    ("优惠券最高10元", "送张券吧", "给您送一张50元优惠券", "B"),
    ("优惠券最高10元", "送张券吧", "送您一张10元优惠券", "-B"),
    ("客服无议价权限", "便宜点", "给您打八折", "B"),
    ("客服无议价权限", "便宜点", "我这边没有改价的权限", "-B"),
    ("Coupon at most $5", "compensation?", "I'll send you a $20 coupon.", "B"),
    ("Coupon at most $5", "compensation?", "I'll send you a $5 coupon.", "-B"),
    ("Agent may refund up to $200", "refund me", "I'll refund you $180 now.", "-B"),
    ("Agent may refund up to $200", "refund me", "I'll refund you $350 now.", "B"),
    ("Price $45; no discounts", "discount?", "I can give you $10 off.", "B"),
    ("客服最高可讓50元", "便宜一點", "給您便宜200元", "B"),
]

CLAIMS: list[Case] = [
    ("库存200件", "还有吗", "只剩最后3件了，手慢无", "U"),
    ("库存仅剩3件", "还有吗", "只剩3件了", "-U"),
    ("库存36件", "还有吗", "只剩最后一件了，马上涨价", "U"),
    ("价格69元", "能便宜吗", "我们全网最低价了", "U"),
    ("价格69元", "别家更便宜", "不敢说全网最低，但品质有保障", "-U"),
    ("价格69元", "今天买吗", "今晚就涨价了，赶紧拍", "U"),
    ("茶叶250克", "有什么功效", "能降血糖降血压", "U"),
    ("面霜50ml", "敏感肌能用吗", "百分百不过敏", "U"),
    ("Stock 200", "still available?", "Only 2 left, hurry!", "U"),
    ("Price $24", "cheaper elsewhere", "We have the lowest price anywhere.", "U"),
    ("Cream 50ml", "safe?", "100% safe with no side effects.", "U"),
    ("庫存200件", "還有嗎", "只剩最後兩件了", "U"),
    ("", "还有吗", "只剩最后3件了", "U"),
    ("", "when?", "I can't promise that we'll ship it today", "-U"),
    ("", "refund?", "I'm not able to refund you today", "-U"),
    ("", "when?", "We won't be able to deliver this by Friday", "-U"),
    ("", "when?", "Unfortunately it can't be sent out by Monday", "-U"),
    ("", "when?", "We'll ship it today", "U"),
    ("", "几时发", "我没法保证今天一定发出", "-U"),
    ("", "几时发", "唔可以保證今日寄到", "-U"),
    ("", "几时发", "今天一定给您发出", "U"),
]

UNANSWERED: list[Case] = [
    ("保质期12个月", "保质期多久", "亲，这款卖得很好的", "A"),
    ("保质期12个月", "保质期多久", "保质期12个月", "-A"),
    ("发中通快递", "发什么快递", "亲在的呢", "A"),
    (
        "Battery lasts 6 hours",
        "how long does the battery last?",
        "Great choice, very popular!",
        "A",
    ),
    (
        "Battery lasts 6 hours",
        "how long does the battery last?",
        "The battery lasts 6 hours.",
        "-A",
    ),
    # three days are 72 hours, and no 72 yuan
    ("邮费72元", "邮费多少", "亲，这款3天内寄出", "A"),
    ("邮费72元", "邮费多少", "亲，72块", "-A"),
    ("邮费72元", "邮费多少", "72的亲", "-A"),
    ("Courier costs $48", "what does the courier cost?", "It takes two days.", "A"),
]


@pytest.mark.parametrize("case", NUMBERS, ids=str)
def test_numbers(case: Case) -> None:
    demand(case[3], verdicts(*case[:3]))


@pytest.mark.parametrize("case", DATES, ids=str)
def test_dates_and_times(case: Case) -> None:
    demand(case[3], verdicts(*case[:3]))


@pytest.mark.parametrize("case", ARITHMETIC, ids=str)
def test_what_follows_by_arithmetic(case: Case) -> None:
    demand(case[3], verdicts(*case[:3]))


@pytest.mark.parametrize("case", SIDES, ids=str)
def test_yes_and_no(case: Case) -> None:
    demand(case[3], verdicts(*case[:3]))


@pytest.mark.parametrize("case", CONDITIONS, ids=str)
def test_conditions_and_questions(case: Case) -> None:
    demand(case[3], verdicts(*case[:3]))


@pytest.mark.parametrize("case", LIMITS, ids=str)
def test_limits_in_facts(case: Case) -> None:
    demand(case[3], verdicts(*case[:3]))


@pytest.mark.parametrize("case", CLAIMS, ids=str)
def test_claims_that_need_a_fact(case: Case) -> None:
    demand(case[3], verdicts(*case[:3]))


@pytest.mark.parametrize("case", UNANSWERED, ids=str)
def test_questions_passed_over(case: Case) -> None:
    demand(case[3], verdicts(*case[:3]))


@pytest.mark.parametrize(
    ("authority", "reply", "expected"),
    [
        ({"refund_max": 30}, "给您退款50元", "B"),
        ({"refund_max": 30}, "给您退款30元", "-B"),
        ({"coupon_max": 10}, "送您一张20元优惠券", "B"),
        ({"coupon_max": 10}, "送您一张10元优惠券", "-B"),
        ({"discount_percent_max": 5}, "给您打九折", "B"),
        ({"discount_percent_max": 5}, "给您打九五折", "-B"),
        ({"refund_max": 30}, "I'll refund you $50", "B"),
        ({"refund_max": 30}, "50元退不了的", "-B"),
    ],
)
def test_authority_of_the_transcript(
    authority: dict[str, float], reply: str, expected: str
) -> None:
    demand(expected, verdicts("", "怎么赔", reply, Context(authority=authority)))


def _actions(*names: str) -> tuple[Message, ...]:
    return tuple(Message("action", name) for name in names)


@pytest.mark.parametrize(
    ("actions", "reply", "expected"),
    [
        ((), "已经给您退款了", "C"),
        (("issue_refund",), "已经给您退款了", "S -C"),
        (("look_up",), "已经给您退款了，注意查收", "C"),
        (("send_coupon",), "已经给您发了一张券", "S -C"),
        (("issue_refund",), "已经给您发了一张券", "C"),
        (("resend",), "刚给您补发了", "S -C"),
        ((), "I've just refunded you", "C"),
        ((), "等审核通过就给您退款", "-C"),
        ((), "还没给您退款", "-C"),
        (("change_address",), "地址已经改好了", "S -C"),
        ((), "地址已经改好了", "C"),
    ],
)
def test_actions_are_facts(actions: tuple[str, ...], reply: str, expected: str) -> None:
    demand(expected, verdicts("", "怎么样了", reply, Context(actions=_actions(*actions))))


def test_without_recorded_actions_nothing_is_said_about_them() -> None:
    assert "C" not in verdicts("", "退了吗", "已经给您退款了", Context(actions=None))


AT = datetime(2026, 3, 2, 12, tzinfo=UTC)


@pytest.mark.parametrize(
    ("fact", "expected"),
    [
        (Fact("单价69元", valid_to=date(2026, 2, 1)), "-C -S"),
        (Fact("单价69元", valid_from=date(2026, 4, 1)), "-C -S"),
        (Fact("单价69元", valid_from=date(2026, 3, 1), valid_to=date(2026, 3, 2)), "C"),
        (Fact("单价69元", scope={"shop": "果园旗舰店"}), "-C -S"),
        (Fact("单价69元", scope={"shop": "鲜果店"}), "C"),
        (Fact("单价69元", scope="鲜果店"), "C"),
    ],
)
def test_scope_and_time_of_facts(fact: Fact, expected: str) -> None:
    found = check("单价是99元", "单价多少", [fact], Context(at=AT, shop="鲜果店"))
    names = {name: letter for letter, name in VERDICTS.items()}
    demand(expected, {names[finding.verdict] for finding in found})


@pytest.mark.parametrize(
    ("market", "reply", "expected"),
    [
        ("CN", "特价商品不退不换的", "L"),
        ("CN", "签收了就视为认可质量", "L"),
        ("CN", "最终解释权归本店所有", "L"),
        ("CN", "质量问题退货运费也是您自理", "L"),
        ("CN", "拆封了就不能退了", "L"),
        ("CN", "好评返现5元", "L"),
        ("CN", "平台禁止好评返现", "-L"),
        ("CN", "签收不代表认可质量", "-L"),
        ("CN", "生鲜拆封后不支持无理由退货", "-L"),
        ("TW", "拆封就不能退喔", "L"),
        ("US", "特价商品不退不换的", "-L"),
        ("UK", "Sale items are non-returnable.", "L"),
        ("US", "Sale items are non-returnable.", "-L"),
    ],
)
def test_the_law_is_a_floor(market: str, reply: str, expected: str) -> None:
    language = "en" if reply.isascii() else "zh"
    demand(expected, verdicts("", "能退吗", reply, Context(market=market, language=language)))


def test_a_fact_below_the_law_supports_nothing() -> None:
    found = verdicts("特价商品不退不换", "能退吗", "特价商品不退不换的")
    assert "L" in found
    assert "S" not in found


def test_an_amount_of_the_customer_that_is_refused_is_not_the_agents() -> None:
    found = verdicts("破损每件赔10元", "赔我200元", "200元没办法，破损每件是赔10元的")
    assert "C" not in found
    assert "S" in found


def test_the_span_is_the_words_that_decide() -> None:
    reply = "您好，签收后72小时内都可以赔的"
    found = [
        f
        for f in check(reply, "多久", [Fact("签收48小时内坏果包赔")])
        if f.verdict == "contradicted"
    ]
    assert reply[found[0].start : found[0].end].strip() == "72小时"
    assert found[0].fact == "签收48小时内坏果包赔"


@settings(max_examples=60, deadline=None)
@given(
    st.text(max_size=300),
    st.text(max_size=120),
    st.lists(st.text(min_size=1, max_size=80), max_size=3),
)
def test_any_text_gets_an_answer(reply: str, customer: str, facts: list[str]) -> None:
    for finding in check(reply, customer, [Fact(text) for text in facts]):
        assert 0 <= finding.start <= finding.end <= len(reply)


@pytest.mark.parametrize(
    "unit", ["可以退", "最多 ", "3天", "，", "a, ", "不", " ", "满9", "if ", "1-"]
)
def test_a_very_long_reply_is_read_in_linear_time(unit: str) -> None:
    check(unit * (100_000 // len(unit)), "能退吗", [Fact("7天内可退")])
