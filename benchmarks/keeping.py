"""How fast the store is with a contact centre's load in it.

    python benchmarks/keeping.py [--conversations 10000]

turns   eight threads, each keeping turns of its own practice: how many a second, the slowest
lists   a page of 200 in the order of reading and worst first, among so many conversations
backup  a copy of the whole database
export  every card to CSV
"""

from __future__ import annotations

import argparse
import json
import tempfile
import threading
import time
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

from rubrics.load import load_rubric
from store.database import MOST_ROWS, Store
from store.exports import export_to
from store.imports import (
    Outcome,
    Taken,
    all_read,
    claim,
    keep_graded,
    keep_read,
    start_import,
    ungraded,
)
from store.opening import backup, open_store
from store.quality import Filter, listed
from transcripts.canonical import parse

THREADS, TURNS = 8, 200
AT = datetime(2026, 3, 2, tzinfo=UTC)
RUBRIC = load_rubric("general")
MESSAGES = [
    {"role": role, "text": "您好，这边帮您看一下订单，稍等", "sender": role}
    for role in ("customer", "agent") * 5
]


def seconds(work: Callable[[], Any]) -> float:
    """The time of the clock that work takes."""
    start = time.perf_counter()
    work()
    return time.perf_counter() - start


def turns(store: Store) -> tuple[float, float]:
    """Turns a second over all threads, and the milliseconds of the slowest."""
    slowest: list[float] = []

    def play(number: int) -> None:
        took = []
        for n in range(TURNS):
            row = {"key": f"{number}", "at": f"turn {n}: an entry as long as they usually are" * 8}
            took.append(seconds(lambda row=row: store.write(lambda t: t.insert("failures", row))))
        slowest.append(max(took))

    threads = [threading.Thread(target=play, args=(number,)) for number in range(THREADS)]
    whole = seconds(lambda: ([one.start() for one in threads], [one.join() for one in threads]))
    return THREADS * TURNS / whole, max(slowest) * 1000


def card(id: str, overall: float) -> str:
    """A card of the usual size."""
    evidence = [{"message": 1, "quote": "您好", "points": 5.0, "reason": "……" * 10}] * 4
    criteria = {
        name: {"kind": spec.kind, "score": overall, "weight": spec.weight, "confidence": 0.8,
               "evidence": evidence, "advice": "先回应情绪，再说方案。" * 3}
        for name, spec in RUBRIC.criteria.items()
    }  # fmt: skip
    return json.dumps({
        "transcript": id, "rubric": {"id": "general", "version": RUBRIC.version},
        "grader": {"version": "1", "encoder": "e", "model": "m"}, "overall": overall,
        "passed": overall >= 60, "critical": [], "coverage": 1.0, "criteria": criteria,
        "agents": {}, "confidence": 0.8, "review": False,
    }, ensure_ascii=False)  # fmt: skip


def fill(store: Store, count: int) -> None:
    """An import of so many graded conversations."""
    job = start_import(store, "key", ["chats"], RUBRIC, None, AT)
    for first in range(1, count + 1, MOST_ROWS):
        taken = [
            Taken(n, parse({"id": f"c{n}", "messages": MESSAGES}))
            for n in range(first, min(first + MOST_ROWS, count + 1))
        ]
        keep_read(store, job.id, taken, [], AT)
    all_read(store, job.id)
    span = (AT, AT + timedelta(hours=9))
    claim(store, "bench", *span)
    after = 0
    while rows := ungraded(store, job.id, after, 64):
        done = [Outcome(id, card(f"c{id}", id * 7919 % 1000 / 10)) for id, _ in rows]
        keep_graded(store, job.id, "bench", done, span)
        after = rows[-1][0]


def main() -> None:
    """Print every figure."""
    options = argparse.ArgumentParser(description=__doc__.splitlines()[0])  # type: ignore[union-attr]
    options.add_argument("--conversations", type=int, default=10_000)
    count = options.parse_args().conversations
    with tempfile.TemporaryDirectory() as folder, open_store(Path(folder) / "data") as store:
        pace, worst = turns(store)
        print(f"turns: {pace:,.0f} a second from {THREADS} threads, slowest {worst:.0f} ms")
        filling = seconds(lambda: fill(store, count))
        print(f"fill: {count:,} conversations with cards in {filling:.1f} s")
        middle = listed(store, Filter(), most=1)[0]
        for name, work in (
            ("in order", lambda: listed(store, Filter(), after=middle)),
            ("worst first", lambda: listed(store, Filter(), worst_first=True)),
            ("failed, one agent", lambda: listed(store, Filter(passed=False, agent="agent"))),
        ):
            print(f"page of 200, {name}: {seconds(work) * 1000:.0f} ms")
        copy = Path(folder) / "copy.db"
        took = seconds(lambda: backup(store, copy))
        print(f"backup: {copy.stat().st_size / 1e6:,.0f} MB in {took:.1f} s")
        target = Path(folder) / "out.csv"
        print(f"export to CSV: {seconds(lambda: export_to(store, Filter(), target)):.1f} s")


if __name__ == "__main__":
    main()
