"""The signs of a question that was dodged: fluent, polite, and nothing told.

Three things show it, whatever the subject: replies that only put off, a customer who has to ask the
same thing again, and facts that would have answered and were never told.
"""

from __future__ import annotations

import re
from typing import Final

import numpy as np

from grader.closings import only_pictures
from grader.facts.amounts import share_a_value
from grader.facts.findings import view
from grader.facts.matching import content, overlap
from grader.facts.putting_off import only_puts_off
from grader.normalise import normalise
from grader.reading import HeardReply, Reading
from grader.signs import NOWHERE, Measured

AGAIN: Final = 0.5
"""From this share of common words on two questions are the same one."""
OFTEN: Final = 3
"""So many repeated questions count in full."""
VAIN: Final = ((0.2, 0.5), (0.0, 1.0))
"""Replies that put off and questions asked again, and how far they make a dodge."""
HELD_BACK: Final = ((0.2, 0.45), (0.0, 1.0))
"""The same for facts that were not told."""
PLANS: Final = frozenset({"offer_refund", "offer_replacement", "offer_compensation", "guide_steps",
                          "commit_time", "escalate"})  # fmt: skip
TOLD: Final = 0.5
"""A fact of which this share was said counts as told."""

_INSISTS: Final = re.compile(
    r"到底|我(?:就|只|只是|是)?(?:想)?问的?(?:是|就)|我就问|我只想知道|没(?:有)?(?:正面)?回答|答非所问|牛头"
    r"|等于(?:什么都)?没说|又是这(?:句|套)|说了半天|准话|问(?:了|你)?(?:第)?[二两三四五六几好\d]+(?:遍|次)"
    r"|^(?:所以|然后|那)(?:呢|到底|哪|什么|多久|几|能|可|有|现在)|(?:尽快|稍后|很快)(?:是|到底)|还是没[说答]"
    r"|not an answer|yes or no|answer (?:my|the|me)|asked (?:you )?(?:twice|three|already|again)"
    r"|i(?:'ve| have)? (?:just |only )?(?:asked|want to know)|you (?:already )?said that"
    r"|^(?:right, |ok(?:ay)?, )?(?:so|but) (?:has|is|are|was|who|when|what|can|do|does|will)\b",
    re.IGNORECASE,
)


def put_off(reading: Reading) -> Measured:
    """The share of replies to something open that only put off: nothing offered, asked or told."""
    turns = [heard for heard in reading.replies if _asked(heard, reading)]
    bad = [heard for heard in turns if only_puts_off(heard.reply.text, heard.acts)]
    return (len(bad) / len(turns), bad[-1].reply.message) if bad else NOWHERE


def asked_in_vain(reading: Reading) -> Measured:
    """How often the customer had to ask the same thing again, over three."""
    again = [n for n in _questions(reading) if _repeats(reading, n)]
    return (min(len(again), OFTEN) / OFTEN, again[-1]) if again else NOWHERE


def untold(reading: Reading) -> Measured:
    """How much of the best-told facts was held back, where the customer asked something."""
    asked = _questions(reading)
    facts = [fact.text for fact in reading.transcript.facts]
    if not facts or not asked or not reading.replies:
        return NOWHERE
    said = " ".join(heard.reply.text for heard in reading.replies)
    known = content(" ".join(_customer(reading)))
    right = {c.fact for h in reading.replies for c in h.claims if c.verdict == "supported"}
    shares = sorted(
        (1.0 if fact in right else _told(said, fact, known) for fact in facts), reverse=True
    )[:2]
    told = sum(min(share / TOLD, 1.0) for share in shares) / len(shares)
    return 1.0 - told, asked[-1]


def dodged(reading: Reading) -> float:
    """How far a conversation with facts dodged the customer's question, 0–1.

    Put off or asked again, nothing told that answers, and nothing done about it.
    """
    if not reading.transcript.facts or not reading.replies:
        return 0.0
    vain = np.interp(put_off(reading)[0] + asked_in_vain(reading)[0], *VAIN)
    held_back = np.interp(untold(reading)[0], *HELD_BACK)
    done = max(heard.degree(PLANS) for heard in reading.replies)
    return float(vain * held_back * np.interp(done, (0.25, 0.75), (1, 0)))


def _told(said: str, fact: str, known: frozenset[str]) -> float:
    """The share of what the customer did not know of a fact that the replies said."""
    fresh = content(fact) - known
    words = overlap(content(said) & fresh, fresh) if fresh else 0.0
    share = len(content(said) & fresh) / len(fresh) if fresh else 0.0
    values = [q for s in view(fact).statements for q in s.quantities]
    mine = [q for s in view(said).statements for q in s.quantities]
    return max(share if words else 0.0, 1.0 if share_a_value(values, mine) else 0.0)


def _asked(heard: HeardReply, reading: Reading) -> bool:
    open_ones = {customer.message for customer in reading.customer if customer.open}
    return any(message in open_ones for message in heard.reply.customer)


def _questions(reading: Reading) -> list[int]:
    """The open messages that are more than the picture that was asked for."""
    return [
        heard.message
        for heard in reading.customer
        if heard.open and not only_pictures(reading.transcript.messages[heard.message].text)
    ]


def _customer(reading: Reading) -> list[str]:
    return [m.text for m in reading.transcript.messages if m.role == "customer"]


def _repeats(reading: Reading, number: int) -> bool:
    """Whether a customer message insists on, or asks in like words, what was answered before."""
    messages = reading.transcript.messages
    answered = [heard.reply.message for heard in reading.replies if heard.reply.message < number]
    if not answered:
        return False
    text = normalise(messages[number].text)
    if _INSISTS.search(text):
        return True
    words = content(text)
    before = [m.text for m in messages[: answered[-1]] if m.role == "customer"]
    return any(len(words) >= 2 and overlap(words, content(one)) >= AGAIN for one in before)
