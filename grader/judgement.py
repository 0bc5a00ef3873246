"""What one criterion says about one conversation; `grade` adds weight and advice."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from grader.scorecard import Evidence


@dataclass(frozen=True, slots=True)
class Judgement:
    """A score (0–100, the sum of the evidence's points) or None with `why`.

    `rating` is the unrounded 0–4 rating where the criterion is judged on one. `faults` maps keys of
    the advice texts to the evidence that calls for that advice, worst first.
    """

    score: float | None
    evidence: tuple[Evidence, ...] = ()
    why: str | None = None
    confidence: float = 1.0
    rating: float | None = None
    faults: Mapping[str, Evidence] = field(default_factory=dict)


def not_scored(why: str) -> Judgement:
    """The criterion does not apply, or cannot be seen in this transcript."""
    return Judgement(score=None, why=why)
