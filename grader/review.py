"""When a person should look: where the grader should not be trusted alone."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from grader.hearing import HEARD
from grader.judgement import Judgement
from grader.overall import Overall
from grader.reading import Reading
from grader.wording import say, told
from rubrics.schema import AnyCriterion, Rubric
from transcripts.types import Transcript, out_of_order

UNSURE: Final = 0.6
"""Below this overall confidence a person looks."""
EDGE: Final = 2.0
"""A score this near to the pass mark could fall on either side."""


def review_because(
    reading: Reading, rubric: Rubric, judged: Mapping[str, Judgement], total: Overall
) -> tuple[str, ...]:
    """Why a person should look, in words; empty where nobody needs to.

    No overall, a suspected critical error, a lost record, times out of order, a message longer
    than what is listened to, little confidence, a score at the pass mark, the customer's end and
    the score far apart, or a criterion that the rubric wants reviewed below the pass mark.
    """
    lang, score = reading.lang, total.score
    reasons = [
        (score is None, say(lang, "review.no_overall")),
        (bool(total.critical), say(lang, "review.critical")),
        (reading.transcript.incomplete, say(lang, "review.incomplete")),
        (out_of_order(reading.transcript), say(lang, "review.order")),
        (_too_long(reading.transcript), say(lang, "review.long", most=HEARD)),
    ]
    if score is not None:
        reasons += [
            (total.confidence < UNSURE, say(lang, "review.unsure")),
            (abs(score - rubric.pass_mark) < EDGE, say(lang, "review.edge")),
            (_apart(reading, score), say(lang, "review.apart")),
        ]
        reasons += [
            (_below(judged[id], rubric), _criterion(reading, spec))
            for id, spec in rubric.criteria.items()
            if spec.review
        ]
    return tuple(reason for so, reason in reasons if so)


def _criterion(reading: Reading, spec: AnyCriterion) -> str:
    name = told(reading.lang, spec.name.zh, spec.name.en)
    return say(reading.lang, "review.criterion", name=name)


def _below(judgement: Judgement, rubric: Rubric) -> bool:
    return judgement.score is not None and judgement.score < rubric.pass_mark


def _too_long(transcript: Transcript) -> bool:
    """Whether a message was cut: a reading holds what was heard, so it is `HEARD` long then."""
    return any(
        len(message.text) >= HEARD
        for message in transcript.messages
        if message.role in ("customer", "agent")
    )


def _apart(reading: Reading, score: float) -> bool:
    """The customer leaves pleased and the card fails, or furious and the card is very good."""
    if not reading.customer:
        return False
    last = reading.customer[-1].emotion
    return (last < 0.6 and score < 50) or (last > 3.2 and score > 85)
