"""The criterion `resolution`: the signs of the outcome, each with the points it moved."""

from __future__ import annotations

from typing import Final

import numpy as np

from grader.judgement import Judgement, not_scored
from grader.misdirected import written_to_another
from grader.outcome import LEFT_OPEN, by_end, most, signs, signs_by_end
from grader.reading import Reading
from grader.scorecard import Evidence
from grader.signs import SignHead, explained
from grader.wording import say
from rubrics.schema import ResolutionSpec

_ADVISED: Final = ("left_open", "fought", "brushed_off", "courtesy_only", "only_checked", "put_off",
                   "false", "chased", "last_mood", "end")  # fmt: skip
WORTH_ADVICE: Final = -3.0
QUOTE: Final = 60


def score(reading: Reading, spec: ResolutionSpec, head: SignHead) -> Judgement:
    """Points of the unrounded rating; the signs share them out."""
    if not reading.replies:
        return not_scored(say(reading.lang, "resolution.no_replies"))
    if not reading.customer:
        return _unanswered(reading, spec)
    if reading.transcript.facts:
        found = signs(reading)
    else:
        found, head = signs_by_end(reading), by_end(head)
    rating = min(head.rate(found), most(reading))
    points = float(np.interp(rating, range(5), spec.points))
    rows = explained(reading, head, found, points, "resolution")
    worst = sorted(rows, key=lambda row: row[1].points)
    return Judgement(
        score=points,
        evidence=tuple(row for _, row in rows),
        confidence=_confidence(rating, reading),
        rating=rating,
        faults={
            f"resolution.advice_{name}": row
            for name, row in worst
            if name in _ADVISED and row.points < WORTH_ADVICE
        },
    )


def _unanswered(reading: Reading, spec: ResolutionSpec) -> Judgement:
    """Nothing to resolve where nobody spoke, unless the words were for somebody else."""
    message = written_to_another(reading)
    if message is None:
        return not_scored(say(reading.lang, "resolution.no_customer"))
    points = float(np.interp(LEFT_OPEN, range(5), spec.points))
    quote = reading.transcript.messages[message].text.strip()[:QUOTE].rstrip()
    row = Evidence(message, quote, points, say(reading.lang, "resolution.astray"))
    return Judgement(
        score=points, evidence=(row,), rating=LEFT_OPEN, faults={"resolution.advice_astray": row}
    )


def _confidence(rating: float, reading: Reading) -> float:
    """Least in the middle of the scale, and for conversations of a single exchange."""
    clear = min(abs(rating - 2.0) / 2.0, 1.0)
    return 0.55 + 0.3 * clear + (0.1 if len(reading.customer) > 1 else 0.0)
