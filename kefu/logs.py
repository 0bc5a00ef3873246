"""Structured logs: one JSON line an event on standard error. Ids and counts, never texts."""

from __future__ import annotations

import sys
from dataclasses import dataclass
from functools import cache
from typing import Any, Final

LEVELS: Final = ("debug", "info", "warning", "error")
_least = LEVELS.index("warning")


def start_logs(level: str) -> None:
    """Log events of this level and above."""
    global _least
    _least = LEVELS.index(level)


@dataclass(frozen=True, slots=True)
class Log:
    """Writes events that carry the room that they come from."""

    room: str

    def debug(self, event: str, **ids: Any) -> None:
        self._write("debug", event, ids)

    def info(self, event: str, **ids: Any) -> None:
        self._write("info", event, ids)

    def warning(self, event: str, **ids: Any) -> None:
        self._write("warning", event, ids)

    def error(self, event: str, **ids: Any) -> None:
        self._write("error", event, ids)

    def _write(self, level: str, event: str, ids: dict[str, Any]) -> None:
        if LEVELS.index(level) >= _least:
            getattr(_structured(), level)(event, room=self.room, **ids)


def log(room: str) -> Log:
    """The log of a room."""
    return Log(room)


@cache
def _structured() -> Any:
    """Made at the first event: structlog loads asyncio, which a short command need not wait for."""
    import structlog

    return structlog.wrap_logger(
        None,
        processors=[
            structlog.processors.add_log_level,
            structlog.processors.TimeStamper(fmt="iso", utc=True),
            structlog.processors.JSONRenderer(ensure_ascii=False),
            _to_standard_error,
        ],
        wrapper_class=structlog.BoundLogger,
    )


def _to_standard_error(logger: Any, name: str, line: Any) -> str:
    import structlog

    sys.stderr.write(line + "\n")
    raise structlog.DropEvent
