"""The criterion `accuracy`: what the replies stated, over the whole conversation.

The signs are counted from the ratings of the replies and from their claims; a grave false claim
caps the rating, however right the rest is.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Final

import numpy as np

from grader.evasion import dodged
from grader.judgement import Judgement, not_scored
from grader.reading import Claim, HeardReply, Reading
from grader.scorecard import Evidence
from grader.signs import NOWHERE, Measured, Sign, SignHead, explained, measured
from grader.spread import quote_of
from grader.wording import say
from rubrics.schema import AccuracySpec

GRAVE: Final = 0.8
"""Claims of this severity and more cap the rating."""
FALSE: Final = 1.5
"""Below this a reply misleads."""

BY_WORDING: Final = 1.5
"""The lowest rating where nothing false can be shown: above what gates a card, since a gate that
nobody can explain is none."""

_UNTRUE: Final = frozenset({"deny", "blame", "coerce", "off_platform", "leak_privacy"})
"""Acts that hardly ever agree with the facts."""

_ORDER: Final = ("beyond_authority", "contradicted", "below_law", "unanswered", "supported")


def score(reading: Reading, spec: AccuracySpec, head: SignHead) -> Judgement:
    """Points of the unrounded rating; without facts accuracy is not scored."""
    if not reading.transcript.facts:
        return not_scored(say(reading.lang, "accuracy.no_facts"))
    rated = _rated(reading)
    if not rated:
        return not_scored(say(reading.lang, "accuracy.nothing_checkable"))
    found = signs(reading)
    rating = head.rate(found)
    if not _can_be_shown(reading):
        rating = max(rating, BY_WORDING)
    vague = float(spec.caps.get("unanswered", 4))
    rating = min(rating, 4 - (4 - vague) * dodged(reading))
    grave = _grave(reading, spec)
    if grave is not None:
        rating = min(rating, _cap(grave, spec))
    points = float(np.interp(rating, range(5), spec.points))
    rows = [_told(reading, row) for row in explained(reading, head, found, points, "accuracy")]
    if grave is not None:
        rows.append(Evidence(grave.message, grave.quote, 0.0, grave.reason))
    return Judgement(
        score=points,
        evidence=tuple(rows),
        confidence=_confidence(rated),
        rating=rating,
        faults=_faults(reading, rated),
    )


def _can_be_shown(reading: Reading) -> bool:
    """Whether some claim, act or silence bears out that what was said is not true."""
    claims = (*(c for heard in reading.replies for c in heard.claims), *reading.deeds)
    told = any(claim.verdict not in ("supported", "unverified") for claim in claims)
    refused = any(_UNTRUE & set(heard.acts) for heard in reading.replies)
    return told or refused or bool(reading.critical)


def signs(reading: Reading) -> list[Sign]:
    """Every sign of how true the replies were."""
    return measured(_SIGNS, reading)


def _rated(reading: Reading) -> list[HeardReply]:
    return [heard for heard in reading.replies if heard.accuracy is not None]


def _value(heard: HeardReply) -> float:
    return heard.accuracy or 0.0


def _mean(reading: Reading) -> Measured:
    rated = _rated(reading)
    return (float(np.mean([_value(heard) for heard in rated])) / 4, -1) if rated else NOWHERE


def _best(reading: Reading) -> Measured:
    rated = _rated(reading)
    if not rated:
        return NOWHERE
    best = max(rated, key=_value)
    return _value(best) / 4, best.reply.message


def _misleading(reading: Reading) -> Measured:
    """The share of rated replies that mislead: wholly from 1 down, not at all from 2 up."""
    rated = _rated(reading)
    bad = [min(max(FALSE + 0.5 - _value(heard), 0.0), 1.0) for heard in rated]
    if not any(bad):
        return NOWHERE
    return sum(bad) / len(rated), min(rated, key=_value).reply.message


def _verdict(verdict: str, most: int) -> Callable[[Reading], Measured]:
    """How many claims have this verdict, weighed by severity, over `most`."""

    def measure(reading: Reading) -> Measured:
        claims = [c for heard in reading.replies for c in heard.claims if c.verdict == verdict]
        if not claims:
            return NOWHERE
        gravest = max(claims, key=lambda claim: claim.severity)
        return min(sum(claim.severity for claim in claims), most) / most, gravest.message

    return measure


def _supported(reading: Reading) -> Measured:
    """The share of supported claims among those that were held against a fact."""
    claims = [c for heard in reading.replies for c in heard.claims]
    good = [c for c in claims if c.verdict == "supported"]
    bad = [c for c in claims if c.verdict in ("contradicted", "beyond_authority", "below_law")]
    return (len(good) / (len(good) + len(bad) + 1), good[0].message) if good else NOWHERE


def _forbidden(reading: Reading) -> Measured:
    """A critical error: what is forbidden is not accurate."""
    return (1.0, reading.critical[0].message) if reading.critical else NOWHERE


def _refused(reading: Reading) -> Measured:
    """How clearly the clearest reply denies without a reason, blames or does what is forbidden."""
    worst = max(reading.replies, key=lambda heard: heard.degree(_UNTRUE), default=None)
    if worst is None or worst.degree(_UNTRUE) == 0:
        return NOWHERE
    return worst.degree(_UNTRUE), worst.reply.message


_SIGNS: Final[dict[str, Callable[[Reading], Measured]]] = {
    "mean": _mean,
    "best": _best,
    "misleading_share": _misleading,
    "contradicted": _verdict("contradicted", 2),
    "beyond_authority": _verdict("beyond_authority", 1),
    "below_law": _verdict("below_law", 1),
    "unanswered": _verdict("unanswered", 2),
    "supported": _supported,
    "forbidden": _forbidden,
    "refused": _refused,
}
DIRECTION: Final = {
    "mean": 1, "best": 1, "misleading_share": -1, "contradicted": -1, "beyond_authority": -1,
    "below_law": -1, "unanswered": -1, "supported": 1, "forbidden": -1, "refused": -1,
}  # fmt: skip


def _cap(claim: Claim, spec: AccuracySpec) -> float:
    return {str(verdict): float(cap) for verdict, cap in spec.caps.items()}[claim.verdict]


def _grave(reading: Reading, spec: AccuracySpec) -> Claim | None:
    """The claim with the lowest cap among the grave ones."""
    caps = {str(verdict) for verdict in spec.caps}
    grave = [
        claim
        for claim in (*(c for heard in reading.replies for c in heard.claims), *reading.deeds)
        if claim.severity >= GRAVE and claim.verdict in caps
    ]
    return min(grave, key=lambda claim: (_cap(claim, spec), claim.message)) if grave else None


def telling(heard: HeardReply) -> Claim | None:
    """The claim that says most about a reply: the gravest fault, else what is supported."""
    claims = [claim for claim in heard.claims if claim.verdict in _ORDER]
    if not claims:
        return None
    return min(claims, key=lambda claim: (_ORDER.index(claim.verdict), -claim.severity))


def _told(reading: Reading, row: tuple[str, Evidence]) -> Evidence:
    """A sign's evidence in the words of the claim that shows it, where there is one."""
    name, evidence = row
    if name in ("start", "mean", "forbidden"):
        return evidence
    heard = next((h for h in reading.replies if evidence.message in h.reply.messages), None)
    claim = telling(heard) if heard else None
    if claim is None or (claim.verdict == "supported") != (evidence.points > 0):
        return evidence
    message = claim.message if claim.quote else evidence.message
    return Evidence(message, claim.quote or evidence.quote, evidence.points, claim.reason)


