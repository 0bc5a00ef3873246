"""The arithmetic of speed. Each conversation is a list of (role, seconds since 10:00:00, text)."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from grader.reading import Clause, HeardCustomer, HeardReply, Reading
from grader.timeliness import score, spoken
from grader.waits import automatic_messages, open_seconds, waits
from rubrics.schema import Text, TimelinessSpec
from rubrics.times import Automatic, Hours, Late, QuickRate, Slow, Wait
from transcripts.types import ROLES, Message, Role, Transcript, replies

START = datetime(2026, 3, 2, 10, 0, 0, tzinfo=UTC)
NAME = Text(zh="时效", en="Timeliness")

Said = tuple[Role, float | None, str]


def heard(said: list[Said], closing: tuple[int, ...] = (), emotion: float = 1.0) -> Reading:
    """A reading in which 在的 greets, 稍等 holds and anything else answers."""
    messages = tuple(
        Message(role, text, None if at is None else START + timedelta(seconds=at))
        for role, at, text in said
    )
    transcript = Transcript("t", messages, lang="zh")
    found = []
    for reply in replies(transcript):
        clauses = []
        for i in reply.messages:
            text = messages[i].text
            act = {"在的": "greet", "稍等": "hold", "谢谢": "thank"}.get(text, "give_info")
            clauses.append(Clause(i, 0, len(text), text, (act,), {}))
        acts = tuple(clause.acts[0] for clause in clauses)
        found.append(
            HeardReply(reply, tuple(clauses), acts, 1, None, None, (), "give_info" in acts)
        )
    customer = tuple(
        HeardCustomer(i, emotion, i not in closing)
        for i, message in enumerate(messages)
        if message.role == "customer"
    )
    return Reading(transcript, "zh", tuple(found), customer, (), ())


def spec(**values: object) -> TimelinessSpec:
    """A spec with nothing but what is given."""
    bare: dict[str, object] = dict.fromkeys(
        ("first_response", "first_substantive", "longest_gap", "average", "quick_rate", "rounds",
         "complaint", "slow", "late_answer", "unanswered"),
    )  # fmt: skip
    return TimelinessSpec.model_validate(
        {"kind": "timeliness", "weight": 1, "name": NAME, "description": NAME, **bare, **values}
    )


USUAL = TimelinessSpec(kind="timeliness", weight=1, name=NAME, description=NAME)


def value(reading: Reading, of: TimelinessSpec) -> float:
    judgement = score(reading, of)
    assert judgement.score is not None
    assert sum(e.points for e in judgement.evidence) == pytest.approx(judgement.score, abs=1e-9)
    for item in judgement.evidence:
        assert item.quote in reading.transcript.messages[item.message].text
    return judgement.score


def test_prompt_and_real_is_full_marks() -> None:
    assert value(heard([("customer", 0, "有货吗"), ("agent", 12, "有货，今天发")]), USUAL) == 100.0


@pytest.mark.parametrize(
    ("seconds", "points"),
    [
        (30, 100.0),  # up to `good`
        (105, 50.0),  # (180 − 105) / (180 − 30) = 0.5
        (165, 10.0),  # (180 − 165) / 150 = 0.1
        (180, 0.0),  # from `bad`
    ],
)
def test_a_wait_earns_its_share(seconds: float, points: float) -> None:
    reading = heard([("customer", 0, "有货吗"), ("agent", seconds, "有货")])
    only = spec(first_response=Wait(good=30, bad=180, weight=7))
    assert value(reading, only) == points


def test_weights_share_out_the_points() -> None:
    # 在的 after 10 s: first response full, 1/4 of 100 = 25
    # answer after 180 s: (300 − 180) / (300 − 60) = 0.5 of 3/4 of 100 = 37.5
    reading = heard([("customer", 0, "有货吗"), ("agent", 10, "在的"), ("agent", 180, "有货")])
    both = spec(
        first_response=Wait(good=30, bad=180, weight=10),
        first_substantive=Wait(good=60, bad=300, weight=30),
    )
    judgement = score(reading, both)
    assert [e.points for e in judgement.evidence] == [25.0, 37.5]
    assert [e.message for e in judgement.evidence] == [1, 2]
    assert judgement.score == 62.5
    assert list(judgement.faults) == ["timeliness.advice_first_substantive"]


def test_a_reflex_greeting_with_the_answer_nine_minutes_later_does_not_pass() -> None:
    reading = heard([("customer", 0, "草莓烂了"), ("agent", 2, "在的"), ("agent", 540, "给您补发")])
    assert value(reading, USUAL) < 60
    # Even where every other limit is met by the greeting, the cap holds.
    greeting_only = spec(
        first_response=Wait(good=30, bad=180, weight=1), late_answer=Late(over=300, cap=55)
    )
    assert value(reading, greeting_only) == 55.0


def test_a_greeting_and_then_silence_does_not_pass() -> None:
    reading = heard([("customer", 0, "草莓烂了"), ("agent", 2, "在的"), ("customer", 90, "人呢")])
    judgement = score(reading, USUAL)
    assert judgement.score is not None
    assert judgement.score <= 30
    assert judgement.evidence[-1].points <= 0


def test_holding_the_line_at_every_turn_is_no_answer() -> None:
    said: list[Said] = []
    for turn in range(5):
        said += [("customer", turn * 60, "到哪了"), ("agent", turn * 60 + 5, "稍等")]
    assert value(heard(said), USUAL) <= 30


def test_the_longest_gap_lies_inside_a_reply_too() -> None:
    reading = heard(
        [
            ("customer", 0, "到哪了"),
            ("agent", 5, "稍等"),
            ("customer", 200, "?"),
            ("agent", 365, "到了"),
        ]
    )
    # from 稍等 at 5 s to 到了 at 365 s = 360 s, whatever the customer says between:
    # (600 − 360) / (600 − 120) = 0.5
    assert value(reading, spec(longest_gap=Wait(good=120, bad=600, weight=1))) == 50.0


def test_a_promised_call_back_is_no_gap() -> None:
    reading = heard(
        [("customer", 0, "到哪了"), ("agent", 5, "明早给您回"), ("agent", 36_000, "已经到站了")]
    )
    assert value(reading, USUAL) == 100.0


def test_average_and_quick_rate() -> None:
    reading = heard(
        [("customer", 0, "a?"), ("agent", 10, "甲"), ("customer", 100, "b?"), ("agent", 190, "乙")]
    )
    # mean of 10 and 90 is 50: (240 − 50) / (240 − 40) = 0.95
    assert value(reading, spec(average=Wait(good=40, bad=240, weight=1))) == 95.0
    # one of two within 30 s is 0.5 of a target of 0.8
    assert value(reading, spec(quick_rate=QuickRate(weight=1))) == 62.5


def test_slow_replies_lose_points_up_to_a_most() -> None:
    said: list[Said] = []
    for turn in range(4):
        said += [("customer", turn * 1000, "问"), ("agent", turn * 1000 + 130, "答")]
    only = spec(
        first_response=Wait(good=200, bad=300, weight=1), slow=Slow(over=120, points=5, most=12)
    )
    # 100 − 5 − 5 − 2, the fourth costs nothing more
    assert value(heard(said), only) == 88.0


def test_a_complaint_is_taken_up_from_the_first_sign_of_trouble() -> None:
    said: list[Said] = [("customer", 0, "草莓烂了一半"), ("agent", 600, "拍一下坏果")]
    only = spec(complaint=Wait(good=300, bad=900, weight=1))
    assert value(heard(said, emotion=3), only) == 50.0  # (900 − 600) / 600
    assert score(heard(said, emotion=1), only).score is None


@pytest.mark.parametrize(("wait", "most"), [(1800, 100.0), (1801, 30.0)])
def test_half_an_hour_unanswered_is_serious(wait: float, most: float) -> None:
    said: list[Said] = [
        ("customer", 0, "问"), ("agent", 10, "答"),
        ("customer", 60, "再问"), ("agent", 60 + wait, "答"),
    ]  # fmt: skip
    only = spec(first_response=Wait(good=30, bad=180, weight=1), unanswered=Late(over=1800, cap=30))
    assert value(heard(said), only) == most


def test_a_closing_message_with_nothing_open_is_not_unanswered() -> None:
    said: list[Said] = [("customer", 0, "有货吗"), ("agent", 5, "有"), ("customer", 20, "好的谢谢")]
    assert value(heard(said, closing=(2,)), USUAL) == 100.0
    assert value(heard(said), USUAL) < 100.0


@pytest.mark.parametrize(
    "said",
    [
        [("customer", None, "有货吗"), ("agent", None, "有")],
        [("customer", 60, "有货吗"), ("agent", 0, "有")],
        [("agent", 0, "在的"), ("agent", 60, "有新品")],
        [],
    ],
    ids=["no times", "times run backwards", "nobody asked", "empty"],
)
def test_not_scored(said: list[Said]) -> None:
    judgement = score(heard(said), USUAL)
    assert judgement.score is None
    assert judgement.why


def test_only_a_customer_who_is_never_answered() -> None:
    assert value(heard([("customer", 0, "在吗"), ("customer", 3600, "人呢")]), USUAL) == 0.0


def test_automatic_replies_by_role_tag_and_reflex() -> None:
    reading = heard(
        [
            ("customer", 0, "在吗"),
            ("bot", 1, "欢迎光临"),
            ("agent", 2, "[自动回复] 稍后为您服务"),
            ("agent", 3, "【自动回复】稍后为您服务"),
            ("customer", 10, "有货吗"),
            ("agent", 11, "亲，马上来"),
            ("customer", 20, "人呢"),
            ("agent", 21, "亲，马上来"),
            ("agent", 40, "有货"),
        ]
    )
    assert automatic_messages(reading, Automatic()) == {1, 2, 3, 5, 7}
    # first human message: 有货 at 40 s
    assert [
        w.seconds for w in waits(reading, automatic_messages(reading, Automatic())).replies
    ] == [40]


def test_the_same_text_at_human_speed_is_not_automatic() -> None:
    said: list[Said] = [
        ("customer", 0, "在吗"), ("agent", 9, "在的"),
        ("customer", 20, "在吗"), ("agent", 30, "在的"),
    ]  # fmt: skip
    assert automatic_messages(heard(said), Automatic()) == frozenset()


def test_business_hours() -> None:
    hours = Hours(open="09:00", close="21:00", days=(1, 2, 3, 4, 5))
    friday = datetime(2026, 3, 6, 20, 0, tzinfo=UTC)
    monday = datetime(2026, 3, 9, 9, 30, tzinfo=UTC)
    # Friday 20:00–21:00 and Monday 09:00–09:30
    assert open_seconds(friday, monday, hours) == 3600 + 1800
    # two weeks more are ten working days of 12 h
    assert open_seconds(friday, monday + timedelta(weeks=2), hours) == 5400 + 10 * 12 * 3600
    assert open_seconds(monday, friday, hours) == 0
    night = heard([("customer", 11.5 * 3600, "在吗"), ("agent", 23 * 3600 + 20, "有货")])
    # asked 21:30, answered 09:00:20 next day: 20 s of business time
    only = spec(first_response=Wait(good=30, bad=180, weight=1), hours=hours)
    assert value(night, only) == 100.0


def test_durations_are_spoken() -> None:
    assert spoken("zh", 21.4) == "21 秒"
    assert spoken("zh", 543) == "9 分 3 秒"
    assert spoken("zh", 1800) == "30 分钟"
    assert spoken("en", 43200) == "12 h"
    assert spoken("en", 7500) == "2 h 5 min"
    assert spoken("zh-Hant", 7500) == "2 小時 5 分"


@st.composite
def conversations(draw: st.DrawFn) -> Reading:
    rows = draw(
        st.lists(
            st.tuples(
                st.sampled_from(ROLES),
                st.one_of(st.none(), st.floats(0, 5000)),
                st.sampled_from(("在的", "稍等", "有货，今天发", "人呢", "")),
            ),
            max_size=14,
        )
    )
    at = 0.0
    said: list[Said] = []
    for role, wait, text in rows:
        at += wait or 0.0
        said.append((role, None if wait is None else at, text))
    return heard(said, emotion=draw(st.floats(0, 4)))


@settings(deadline=None, max_examples=150)
@given(conversations())
def test_score_is_within_bounds_and_adds_up(reading: Reading) -> None:
    judgement = score(reading, USUAL)
    if judgement.score is not None:
        assert 0 <= value(reading, USUAL) <= 100
        assert set(judgement.faults.values()) <= set(judgement.evidence)


def test_a_long_conversation_costs_no_more_a_message() -> None:
    said: list[Said] = []
    for turn in range(5000):
        said += [("customer", turn * 60, "有货吗"), ("agent", turn * 60 + 9, "有货")]
    assert value(heard(said), USUAL) == 100.0
