"""A store with graded conversations, without a grader."""

from __future__ import annotations

import json
from datetime import datetime, timedelta
from typing import Any

from rubrics.load import load_rubric
from store.database import Store
from store.imports import (
    Outcome,
    Refuse,
    Taken,
    all_read,
    claim,
    keep_graded,
    keep_read,
    release,
    start_import,
    ungraded,
)
from transcripts.canonical import parse

RUBRIC = load_rubric("general")
EVIL = "=1+1<img src=x onerror=alert(1)>"


def card(id: str, overall: float | None, critical: bool = False) -> dict[str, Any]:
    """A card whose every criterion has the overall score."""
    evidence = [{"message": 1, "quote": "抱歉", "points": 15.0, "reason": "说了抱歉"}]
    one = {
        "kind": "x", "score": overall, "confidence": 0.5, "rating": 3.0, "advice": EVIL,
        "evidence": evidence,
    }  # fmt: skip
    found = [{"id": "rude", "message": 1, "quote": "抱歉", "state": "suspected"}]
    return {
        "transcript": id,
        "rubric": {"id": "general", "version": RUBRIC.version},
        "grader": {"version": "1", "encoder": "e", "model": "m"},
        "overall": 39.0 if critical else overall,
        "passed": None if overall is None else overall >= 60 and not critical,
        "critical": ["rude"] if critical else [],
        "critical_evidence": found if critical else [],
        "coverage": 1.0, "gates": ["critical:39"] if critical else [],
        "criteria": {n: one | {"weight": s.weight} for n, s in RUBRIC.criteria.items()},
        "replies": [{"message": 1, "acts": ["apologise"], "seconds": 20.0}],
        "agents": {}, "confidence": 0.5, "review": critical, "incomplete": False,
    }  # fmt: skip


def fill(store: Store, at: datetime, count: int = 8, key: str = "key") -> int:
    """An import: every second below the pass mark, the last with a suspected critical error."""
    job = start_import(store, key, ["chats.csv"], RUBRIC, None, at)
    rows = [
        Taken(n, parse({"id": f"c{n}", "agent": EVIL if n == 1 else "小李", "messages": [
            {"role": "customer", "text": f"草莓烂了{n}", "at": "2026-03-02T10:00:00+08:00"},
            {"role": "agent", "text": "实在抱歉", "sender": EVIL if n == 1 else "小李"},
            {"role": "action", "text": "wave", "data": {"what": 1}}]}))
        for n in range(1, count + 1)
    ]  # fmt: skip
    bad = [Refuse(1, "=chats.csv", 4, None, "has no text: fill in"), Refuse(2, "b", None, "s", "x")]
    keep_read(store, job.id, rows, bad, at)
    all_read(store, job.id)
    claim(store, "w", at, at + timedelta(minutes=2), job.id)
    done = [
        Outcome(number, json.dumps(card(f"c{n}", 40.0 if n % 2 else 80.0, n == count)))
        for n, (number, _) in enumerate(ungraded(store, job.id, 0, count), 1)
    ]
    keep_graded(store, job.id, "w", done, (at, at + timedelta(minutes=2)))
    release(store, job.id, "w", at)
    return job.id
