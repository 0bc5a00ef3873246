"""From a transcript and a rubric to a scorecard: a pure function."""

from __future__ import annotations

from functools import lru_cache
from importlib.metadata import PackageNotFoundError, version

from grader import (
    accuracy,
    conduct,
    empathy,
    examples,
    required,
    resolution,
    rules,
    sequence,
    timeliness,
)
from grader.advice import advise
from grader.agents import agent_scores
from grader.contact import holds
from grader.contacts import contacts, merged
from grader.hearing import hear
from grader.judgement import Judgement, not_scored
from grader.model import Model
from grader.overall import overall
from grader.reading import Reading
from grader.review import review_because
from grader.scorecard import CriterionResult, CustomerMark, ReplyMark, Scorecard
from grader.wording import say
from rubrics import schema
from rubrics.schema import AnyCriterion, Rubric
from transcripts.types import Transcript


def grade(transcript: Transcript, rubric: Rubric, model: Model) -> Scorecard:
    """The scorecard of one transcript. Equal arguments give an equal card."""
    return card(hear(transcript, model), rubric, model)


def card(reading: Reading, rubric: Rubric, model: Model) -> Scorecard:
    """The scorecard of a conversation that was heard before."""
    judged = judge(reading, rubric, model)
    total = overall(judged, rubric, reading)
    advice = advise(reading, rubric, model, judged, lambda other: judge(other, rubric, model))
    results = {
        name: CriterionResult(
            kind=spec.kind,
            weight=spec.weight,
            score=judged[name].score,
            confidence=judged[name].confidence if judged[name].score is not None else 0.0,
            evidence=judged[name].evidence,
            why=judged[name].why,
            advice=advice[name].text,
            model_reply=advice[name].model_reply,
            rating=judged[name].rating,
        )
        for name, spec in rubric.criteria.items()
    }
    transcript = reading.transcript
    because = review_because(reading, rubric, judged, total)
    return Scorecard(
        transcript=transcript.id,
        rubric_id=rubric.id,
        rubric_version=rubric.version,
        grader={"version": _version(), "encoder": model.encoder.name, "model": model.hash},
        overall=total.score,
        passed=total.passed,
        critical=total.critical,
        critical_evidence=reading.critical,
        coverage=total.coverage,
        gates=total.gates,
        criteria=results,
        replies=tuple(
            ReplyMark(
                message=heard.reply.message,
                sender=heard.reply.sender,
                acts=heard.acts,
                empathy=heard.empathy,
                accuracy=heard.accuracy,
                seconds=heard.reply.seconds,
            )
            for heard in reading.replies
        ),
        customer=tuple(CustomerMark(heard.message, heard.emotion) for heard in reading.customer),
        agents=agent_scores(reading, rubric, lambda own: judge(own, rubric, model), total, judged),
        unverified=reading.unverified,
        confidence=total.confidence,
        review=bool(because),
        incomplete=transcript.incomplete,
        review_because=because,
    )


def judge(reading: Reading, rubric: Rubric, model: Model) -> dict[str, Judgement]:
    """What each criterion of the rubric says, in its order; of a history, over its contacts."""
    parts = contacts(reading)
    judged = [
        {name: _judge(one, spec, model) for name, spec in rubric.criteria.items()} for one in parts
    ]
    return judged[0] if len(judged) == 1 else merged(judged, [len(one.replies) for one in parts])


def _judge(reading: Reading, spec: AnyCriterion, model: Model) -> Judgement:
    if not holds(spec.applies, reading):
        return not_scored(say(reading.lang, "grade.does_not_apply"))
    match spec:
        case schema.EmpathySpec():
            return empathy.score(reading, spec)
        case schema.AccuracySpec():
            return accuracy.score(reading, spec, model.truth)
        case schema.SequenceSpec():
            return sequence.score(reading, spec)
        case schema.TimelinessSpec():
            return timeliness.score(reading, spec)
        case schema.ResolutionSpec():
            return resolution.score(reading, spec, model.outcome)
        case schema.ConductSpec():
            return conduct.score(reading, spec)
        case schema.ExamplesSpec():
            return examples.score(reading, spec, model.encoder)
        case schema.RequiredSpec():
            return required.score(reading, spec, model.encoder)
        case schema.RuleSpec():
            return rules.score(reading, spec)


@lru_cache(maxsize=1)
def _version() -> str:
    try:
        return version("kefu")
    except PackageNotFoundError:
        return "unknown"
