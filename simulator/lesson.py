"""A path of a scenario as a lesson: what a scripted agent says, and what the grader sees in it.

Nothing is written by hand: the good path is explained, and the poor one corrected, with the
evidence of the very scorecard that a trainee's own conversation would get.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import groupby
from typing import Any, Final

from grader.grade import card
from grader.hearing import hear
from grader.reading import HeardReply, Reading
from grader.scorecard import CriterionResult, Evidence, Scorecard
from grader.sequence import stages
from rubrics.schema import Rubric, SequenceSpec, Stage
from scenarios.load import Shelved
from scenarios.parts import Path
from simulator.paths import Prover
from simulator.record import outcome, transcript
from simulator.session import Session
from transcripts.errors import Refused

ASTRAY: Final = 2.0
"""A reply that is rated lower than this, of 0–4, went wrong."""
TELLING: Final = 0.5
"""Evidence that costs fewer points is no fault to be found."""
_FIRST: Final = (
    "empathy", "sequence", "accuracy", "resolution", "required", "examples", "rule", "conduct",
    "timeliness",
)  # fmt: skip
"""What a reply is praised for, the most instructive kind of criterion first."""


@dataclass(frozen=True, slots=True)
class Remark:
    """What the grader says of one reply: the criterion's id and kind, words of it, the reason."""

    criterion: str
    kind: str
    quote: str
    reason: str


@dataclass(frozen=True, slots=True)
class Taught:
    """One reply: its messages by number, its acts, what is good about it and what went wrong."""

    messages: tuple[int, ...]
    acts: tuple[str, ...]
    good: tuple[Remark, ...]
    wrong: tuple[Remark, ...]


@dataclass(frozen=True, slots=True)
class Lesson:
    """A path that was played and graded. `stages`: those that were wanted, and whether taken.

    `says` has, by act, the words with which it was first done.
    """

    session: Session
    card: Scorecard
    outcome: Mapping[str, Any]
    replies: tuple[Taught, ...]
    stages: tuple[tuple[Stage, bool], ...]
    says: Mapping[str, str]


def lesson(shelved: Shelved, variant: int, name: str, prover: Prover) -> Lesson:
    """The path of this name in a variant. `Refused` if the scenario has none."""
    scenario = shelved.variants[variant]
    path = next((path for path in scenario.paths if path.name == name), None)
    if path is None:
        raise Refused(f"{scenario.id} has no path {name!r}")
    session = prover.session(shelved, variant, path.says)
    reading = hear(transcript(session), prover.model)
    rubric = prover.rubric(scenario)
    graded = card(reading, rubric, prover.model)
    return Lesson(
        session=session,
        card=graded,
        outcome=outcome(session),
        replies=tuple(_taught(heard, graded) for heard in reading.replies),
        stages=wanted_stages(reading, rubric),
        says=_says(reading),
    )


def wanted_stages(reading: Reading, rubric: Rubric) -> tuple[tuple[Stage, bool], ...]:
    """The stages of every sequence of a rubric that a conversation calls for, and whether taken."""
    specs = [spec for spec in rubric.criteria.values() if isinstance(spec, SequenceSpec)]
    return tuple(found for spec in specs for found in stages(reading, spec))


def beginning(path: Path) -> int:
    """How many entries of a path a trainee is given who is to finish it.

    Half of its replies, at least one, and never the last one; a reply with what was done for it.
    """
    numbered = groupby(enumerate(path.says), lambda one: one[1].text is not None)
    replies = [[number for number, _ in run] for is_text, run in numbered if is_text]
    return replies[len(replies) // 2 - 1][-1] + 1 if len(replies) > 1 else 0


def _taught(heard: HeardReply, graded: Scorecard) -> Taught:
    numbers = heard.reply.messages
    here = [
        (name, result, [one for one in result.evidence if one.message in numbers and one.quote])
        for name, result in graded.criteria.items()
        if result.score is not None
    ]
    good = [remark for one in here for remark in _good(heard, *one)]
    good.sort(key=lambda remark: _FIRST.index(remark.kind))
    wrong = [remark for one in here for remark in _wrong(heard, *one)]
    return Taught(numbers, heard.acts, tuple(good), tuple(wrong))


def _good(
    heard: HeardReply, name: str, result: CriterionResult, evidence: Sequence[Evidence]
) -> Iterator[Remark]:
    rating = {"empathy": heard.empathy, "accuracy": heard.accuracy}.get(result.kind)
    if rating is not None and (rating < ASTRAY or (result.score or 0.0) < ASTRAY * 25):
        return
    for one in evidence:
        if one.points >= TELLING:
            yield Remark(name, result.kind, one.quote, one.reason)


def _wrong(
    heard: HeardReply, name: str, result: CriterionResult, evidence: Sequence[Evidence]
) -> Iterator[Remark]:
    """By the rating where there is one; else by the points, of which conduct has none left to lose
    once it is at 0, and timeliness none to give where the wait was too long."""
    rating = {"empathy": heard.empathy, "accuracy": heard.accuracy}.get(result.kind)
    if rating is not None:
        found = sorted(evidence, key=lambda one: one.points)[:1] if rating < ASTRAY else []
    else:
        limit = 0.0 if result.kind in ("conduct", "timeliness") else -TELLING
        found = [one for one in evidence if one.points <= limit]
    for one in found:
        yield Remark(name, result.kind, one.quote, one.reason)


def _says(reading: Reading) -> dict[str, str]:
    found: dict[str, str] = {}
    for heard in reading.replies:
        for clause in heard.clauses:
            text = reading.transcript.messages[clause.message].text[clause.start : clause.end]
            for act in clause.acts:
                found.setdefault(act, text.strip("，,；; "))
    return found
