"""A customer who writes and is answered no more: it was left open, however well it began."""

from __future__ import annotations

from typing import Final

from grader.reading import Reading

SOON: Final = 120
"""Seconds without an answer after which two open messages are a customer who was left."""
LATE: Final = 600
"""The same for one."""


def left_alone(reading: Reading) -> int | None:
    """The first open customer message that nobody answered before the record ends; else None.

    How long it waited shows in the time of the last message of any role, such as the system's word
    that the chat was closed. Without times nobody knows, and nothing is held against the agent.
    """
    if not reading.replies:
        return None
    last = reading.replies[-1].reply.messages[-1]
    waiting = [heard.message for heard in reading.customer if heard.message > last and heard.open]
    messages = reading.transcript.messages
    if not waiting or messages[waiting[0]].at is None:
        return None
    times = [message.at for message in messages if message.at is not None]
    since = messages[waiting[0]].at
    waited = (max(times) - since).total_seconds() if since is not None else 0.0
    return waiting[0] if waited >= (SOON if len(waiting) > 1 else LATE) else None
