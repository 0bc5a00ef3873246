"""Where a played conversation is hardest: the customer's words that the next reply must answer."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from simulator.session import Session
from transcripts.types import Message

ANSWERED: Final = ("agent", "action")


def hardest(session: Session) -> int | None:
    """How many messages there are before the reply to the angriest customer; None without any.

    Of equally hard places the later, so that there is something to read before; the first words of
    a conversation only where nothing else is as hard.
    """
    moods = iter(session.moods)
    mood, best, found = 0, -1, None
    for number, one in enumerate(session.messages):
        if one.role == "customer":
            mood = next(moods, mood)
        if _before_reply(session.messages, number) and mood >= best:
            best, found = mood, number + 1
    return found


def _before_reply(messages: Sequence[Message], number: int) -> bool:
    """Whether a customer's message is the last before a reply."""
    if messages[number].role != "customer" or number + 1 == len(messages):
        return False
    return messages[number + 1].role in ANSWERED
