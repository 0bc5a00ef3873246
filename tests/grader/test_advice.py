"""Advice quotes, is short and kind; a model reply is proven and names nothing from elsewhere."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from dataclasses import replace
from functools import cache
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from grader.advice import LONGEST, short
from grader.faults import named, placed, shows
from grader.grade import grade, judge
from grader.hearing import hear, rehear
from grader.model import Model
from grader.reading import Reading
from grader.scorecard import CriterionResult, Evidence
from grader.trouble import trouble
from grader.wording import say, table
from rubrics.load import load_rubric
from rubrics.schema import Rubric
from tests.shipped import shipped_model
from transcripts.canonical import parse
from transcripts.types import Transcript

ROOT = Path(__file__).parents[2]
ADVICE = sorted(key for key in table() if ".advice" in key)
REPLIES = sorted(key for key in table() if key.startswith("reply."))
EVERY = 24
"""Of the corpus' whole conversations each so-many-eth is graded twice."""

VERDICTS = re.compile(
    r"应该|必须|有待加强|不够|太差|不合格|粗心|不专业|不负责|懒|态度(?:差|不好|恶劣)|你(?:很|太|真)"
    r"|\b(?:should|must|poor|bad|careless|lazy|unprofessional|you failed)\b"
    r"|\byou (?:are|were) (?:too|not|so|very|always|never)\b",
    re.IGNORECASE,
)
SAID = re.compile(r'"[^"]*"')
VALUES = re.compile(
    r"\d+(?:[.,:]\d+)*|[一二两三四五六七八九十百千半几]+(?:元|块|毛|天|号|日|月|周|小时|分钟|点|折|成|倍|%)"
    r"|今天|明天|后天|昨天|今晚|上午|下午|中午|周[一二三四五六日天]|星期.|月底"
    r"|\b(?:today|tomorrow|yesterday|tonight|noon|morning|afternoon|evening|week|\w+day)\b",
    re.IGNORECASE,
)
PERSONS = re.compile(
    r"[赵钱孙李周吴郑王冯陈褚卫蒋沈韩杨朱秦许何吕张孔曹严华金魏陶姜][一-鿿]?(?:先生|女士|经理|师傅|姐|哥)"
    r"|孩子|宝宝|女儿|儿子|妈妈|爸爸|老人|爷爷|奶奶|外婆|外公|父母|老公|老婆"
    r"|\b(?:daughter|son|kids|child|baby|mum|mom|dad|mother|father|parents|wife|husband)\b"
    r"|\b(?:Mr|Mrs|Ms)\.? \w+"
)


@pytest.mark.parametrize("key", ADVICE)
def test_templates_point_to_a_sentence_without_a_verdict(key: str) -> None:
    for lang, text in table()[key].items():
        assert "{at}" in text, "the sentence that it is about is quoted"
        assert not VERDICTS.search(text)
        # `第 12 句` and a quote of at least eight characters have room beside it.
        assert len(text) - len("{at}") <= (44 if lang == "zh" else 105)


@pytest.mark.parametrize("key", ADVICE)
def test_staff_are_ni_and_customers_nin(key: str) -> None:
    text = table()[key]["zh"]
    # 您 is what is said to the customer, so it stands in the words to say only.
    assert "您" not in SAID.sub("", text)
    assert "你" not in "".join(SAID.findall(text))


@pytest.mark.parametrize("key", REPLIES)
def test_sentences_of_model_replies_name_nothing(key: str) -> None:
    for text in table()[key].values():
        assert not VALUES.search(text)
        assert not PERSONS.search(text)
        assert "你" not in text


@given(text=st.text(min_size=1), most=st.integers(1, 40), lang=st.sampled_from(["zh", "en"]))
def test_quotes_are_verbatim_and_short(text: str, most: int, lang: str) -> None:
    quote = short(text, most, "en" if lang == "en" else "zh")
    assert quote in text
    assert len(quote) <= most
    assert not set(quote) & set('\n「」"')


@pytest.mark.parametrize(
    ("text", "most", "quote"),
    [
        ("亲亲，请您耐心等待，会尽快为您处理的哦~", 14, "亲亲，请您耐心等待"),
        ("随便您。", 14, "随便您"),
        ("您在订单页点「申请换货」", 14, "您在订单页点"),
        ("这边已经帮您加急反馈了呢", 5, "这边已经帮"),
    ],
)
def test_a_quote_ends_where_a_clause_does(text: str, most: int, quote: str) -> None:
    assert short(text, most, "zh") == quote


@cache
def model() -> Model:
    return shipped_model()


@cache
def rubric() -> Rubric:
    return load_rubric("general")


def conversation(*messages: tuple[str, str], **given: object) -> Transcript:
    rows = [{"role": role, "text": text} for role, text in messages]
    return parse({"id": "t", "messages": rows, **given})


def conversations() -> list[Transcript]:
    samples = (ROOT / "kefu/samples/transcripts.jsonl").read_text(encoding="utf-8").splitlines()
    corpus = (ROOT / "grader/corpus/conversations.jsonl").read_text(encoding="utf-8").splitlines()
    return [parse(json.loads(line)) for line in [*samples, *corpus[::EVERY]]]


@cache
def graded() -> list[tuple[Transcript, dict[str, CriterionResult]]]:
    return [(one, dict(grade(one, rubric(), model()).criteria)) for one in conversations()]


def advised() -> Iterator[tuple[Transcript, str, CriterionResult]]:
    for transcript, results in graded():
        for name, result in results.items():
            if result.advice is not None:
                yield transcript, name, result


