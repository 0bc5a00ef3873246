"""The scorecard: every number with the evidence that it adds up from.

In memory points are exact; rounding happens once, in `to_json`, so that the rounded points of a
criterion still sum to its rounded score.
"""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any


@dataclass(frozen=True, slots=True)
class Evidence:
    """What one passage did to a score.

    `quote` is a verbatim part of the text of message `message`; `points` are gained or lost.
    """

    message: int
    quote: str
    points: float
    reason: str


@dataclass(frozen=True, slots=True)
class CriterionResult:
    """One criterion. `score` is 0–100, or None with `why` when it could not be scored."""

    kind: str
    weight: float
    score: float | None
    confidence: float
    evidence: tuple[Evidence, ...] = ()
    why: str | None = None
    advice: str | None = None
    model_reply: str | None = None
    rating: float | None = None
    calibrated: Mapping[str, Any] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class ReplyMark:
    """What was heard in one reply. Ratings are 0–4 or None; `seconds` as in `transcripts.Reply`."""

    message: int
    sender: str | None
    acts: tuple[str, ...]
    empathy: float | None
    accuracy: float | None
    seconds: float | None


@dataclass(frozen=True, slots=True)
class CustomerMark:
    """The emotion of one customer message, 0 pleased … 4 furious."""

    message: int
    emotion: float


@dataclass(frozen=True, slots=True)
class CriticalFinding:
    """A critical error with the words that show it; `suspected` until a person confirms it."""

    id: str
    message: int
    quote: str
    state: str = "suspected"


@dataclass(frozen=True, slots=True)
class Unverified:
    """A checkable claim for which no fact speaks, neither for nor against."""

    message: int
    quote: str
    reason: str


@dataclass(frozen=True, slots=True)
class AgentScore:
    """One agent's own share of a conversation."""

    overall: float | None
    criteria: Mapping[str, float | None]


@dataclass(frozen=True, slots=True)
class Scorecard:
    """The result of grading one transcript by one rubric."""

    transcript: str
    rubric_id: str
    rubric_version: str
    grader: Mapping[str, Any]
    overall: float | None
    passed: bool | None
    critical: tuple[str, ...]
    critical_evidence: tuple[CriticalFinding, ...]
    coverage: float
    gates: tuple[str, ...]
    criteria: Mapping[str, CriterionResult]
    replies: tuple[ReplyMark, ...]
    customer: tuple[CustomerMark, ...]
    agents: Mapping[str, AgentScore]
    unverified: tuple[Unverified, ...]
    confidence: float
    review: bool
    incomplete: bool
    review_because: tuple[str, ...] = ()
    calibrated: Mapping[str, Any] = field(default_factory=dict)


def rounded_parts(parts: Sequence[float], total: float) -> list[float]:
    """Parts rounded to 1 decimal that sum to `total` rounded to 1 decimal.

    Largest remainder: each part is rounded down to a tenth and the missing tenths go to the parts
    that lost most.

    >>> rounded_parts([33.333, 33.333, 33.334], 100.0)
    [33.3, 33.3, 33.4]
    """
    tenths = [math.floor(part * 10 + 1e-9) for part in parts]
    missing = round(total * 10) - sum(tenths)
    by_loss = sorted(range(len(parts)), key=lambda i: (tenths[i] - parts[i] * 10, i))
    for i in range(abs(missing)):
        if not parts:
            break
        index = by_loss[i % len(parts)] if missing > 0 else by_loss[-1 - i % len(parts)]
        tenths[index] += 1 if missing > 0 else -1
    return [tenth / 10 for tenth in tenths]


def _decimal(value: float | None, places: int) -> float | None:
    """Rounded, with no negative zero; None stays None."""
    return None if value is None else round(value, places) + 0.0


def _criterion(result: CriterionResult) -> dict[str, Any]:
    score = _decimal(result.score, 1)
    points = rounded_parts([e.points for e in result.evidence], score or 0.0)
    row: dict[str, Any] = {
        "kind": result.kind,
        "score": score,
        "weight": result.weight,
        "confidence": _decimal(result.confidence, 2),
    }
    if result.rating is not None:
        row["rating"] = _decimal(result.rating, 2)
    if result.why is not None:
        row["why"] = result.why
    row["evidence"] = [
        {"message": e.message, "quote": e.quote, "points": p + 0.0, "reason": e.reason}
        for e, p in zip(result.evidence, points, strict=True)
    ]
    row["advice"] = result.advice
    row["model_reply"] = result.model_reply
    row.update(result.calibrated)
    return row


def to_json(card: Scorecard) -> dict[str, Any]:
    """The scorecard in the contract's shape and key order, rounded, never NaN."""
    row: dict[str, Any] = {
        "transcript": card.transcript,
        "rubric": {"id": card.rubric_id, "version": card.rubric_version},
        "grader": dict(card.grader),
        "overall": _decimal(card.overall, 1),
        "passed": card.passed,
        "critical": list(card.critical),
        "critical_evidence": [
            {"id": c.id, "message": c.message, "quote": c.quote, "state": c.state}
            for c in card.critical_evidence
        ],
        "coverage": _decimal(card.coverage, 2),
        "gates": list(card.gates),
        "criteria": {name: _criterion(result) for name, result in card.criteria.items()},
        "replies": [
            {
                "message": r.message,
                "sender": r.sender,
                "acts": list(r.acts),
                "empathy": _decimal(r.empathy, 2),
                "accuracy": _decimal(r.accuracy, 2),
                "seconds": _decimal(r.seconds, 1),
            }
            for r in card.replies
        ],
        "customer": [
            {"message": c.message, "emotion": _decimal(c.emotion, 2)} for c in card.customer
        ],
        "agents": {
            name: {
                "overall": _decimal(score.overall, 1),
                "criteria": {key: _decimal(value, 1) for key, value in score.criteria.items()},
            }
            for name, score in card.agents.items()
        },
        "unverified": [
            {"message": u.message, "quote": u.quote, "reason": u.reason} for u in card.unverified
        ],
        "confidence": _decimal(card.confidence, 2),
        "review": card.review,
        "incomplete": card.incomplete,
        "review_because": list(card.review_because),
    }
    row.update(card.calibrated)
    return row
