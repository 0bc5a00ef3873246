"""Words that were meant for another window: the customer says so and nobody puts it right, or
nobody answers, and they are about nothing that this order is about."""

from __future__ import annotations

import re
from typing import Final

from grader.normalise import normalise
from grader.pieces import pieces, share
from grader.reading import HeardReply, Reading
from transcripts.aligned import aligned

POLITE: Final = frozenset({"greet", "apologise", "empathise", "reassure", "thank", "close", "hold"})
"""Acts that fit every matter."""
LONGEST: Final = 50
"""Characters of a message that says no more than this."""
WORTH_JUDGING: Final = 16
"""Shorter words fit anywhere."""
SHARED: Final = 0.08
"""The share of its word pieces below which a message is about nothing that the facts are about."""
_NOT_ME: Final = re.compile(
    r"(?:是?不?是?)?(?:发错(?:人|窗口|对话框|地方)|传错人|找错人|认错人)了?[吧吗呢]?"
    r"|(?:这|那)?(?:是)?(?:发给|传给|跟|对|和)我(?:发|说)?的吗"
    r"|(?:这)?说的?是我(?:的事)?吗|跟我(?:问的|的事)?(?:没|无)关系|我问的(?:可)?不是这个"
    r"|meant for (?:someone|somebody) else|wrong (?:person|chat|customer|window)"
    r"|is this for me|nothing to do with (?:me|what i asked)",
)
_GOODS: Final = re.compile(
    r"快递|包裹|货|件|单号|地址|收到|parcel|package|order|delivery|item|shipped"
)
_PUT_RIGHT: Final = re.compile(
    r"(?:发|传|弄|搞|串|看|认|找)错|串台|串窗"
    r"|wrong (?:chat|window|person|customer)|mixed? up|mix-up|meant for"
)


def meant_for_another(reading: Reading) -> int | None:
    """The customer's message that says so, after a reply and never put right; else None.

    A parcel that went to the wrong person is another matter.
    """
    if not reading.replies:
        return None
    first = reading.replies[0].reply.message
    for heard in reading.customer:
        if heard.message > first and _says_so(reading.transcript.messages[heard.message].text):
            later = [one.reply for one in reading.replies if one.reply.message > heard.message]
            if not any(_PUT_RIGHT.search(aligned(reply.text)) for reply in later):
                return heard.message
    return None


def written_to_another(reading: Reading) -> int | None:
    """The first message that tells something to a customer who never asked nor answered, where it
    shares next to no word with what is known of the order; else None.

    Courtesies fit anywhere. Where no fact is about an order nobody can tell.
    """
    facts = reading.transcript.facts
    if reading.customer or not reading.replies or all(fact.kind != "order" for fact in facts):
        return None
    for message in reading.replies[0].reply.messages:
        said = _told(reading.replies[0], message)
        if len(said) >= WORTH_JUDGING:
            known = frozenset().union(*(pieces(normalise(fact.text)) for fact in facts))
            return message if share(said, known) < SHARED else None
    return None


def _told(reply: HeardReply, message: int) -> str:
    """What one message of a reply says beside courtesies."""
    clauses = (clause for clause in reply.clauses if clause.message == message)
    return " ".join(one.text for one in clauses if not one.acts or set(one.acts) - POLITE)


def _says_so(text: str) -> bool:
    plain = aligned(text[: LONGEST + 1])
    return len(text) <= LONGEST and bool(_NOT_ME.search(plain)) and not _GOODS.search(plain)
