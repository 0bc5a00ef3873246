"""Wording does not matter: the same conversation in other clothes keeps its score.

One message or four, with or without 亲, ~, emoji and particles, in either script, masked or not, in
more words with the same content: the overall score moves at most three points.
"""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import datetime, timedelta
from functools import cache
from pathlib import Path
from statistics import median
from typing import Any

import pytest
from opencc import OpenCC

from grader.grade import grade
from grader.model import Model
from rubrics.load import load_rubric
from rubrics.own_yaml import own_yaml
from transcripts.canonical import parse
from transcripts.masking import Masker
from transcripts.types import Message, Transcript

pytestmark = pytest.mark.slow
MOST = 3.0
BASES = Path(__file__).with_name("wording.yaml")
SAMPLES = Path(__file__).parents[2] / "kefu" / "samples" / "transcripts.jsonl"
STOP = re.compile(r"(?<=[。！？])(?=.)|(?<=[.!?]) (?=[A-Z])")
START = datetime.fromisoformat("2026-03-02T10:00:00+08:00")


def chat(row: dict[str, Any]) -> Transcript:
    """The transcript of a row of `wording.yaml`."""
    at, messages = START, []
    for entry in row["chat"]:
        at += timedelta(seconds=entry.get("after", 20))
        role, text = next((k, v) for k, v in entry.items() if k != "after")
        messages.append({"role": role, "at": at.isoformat(), "text": text})
    facts = row.get("facts", [])
    return parse({"id": row["id"], "lang": row["lang"], "facts": facts, "messages": messages})


@cache
def rows() -> dict[str, dict[str, Any]]:
    return {row["id"]: row for row in own_yaml(BASES.read_text(encoding="utf-8"))}


@cache
def bases() -> dict[str, Transcript]:
    lines = SAMPLES.read_text(encoding="utf-8").splitlines()
    samples = {one.id: one for one in (parse(json.loads(line)) for line in lines)}
    return samples | {name: chat(row) for name, row in rows().items()}


def each(transcript: Transcript, role: str, change: Callable[[str], str]) -> Transcript:
    messages = tuple(
        replace(m, text=change(m.text)) if m.role == role else m for m in transcript.messages
    )
    return replace(transcript, messages=messages)


def joined(transcript: Transcript) -> Transcript:
    """Neighbouring messages of one speaker as one."""
    gap = " " if transcript.lang == "en" else ""
    messages: list[Message] = []
    for message in transcript.messages:
        last = messages[-1] if messages else None
        alike = last and (last.role, last.sender) == (message.role, message.sender)
        if last and alike and message.role in ("agent", "customer"):
            messages[-1] = replace(last, text=last.text + gap + message.text)
        else:
            messages.append(message)
    return replace(transcript, messages=tuple(messages))


def split(transcript: Transcript, role: str) -> Transcript:
    """Each sentence a message of its own, in the same second."""
    messages = tuple(
        replace(message, text=part)
        for message in transcript.messages
        for part in (STOP.split(message.text) if message.role == role else [message.text])
    )
    return replace(transcript, messages=messages)


def decorated(text: str) -> str:
    """The words of an agent who is fond of 亲, ~ and emoji."""
    if text.isascii():
        return re.sub(r"\.$", "! 😊", text)
    text = re.sub(r"(?<=[^。！？])。(?=.)", "哦~", text)
    text = re.sub(r"(?<=[^。！？])。$", "呢 😊🌹", text)
    return "亲，" + text


def plain(text: str) -> str:
    """The words without all that."""
    text = re.sub(r"亲亲?，|[~～😊🌹]", "", text)
    return re.sub(r"(?<=[一-鿿])[哦呢啦哈](?=[。，！]|$)", "", text)


def script(transcript: Transcript, table: str, lang: Any) -> Transcript:
    convert = OpenCC(table).convert
    messages = tuple(replace(m, text=convert(m.text)) for m in transcript.messages)
    facts = tuple(replace(fact, text=convert(fact.text)) for fact in transcript.facts)
    return replace(transcript, messages=messages, facts=facts, lang=lang)


def masked(transcript: Transcript) -> Transcript:
    masker = Masker()
    messages = tuple(replace(m, text=masker.mask(m.text).text) for m in transcript.messages)
    facts = tuple(replace(fact, text=masker.mask(fact.text).text) for fact in transcript.facts)
    return replace(transcript, messages=messages, facts=facts)


def longer(transcript: Transcript) -> Transcript:
    words = rows()[transcript.id]["longer"]
    messages = tuple(
        replace(m, text=words.get(index, m.text)) for index, m in enumerate(transcript.messages)
    )
    return replace(transcript, messages=messages)


def forms(transcript: Transcript) -> Iterator[tuple[str, Transcript]]:
    """Every other form of a conversation that differs from it."""
    found = {
        "one message": joined(transcript),
        "several messages": split(transcript, "agent"),
        "customer in several messages": split(transcript, "customer"),
        "decorated": each(transcript, "agent", decorated),
        "plain": each(transcript, "agent", plain),
        "masked": masked(transcript),
    }
    if transcript.lang == "zh":
        found["traditional"] = script(transcript, "s2twp", "zh-Hant")
        found["traditional of Hong Kong"] = script(transcript, "s2hk", "zh-Hant")
    if transcript.lang == "zh-Hant":
        found["simplified"] = script(transcript, "t2s", "zh")
    if transcript.id in rows():
        found["longer"] = longer(transcript)
    for name, form in found.items():
        if form != transcript:
            yield name, form


LONGER = "longer"
"""Held as a whole: longer sentences fall into more clauses, each one more chance to hear an act."""


def overall(transcript: Transcript, model: Model) -> float:
    score = grade(transcript, load_rubric("general"), model).overall
    assert score is not None
    return score


@pytest.mark.parametrize("name", list(bases()))
def test_other_clothes_keep_the_score(name: str, model: Model) -> None:
    base = bases()[name]
    score = overall(base, model)
    moved = {form: overall(other, model) - score for form, other in forms(base) if form != LONGER}
    assert moved
    assert {form: by for form, by in moved.items() if abs(by) > MOST} == {}


def test_longer_wording_mostly_keeps_the_score(model: Model) -> None:
    moved = [
        abs(overall(longer(base), model) - overall(base, model))
        for name, base in bases().items()
        if name in rows()
    ]
    assert len(moved) >= 15
    assert median(moved) <= MOST
    assert sum(one <= MOST for one in moved) >= 0.6 * len(moved)
    assert max(moved) <= 20
