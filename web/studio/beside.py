"""Work that takes long, one piece after the other in a process of its own and of low priority.

What a trainer waits for comes before what nobody waits for. The process starts with the first piece
of work and ends when there is none: it holds a model of its own.
"""

from __future__ import annotations

import itertools
import os
import queue
import signal
import threading
from collections.abc import Callable
from concurrent.futures import Executor, ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from contextlib import suppress
from dataclasses import dataclass, field
from multiprocessing import get_context, parent_process
from typing import TYPE_CHECKING, Any, Final

from web.services import Logs

if TYPE_CHECKING:
    from grader.model import Model

IDLE: Final = 20.0
"""Seconds without work after which the process ends."""
SOON: Final = 0
"""Somebody waits for it."""
LATER: Final = 10
"""Nobody does."""
Task = Callable[["Model"], Any]
"""A value that another process can open, called with the model there."""
_models: list[Any] = []


@dataclass(order=True)
class _Piece:
    urgency: int
    number: int
    task: Task = field(compare=False)
    done: Callable[[Any], None] = field(compare=False)
    failed: Callable[[Exception], None] = field(compare=False)


class Beside:
    """A queue, the thread that empties it, and the process that works."""

    def __init__(self, load: Callable[[], Any], logs: Logs, *, own_process: bool = True) -> None:
        self._load = load
        self._logs = logs
        self._own_process = own_process
        self._queue: queue.PriorityQueue[_Piece] = queue.PriorityQueue()
        self._numbers = itertools.count()
        self._guard = threading.Lock()
        self._thread: threading.Thread | None = None
        self._pool: Executor | None = None

    def add(
        self, urgency: int, task: Task, done: Callable[[Any], None],
        failed: Callable[[Exception], None],
    ) -> None:  # fmt: skip
        """Do `task` some time; then `done` with what came out, or `failed`, in another thread."""
        self._queue.put(_Piece(urgency, next(self._numbers), task, done, failed))
        with self._guard:
            if self._thread is None or not self._thread.is_alive():
                self._thread = threading.Thread(target=self._run, name="beside", daemon=True)
                self._thread.start()

    def stop(self) -> None:
        """Drop what waits and end the process at once."""
        with suppress(queue.Empty):
            while True:
                self._queue.get_nowait()
        self._end()

    def _run(self) -> None:
        while True:
            try:
                piece = self._queue.get(timeout=IDLE)
            except queue.Empty:
                with self._guard:
                    if self._queue.empty():
                        self._thread = None
                        self._end()
                        return
                continue
            self._work(piece)

    def _work(self, piece: _Piece) -> None:
        try:
            found = self._ask(piece.task)
        except Exception as error:  # noqa: BLE001 - told to whoever asked
            self._logs.warning("beside_failed", error=type(error).__name__)
            piece.failed(error)
        else:
            piece.done(found)

    def _ask(self, task: Task) -> Any:
        if not self._own_process:
            return task(self._load())
        try:
            return self._workers().submit(_do, task).result()
        except BrokenProcessPool:  # it was killed, or had no memory left: the next one begins anew
            self._end()
            raise

    def _workers(self) -> Executor:
        if self._pool is None:
            self._pool = ProcessPoolExecutor(
                1, mp_context=get_context("spawn"), initializer=_begin, initargs=(self._load,)
            )
        return self._pool

    def _end(self) -> None:
        pool, self._pool = self._pool, None
        if isinstance(pool, ProcessPoolExecutor):
            processes = list((pool._processes or {}).values())
            pool.shutdown(wait=False, cancel_futures=True)
            for one in processes:
                with suppress(Exception):
                    one.terminate()


def _begin(load: Callable[[], Any]) -> None:
    """In the other process: low priority, and gone as soon as the server is."""
    with suppress(AttributeError, OSError):
        os.nice(5)
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    parent = parent_process()
    if parent is not None:
        threading.Thread(target=_end_with, args=(parent,), daemon=True).start()
    _models[:] = [load()]


def _end_with(parent: Any) -> None:
    parent.join()
    os._exit(0)


def _do(task: Task) -> Any:
    return task(_models[0])
