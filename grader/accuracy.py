"""The criterion `accuracy`: each reply's rating by the facts, the falsest weighing most."""

from __future__ import annotations

import math
from collections.abc import Sequence
from typing import Final

import numpy as np

from grader.judgement import Judgement, not_scored
from grader.reading import Claim, HeardReply, Reading
from grader.scorecard import Evidence
from grader.spread import quote_of, weighted
from grader.wording import say
from rubrics.schema import AccuracySpec

STEEP: Final = 0.9
"""A reply rated r weighs e^(−STEEP·r): one false promise outweighs several right answers."""
GRAVE: Final = 0.8
"""Claims of this severity and more cap the rating of their reply."""

_ORDER: Final = ("beyond_authority", "contradicted", "below_law", "unanswered", "supported")


def score(reading: Reading, spec: AccuracySpec) -> Judgement:
    """Points of the ratings; without facts accuracy is not scored."""
    if not reading.transcript.facts:
        return not_scored(say(reading.lang, "accuracy.no_facts"))
    rated = [heard for heard in reading.replies if heard.accuracy is not None]
    if not rated:
        return not_scored(say(reading.lang, "accuracy.nothing_checkable"))
    ratings = [_capped(heard, spec) for heard in rated]
    parts = [
        (math.exp(-STEEP * rating), float(np.interp(rating, range(5), spec.points)))
        for rating in ratings
    ]
    total, shares = weighted(parts)
    evidence = tuple(
        _evidence(reading, heard, rating, share)
        for heard, rating, share in zip(rated, ratings, shares, strict=True)
    )
    rating = float(np.average(ratings, weights=[weight for weight, _ in parts]))
    return Judgement(
        score=total,
        evidence=evidence,
        confidence=_confidence(rated),
        rating=rating,
        faults=_faults(rated, ratings, evidence),
    )


def _capped(heard: HeardReply, spec: AccuracySpec) -> float:
    rating = heard.accuracy or 0.0
    caps = {str(verdict): cap for verdict, cap in spec.caps.items()}
    for claim in heard.claims:
        if claim.severity >= GRAVE and claim.verdict in caps:
            rating = min(rating, caps[claim.verdict])
    return rating


def telling(heard: HeardReply) -> Claim | None:
    """The claim that says most about a reply's rating: the gravest fault, else what is supported."""
    claims = [claim for claim in heard.claims if claim.verdict in _ORDER]
    if not claims:
        return None
    return min(claims, key=lambda claim: (_ORDER.index(claim.verdict), -claim.severity))


def _evidence(reading: Reading, heard: HeardReply, rating: float, share: float) -> Evidence:
    claim = telling(heard)
    fits = claim is not None and (claim.verdict == "supported") == (rating >= 2.5)
    if claim is not None and fits:
        quote = claim.quote or quote_of(reading, heard.reply.message)
        message = claim.message if claim.quote else heard.reply.message
        return Evidence(message, quote, share, claim.reason)
    message = heard.reply.message
    return Evidence(message, quote_of(reading, message), share, say(reading.lang, _band(rating)))


def _band(rating: float) -> str:
    for limit, name in ((0.75, "false"), (1.6, "misleading"), (2.5, "vague"), (3.5, "right")):
        if rating < limit:
            return f"accuracy.{name}"
    return "accuracy.exact"


def _faults(
    rated: Sequence[HeardReply], ratings: Sequence[float], evidence: Sequence[Evidence]
) -> dict[str, Evidence]:
    faults: dict[str, Evidence] = {}
    for number in sorted(range(len(rated)), key=lambda n: (ratings[n], n)):
        if ratings[number] >= 3:
            continue
        claim = telling(rated[number])
        if claim is not None and claim.verdict != "supported":
            key = f"accuracy.advice_{claim.verdict}"
        else:
            key = _band(ratings[number]).replace("accuracy.", "accuracy.advice_")
        faults.setdefault(key, evidence[number])
    return faults


def _confidence(rated: Sequence[HeardReply]) -> float:
    """Surer where structure, not wording alone, decided."""
    held = [any(c.verdict != "unverified" for c in heard.claims) for heard in rated]
    return 0.55 + 0.35 * sum(held) / len(held)
