"""Reply rounds: the worked examples of the trade."""

from __future__ import annotations

from datetime import datetime

import pytest

from grader.reading import HeardCustomer, Reading
from grader.rounds import rounds
from rubrics.presets import presets, round_rule
from rubrics.times import Rounds
from transcripts.types import Message, Role, Transcript


def reading(said: list[tuple[Role, str]], closing: tuple[int, ...] = ()) -> Reading:
    messages = tuple(
        Message(role, "…", datetime.fromisoformat(f"2026-03-02T{at}+08:00")) for role, at in said
    )
    customer = tuple(
        HeardCustomer(i, 1.0, i not in closing)
        for i, message in enumerate(messages)
        if message.role == "customer"
    )
    return Reading(Transcript("t", messages), "zh", (), customer, (), ())


def rate(said: list[tuple[Role, str]], **values: object) -> tuple[int, int]:
    values = {"preset": "taobao-2025-06", "weight": 1, **values}
    rule = round_rule(Rounds.model_validate(values))
    automatic = {i for i, (role, _) in enumerate(said) if role == "bot"}
    counted = rounds(reading(said), rule, automatic)
    return sum(round_.met for round_ in counted), len(counted)


ASKED_TWICE: list[tuple[Role, str]] = [
    ("customer", "10:10:15"), ("customer", "10:15:20"), ("agent", "10:18:10"),
]  # fmt: skip


def test_the_round_runs_from_the_first_question() -> None:
    # 10:10:15 → 10:18:10 = 475 s > 180 s
    assert rate(ASKED_TWICE) == (0, 1)


def test_the_next_question_begins_a_round() -> None:
    # 10:18:30 → 10:19:00 = 30 s
    assert rate([*ASKED_TWICE, ("customer", "10:18:30"), ("agent", "10:19:00")]) == (1, 2)


def test_questions_that_are_never_answered_are_one_round() -> None:
    assert rate([("customer", f"10:{i:02}:00") for i in range(10)]) == (0, 1)


@pytest.mark.parametrize(("answered", "met"), [("10:03:00", 1), ("10:03:01", 0)])
def test_three_minutes_are_in_time(answered: str, met: int) -> None:
    assert rate([("customer", "10:00:00"), ("agent", answered)]) == (met, 1)


@pytest.mark.parametrize(
    ("preset", "asked", "counted"),
    [
        ("taobao-2025-06", "07:59:59", 0),
        ("taobao-2025-06", "08:00:00", 1),
        ("taobao-2025-06", "23:00:00", 0),
        ("taobao-2025-06-2400", "23:30:00", 1),
        ("taobao-2023-05", "08:30:00", 0),
        ("jd-2026-11", "03:00:00", 1),
    ],
)
def test_hours_of_the_presets(preset: str, asked: str, counted: int) -> None:
    assert rate([("customer", asked)], preset=preset) == (0, counted)


def test_robots_are_a_switch() -> None:
    said: list[tuple[Role, str]] = [
        ("customer", "10:00:00"), ("bot", "10:00:01"), ("agent", "10:05:00"),
    ]  # fmt: skip
    assert rate(said) == (0, 1)
    assert rate(said, robots=True) == (1, 1)
    assert rate(said, preset="taobao-2023-05-daily") == (1, 1)


def test_limits_of_the_platforms() -> None:
    said: list[tuple[Role, str]] = [("customer", "10:00:00"), ("agent", "10:04:30")]
    assert rate(said, preset="jd-2026-11") == (0, 1)
    assert rate(said, preset="pinduoduo-2026-01") == (1, 1)
    assert rate(said, preset="shopee-2026-11") == (1, 1)
    assert rate(said, preset=None) == (0, 1)
    assert rate(said, within=600) == (1, 1)


def test_a_closing_message_begins_no_round() -> None:
    said: list[tuple[Role, str]] = [
        ("customer", "10:00:00"), ("agent", "10:00:20"), ("customer", "10:00:40"),
    ]  # fmt: skip
    rule = round_rule(Rounds(preset="taobao-2025-06", weight=1))
    assert [r.met for r in rounds(reading(said, closing=(2,)), rule, ())] == [True]


def test_presets_are_dated() -> None:
    assert all(preset.as_of and preset.note for preset in presets().values())
