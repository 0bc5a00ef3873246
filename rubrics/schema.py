"""What a rubric file may hold. One class a kind of criterion; `kind` decides which one is read.

parts, times, operators ← schema. Shape is checked here; what only shows when parts are held against
each other (weights that do not sum to 1, a gate on a criterion that is not there) in `cross.py`.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from functools import cached_property
from typing import Annotated, Any, Literal

from pydantic import Field, model_validator

from rubrics.ids import CRITICALS
from rubrics.operators import Pattern, RuleNode
from rubrics.parts import Act, Advice, Applies, Critical, Rating, Score, Seconds, Strict, Text, Word
from rubrics.times import Automatic, Hours, Late, QuickRate, Rounds, Slow, Wait

FORMAT = 1

PointsByRating = Annotated[tuple[Score, ...], Field(min_length=5, max_length=5)]
"""The points of the ratings 0, 1, 2, 3, 4; between two ratings in proportion."""

STRAIGHT = (0.0, 25.0, 50.0, 75.0, 100.0)
Id = Annotated[str, Field(pattern=r"^[a-z][a-z0-9_]{0,39}$")]
Need = Literal[1, 2, 3, 4]


class Criterion(Strict):
    """What every criterion has."""

    weight: Annotated[float, Field(gt=0, le=1)] = Field(
        description="Share of the overall score; the weights of a rubric sum to 1."
    )
    name: Text = Field(description="Name on the scorecard.")
    description: Text = Field(description="What is looked at, in a sentence.")
    applies: Applies | None = Field(
        default=None,
        description="When it applies; otherwise it is not scored. Always, if left out.",
    )
    review: bool = Field(
        default=False,
        description="A person looks at each conversation in which it scores below the pass mark.",
    )
    advice: Advice | None = Field(
        default=None,
        description="Words for the trainee where the grader has no advice that quotes a sentence.",
    )


class EmpathySpec(Criterion):
    """Empathy of the replies, weighted to the moments when the customer was upset."""

    kind: Literal["empathy"]
    points: Mapping[Need, PointsByRating] = Field(
        default={
            1: (0, 40, 85, 100, 100),
            2: (0, 40, 65, 100, 100),
            3: (0, 25, 55, 90, 100),
            4: (0, 20, 45, 85, 100),
        },
        description="Points of the ratings 0–4 by the emotion that the reply answers (1–4).",
    )
    points_if_answered: Mapping[Need, PointsByRating] = Field(
        default={1: (0, 60, 95, 100, 100), 2: (0, 55, 85, 100, 100)},
        description="The same where the reply also answers the worry; a mild one needs no speech.",
    )
    weights: Mapping[Need, Annotated[float, Field(ge=0, le=100)]] = Field(
        default={1: 0.5, 2: 1.0, 3: 2.0, 4: 3.0},
        description="How much a reply counts by the emotion that it answers (1–4).",
    )

    @model_validator(mode="after")
    def _whole(self) -> EmpathySpec:
        for name, table in (("points", self.points), ("weights", self.weights)):
            missing = sorted({1, 2, 3, 4} - set(table))
            if missing:
                raise ValueError(f"{name} has no line for emotion {missing[0]}; give 1, 2, 3 and 4")
        return self


class AccuracySpec(Criterion):
    """Truth of the replies by the facts."""

    kind: Literal["accuracy"]
    points: PointsByRating = Field(default=STRAIGHT, description="Points of the ratings 0–4.")
    caps: Mapping[
        Literal["contradicted", "beyond_authority", "below_law", "unanswered"], Rating
    ] = Field(
        default={"contradicted": 1, "beyond_authority": 0, "below_law": 1, "unanswered": 2},
        description="The rating (0–4) is at most this where such a claim matters.",
    )


class When(Strict):
    """What the customer or the shop must have done so that a stage is called for. One is enough."""

    customer_words: tuple[Word, ...] = Field(
        default=(), description="A customer message holds one of these words."
    )
    agent_acts: tuple[Act, ...] = Field(default=(), description="A reply does one of these acts.")
    actions: tuple[Word, ...] = Field(default=(), description="The transcript has such an action.")
    emotion_at_least: Annotated[float, Field(ge=0, le=4)] | None = Field(
        default=None, description="A customer message has at least this emotion (0–4)."
    )


class Stage(Strict):
    """One step of handling a contact."""

    id: Id = Field(description="Its name in evidence and advice keys.")
    name: Text = Field(description="Its name on the scorecard.")
    acts: tuple[Act, ...] = Field(
        default=(), description="A reply that does one of these takes it."
    )
    actions: tuple[Word, ...] = Field(
        default=(), description="A workbench action that takes it too, such as look_up."
    )
    words: tuple[Word, ...] = Field(
        default=(), description="A reply that holds one of these words takes it too."
    )
    if_followed: tuple[Act, ...] = Field(
        default=(), description="Those of `acts` that only count if something is told afterwards."
    )
    using_what_is_there: bool = Field(
        default=False,
        description="Naming what the photo, the order or the tracking shows takes it as well.",
    )
    when: When | None = Field(
        default=None, description="Called for only then; a stage not called for is not missing."
    )
    seen_in: Literal["replies", "actions", "note"] = Field(
        default="replies",
        description="Where it can be seen; without actions or a note in the transcript a stage "
        "seen only there is not missing.",
    )
    weight: Annotated[float, Field(gt=0, le=100)] = Field(
        default=1, description="Its share where stages are scored by share."
    )

    @model_validator(mode="after")
    def _recognisable(self) -> Stage:
        if not (self.acts or self.actions or self.words):
            raise ValueError("a stage needs acts, actions or words by which it is recognised")
        unknown = [act for act in self.if_followed if act not in self.acts]
        if unknown:
            raise ValueError(f"if_followed names {unknown[0]}, which is not among the stage's acts")
        return self


class Order(Strict):
    """The stages for one kind of contact."""

    name: Text = Field(description="Its name, such as complaint or reception.")
    applies: Applies | None = Field(
        default=None, description="The first order that applies is taken; always, if left out."
    )
    scored: Literal["ladder", "share"] = Field(
        default="share",
        description="ladder: 0 no stage, 1 one, 2 two or a wrong order, 3 all with one thin or "
        "late, 4 all clearly. share: the weighted share of the stages called for.",
    )
    stages: tuple[Stage, ...] = Field(min_length=2, description="In the order wanted.")
    points: PointsByRating = Field(
        default=STRAIGHT, description="Points of the ratings 0–4 of a ladder."
    )
    out_of_order: Score = Field(
        default=10, description="Points lost (share) for a stage that comes before an earlier one."
    )


class SequenceSpec(Criterion):
    """The stages of the contact, found and in order."""

    kind: Literal["sequence"]
    orders: tuple[Order, ...] = Field(
        min_length=1, description="One for each kind of contact; none that applies: not scored."
    )
    asked_again: Score = Field(
        default=15,
        description="Points lost for demanding what was given already, or what the order page "
        "shows.",
    )
    handed_over: Score = Field(
        default=10, description="Points lost where the customer repeats it all to the next agent."
    )


class TimelinessSpec(Criterion):
    """Speed. Limits that cannot be measured in a conversation are left out of the score."""

    kind: Literal["timeliness"]
    first_response: Wait | None = Field(
        default=Wait(good=30, bad=180, weight=15),
        description="From the first customer message to the first human reply of any kind.",
    )
    first_substantive: Wait | None = Field(
        default=Wait(good=60, bad=300, weight=30),
        description="From there to the first reply that is more than a greeting, thanks or a hold.",
    )
    longest_gap: Wait | None = Field(
        default=Wait(good=120, bad=600, weight=15),
        description="The longest time the customer waited for the next human message while "
        "something was open, between replies or inside one.",
    )
    average: Wait | None = Field(
        default=Wait(good=45, bad=240, weight=10), description="Mean wait for a reply."
    )
    quick_rate: QuickRate | None = Field(
        default=QuickRate(within=30, target=0.8, weight=10),
        description="Share of replies within some seconds.",
    )
    rounds: Rounds | None = Field(
        default=Rounds(preset="taobao-2025-06", weight=10),
        description="Reply rounds as a platform counts them.",
    )
    complaint: Wait | None = Field(
        default=Wait(good=300, bad=900, weight=10),
        description="In complaints: from the first sign of trouble to the reply that takes it up.",
    )
    slow: Slow | None = Field(default=Slow(), description="Points lost for slow replies.")
    late_answer: Late | None = Field(
        default=Late(over=300, cap=55),
        description="Cap where the first substantive reply comes late, however fast the greeting.",
    )
    unanswered: Late | None = Field(
        default=Late(over=1800, cap=30),
        description="Cap where the customer waited this long with something open, or to the end.",
    )
    hours: Hours | None = Field(
        default=None, description="Business hours; waiting outside of them does not count."
    )
    automatic: Automatic = Field(
        default=Automatic(), description="What is taken for an automatic reply."
    )

    @model_validator(mode="after")
    def _something_to_measure(self) -> TimelinessSpec:
        parts = ("first_response", "first_substantive", "longest_gap", "average", "quick_rate",
                 "rounds", "complaint")  # fmt: skip
        if all(getattr(self, part) is None for part in parts):
            raise ValueError(f"give at least one of {', '.join(parts)}")
        return self


class ResolutionSpec(Criterion):
    """What became of the customer's matter."""

    kind: Literal["resolution"]
    points: PointsByRating = Field(default=STRAIGHT, description="Points of the ratings 0–4.")


