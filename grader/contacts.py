"""Parts of a reading: one agent's, or one contact of a history that runs over weeks."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import timedelta
from itertools import pairwise
from typing import Final

import numpy as np

from grader.judgement import Judgement
from grader.reading import Reading
from grader.scorecard import Evidence

SILENCE: Final = timedelta(hours=72)
"""After so long without a message the next one begins a new contact."""


def part(reading: Reading, kept: set[int]) -> Reading:
    """The reading of these messages alone: what others said stands as system messages, so that
    indices stay what they are."""
    messages = tuple(
        message
        if index in kept or message.role not in ("agent", "customer")
        else replace(message, role="system")
        for index, message in enumerate(reading.transcript.messages)
    )
    return replace(
        reading,
        transcript=replace(reading.transcript, messages=messages),
        replies=tuple(heard for heard in reading.replies if heard.reply.message in kept),
        customer=tuple(heard for heard in reading.customer if heard.message in kept),
        critical=tuple(finding for finding in reading.critical if finding.message in kept),
    )


def contacts(reading: Reading) -> list[Reading]:
    """The contacts of a history, in order; the reading itself where it is one conversation."""
    messages = reading.transcript.messages
    times = [(index, message.at) for index, message in enumerate(messages) if message.at]
    begins = [
        later
        for (_, before), (later, after) in pairwise(times)
        if before and after and after - before >= SILENCE
    ]
    # A reply that comes days late still answers: only a customer or an opening by the shop, with
    # nothing left unanswered, begins something new.
    begins = [n for n in begins if messages[n].role == "customer" or not _waiting(reading, n)]
    if not begins:
        return [reading]
    edges = [0, *begins, len(messages)]
    parts = [part(reading, set(range(start, end))) for start, end in pairwise(edges)]
    return [one for one in parts if one.replies or one.customer]


def _waiting(reading: Reading, index: int) -> bool:
    """Whether a customer message before `index` is open and nobody has replied since."""
    asked = [heard.message for heard in reading.customer if heard.message < index and heard.open]
    said = [n for heard in reading.replies for n in heard.reply.messages if n < index]
    return bool(asked) and asked[-1] > max(said, default=-1)


def combined(parts: Sequence[Judgement], sizes: Sequence[int]) -> Judgement:
    """One judgement of several contacts: their mean, weighted by the number of replies."""
    scored = [(one, size) for one, size in zip(parts, sizes, strict=True) if one.score is not None]
    if not scored:
        return parts[0]
    total = sum(size for _, size in scored) or len(scored)
    shares = [(one, (size or 1) / total if total else 1 / len(scored)) for one, size in scored]
    whole = sum(share for _, share in shares)
    shares = [(one, share / whole) for one, share in shares]
    evidence = tuple(
        Evidence(row.message, row.quote, row.points * share, row.reason)
        for one, share in shares
        for row in one.evidence
    )
    faults: dict[str, Evidence] = {}
    for one, _ in sorted(shares, key=lambda item: item[0].score or 0.0):
        for key, row in one.faults.items():
            faults.setdefault(key, row)
    return Judgement(
        score=sum((one.score or 0.0) * share for one, share in shares),
        evidence=evidence,
        confidence=sum(one.confidence * share for one, share in shares),
        rating=_mean([(one.rating, share) for one, share in shares]),
        faults=faults,
    )


def _mean(parts: Sequence[tuple[float | None, float]]) -> float | None:
    known = [(value, weight) for value, weight in parts if value is not None]
    if not known:
        return None
    return float(np.average([v for v, _ in known], weights=[w for _, w in known]))


def merged(parts: Sequence[Mapping[str, Judgement]], sizes: Sequence[int]) -> dict[str, Judgement]:
    """Criterion by criterion, `combined`."""
    return {name: combined([one[name] for one in parts], sizes) for name in parts[0]}
