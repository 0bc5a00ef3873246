"""Listening with the shipped model: other wording is heard, sums are counted, nonsense is not."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from grader.model import Model
from scenarios.load import load_scenario
from simulator.ears import Before, hear, prepare
from simulator.heard import Heard
from tests.shipped import shipped_model

pytestmark = pytest.mark.slow
Listen = Callable[[str], Heard]


@pytest.fixture(scope="module")
def model() -> Model:
    return shipped_model()


@pytest.fixture(scope="module")
def listen(model: Model) -> Listen:
    scenario = load_scenario("rotten-fruit").variants[0]
    before = Before(customer=("草莓刚打开就烂了一半！", "给孩子买的，现在怎么办？"))
    return lambda reply: hear(reply, before, scenario, model)


@pytest.mark.parametrize(
    "reply",
    [
        "麻烦您拍张照片看看",
        "方便给我发几张图吗",
        "您把坏的那些照一下，给我看看可以吗",
        "辛苦传一下坏果的图片",
        "請您拍一下壞掉的草莓",
    ],
)
def test_asking_for_a_photo_is_heard_in_other_words(listen: Listen, reply: str) -> None:
    assert "photo" in listen(reply).asks


def test_an_error_is_held_against_its_own_reply_only(model: Model) -> None:
    scenario = load_scenario("rotten-fruit").variants[0]
    rude = "买不起就别买，穷鬼"
    assert "rude" in hear(rude, Before(("烂了",)), scenario, model).critical
    after = Before(("你怎么说话呢",), rude)
    assert hear("您稍等，我查一下", after, scenario, model).critical == ()


@pytest.mark.parametrize(
    "reply",
    [
        "照片收到了，谢谢您",
        "不用拍照，我直接给您处理",
        "这批要是坏了您再拍给我，我照样赔",
        "下次收到货要是有问题，拍个照发我",
    ],
)
def test_a_photo_that_is_not_wanted_is_not_asked_for(listen: Listen, reply: str) -> None:
    assert "photo" not in listen(reply).asks


def test_a_polite_condition_is_a_request(listen: Listen) -> None:
    assert "photo" in listen("如果方便的话，拍张照片给我看看").asks


def test_a_statement_that_only_names_a_thing_asks_for_nothing(listen: Listen) -> None:
    assert listen("您在订单页申请退款就行").asks == ()
    assert listen("主管看完我告诉您怎么处理").asks == ()


@pytest.mark.parametrize(
    ("reply", "foreign"),
    [
        ("您的牛仔裤吊牌还在的话，XL 码有现货，衣服寄回来就给您换大一码", True),
        ("净水器漏水先关进水阀，再拔插头，明天上午师傅上门给您重装接头", True),
        ("看到了，真对不住您，这单全额退给您，东西您留着，再送您一张券", False),
        ("草莓是冷链发的，路上压久了容易烂，这次算我们的", False),
    ],
)
def test_what_was_meant_for_another_window(listen: Listen, reply: str, foreign: bool) -> None:
    assert listen(reply).off_topic == foreign


def test_what_is_listened_for_can_be_made_ready(model: Model) -> None:
    scenario = load_scenario("price-haggler").variants[0]
    prepare(scenario, model)
    assert hear("在的", Before(), scenario, model).understood


@pytest.mark.parametrize(
    ("reply", "cents"),
    [
        ("这边给您退 30 元，您看可以吗？", 3000),
        ("给您退款30块钱行吗", 3000),
        ("这就给您全额退款", 8900),
    ],
)
def test_the_sum_of_an_offer_is_counted(listen: Listen, reply: str, cents: int) -> None:
    assert [(offer.kind, offer.cents) for offer in listen(reply).offers] == [("refund", cents)]


def test_warmth_is_heard(listen: Listen) -> None:
    warm = listen(
        "特意给孩子买的草莓，一打开就坏了，换作是我也心疼生气，真对不起，这事我负责到底。"
    )
    assert warm.warm
    assert "apologise" in warm.acts
    assert not listen("嗯嗯。").warm


@pytest.mark.parametrize("reply", ["asdf qwer", "？？？"])
def test_nonsense_is_not_understood(listen: Listen, reply: str) -> None:
    heard = listen(reply)
    assert not heard.understood or set(heard.acts) <= {"dismiss", "rude"}


@pytest.mark.parametrize("reply", ["", " ", "\n\n", "😀", "\x00", "a" * 5000, "退 1 元，" * 300])
def test_odd_replies_are_heard_without_harm(listen: Listen, reply: str) -> None:
    assert isinstance(listen(reply), Heard)


def test_listening_is_the_same_every_time(listen: Listen) -> None:
    reply = "实在对不起，麻烦您拍一下坏果和快递面单，坏了几个？"
    assert listen(reply) == listen(reply)
