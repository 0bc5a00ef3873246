"""Grading imports: claims them by lease, keeps cards in small batches, goes on after anything."""

from __future__ import annotations

import os
import secrets
import socket
import sys
import time
from collections.abc import Callable, Iterable, Iterator
from datetime import datetime, timedelta
from typing import Final

from grader.batch import Graded, Item, Work
from kefu.logs import log
from rubrics.schema import Rubric
from store.contents import rubric_at
from store.database import Store
from store.imports import (
    Import,
    LostLease,
    Outcome,
    claim,
    imports,
    keep_graded,
    release,
    ungraded,
)

LEASE: Final = timedelta(seconds=120)
BATCH: Final = 32
"""Cards kept at once at most; whoever is killed loses no more work than that."""
FLUSH: Final = 1.0
"""Seconds after which cards are kept, however few."""
PAGE: Final = 64
WorkFor = Callable[[Rubric], Work]
Grade = Callable[[Iterable[Item], Work], Iterator[Graded]]
Clock = Callable[[], datetime]
Advance = Callable[[], None]


def name_of_worker() -> str:
    """A name that tells on which machine and in which process it works."""
    return f"{socket.gethostname()}:{os.getpid()}:{secrets.token_hex(4)}"


def work_off(
    store: Store, work_for: WorkFor, each: Grade, clock: Clock, *, only: int | None = None,
    advance: Advance = lambda: None,
) -> int:  # fmt: skip
    """Grade the imports that nobody works at, or `only` that one; how many were worked at."""
    worker = name_of_worker()
    free_dead(store, clock())
    count = 0
    while (job := claim(store, worker, clock(), clock() + LEASE, only)) is not None:
        count += 1
        _grade(store, job, worker, each, work_for, clock, advance)
    return count


def free_dead(store: Store, at: datetime) -> None:
    """Take the lease from workers of this machine whose process is gone."""
    for job in imports(store):
        if job.worker is not None and _dead(job.worker):
            release(store, job.id, job.worker, at)


def _grade(
    store: Store, job: Import, worker: str, each: Grade, work_for: WorkFor, clock: Clock,
    advance: Advance,
) -> None:  # fmt: skip
    told = log("worker")
    told.info("claimed", job=job.id, left=job.left)
    done: list[Outcome] = []
    last = time.monotonic()
    try:
        for one in each(_items(store, job.id), work_for(rubric_at(store, job.rubric))):
            done.append(Outcome(int(one.item.file), one.line, one.fault))
            advance()
            if len(done) >= BATCH or time.monotonic() - last >= FLUSH:
                keep_graded(store, job.id, worker, done, (clock(), clock() + LEASE))
                done, last = [], time.monotonic()
        keep_graded(store, job.id, worker, done, (clock(), clock() + LEASE))
    except LostLease as lost:
        told.warning("lost", job=job.id, reason=str(lost))
        return
    finally:
        release(store, job.id, worker, clock())
    told.info("released", job=job.id)


def _items(store: Store, number: int) -> Iterator[Item]:
    after = 0
    while rows := ungraded(store, number, after, PAGE):
        for id, text in rows:
            yield Item(str(id), text)
        after = rows[-1][0]


def _dead(worker: str) -> bool:
    """Whether the process of a worker of this machine is gone. On Windows the lease decides."""
    host, _, rest = worker.partition(":")
    number = rest.partition(":")[0]
    if sys.platform == "win32" or host != socket.gethostname() or not number.isdecimal():
        return False
    try:
        os.kill(int(number), 0)
    except ProcessLookupError:
        return True
    except OSError:
        return False
    return False
