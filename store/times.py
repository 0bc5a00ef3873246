"""Times as they stand in the database: UTC, ISO 8601 to the millisecond, so that text sorts."""

from __future__ import annotations

from datetime import UTC, datetime


def text_of(at: datetime) -> str:
    """A time with offset as text.

    >>> text_of(datetime.fromisoformat("2026-03-02T10:00:00+08:00"))
    '2026-03-02T02:00:00.000Z'
    """
    if at.tzinfo is None:
        raise ValueError(f"{at} has no offset, so nobody knows when that was")
    whole = at.astimezone(UTC)
    return whole.strftime("%Y-%m-%dT%H:%M:%S.") + f"{whole.microsecond // 1000:03d}Z"


def time_of(text: str) -> datetime:
    """The time that `text_of` wrote."""
    return datetime.fromisoformat(text)


def maybe(text: str | None) -> datetime | None:
    """The time of a column that may be empty."""
    return None if text is None else time_of(text)
