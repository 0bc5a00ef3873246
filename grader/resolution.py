"""The criterion `resolution`: the outcome's signs as evidence, each with the points it moved."""

from __future__ import annotations

from typing import Final

import numpy as np

from grader.judgement import Judgement, not_scored
from grader.outcome import NAMES, OutcomeHead, Sign, signs
from grader.reading import Reading
from grader.scorecard import Evidence
from grader.spread import quote_of
from grader.wording import say
from rubrics.schema import ResolutionSpec

_ADVICE: Final = ("left_open", "fought", "brushed_off", "courtesy_only", "only_checked", "false",
                  "chased", "last_mood")  # fmt: skip


def score(reading: Reading, spec: ResolutionSpec, head: OutcomeHead) -> Judgement:
    """Points of the unrounded rating; the signs' contributions share them out."""
    if not reading.replies:
        return not_scored(say(reading.lang, "resolution.no_replies"))
    if not reading.customer:
        return not_scored(say(reading.lang, "resolution.no_customer"))
    found = signs(reading)
    rating = head.rate(found)
    points = float(np.interp(rating, range(5), spec.points))
    moved = _moved(found, head, points)
    first = reading.replies[0].reply.message
    evidence = tuple(
        Evidence(
            sign.message if sign.message >= 0 else first,
            quote_of(reading, sign.message),
            share,
            say(reading.lang, f"resolution.{sign.name}"),
        )
        for sign, share in moved
        if abs(share) >= 0.05 or sign.name == "start"
    )
    rest = points - sum(e.points for e in evidence)
    evidence = (Evidence(first, "", evidence[0].points + rest, evidence[0].reason), *evidence[1:])
    worst = sorted((share, sign.name) for sign, share in moved if share < -3)
    faults = {
        f"resolution.advice_{name}": next(e for e in evidence if e.points == share)
        for share, name in worst
        if name in _ADVICE
    }
    return Judgement(points, evidence, confidence=_confidence(rating, reading), rating=rating, faults=faults)


def _moved(found: list[Sign], head: OutcomeHead, points: float) -> list[tuple[Sign, float]]:
    """What each sign did, in points: its share of the raw sum, scaled where the rating was cut."""
    raw = {s.name: 25.0 * float(w) * s.value for s, w in zip(found, head.weights, strict=True)}
    base = 25.0 * head.base
    total = base + sum(raw.values())
    cut = points - total
    rows = [(Sign("start", 1.0), base + cut)]
    rows += [(sign, raw[sign.name]) for sign in found if sign.value]
    return sorted(rows, key=lambda row: (row[0].name != "start", -abs(row[1]), NAMES.index(row[0].name) if row[0].name in NAMES else -1))


def _confidence(rating: float, reading: Reading) -> float:
    """Least in the middle of the scale, and for conversations of a single exchange."""
    clear = min(abs(rating - 2.0) / 2.0, 1.0)
    return 0.55 + 0.3 * clear + (0.1 if len(reading.customer) > 1 else 0.0)
