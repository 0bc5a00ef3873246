"""The overall score: weighted mean of what could be scored, then gates, then the critical cap."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass

from grader.judgement import Judgement
from grader.reading import Reading
from rubrics.ids import CRITICALS
from rubrics.schema import Gate, Rubric


@dataclass(frozen=True, slots=True)
class Overall:
    """`score` and `passed` are None below the rubric's minimum coverage. `critical` holds every
    critical error heard, whether or not it fails the conversation under this rubric."""

    score: float | None
    passed: bool | None
    coverage: float
    gates: tuple[str, ...]
    critical: tuple[str, ...]
    confidence: float


def overall(judged: Mapping[str, Judgement], rubric: Rubric, reading: Reading) -> Overall:
    """The overall score of what was heard; see `total`."""
    return total(judged, rubric, {finding.id for finding in reading.critical})


def total(judged: Mapping[str, Judgement], rubric: Rubric, found: Collection[str]) -> Overall:
    """Σ weight·score / Σ weight over the scored criteria, capped by gates and critical errors.

    `found` are the ids of the critical errors.
    """
    weights = {name: spec.weight for name, spec in rubric.criteria.items()}
    scored = {name: one.score for name, one in judged.items() if one.score is not None}
    whole = sum(weights.values())
    covered = sum(weights[name] for name in scored)
    coverage = covered / whole
    critical = tuple(id for id in CRITICALS if id in found)
    confidence = (
        sum(weights[name] * judged[name].confidence for name in scored) / covered if scored else 0.0
    )
    if not scored or round(coverage, 6) < rubric.minimum_coverage:
        return Overall(None, None, coverage, (), critical, confidence)
    score = sum(weights[name] * value for name, value in scored.items()) / covered
    gates = [gate for gate in rubric.applied_gates if _applies(gate, judged)]
    # The most severe gate of a criterion speaks for its milder ones.
    gates = [
        g for g in gates if not any(h.criterion == g.criterion and h.cap < g.cap for h in gates)
    ]
    names = [gate.id for gate in gates]
    score = min([score, *(gate.cap for gate in gates)])
    failing = [id for id in critical if id in rubric.critical]
    if failing:
        score = min(score, rubric.critical_cap)
        names.append(f"critical:{rubric.critical_cap:g}")
    return Overall(
        score=score,
        # What people read decides: a score that is shown as 60.0 has reached 60.
        passed=round(score, 1) >= rubric.pass_mark and not critical,
        coverage=coverage,
        gates=tuple(names),
        critical=critical,
        confidence=confidence,
    )


def _applies(gate: Gate, judged: Mapping[str, Judgement]) -> bool:
    """Ratings are whole in the rubric and unrounded here: 1 stands for all that rounds to it."""
    one = judged.get(gate.criterion)
    if one is None or one.score is None:
        return False
    if gate.rating_at_most is not None:
        return one.rating is not None and one.rating < gate.rating_at_most + 0.5
    return gate.score_at_most is not None and one.score <= gate.score_at_most
