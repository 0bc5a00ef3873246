"""The second process beside the web app: started when there is work, looked after while it works.

Grading 600 conversations takes minutes of a processor; in the web app's own process every page
would wait for that. The worker has a lower priority, gives its memory back when nothing is left to
do, and whatever kills it costs one batch: its lease is taken from it and another one goes on.
"""

from __future__ import annotations

import os
import subprocess
import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime, timedelta
from pathlib import Path
from typing import TYPE_CHECKING, Final

from kefu.data import now
from kefu.logs import log
from kefu.worker import free_dead
from store.imports import spools, waits
from store.reading import Spool
from store.temporary import FOLDER, sweep_temporary

if TYPE_CHECKING:
    from store.database import Store

LOOK: Final = 1.0
"""Seconds between two looks for work."""
PAUSE: Final = timedelta(seconds=30)
"""After a worker that broke, so that a fault that stays does not eat the machine."""
DAILY: Final = timedelta(days=1)
"""A worker is started this often in any case: it deletes what is older than the house keeps."""
SWEEP: Final = timedelta(minutes=30)
STALE: Final = timedelta(hours=2)
"""How long a file may lie about that nobody made an import of."""


class Attendant:
    """Keeps one worker going while there is work. One thread uses it."""

    def __init__(self, store: Store, data: Path) -> None:
        self._store = store
        self._data = data
        self._worker: subprocess.Popen[bytes] | None = None
        self._not_before = self._swept = datetime.min.replace(tzinfo=now().tzinfo)
        self._daily = now() + PAUSE

    def look(self, at: datetime) -> None:
        """Start a worker if there is none and it is needed; delete what was left behind."""
        if at - self._swept >= SWEEP:
            self.sweep(at - STALE)
            self._swept = at
        if self._worker is not None:
            code = self._worker.poll()
            if code is None:
                return
            self._worker = None
            if code:
                log("attend").error("worker_ended", code=code)
                self._not_before = at + PAUSE
        free_dead(self._store, at)
        if at >= self._not_before and (at >= self._daily or waits(self._store, at)):
            self._daily = at + DAILY
            self._worker = start_worker(self._data)
            log("attend").info("worker_started", process=self._worker.pid)

    def sweep(self, before: datetime) -> None:
        """Delete temporary files from before a time that no import waits for."""
        needed = [path for text in spools(self._store).values() for path in Spool.of(text).paths]
        sweep_temporary(self._data, needed, before)

    def stop(self) -> None:
        """End the worker; what it has not kept is done again later."""
        if self._worker is not None and self._worker.poll() is None:
            self._worker.terminate()
            try:
                self._worker.wait(5)
            except subprocess.TimeoutExpired:
                self._worker.kill()
                self._worker.wait()


def start_worker(data: Path) -> subprocess.Popen[bytes]:
    """`kefu work` on this folder until nothing is left to do; its errors go where ours go."""
    command = [sys.executable, "-m", "kefu", "work", "--once", "--data", str(data)]
    surroundings = os.environ | {"TMPDIR": str(data / FOLDER)}
    return subprocess.Popen(
        command, stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL, env=surroundings
    )


@contextmanager
def attended(store: Store, data: Path) -> Iterator[None]:
    """A worker is started whenever it is needed, until the end of the block."""
    over = threading.Event()
    attendant = Attendant(store, data)

    def run() -> None:
        while not over.wait(LOOK):
            try:
                attendant.look(now())
            except Exception as error:  # noqa: BLE001 - the next look may fare better
                log("attend").error("cannot_look", error=type(error).__name__)

    thread = threading.Thread(target=run, name="attendant", daemon=True)
    thread.start()
    try:
        yield
    finally:
        over.set()
        thread.join()
        attendant.stop()
