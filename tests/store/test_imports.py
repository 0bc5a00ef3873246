"""Imports: read once, graded once, whoever dies in between."""

from __future__ import annotations

import json
from collections.abc import Callable
from datetime import datetime
from typing import Any

import pytest

from rubrics.load import load_rubric
from store.cards import card_line
from store.contents import persona_at, rubric_at, scenario_at
from store.database import Store
from store.imports import (
    Import,
    LostLease,
    Outcome,
    Refuse,
    Taken,
    all_read,
    claim,
    imported,
    imports,
    keep_graded,
    keep_read,
    read_so_far,
    rejects,
    release,
    start_import,
    stop_import,
    ungraded,
)
from transcripts.canonical import parse
from transcripts.errors import UnreadableInput

At = Callable[..., datetime]
RUBRIC = load_rubric("general")


def chat(position: int) -> Taken:
    message = {"role": "agent", "text": "您好", "sender": "小李"}
    return Taken(position, parse({"id": f"c{position}", "messages": [message]}))


def card(id: str, model: str = "m") -> str:
    score = {"kind": "empathy", "score": 61.5, "weight": 1.0, "confidence": 0.8}
    row: dict[str, Any] = {
        "transcript": id,
        "rubric": {"id": "general", "version": RUBRIC.version},
        "grader": {"version": "1", "encoder": "e", "model": model},
        "overall": 61.5, "passed": True, "critical": [], "coverage": 0.9,
        "criteria": {"empathy": score, "order": score | {"score": None}},
        "agents": {}, "confidence": 0.8, "review": False,
    }  # fmt: skip
    return json.dumps(row, ensure_ascii=False)


@pytest.fixture
def job(store: Store, at: At) -> Import:
    """Five conversations, read."""
    made = start_import(store, "key", ["chats.jsonl"], RUBRIC, None, at())
    keep_read(store, made.id, [chat(n) for n in range(1, 6)], [], at())
    all_read(store, made.id)
    return imported(store, made.id)


def test_the_same_files_asked_for_in_the_same_way_are_one_import(
    store: Store, job: Import, at: At
) -> None:
    assert start_import(store, "key", ["other"], RUBRIC, None, at(days=1)) == job
    other = start_import(store, "other", ["x"], RUBRIC, None, at())
    assert [one.id for one in imports(store)] == [other.id, job.id]
    assert imports(store, before=other.id) == [job]
    assert rubric_at(store, job.rubric) == RUBRIC


def test_reading_again_adds_only_what_is_missing(store: Store, at: At) -> None:
    made = start_import(store, "key", ["chats.jsonl"], RUBRIC, None, at())
    bad = Refuse(1, "chats.jsonl", 4, None, "no messages")
    keep_read(store, made.id, [chat(1), chat(2)], [bad], at())
    assert read_so_far(store, made.id) == (2, 1)
    keep_read(store, made.id, [chat(2), chat(3)], [bad], at())
    assert read_so_far(store, made.id) == (3, 1)
    now = imported(store, made.id)
    assert (now.total, now.rejected, now.state) == (3, 1, "reading")
    assert rejects(store, made.id) == [bad]
    assert claim(store, "w", at(), at(minutes=2)) is None, "nobody grades what is still read"


def test_one_worker_at_a_time_until_the_lease_runs_out(store: Store, job: Import, at: At) -> None:
    assert claim(store, "a", at(), at(seconds=120)) is not None
    assert claim(store, "b", at(seconds=119), at(seconds=240)) is None
    assert claim(store, "b", at(seconds=120), at(seconds=240)) is not None
    done = [Outcome(ungraded(store, job.id, 0, 1)[0][0], card("c1"))]
    with pytest.raises(LostLease):
        keep_graded(store, job.id, "a", done, (at(seconds=121), at(seconds=241)))
    assert imported(store, job.id).graded == 0
    keep_graded(store, job.id, "b", done, (at(seconds=121), at(seconds=241)))
    assert imported(store, job.id).graded == 1


def test_a_card_is_kept_once_and_byte_for_byte(store: Store, job: Import, at: At) -> None:
    claim(store, "a", at(), at(minutes=2))
    rows = ungraded(store, job.id, 0, 99)
    done = [Outcome(number, card(json.loads(text)["id"])) for number, text in rows]
    span = (at(seconds=10), at(minutes=3))
    keep_graded(store, job.id, "a", done[:2], span)
    assert [number for number, _ in ungraded(store, job.id, 0, 99)] == [n for n, _ in rows[2:]]
    keep_graded(store, job.id, "a", done[:3], span)
    assert imported(store, job.id).graded == 3
    assert store.value("SELECT count(*) FROM scorecards") == 3
    assert store.value("SELECT count(*) FROM scores WHERE score IS NULL") == 3
    first = store.value("SELECT scorecard FROM conversations ORDER BY id LIMIT 1")
    assert card_line(store, first) == done[0].line


def test_it_is_done_when_every_conversation_has_a_card_or_a_fault(
    store: Store, job: Import, at: At
) -> None:
    claim(store, "a", at(), at(minutes=2))
    rows = ungraded(store, job.id, 0, 99)
    done = [Outcome(number, card(json.loads(text)["id"])) for number, text in rows[:4]]
    keep_graded(store, job.id, "a", done, (at(seconds=8), at(minutes=2)))
    assert imported(store, job.id).seconds_left(at(seconds=8)) == pytest.approx(2)  # 8 s : 4 · 1
    release(store, job.id, "a", at(seconds=9))
    assert imported(store, job.id).state == "grading"
    claim(store, "b", at(seconds=10), at(minutes=2))
    fault = Outcome(rows[4][0], None, "could not be graded")
    keep_graded(store, job.id, "b", [fault], (at(seconds=11), at(minutes=2)))
    release(store, job.id, "b", at(seconds=12))
    now = imported(store, job.id)
    assert (now.state, now.graded, now.faulty, now.left) == ("done", 4, 1, 0)
    assert now.ended_at == at(seconds=12)
    assert now.seconds_left(at(seconds=13)) is None
    assert claim(store, "c", at(hours=1), at(hours=2)) is None


def test_stopping_takes_the_lease_away_and_going_on_gives_it_back(
    store: Store, job: Import, at: At
) -> None:
    claim(store, "a", at(), at(minutes=2))
    stop_import(store, job.id, True)
    with pytest.raises(LostLease):
        keep_graded(store, job.id, "a", [], (at(), at(minutes=2)))
    release(store, job.id, "a", at())
    assert imported(store, job.id).state == "stopped"
    assert claim(store, "b", at(), at(minutes=2)) is None
    stop_import(store, job.id, False)
    assert claim(store, "b", at(), at(minutes=2)) is not None


def test_unknown_things_are_told(store: Store, job: Import) -> None:
    with pytest.raises(UnreadableInput, match=r"no import 9 .there are: 1."):
        imported(store, 9)
    for find in (rubric_at, scenario_at, persona_at):
        with pytest.raises(UnreadableInput, match="in the store"):
            find(store, "sha256:none")