class Banned(Strict):
    """A phrase that costs points."""

    words: tuple[Word, ...] = Field(default=(), description="Any of these words.")
    pattern: Pattern | None = Field(
        default=None, description="Or a regular expression with bounded repetitions."
    )
    points: Annotated[float, Field(gt=0, le=100)] = Field(
        default=20, description="Points lost each time."
    )
    reason: Text = Field(description="Why it is not said, for the scorecard.")

    @model_validator(mode="after")
    def _something(self) -> Banned:
        if not self.words and self.pattern is None:
            raise ValueError("a banned phrase needs words or a pattern")
        return self


class ConductSpec(Criterion):
    """Conduct: 100 less what bad acts, critical errors, pushes and banned phrases cost."""

    kind: Literal["conduct"]
    acts: Mapping[Act, Annotated[float, Field(ge=0, le=100)]] = Field(
        default={
            "deny": 30, "blame": 35, "dismiss": 25, "stall": 20, "rude": 100, "off_platform": 100,
            "coerce": 100, "leak_privacy": 100,
        },
        description="Points that a reply loses for an act.",
    )  # fmt: skip
    critical: Mapping[Critical, Annotated[float, Field(ge=0, le=100)]] = Field(
        default=dict.fromkeys(CRITICALS, 100.0),
        description="Points that a critical error costs.",
    )
    pushes: Annotated[float, Field(ge=0, le=100)] = Field(
        default=35,
        description="Points that each push costs after the customer said to stop, or has not "
        "answered an earlier one.",
    )
    banned: tuple[Banned, ...] = Field(default=(), description="Phrases that cost points.")


