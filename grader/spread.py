"""Quotes for evidence, and the spreading of a weighted mean over its parts."""

from __future__ import annotations

from collections.abc import Iterable

from grader.reading import HeardReply, Reading

QUOTE: int = 40
"""Quotes are cut to this many characters."""


def quote_of(reading: Reading, message: int) -> str:
    """The beginning of a message, up to its first line break; "" for no message."""
    if message < 0:
        return ""
    return reading.transcript.messages[message].text.split("\n", 1)[0][:QUOTE]


def quote_acts(reading: Reading, heard: HeardReply, acts: Iterable[str]) -> tuple[int, str]:
    """Message and words of the first clause that does one of the acts, else the reply's start."""
    wanted = set(acts)
    for clause in heard.clauses:
        if wanted & set(clause.acts):
            text = reading.transcript.messages[clause.message].text
            return clause.message, text[clause.start : clause.end][: 2 * QUOTE]
    return heard.reply.message, quote_of(reading, heard.reply.message)


def weighted(parts: list[tuple[float, float]]) -> tuple[float, list[float]]:
    """The weighted mean of (weight, points), and what each part adds to it. Weights sum to > 0."""
    total = sum(weight for weight, _ in parts)
    shares = [weight * points / total for weight, points in parts]
    return sum(shares), shares
