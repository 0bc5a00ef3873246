"""One reply by itself: what it can be scored on, with the reasons quoted from it."""

from __future__ import annotations

import pytest

from grader.model import Model, load_model
from grader.one_reply import one_reply
from rubrics.load import load_rubric
from transcripts.types import Fact, Message, Transcript

pytestmark = pytest.mark.slow
RUBRIC = load_rubric("complaint")
FACTS = (
    Fact("订单 2231：丹东草莓 3 斤，实付 89 元", kind="order"),
    Fact("生鲜签收 24 小时内坏果包赔，按坏果比例赔，需要坏果和面单照片", kind="policy"),
)
WARM = "实在对不起，给孩子买的草莓，一打开就坏成这样，换谁都窝火。麻烦您拍一下坏果和面单"


@pytest.fixture(scope="module")
def model() -> Model:
    return load_model()


def talk(*said: tuple[str, str]) -> Transcript:
    messages = tuple(Message(role, text) for role, text in said)  # type: ignore[arg-type]
    return Transcript("t", messages, lang="zh", facts=FACTS)


ASKED = ("customer", "草莓刚打开就烂了一半！给孩子买的，现在怎么办？")


def test_a_warm_reply_is_good(model: Model) -> None:
    found = one_reply(talk(ASKED, ("agent", WARM)), RUBRIC, model)
    assert found.good
    assert found.weakest is None
    kinds = {one.kind: one for one in found.parts}
    assert set(kinds) == {"empathy", "accuracy", "sequence", "conduct"}
    assert kinds["sequence"].score == 100
    assert kinds["empathy"].score is not None
    assert kinds["empathy"].score >= 60


@pytest.mark.parametrize("text", ["亲，在的", "您自己没放好吧", "生鲜都会有损耗的，这个正常", "嗯"])
def test_a_bad_one_is_not_and_says_why(model: Model, text: str) -> None:
    found = one_reply(talk(ASKED, ("agent", text)), RUBRIC, model)
    assert not found.good
    assert found.weakest is not None
    for one in found.parts:
        for row in one.quoted:
            assert row.quote in text
            assert row.reason


def test_only_the_last_reply_counts(model: Model) -> None:
    before = (ASKED, ("agent", "您自己没放好吧"), ("customer", "你什么态度？我刚拆开！"))
    bad = one_reply(talk(ASKED, ("agent", "您自己没放好吧")), RUBRIC, model)
    found = one_reply(talk(*before, ("agent", WARM)), RUBRIC, model)
    assert bad.score is not None
    assert found.score is not None
    assert found.score > bad.score
    assert {one.kind: one.score for one in found.parts}["conduct"] == 100


def test_nothing_written_nothing_scored(model: Model) -> None:
    found = one_reply(talk(ASKED), RUBRIC, model)
    assert (found.score, found.good, found.parts) == (None, False, ())
    assert one_reply(talk(ASKED, ("agent", WARM)), RUBRIC, model).as_json()["good"] is True