class ExamplesSpec(Criterion):
    """Defined by examples only: sentences that do it and sentences that do not."""

    kind: Literal["examples"]
    good: tuple[Annotated[str, Field(min_length=1, max_length=500)], ...] = Field(
        min_length=3, max_length=200, description="Sentences that should score; at least three."
    )
    bad: tuple[Annotated[str, Field(min_length=1, max_length=500)], ...] = Field(
        min_length=3, max_length=200, description="Near misses that should not; at least three."
    )
    wanted: Literal["once", "every_reply", "never"] = Field(
        default="once",
        description="once: some sentence is like the good ones; every_reply: the share of replies "
        "with such a sentence; never: no sentence is like the bad ones.",
    )
    threshold: Annotated[float, Field(ge=-2, le=2)] | None = Field(
        default=None,
        description="Likeness to good minus likeness to bad from which a sentence counts; fitted "
        "from the examples if left out.",
    )


class Statement(Strict):
    """Something that has to be said, recognised by words, a pattern or examples."""

    id: Id = Field(description="Its name in evidence.")
    name: Text = Field(description="What has to be said, for the scorecard.")
    words: tuple[Word, ...] = Field(default=(), description="Said if one of these words is there.")
    pattern: Pattern | None = Field(default=None, description="Said if this is found.")
    examples: tuple[Annotated[str, Field(min_length=1, max_length=500)], ...] = Field(
        default=(), max_length=100, description="Said if a sentence is very like one of these."
    )
    like: Annotated[float, Field(gt=0, le=1)] = Field(
        default=0.75, description="Cosine similarity to an example from which it counts as said."
    )
    acts: tuple[Act, ...] = Field(default=(), description="Said if a reply does one of these acts.")
    when: Applies | None = Field(default=None, description="Required only then.")
    weight: Annotated[float, Field(gt=0, le=100)] = Field(default=1, description="Its share.")

    @model_validator(mode="after")
    def _recognisable(self) -> Statement:
        if not (self.words or self.pattern or self.examples or self.acts):
            raise ValueError("a statement needs words, a pattern, acts or examples")
        return self


