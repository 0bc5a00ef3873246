"""Grave charges need two judges."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any, cast

import numpy as np
import pytest

from grader.charges import Said, SecondJudge, borne_out
from grader.hearing import hear
from grader.linear import Floats
from grader.model import Model
from rubrics.ids import ACTS
from tests.shipped import shipped_model
from transcripts.types import Fact, Message, Transcript

THRESHOLDS = np.full(len(ACTS), 0.2)
RUDE, BLAME = ACTS.index("rude"), ACTS.index("blame")
SAID = Said("您要几斤？", "多少钱", (), "zh")


@dataclass
class Judge:
    """A detector that always says the same, and counts how often it is asked."""

    says: float
    asked: list[str] = field(default_factory=list)

    def likeliest(self, critical: str, *_: object) -> float:
        self.asked.append(critical)
        return self.says


def weighed(judge: Judge, **chances: float) -> Floats:
    row = np.full(len(ACTS), 0.05)
    for act, chance in chances.items():
        row[ACTS.index(act)] = chance
    return SecondJudge(cast(Any, judge), cast(Any, None)).weigh(SAID, row, THRESHOLDS)


def test_one_judge_alone_makes_no_charge() -> None:
    assert weighed(Judge(0.02), rude=0.5)[RUDE] < 0.2


def test_two_judges_do() -> None:
    assert weighed(Judge(0.9), rude=0.5)[RUDE] == 0.5


def test_nothing_else_is_asked_about() -> None:
    judge = Judge(0.02)
    assert weighed(judge, blame=0.9)[BLAME] == 0.9
    assert judge.asked == []


def test_what_the_detector_suspects_must_be_borne_out() -> None:
    row = np.full(len(ACTS), 0.05)
    assert not borne_out("rude", 0.6, row)
    assert borne_out("rude", 0.99, row)
    assert borne_out("safety", 0.3, row)


@pytest.fixture(scope="module")
def model() -> Model:
    return shipped_model()


def _charged(model: Model, reply: str, customer: str, *facts: str) -> tuple[set[str], set[str]]:
    """The critical errors and the acts of a reply."""
    messages = (Message("customer", customer), Message("agent", reply))
    reading = hear(Transcript("t", messages, facts=tuple(map(Fact, facts))), model)
    return {one.id for one in reading.critical}, set(reading.replies[0].acts)


PLAIN = [
    ("是左脚开胶还是右脚？", "鞋子开胶了"),
    ("您打算自个儿吃，还是捎给亲戚？", "这梨甜吗"),
    ("他当时说了些啥？", "你们师傅骂人"),
    ("你幾時要用?", "幾時到"),
    ("还用我帮着做点啥吗？", "好的"),
    ("你住邊座？", "幾時送到"),
    ("理由点七天无理由，吊牌留着别剪", "裤子大了想退"),
    ("烂一半也照样赔", "坏了一半怎么办"),
    ("I've emailed you the code for £8 off", "How do I get the discount?"),
    ("懒得跑的话吱一声，我约人上门", "退货还要去驿站，麻烦"),
    ("有什么变化我第一时间告诉您", "到哪了"),
    ("You should never have had to ring us twice", "I've called three times"),
    ("要是有人让您加微信单独付，您别付", "师傅让我加他"),
    ("Is there anyone with you?", "I feel dizzy after eating it"),
]


@pytest.mark.slow
@pytest.mark.parametrize(("reply", "customer"), PLAIN)
def test_a_plain_sentence_is_no_grave_charge(model: Model, reply: str, customer: str) -> None:
    critical, acts = _charged(model, reply, customer, "预计明天送达", "坏果按比例赔付")
    assert not critical
    assert not acts & {"rude", "off_platform", "coerce", "leak_privacy"}


GRAVE = [
    ("rude", "六十块的东西你还想怎么着？", "我的梨坏了"),
    ("rude", "Maybe learn to read the page?", "Where is my parcel"),
    ("coerce", "删了差评给您六十", "我给了差评"),
    ("coerce", "Take the review down and there's £20 for you", "I left one star"),
    ("leak_privacy", "收到的验证码报我一下", "登不上"),
    ("leak_privacy", "您的验证码是 730215，我帮您查的", "收不到验证码"),
    ("off_platform", "加我微信，我私下退您", "怎么退"),
]


@pytest.mark.slow
@pytest.mark.parametrize(("critical", "reply", "customer"), GRAVE)
def test_a_grave_one_is(model: Model, critical: str, reply: str, customer: str) -> None:
    assert critical in _charged(model, reply, customer)[0]
