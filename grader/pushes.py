"""Pushing somebody who wants to be left alone: after a clear "别再发了", or again and again to a
customer who never asked and never answered."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Final, Literal

from grader.reading import Clause, HeardReply, Reading
from transcripts.aligned import aligned
from transcripts.types import Message

SELLING: Final = frozenset({"urge_order", "recommend", "offer_discount"})
URGING: Final = frozenset({"urge_order"})
PAUSE: Final = 45
"""Seconds from which another message of one side is no longer the rest of the one before."""
LONGEST: Final = 40
"""Characters of a message that says no more than to stop."""
_STOP: Final = re.compile(
    r"(?<!先)(?:别|不要|不用|勿|莫)(?:再|老是?|总是?|一直|继续)?(?:给我|跟我|来)?"
    r"(?:催|烦|打扰|骚扰|推销|推送|联系|提醒|发(?:消息|信息|短信|广告|这[些种个]|来?了|啦))"
    r"|(?:拉黑|屏蔽)(?:了|你|你们)|退订|(?:烦死|烦不烦)"
    r"|\b(?:stop|quit) (?:messaging|texting|contacting|sending|emailing|writing|pushing)\b"
    r"|(?:don't|do not|please don't) (?:message|text|contact|write|email|push) (?:me|to me)"
    r"|\bleave me alone\b|\bno more (?:messages|reminders|texts)\b|\bunsubscribe\b"
)
Why = Literal["stop", "silence"]


@dataclass(frozen=True, slots=True)
class Push:
    """A clause that pushes, and what it disregards."""

    clause: Clause
    why: Why


def pushes(reading: Reading) -> tuple[Push, ...]:
    """The pushes of a conversation, one a message, in order."""
    found = {push.clause.message: push for push in (*_unheeded(reading), *_unanswered(reading))}
    return tuple(found[message] for message in sorted(found))


def _unheeded(reading: Reading) -> Iterator[Push]:
    """What is pressed upon a customer who has said to stop and asks for nothing new."""
    stopped = False
    for reply in reading.replies:
        said = [reading.transcript.messages[index].text for index in reply.reply.customer]
        if said:
            stopped = any(map(_says_stop, said)) or (stopped and not any(map(_asks, said)))
        if stopped:
            yield from (Push(clause, "stop") for clause in _doing(reply, SELLING))


def _unanswered(reading: Reading) -> Iterator[Push]:
    """A second urging of somebody who has not said a word, after a pause and not as its rest."""
    first = reading.customer[0].message if reading.customer else len(reading.transcript.messages)
    urged: Message | None = None
    for reply in reading.replies:
        for clause in _doing(reply, URGING):
            message = reading.transcript.messages[clause.message]
            if clause.message > first:
                return
            if urged is not None and _after_a_pause(urged, message):
                yield Push(clause, "silence")
            urged = message


def _doing(reply: HeardReply, acts: frozenset[str]) -> Sequence[Clause]:
    return [clause for clause in reply.clauses if acts.intersection(clause.acts)]


def _after_a_pause(one: Message, other: Message) -> bool:
    if one.at is None or other.at is None:
        return False
    return (other.at - one.at).total_seconds() >= PAUSE


def _says_stop(text: str) -> bool:
    return len(text) <= LONGEST and _STOP.search(aligned(text)) is not None


def _asks(text: str) -> bool:
    return re.search(r"[?？]|吗|怎么|多少|几|how|what|when", aligned(text)) is not None
