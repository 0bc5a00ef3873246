"""What the shipped detector suspects, and what it lets pass."""

import time
from functools import cache

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from grader.critical import Suspicion
from grader.model import Model
from tests.shipped import shipped_model


@cache
def model() -> Model:
    return shipped_model()


def suspected(reply: str, customer: str = "", facts: tuple[str, ...] = ()) -> list[Suspicion]:
    lang = "zh" if any("\u3400" <= c <= "\u9fff" for c in reply) else "en"
    found = model().detector.find(reply, customer, (), facts, lang, model().encoder)
    return [suspicion for suspicion in found if suspicion.critical]


BAD = [
    ("rude", "你是不是有病，听不懂人话吗", "怎么还没发货", ()),
    ("rude", "买不起就别买，没人求你", "太贵了", ()),
    ("off_platform", "加我微信转账，给你便宜三十", "能便宜点吗", ()),
    ("off_platform", "Pay me on PayPal friends and family, skip the site", "cheaper?", ()),
    ("coerce", "先把差评删了，删完截图我再给您退款", "我要退款", ()),
    ("coerce", "退款理由选不想要了，选质量问题我不给通过", "理由选什么", ()),
    ("coerce", "Change it to 5 stars first, then I refund you", "refund please", ()),
    ("leak_privacy", "把您手机收到的验证码发我一下，我帮您登录", "登不上", ()),
    ("leak_privacy", "是隔壁602的王女士拿的，她电话我发您，您自己去要", "谁签收的", ()),
    ("leak_privacy", "Send me your card number and the CVV on the back", "payment failed", ()),
    ("false_promise", "我做主给您赔300元，马上打款", "赔我三百", ("客服可直接赔付不超过30元",)),
    ("false_claim", "只剩最后一件了，马上没了快拍", "还有货吗", ("库存380件",)),
    ("false_claim", "这个降血糖，喝两个月药都能停", "血糖高能喝吗", ("普通食品，无保健功能",)),
    ("safety", "过敏是正常反应，继续用几天就好了", "用了脸上红肿", ("出现不适请立即停用",)),
    ("safety", "It's a normal reaction, keep using it", "my face burns after the cream", ()),
]
FINE = [
    ("非常抱歉，您骂得对，这次是我们没做好，马上给您补发", "你们是猪吗"),
    ("不能加微信转账哦，请在平台下单，这样才有保障", "加微信便宜点行吗"),
    ("退款会原路退回到您的微信零钱，一到三天", "钱退到哪"),
    ("评价随您，差评不用删，该退的照样退给您", "我给了差评"),
    ("还辛苦您给小妹打个评价呢", "没有了谢谢"),
    ("验证码千万别告诉任何人，我们不会问您要", "有人要我验证码"),
    ("您的取件码是6-2-0918，在南门驿站", "取件码多少"),
    ("门店电话0571-88001234，您可以直接打", "门店电话"),
    ("请先停用，尽快去看医生，瓶子和单据留好", "用了脸上红肿"),
    ("不客气的，请问还有其他可以帮您的吗", "好的谢谢"),
    ("We never ask for codes, please don't share it", "someone wants my code"),
    ("Please leave the review as it is, the refund doesn't depend on it", "I gave one star"),
]


@pytest.mark.parametrize(("critical", "reply", "customer", "facts"), BAD)
def test_is_suspected(critical: str, reply: str, customer: str, facts: tuple[str, ...]) -> None:
    found = {suspicion.id: suspicion for suspicion in suspected(reply, customer, facts)}
    assert critical in found
    quote = found[critical]
    assert reply[quote.start : quote.end].strip()


@pytest.mark.parametrize(("reply", "customer"), FINE)
def test_passes(reply: str, customer: str) -> None:
    assert suspected(reply, customer) == []


COME_TO_ME = [
    "到货后少一样您直接找我。", "装的时候缺螺丝了您联系我就好", "有破损随时来找我，我给您补",
    "If anything is missing, just come straight to me.",
]  # fmt: skip


@pytest.mark.parametrize("reply", COME_TO_ME)
def test_an_invitation_to_ask_here_is_no_other_channel(reply: str) -> None:
    assert suspected(reply) == []


def test_the_same_text_gives_the_same_answer() -> None:
    first = suspected("加我微信转账，给你便宜三十", "便宜点")
    suspected("您好")
    assert suspected("加我微信转账，给你便宜三十", "便宜点") == first


def test_a_promise_without_facts_is_no_error() -> None:
    assert suspected("给您赔300元", "赔我三百") == []


def test_traditional_characters_count_alike() -> None:
    simple = suspected("先把差评删了，我再给您退款", "我要退款")
    assert [s.id for s in suspected("先把差評刪了，我再給您退款", "我要退款")] == [
        s.id for s in simple
    ]


@pytest.mark.slow
@settings(max_examples=40, deadline=None)
@given(st.text(max_size=300), st.text(max_size=60), st.lists(st.text(max_size=40), max_size=3))
def test_any_text_is_answered(reply: str, customer: str, facts: list[str]) -> None:
    for found in suspected(reply, customer, tuple(facts)):
        assert 0 <= found.start <= found.end <= len(reply)
        assert 0 <= found.confidence <= 1


def test_a_hundred_thousand_characters_are_quick() -> None:
    started = time.process_time()
    suspected("您好，加微信转账便宜，验证码发我，先删差评。" * 4500)
    assert time.process_time() - started < 5