def _band(rating: float) -> str:
    for limit, name in ((0.75, "false"), (FALSE, "misleading"), (2.5, "vague")):
        if rating < limit:
            return name
    return "right"


def _faults(reading: Reading, rated: list[HeardReply]) -> dict[str, Evidence]:
    faults = {
        f"accuracy.advice_{deed.verdict}": Evidence(deed.message, deed.quote, 0.0, deed.reason)
        for deed in reversed(reading.deeds)
    }
    for heard in sorted(rated, key=lambda heard: (_value(heard), heard.reply.message)):
        if _value(heard) >= 2.5:
            continue
        claim = telling(heard)
        if claim is not None and claim.verdict != "supported":
            key, message = claim.verdict, claim.message if claim.quote else heard.reply.message
            quote, reason = claim.quote or quote_of(reading, message), claim.reason
        else:
            key, message = _band(_value(heard)), heard.reply.message
            quote, reason = quote_of(reading, message), say(reading.lang, f"accuracy.{key}")
        faults.setdefault(f"accuracy.advice_{key}", Evidence(message, quote, 0.0, reason))
    return faults


def _confidence(rated: list[HeardReply]) -> float:
    """Surer where structure, not wording alone, decided."""
    held = [any(claim.verdict != "unverified" for claim in heard.claims) for heard in rated]
    return 0.55 + 0.35 * sum(held) / len(held)
