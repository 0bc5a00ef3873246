"""Structured logs: one JSON line an event on standard error. Ids and counts, never texts."""

from __future__ import annotations

import logging
import sys
from typing import Any, Final

import structlog

LEVELS: Final = {name: getattr(logging, name.upper()) for name in
                 ("debug", "info", "warning", "error")}  # fmt: skip


def start_logs(level: str) -> None:
    """Log from this level on; call it once, before the first event."""
    structlog.configure(
        processors=[
            structlog.contextvars.merge_contextvars,
            structlog.processors.add_log_level,
            structlog.processors.TimeStamper(fmt="iso", utc=True),
            structlog.processors.dict_tracebacks,
            structlog.processors.JSONRenderer(ensure_ascii=False, sort_keys=False),
        ],
        wrapper_class=structlog.make_filtering_bound_logger(LEVELS[level]),
        logger_factory=structlog.PrintLoggerFactory(sys.stderr),
        cache_logger_on_first_use=False,
    )


def log(room: str) -> Any:
    """A logger whose events carry the room that they come from."""
    return structlog.get_logger().bind(room=room)
