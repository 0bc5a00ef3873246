"""What every page may lean on: the store, the grader's model, the clock, where own files lie."""

from __future__ import annotations

import threading
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime, tzinfo
from pathlib import Path
from typing import TYPE_CHECKING, Any, Generic, Literal, Protocol, TypeVar

from store.temporary import FOLDER

if TYPE_CHECKING:
    from grader.model import Model
    from store.database import Store

Thing = TypeVar("Thing")
Notice = Literal["demo.filling", "demo.filled", "demo.broken"]
"""Keys of what can stand above every page."""


class Logs(Protocol):
    """Where events go: a name, ids and counts, never texts."""

    def info(self, event: str, **ids: Any) -> None:
        """Something happened as it should."""

    def warning(self, event: str, **ids: Any) -> None:
        """Something did not work, and the work goes on."""

    def error(self, event: str, **ids: Any) -> None:
        """Something is broken and somebody should look."""


class Later(Generic[Thing]):
    """Something that takes seconds to load: once, in the background, for everybody.

    `get` waits for it; what went wrong while loading is raised to everyone who asks.
    """

    def __init__(self, load: Callable[[], Thing]) -> None:
        self.load = load
        self._done = threading.Event()
        self._begun = threading.Lock()
        self._thread: threading.Thread | None = None
        self._found: list[Thing] = []
        self._fault: Exception | None = None

    def start(self) -> None:
        """Begin to load, unless that was begun."""
        with self._begun:
            if self._thread is None:
                self._thread = threading.Thread(target=self._run, name="later", daemon=True)
                self._thread.start()

    @property
    def ready(self) -> bool:
        """Whether `get` answers at once. Never true after a failure."""
        return self._done.is_set() and self._fault is None

    @property
    def fault(self) -> Exception | None:
        """Why it cannot be loaded."""
        return self._fault

    def get(self) -> Thing:
        """The thing; waits while it is being loaded, so never in the event loop."""
        self.start()
        self._done.wait()
        if self._fault is not None:
            raise self._fault
        return self._found[0]

    def _run(self) -> None:
        try:
            self._found.append(self.load())
        except Exception as error:  # noqa: BLE001 - told to whoever asks, see `get`
            self._fault = error
        finally:
            self._done.set()


@dataclass(frozen=True, slots=True)
class Folders:
    """Where own files are searched before the library, and where temporary ones lie."""

    data: Path
    rubrics: tuple[Path, ...] = ()
    scenarios: tuple[Path, ...] = ()
    personas: tuple[Path, ...] = ()

    @property
    def temporary(self) -> Path:
        """Uploads and other files that are deleted again."""
        return self.data / FOLDER


def _nothing() -> None:
    return None


@dataclass(frozen=True, slots=True)
class Services:
    """One for the whole server. `store` may be used by any thread.

    `clock` gives the time with its offset; `zone` is where the team's day begins; `rubric` is the
    name of the rubric that is graded by where nothing else is said.
    """

    store: Store
    model: Later[Model]
    clock: Callable[[], datetime]
    zone: tzinfo
    folders: Folders
    logs: Logs
    rubric: str = "general"
    notice: Callable[[], Notice | None] = field(default=_nothing, compare=False)
    """The key of a text that stands above every page, where there is one."""
    endings: list[Callable[[], None]] = field(default_factory=list, compare=False)
    """What is to be done when the server stops."""

    def ended(self) -> None:
        """The server stops."""
        for end in self.endings:
            end()
