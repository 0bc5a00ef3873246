"""The operators of the criterion kind `rule`, what can be asked of a conversation without code.

rule:
  all:
    - find: {role: agent, words: [退款], count: {at_least: 1}}
    - not: {find: {role: agent, acts: [coerce]}}
"""

from __future__ import annotations

from typing import Annotated, Any, Literal

from pydantic import AfterValidator, Discriminator, Field, Tag, model_validator

from rubrics.parts import Act, Emotion, Seconds, Strict, Word
from rubrics.patterns import vetted
from transcripts.types import Role

Pattern = Annotated[str, Field(min_length=1, max_length=200), AfterValidator(vetted)]


class Number(Strict):
    """A number in the text, written in digits: any, or one between two bounds."""

    at_least: float | None = Field(default=None, description="Smallest number that counts.")
    at_most: float | None = Field(default=None, description="Largest number that counts.")


class Count(Strict):
    """How many messages must be found."""

    at_least: Annotated[int, Field(ge=0)] = Field(default=1, description="At least so many.")
    at_most: Annotated[int, Field(ge=0)] | None = Field(
        default=None, description="At most so many; without it any number."
    )

    @model_validator(mode="after")
    def _ordered(self) -> Count:
        if self.at_most is not None and self.at_most < self.at_least:
            raise ValueError(f"at_most ({self.at_most}) is less than at_least ({self.at_least})")
        return self


class Anchor(Strict):
    """Another find, and how near to it a message must stand."""

    find: Find = Field(description="What the anchor is; each message that it finds is one.")
    messages: Annotated[int, Field(ge=1, le=1000)] | None = Field(
        default=None,
        description="At most so many messages away, counted in customer/agent/bot turns.",
    )
    seconds: Seconds | None = Field(
        default=None, description="At most so many seconds away; without times nothing is near."
    )


class Find(Strict):
    """Messages for which everything that is given holds."""

    role: Role | None = Field(default=None, description="Who wrote it; without it anybody.")
    words: tuple[Word, ...] = Field(default=(), description="Its text holds one of these words.")
    all_words: tuple[Word, ...] = Field(default=(), description="Its text holds all these words.")
    pattern: Pattern | None = Field(
        default=None,
        description="A regular expression found in its text. Repetitions need an upper end: "
        "write .{0,20} instead of .*",
    )
    acts: tuple[Act, ...] = Field(
        default=(), description="The reply that it belongs to does one of these acts there."
    )
    emotion_at_least: Emotion | None = Field(
        default=None, description="A customer message with at least this emotion (0–4)."
    )
    number: Number | None = Field(default=None, description="Its text holds such a number.")
    longer_than: Annotated[int, Field(ge=0)] | None = Field(
        default=None, description="Its text has more characters than this."
    )
    position: int | None = Field(
        default=None,
        description="Its place among the messages of its role, from 1; -1 is the last one.",
    )
    before: Anchor | None = Field(default=None, description="It stands before an anchor.")
    after: Anchor | None = Field(default=None, description="It stands after an anchor.")
    around: Anchor | None = Field(default=None, description="It stands before or after an anchor.")
    hit: int | None = Field(
        default=None, description="Of all that was found only the n-th, from 1; -1 is the last."
    )
    same_text: bool = Field(
        default=False, description="Only messages whose text was found before: repetitions."
    )
    count: Count = Field(default=Count(), description="How many must be found; one at least.")

    @model_validator(mode="after")
    def _from_one(self) -> Find:
        if self.position == 0 or self.hit == 0:
            raise ValueError("positions and hits count from 1, or from -1 at the end; not 0")
        return self


class FindNode(Strict):
    """Leaf: enough messages are found."""

    find: Find = Field(description="What to look for.")


class AllNode(Strict):
    """And."""

    all: tuple[RuleNode, ...] = Field(min_length=1, description="All of these hold.")


class AnyNode(Strict):
    """Or."""

    any: tuple[RuleNode, ...] = Field(min_length=1, description="At least one of these holds.")


class NotNode(Strict):
    """Not."""

    not_: RuleNode = Field(alias="not", description="This does not hold.")


OPERATORS = ("find", "all", "any", "not")


def _operator(value: Any) -> str | None:
    if isinstance(value, dict):
        return next((name for name in OPERATORS if name in value), None)
    for kind, name in ((FindNode, "find"), (AllNode, "all"), (AnyNode, "any"), (NotNode, "not")):
        if isinstance(value, kind):
            return name
    return None


RuleNode = Annotated[
    Annotated[FindNode, Tag("find")]
    | Annotated[AllNode, Tag("all")]
    | Annotated[AnyNode, Tag("any")]
    | Annotated[NotNode, Tag("not")],
    Discriminator(
        _operator,
        custom_error_type="operator",
        custom_error_message="a rule has one of the keys find, all, any, not",
    ),
]

RuleOperator = Literal["find", "all", "any", "not"]

for _model in (Anchor, Find, FindNode, AllNode, AnyNode, NotNode):
    _model.model_rebuild()
