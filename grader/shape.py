"""The shape of a scorecard line, described for editors and for people who read scorecards."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Annotated, Any

from pydantic import BaseModel, ConfigDict, Field

Score = Annotated[float, Field(ge=0, le=100)]
Share = Annotated[float, Field(ge=0, le=1)]
Rating = Annotated[float, Field(ge=0, le=4)]
Index = Annotated[int, Field(ge=0)]


class Shape(BaseModel):
    """Later versions may add keys, none is renamed or dropped."""

    model_config = ConfigDict(extra="allow", frozen=True)


class RubricShape(Shape):
    """What was measured by."""

    id: str = Field(description="The rubric's id.")
    version: str = Field(description="sha256 of the rubric's content.")


class EvidenceShape(Shape):
    """What one passage did to a score."""

    message: Index = Field(description="Index of the message that holds the quote.")
    quote: str = Field(description="Verbatim part of its text, masked by default.")
    points: float = Field(description="Points gained or lost; they add up to the score.")
    reason: str = Field(description="Why.")


class CriterionShape(Shape):
    """One criterion."""

    kind: str = Field(description="Kind of the criterion.")
    score: Score | None = Field(description="0–100; null: not scored, left out of the average.")
    weight: Share = Field(description="Share of the overall score.")
    confidence: Share = Field(description="How far the machine trusts its score.")
    rating: Rating | None = Field(default=None, description="The unrounded rating behind it.")
    why: str | None = Field(default=None, description="Why it was not scored.")
    evidence: list[EvidenceShape] = Field(description="What the score adds up from.")
    advice: str | None = Field(description="Words for the agent.")
    model_reply: str | None = Field(description="A reply that would have scored higher.")


class CriticalShape(Shape):
    """A critical error with the words that show it."""

    id: str = Field(description="Which one.")
    message: Index = Field(description="Index of the message.")
    quote: str = Field(description="Its words.")
    state: str = Field(description="suspected until a person confirms it.")


class ReplyShape(Shape):
    """What was heard in one reply."""

    message: Index = Field(description="Index of its first message.")
    sender: str | None = Field(description="The agent.")
    acts: list[str] = Field(description="What the reply does.")
    empathy: Rating | None = Field(description="0–4, null where it does not apply.")
    accuracy: Rating | None = Field(description="0–4, null where it does not apply.")
    seconds: float | None = Field(description="Wait since the first unanswered customer message.")


class CustomerShape(Shape):
    """One customer message."""

    message: Index = Field(description="Its index.")
    emotion: Rating = Field(description="0 pleased … 4 furious.")


class AgentShape(Shape):
    """One agent's own share."""

    overall: Score | None = Field(description="Overall score of the own replies.")
    criteria: Mapping[str, Score | None] = Field(description="Score by criterion.")


class UnverifiedShape(Shape):
    """A claim for which no fact speaks, neither for nor against."""

    message: Index = Field(description="Index of the message.")
    quote: str = Field(description="The claim.")
    reason: str = Field(description="Why it could not be verified.")


class ScorecardShape(Shape):
    """The result for one transcript: one line of a JSON Lines file."""

    transcript: str = Field(description="Id of the transcript.")
    rubric: RubricShape = Field(description="What was measured by.")
    grader: Mapping[str, Any] = Field(description="Versions of grader, encoder and model.")
    overall: Score | None = Field(description="0–100; null below the rubric's minimum coverage.")
    passed: bool | None = Field(description="At the pass mark and nothing critical.")
    critical: list[str] = Field(description="Ids of critical errors.")
    critical_evidence: list[CriticalShape] = Field(description="The words that show them.")
    coverage: Share = Field(description="Share of the rubric's weight that could be scored.")
    gates: list[str] = Field(description="Floors of the rubric that capped the overall score.")
    criteria: Mapping[str, CriterionShape] = Field(description="Every criterion of the rubric.")
    replies: list[ReplyShape] = Field(description="Every reply.")
    customer: list[CustomerShape] = Field(description="Every customer message.")
    agents: Mapping[str, AgentShape] = Field(description="Score of each agent.")
    unverified: list[UnverifiedShape] = Field(description="Claims that nothing supports.")
    confidence: Share = Field(description="How far the machine trusts the card.")
    review: bool = Field(description="True where a person should look.")
    incomplete: bool = Field(description="True where a record of the conversation was lost.")
    review_because: list[str] = Field(
        default=[], description="Why a person should look; empty where nobody needs to."
    )
    overall_raw: Score | None = Field(default=None, description="Before calibration.")
    calibration: Mapping[str, Any] | None = Field(
        default=None, description="Which calibration: id, hash, n, gain, shift."
    )
    because: Any = Field(default=None, description="Points of the calibration by named group.")
