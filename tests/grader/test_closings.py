"""What a customer says to end a matter, and pictures that answer a request for one."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from grader.closings import closes, only_pictures
from grader.evasion import asked_in_vain
from grader.facts.compare import check
from grader.hearing import hear
from grader.model import Model
from grader.mood import INTENTS, is_open
from grader.outcome import signs
from transcripts.types import Fact, Message, Transcript

CLOSING = [
    "知道了",
    "好的知道了",
    "那行吧",
    "好，等你消息",
    "好的那我等你回复",
    "嗯嗯，收到",
    "明白了，谢谢",
    "行，先这样",
    "那就先这样吧",
    "没事了",
    "没有了，谢谢",
    "没别的了",
    "暂时没有了",
    "好嘞，辛苦了",
    "OK的",
    "ok 谢谢",
    "了解",
    "行吧，我等通知",
    "不用了，谢谢",
    "没问题了",
    "好的好的",
    "麻烦您了",
    "可以了，谢谢哈",
    "再见",
    "拜拜～",
    "嗯好",
    "好的 知道了 谢谢",
    "懂了",
    "晓得了",
    "哦哦，好",
    "👌好的",
    "谢谢[玫瑰]",
    "好吧，那我等着",
    "收到！",
    "没什么了",
    "瞭解",
    "好喔，謝謝",
    "知道了，麻煩您",
    "沒事了",
    "沒有其他問題了",
    "好的，等您通知",
    "了解，感謝",
    "那就這樣吧",
    "冇嘢喇",
    "冇嘢啦唔該",
    "唔該晒",
    "得喇",
    "得啦，多謝晒",
    "知道喇",
    "冇問題喇",
    "好嘅，唔該",
    "明白晒",
    "唔使喇",
    "收到喇",
    "Nope, all good.",
    "ok got it",
    "Okay, I'll wait to hear from you",
    "That's all, cheers",
    "no that's it",
    "Great, thanks!",
    "thank you so much",
    "Alright then",
    "All good, bye",
    "Noted, thanks",
    "I'm all set",
    "No, nothing else, thank you",
    "fine, I'll wait",
    "Understood.",
    "ok thanks, have a nice day",
    "Will do, cheers",
    "Sure, I'll wait for your email",
]
OPEN = [
    "知道了，那什么时候到？",
    "好的，那退款呢",
    "那行吧，不过你们得快点发",
    "好，等你消息，今天必须给我",
    "收到了，坏了两个",
    "没有",
    "没有收到",
    "谢谢，还有个问题",
    "不行",
    "没了一件",
    "好的吗",
    "嗯？",
    "知道了有什么用",
    "谢谢你们把我坑了",
    "沒有收到貨",
    "好，幾時寄",
    "冇嘢用到",
    "唔該快啲",
    "得唔得呀",
    "收唔到貨",
    "多謝，但係個盒爛咗",
    "No.",
    "nope",
    "ok but when?",
    "thanks for nothing",
    "All good except the lid",
    "fine, then refund me",
    "I'll wait but it's the third time",
    "no it hasn't arrived",
    "great, another delay",
    "",
]
PICTURES = [
    "[图片]",
    "[圖片]",
    "[image]",
    "[图片][图片]",
    "[照片] ",
    "[图片] 你看",
    "[视频]",
    "[photo] here you go",
    "[圖片] 在這裡",
    "【图片】",
    "[截图]",
    "[IMAGE]\n[IMAGE]",
]
WORDS = [
    "[图片] 全烂了",
    "图片发了三遍了",
    "[链接]",
    "你看",
    "[图片] 怎么办",
    "[image] it is broken",
    "",
    "[玫瑰]",
]


@pytest.mark.parametrize("text", CLOSING)
def test_a_closing(text: str) -> None:
    assert closes(text)
    # Whatever the head hears in it.
    assert not is_open(text, np.zeros(len(INTENTS)))


@pytest.mark.parametrize("text", OPEN)
def test_no_closing(text: str) -> None:
    assert not closes(text)


@pytest.mark.parametrize("text", PICTURES)
def test_nothing_but_pictures(text: str) -> None:
    assert only_pictures(text)


@pytest.mark.parametrize("text", WORDS)
def test_more_than_pictures(text: str) -> None:
    assert not only_pictures(text)


@given(st.text(max_size=300))
def test_any_text_is_read(text: str) -> None:
    assert closes(text) in (True, False)
    assert only_pictures(text) in (True, False)


@pytest.mark.parametrize(
    "text", ["好的，可以了", "没什么了，谢谢", "ok will do", "知道了，等你消息", "冇嘢喇唔該"]
)
def test_a_closing_asks_nothing_of_the_facts(text: str) -> None:
    found = check("不客气，祝您生活愉快", text, [Fact("退款1-3个工作日到账")])
    assert "unanswered" not in {finding.verdict for finding in found}


START = datetime(2026, 3, 2, 10, tzinfo=UTC)


def _chat(*said: tuple[str, str]) -> Transcript:
    messages = tuple(
        Message("agent" if role == "a" else "customer", text, at=START + timedelta(seconds=20 * n))
        for n, (role, text) in enumerate(said)
    )
    return Transcript(id="t", messages=messages)


@pytest.mark.slow
@pytest.mark.parametrize("picture", ["[图片]", "[圖片]", "[image]", "[图片][图片]"])
def test_a_picture_that_was_asked_for_is_no_chasing(model: Model, picture: str) -> None:
    reading = hear(
        _chat(
            ("c", "请问这款杯盖和我的杯子配吗"),
            ("a", "麻烦您拍一张杯口的照片给我看看"),
            ("c", picture),
            ("a", "看到了，还麻烦再拍一下杯底的型号"),
            ("c", picture),
            ("a", "配的，这款可以用"),
            ("c", "好的知道了"),
        ),
        model,
    )
    told = {sign.name: sign.value for sign in signs(reading)}
    assert told["chased"] == 0
    assert asked_in_vain(reading)[0] == 0
    assert max(heard.emotion for heard in reading.customer) < 1.5
    assert [heard.open for heard in reading.customer] == [True, True, True, False]


@pytest.mark.slow
@pytest.mark.parametrize("end", ["知道了", "Nope, all good.", "那行吧", "冇嘢喇", "好，等你消息"])
def test_a_closing_leaves_nobody_waiting(model: Model, end: str) -> None:
    chat = _chat(
        ("c", "我的退款几号到账"),
        ("a", "1-3 个工作日原路退回，请您留意账户"),
        ("c", end),
        ("c", "嗯嗯，收到"),
    )
    told = {sign.name: sign.value for sign in signs(hear(chat, model))}
    assert told["left_open"] == 0
    assert told["satisfied"] > 0
