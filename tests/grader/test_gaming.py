"""Tricks do not pass, and plain honest work does. The conversations stand in `gaming.yaml`."""

from __future__ import annotations

from datetime import datetime, timedelta
from functools import cache
from pathlib import Path
from typing import Any

import pytest

from grader.grade import card
from grader.hearing import hear
from grader.model import Model
from rubrics.load import load_rubric
from rubrics.own_yaml import own_yaml
from transcripts.canonical import parse
from transcripts.types import Transcript

pytestmark = pytest.mark.slow
FILE = Path(__file__).with_name("gaming.yaml")
START = datetime.fromisoformat("2026-03-02T10:00:00+08:00")
HONEST = "honest and terse"
RUBRICS = ("general", "complaint")


@cache
def book() -> dict[str, list[dict[str, Any]]]:
    """The conversations by the trick that they try."""
    found: dict[str, list[dict[str, Any]]] = own_yaml(FILE.read_text(encoding="utf-8"))
    return found


def chat(row: dict[str, Any], name: str) -> Transcript:
    at, messages = START, []
    for entry in row["chat"]:
        at += timedelta(seconds=entry.get("after", 20))
        role, text = next((key, value) for key, value in entry.items() if key != "after")
        when = {"at": at.isoformat()} if row.get("times", True) else {}
        messages.append({"role": role, "text": text, **when})
    facts = row.get("facts", [])
    return parse({"id": name, "lang": row["lang"], "facts": facts, "messages": messages})


CASES = [(trick, number) for trick, rows in book().items() for number in range(len(rows))]
TRICKS = [(trick, number) for trick, number in CASES if trick != HONEST]


@pytest.mark.parametrize(("trick", "number"), TRICKS)
def test_no_trick_passes(trick: str, number: int, model: Model) -> None:
    reading = hear(chat(book()[trick][number], f"{trick} {number}"), model)
    for name in RUBRICS:
        rubric = load_rubric(name)
        found = card(reading, rubric, model)
        assert found.passed is not True, (name, found.overall)
        assert found.overall is None or round(found.overall, 1) < rubric.pass_mark


@pytest.mark.parametrize("number", range(len(book()[HONEST])))
def test_honest_work_passes(number: int, model: Model) -> None:
    reading = hear(chat(book()[HONEST][number], f"honest {number}"), model)
    for name in RUBRICS:
        found = card(reading, load_rubric(name), model)
        assert found.passed, (name, found.overall, found.gates)


def test_the_book_is_thick_enough() -> None:
    assert len(TRICKS) >= 30
    assert all(len(rows) >= 3 for rows in book().values())
    assert len(book()[HONEST]) >= 10
    languages = {row["lang"] for rows in book().values() for row in rows}
    assert languages == {"zh", "zh-Hant", "en"}