def english(transcript: Transcript) -> bool:
    return transcript.lang == "en"


@pytest.mark.slow
def test_advice_is_short_and_quotes_the_message_it_names() -> None:
    for transcript, name, result in advised():
        advice = result.advice or ""
        assert len(advice) <= LONGEST["en" if english(transcript) else "zh"], (name, advice)
        found = re.search(r'第 (\d+) 句「(.+?)」|Message (\d+) \("(.+?)"\)', advice)
        if found:
            number = int(found.group(1) or found.group(3))
            quote = found.group(2) or found.group(4)
            assert quote in transcript.messages[number - 1].text


@pytest.mark.slow
def test_what_is_good_needs_no_advice() -> None:
    for _, results in graded():
        for result in results.values():
            if result.score is None or result.score >= 90:
                assert result.advice is None
                assert result.model_reply is None


def with_reply(transcript: Transcript, message: int, text: str) -> Transcript:
    """The transcript in which the reply at (or before) a message is `text`."""
    runs = [one.reply for one in hear(transcript, model()).replies]
    run = [one for one in runs if one.message <= message][-1]
    messages = [
        replace(one, text=text) if index == run.message else one
        for index, one in enumerate(transcript.messages)
        if index not in run.messages[1:]
    ]
    return replace(transcript, messages=tuple(messages))


@pytest.mark.slow
def test_every_model_reply_raises_its_criterion_and_lowers_no_other() -> None:
    shown = 0
    for transcript, name, result in advised():
        if result.model_reply is None:
            continue
        shown += 1
        number = re.search(r"第 (\d+) 句|Message (\d+)", result.advice or "")
        assert number is not None
        message = int(number.group(1) or number.group(2)) - 1
        before = dict(next(r for t, r in graded() if t is transcript))
        after = grade(
            with_reply(transcript, message, result.model_reply), rubric(), model()
        ).criteria
        for other, one in before.items():
            if one.score is None:
                continue
            score = after[other].score
            assert score is not None, (transcript.id, name, other)
            least = one.score + 0.9 if other == name else one.score - 0.05
            assert score >= least, (transcript.id, name, other, one.score, score)
    assert shown >= 3


def test_model_replies_name_only_what_this_conversation_does() -> None:
    for transcript, _, result in advised():
        known = "\n".join(
            [message.text for message in transcript.messages]
            + [fact.text for fact in transcript.facts]
        )
        said = result.model_reply or ""
        foreign = [m.group() for p in (VALUES, PERSONS) for m in p.finditer(said)]
        assert [value for value in foreign if value.lower() not in known.lower()] == []


def test_the_same_conversation_gets_the_same_advice() -> None:
    transcript, results = graded()[1]
    assert dict(grade(transcript, rubric(), model()).criteria) == results


def scores(reading: Reading) -> dict[str, float | None]:
    return {name: one.score for name, one in judge(reading, rubric(), model()).items()}


@pytest.mark.slow
def test_rehearing_is_hearing_the_changed_conversation() -> None:
    text = "等了这么久还没到，换我也着急，真的抱歉。我现在就去催件，查到主动来找您。"
    for transcript in conversations()[:4]:
        reading = hear(transcript, model())
        for number, heard in enumerate(reading.replies):
            short_way = rehear(reading, model(), number, text)
            long_way = hear(with_reply(transcript, heard.reply.message, text), model())
            assert [h.acts for h in short_way.replies] == [h.acts for h in long_way.replies]
            assert [h.reply for h in short_way.replies] == [h.reply for h in long_way.replies]
            expected = {k: v and pytest.approx(v, abs=0.05) for k, v in scores(long_way).items()}
            assert scores(short_way) == expected


def test_trouble_is_told_in_the_customers_words() -> None:
    reading = hear(
        conversation(
            ("customer", "给女儿买的蛋糕盒全压扁了，催了三次没人理 [图片]"),
            ("agent", "亲，会尽快处理"),
        ),
        model(),
    )
    told = trouble(reading, 1)
    assert (told.kind, told.meant, told.word) == ("damaged", "person", "女儿")
    assert told.wait == "催了三次"
    assert told.passed_over
    assert told.pictured


def test_a_trouble_nobody_told_of_is_none() -> None:
    reading = hear(conversation(("customer", "有红色吗"), ("agent", "有的")), model())
    told = trouble(reading, 1)
    assert (told.kind, told.named, told.meant) == ("other", False, "")


def test_what_is_missing_is_missed_where_it_could_have_stood() -> None:
    reading = hear(
        conversation(
            ("customer", "东西坏了"),
            ("agent", "很抱歉，麻烦拍张图"),
            ("customer", "[图片]"),
            ("agent", "图片看到了，盒子是破的"),
        ),
        model(),
    )
    first = Evidence(1, "", 0.0, "")
    assert placed(reading, "sequence.advice_no_resolve", first) == 3
    assert placed(reading, "sequence.advice_no_apologise", first) == 1


def test_a_question_that_nobody_answered_is_named_so() -> None:
    reading = hear(conversation(("customer", "什么时候发货？"), ("agent", "今天")), model())
    asked = Evidence(0, "什么时候发货？", 0.0, "")
    fault = named(reading, "timeliness.advice_longest_gap", asked)
    assert fault == "timeliness.advice_unanswered"
    assert shows(reading, fault, asked)
    assert "什么时候发货" in say("zh", fault, at="第 1 句「什么时候发货」")
