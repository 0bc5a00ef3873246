"""A conversation with another reply in the place of one."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from grader.reading import HeardReply, Reading
from transcripts.types import Reply, Transcript


def replaced(reading: Reading, number: int, text: str) -> tuple[Transcript, dict[int, int]]:
    """The transcript with another reply, and where each message that is left stands now."""
    transcript = reading.transcript
    first, *rest = reading.replies[number].reply.messages
    left = [index for index in range(len(transcript.messages)) if index not in set(rest)]
    messages = tuple(
        replace(transcript.messages[index], text=text)
        if index == first
        else transcript.messages[index]
        for index in left
    )
    return replace(transcript, messages=messages), {old: now for now, old in enumerate(left)}


def moved(heard: HeardReply, run: Reply, place: Mapping[int, int]) -> HeardReply:
    """A reply that was heard before, with its messages where they stand now."""
    if heard.reply.messages == run.messages:
        return replace(heard, reply=run)
    return replace(
        heard,
        reply=run,
        clauses=tuple(replace(c, message=place.get(c.message, run.message)) for c in heard.clauses),
        claims=tuple(replace(c, message=place.get(c.message, run.message)) for c in heard.claims),
    )