class RequiredSpec(Criterion):
    """Statements that must be made."""

    kind: Literal["required"]
    statements: tuple[Statement, ...] = Field(min_length=1, description="All that must be said.")


class RuleSpec(Criterion):
    """A rule built from operators."""

    kind: Literal["rule"]
    rule: RuleNode = Field(description="What is asked of the conversation.")
    holds: Score = Field(default=100, description="Score where the rule holds.")
    fails: Score = Field(default=0, description="Score where it does not.")


AnyCriterion = Annotated[
    EmpathySpec | AccuracySpec | SequenceSpec | TimelinessSpec | ResolutionSpec | ConductSpec
    | ExamplesSpec | RequiredSpec | RuleSpec,
    Field(discriminator="kind"),
]  # fmt: skip


class Gate(Strict):
    """A floor under one criterion: below it the overall score is capped."""

    criterion: Id = Field(description="Id of the criterion.")
    rating_at_most: Rating | None = Field(
        default=None, description="Caps where the criterion's rating (0–4) is at most this."
    )
    score_at_most: Score | None = Field(
        default=None, description="Caps where the criterion's score (0–100) is at most this."
    )
    cap: Score = Field(description="The overall score is at most this.")

    @model_validator(mode="after")
    def _one(self) -> Gate:
        if (self.rating_at_most is None) == (self.score_at_most is None):
            raise ValueError("give either rating_at_most or score_at_most")
        return self

    @property
    def id(self) -> str:
        """How the gate is named on the card, such as resolution<=1:59."""
        limit = self.score_at_most if self.rating_at_most is None else self.rating_at_most
        return f"{self.criterion}<={limit:g}:{self.cap:g}"


class Rubric(Strict):
    """What conversations are measured by."""

    format: Literal[1] = Field(description="Version of this file format: 1.")
    id: Id = Field(description="Its name in commands and scorecards.")
    name: Text = Field(description="Its name for people.")
    description: Text = Field(description="What it is for.")
    pass_mark: Score = Field(default=60, description="Overall score from which it is passed.")
    minimum_coverage: Annotated[float, Field(ge=0, le=1)] = Field(
        default=0.4, description="Below this share of scorable weight there is no overall score."
    )
    critical: tuple[Critical, ...] = Field(
        default=CRITICALS, description="Critical errors that fail the conversation."
    )
    critical_cap: Score = Field(
        default=39, description="With such an error the overall score is at most this."
    )
    gates: tuple[Gate, ...] | None = Field(
        default=None,
        description="Floors under single criteria. Left out: resolution or accuracy rated at most "
        "1 caps at 59, 0 at 39. An empty list: none.",
    )
    criteria: Annotated[Mapping[Id, AnyCriterion], Field(min_length=1, max_length=50)] = Field(
        description="The criteria by id, in the order of the scorecard."
    )

    @cached_property
    def applied_gates(self) -> tuple[Gate, ...]:
        """The rubric's own gates, or the usual ones for its resolution and accuracy criteria."""
        if self.gates is not None:
            return self.gates
        floors = ((0.0, 39.0), (1.0, 59.0))
        return tuple(
            Gate(criterion=id, rating_at_most=rating, cap=cap)
            for id, spec in self.criteria.items()
            if spec.kind in ("resolution", "accuracy")
            for rating, cap in floors
        )

    @cached_property
    def version(self) -> str:
        """sha256 of the content that grading sees: defaults filled in, layout and comments out."""
        content: dict[str, Any] = self.model_dump(mode="json", by_alias=True)
        content["order"] = list(self.criteria)
        text = json.dumps(content, sort_keys=True, ensure_ascii=False, separators=(",", ":"))
        return "sha256:" + hashlib.sha256(text.encode()).hexdigest()


__all__ = [
    "FORMAT", "AccuracySpec", "Advice", "AnyCriterion", "Applies", "Automatic", "Banned",
    "ConductSpec", "Criterion", "EmpathySpec", "ExamplesSpec", "Gate", "Hours", "Late", "Order",
    "QuickRate", "RequiredSpec", "ResolutionSpec", "Rounds", "Rubric", "RuleSpec", "Seconds",
    "SequenceSpec", "Slow", "Stage", "Statement", "Text", "TimelinessSpec", "Wait", "When",
]  # fmt: skip
