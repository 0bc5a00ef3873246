"""One reply by itself: only what a single reply can be scored on.

Empathy, accuracy and conduct are judged on the last reply alone, with what it answers; of the
sequence, whether it takes the step that is due. Speed and outcome are no matter of one reply.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import asdict, dataclass, replace
from typing import Any, Final

from grader import accuracy, conduct, empathy
from grader.contact import holds
from grader.contacts import part
from grader.hearing import hear
from grader.judgement import Judgement
from grader.model import Model
from grader.reading import Reading
from grader.scorecard import Evidence
from grader.sequence import LADDER, stages
from grader.wording import say, told
from rubrics import schema
from rubrics.schema import Rubric, SequenceSpec
from transcripts.types import Transcript

SKIPPED: Final = 50.0
"""Points for a step that comes before the one that was due."""
SHOWN: Final = 3
"""Reasons of a criterion, those that cost most first."""


@dataclass(frozen=True, slots=True)
class Part:
    """One criterion of the reply; `score` 0–100, None where it could not be scored.

    `quoted` holds the reasons: words of the reply (or none) with what they did.
    """

    criterion: str
    kind: str
    score: float | None
    good: bool
    quoted: tuple[Evidence, ...] = ()


@dataclass(frozen=True, slots=True)
class OneReply:
    """What a reply is worth: the weighted mean of what was scored, None where nothing was.

    `good` when every criterion that was scored is, and no critical error shows. `critical` are ids.
    """

    score: float | None
    good: bool
    parts: tuple[Part, ...]
    critical: tuple[str, ...]

    @property
    def weakest(self) -> Part | None:
        """The worst of the parts that are not good."""
        bad = [one for one in self.parts if one.score is not None and not one.good]
        return min(bad, key=lambda one: one.score or 0.0, default=None)

    def as_json(self) -> dict[str, Any]:
        """Plain values, rounded."""
        found: dict[str, Any] = asdict(self)
        for one in (found, *found["parts"]):
            one["score"] = None if one["score"] is None else round(one["score"], 1)
        return found


def one_reply(transcript: Transcript, rubric: Rubric, model: Model) -> OneReply:
    """Score the last reply of a transcript. Equal arguments give an equal result."""
    reading = hear(transcript, model)
    if not reading.replies:
        return OneReply(None, good=False, parts=(), critical=())
    last = reading.replies[-1].reply
    own = part(reading, {*last.messages, *last.customer})
    parts = tuple(_parts(reading, own, rubric, model))
    critical = tuple(sorted({one.id for one in own.critical}))
    scored = [
        (one.score, rubric.criteria[one.criterion].weight) for one in parts if one.score is not None
    ]
    weight = sum(share for _, share in scored)
    score = sum(points * share for points, share in scored) / weight if weight else None
    judged = [one for one in parts if one.score is not None and one.kind != "conduct"]
    good = bool(judged) and all(one.good for one in parts) and not critical
    return OneReply(score, good and reading.replies[-1].substantive, parts, critical)


def _parts(reading: Reading, own: Reading, rubric: Rubric, model: Model) -> Iterator[Part]:
    """The criteria of these kinds, in the rubric's order."""
    for name, spec in rubric.criteria.items():
        match spec:
            case schema.EmpathySpec():
                yield _judged(name, spec.kind, own, empathy.score(own, spec), rubric.pass_mark)
            case schema.AccuracySpec():
                judged = accuracy.score(own, spec, model.truth)
                yield _judged(name, spec.kind, own, judged, rubric.pass_mark)
            case schema.ConductSpec():
                yield _judged(name, spec.kind, own, conduct.score(own, spec), 100.0)
            case schema.SequenceSpec():
                yield _step(name, reading, spec)


def _judged(name: str, kind: str, own: Reading, judged: Judgement, mark: float) -> Part:
    """A judgement on the reply. What is not scored stands in nobody's way."""
    if judged.score is None:
        return Part(name, kind, None, good=True)
    mine = own.replies[-1].reply.messages
    good = round(judged.score, 1) >= mark
    said = [one for one in judged.evidence if one.message in mine and one.quote]
    telling = [one for one in said if (one.points >= 0) is good] or said
    telling.sort(key=lambda one: (-abs(one.points), one.message))
    reasons = {one.reason: one for one in reversed(telling)}
    quoted = tuple(reversed(reasons.values()))[:SHOWN]
    return Part(name, kind, judged.score, good, quoted)


def _step(name: str, reading: Reading, spec: SequenceSpec) -> Part:
    """Whether the reply takes the step that is due.

    Where the order is a ladder that is the first one missing, if the customer is upset; elsewhere
    any that was missing, and a reply that takes none is not scored.
    """
    last = reading.replies[-1]
    before = stages(replace(reading, replies=reading.replies[:-1]), spec)
    after = {stage.id: taken for stage, taken in stages(reading, spec)}
    due = [stage for stage, taken in before if not taken]
    new = [stage for stage in due if after.get(stage.id)]
    strict = _is_ladder(reading, spec)
    if not due or not (new or strict):
        return Part(name, spec.kind, None, good=True)
    in_turn = due[0] in new or (bool(new) and (not strict or last.empathy is None))
    shown = (new if in_turn else due)[0]
    key = "sequence.taken" if in_turn else "sequence.skipped"
    word = told(reading.lang, shown.name.zh, shown.name.en)
    row = Evidence(last.reply.message, "", 0.0, say(reading.lang, key, stage=word))
    score = 100.0 if in_turn else SKIPPED if new else 0.0
    return Part(name, spec.kind, score, in_turn, (row,))


def _is_ladder(reading: Reading, spec: SequenceSpec) -> bool:
    order = next((one for one in spec.orders if holds(one.applies, reading)), None)
    return order is not None and order.scored == LADDER
