"""When a person should look: where the grader should not be trusted alone."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from grader.judgement import Judgement
from grader.overall import Overall
from grader.reading import Reading
from rubrics.schema import Rubric
from transcripts.types import out_of_order

UNSURE: Final = 0.6
"""Below this overall confidence a person looks."""
EDGE: Final = 2.0
"""A score this near to the pass mark could fall on either side."""


def needs_review(
    reading: Reading, rubric: Rubric, judged: Mapping[str, Judgement], total: Overall
) -> bool:
    """Any of: no overall, a suspected critical error, a lost record, times out of order, little
    confidence, a score at the pass mark, the customer's end and the score far apart, or a criterion
    that the rubric wants reviewed below the pass mark."""
    if total.score is None or total.critical or reading.transcript.incomplete:
        return True
    if out_of_order(reading.transcript) or total.confidence < UNSURE:
        return True
    if abs(total.score - rubric.pass_mark) < EDGE or _apart(reading, total.score):
        return True
    return any(
        spec.review and (score := judged[name].score) is not None and score < rubric.pass_mark
        for name, spec in rubric.criteria.items()
    )


def _apart(reading: Reading, score: float) -> bool:
    """The customer leaves pleased and the card fails, or furious and the card is very good."""
    if not reading.customer:
        return False
    last = reading.customer[-1].emotion
    return (last < 0.6 and score < 50) or (last > 3.2 and score > 85)
