"""What the interface answers, as it is described in its schema."""

from __future__ import annotations

from datetime import datetime
from typing import Annotated, Any

from pydantic import BaseModel, ConfigDict, Field

from grader.shape import ScorecardShape
from transcripts.types import Language


class Shape(BaseModel):
    """Later versions may add keys, none is renamed or dropped."""

    model_config = ConfigDict(frozen=True)


class Wrong(Shape):
    """Why there is no answer."""

    error: str = Field(description="One word for programs.")
    text: str = Field(description="What is wrong, where, and how to put it right.")


class ScenarioEntry(Shape):
    """A scenario that can be practised."""

    id: str
    lang: Language
    market: str
    platform: str
    level: str = Field(description="beginner, intermediate or advanced.")
    minutes: int
    topic: str = Field(description="In the language of `lang`.")
    shelf: str = Field(description="The customer's first words, as the trainee sees them before.")
    variants: int
    title: str | None = Field(description="With the diagnosis; null for those who practise.")


class ScenarioList(Shape):
    """Every scenario, by id."""

    scenarios: list[ScenarioEntry]


Number = Annotated[int, Field(ge=1)]


class CardEntry(Shape):
    """A scorecard in the list. `person` practised it; null where the chat was imported."""

    id: Number
    at: datetime
    conversation: Number
    name: str
    agent: str | None
    person: int | None
    scenario: str | None
    mode: str | None = Field(description="play, exam, shift, retry …; null where imported.")
    overall: float | None = Field(description="As the grader gave it, 0 to 100.")
    passed: bool | None
    review: bool


class CardList(Shape):
    """Scorecards, the newest first. `next` is the `before` of the next page, null at the end."""

    scorecards: list[CardEntry]
    next: int | None


class Card(ScorecardShape):
    """A scorecard; with `reviewed` where people had a word on it."""

    reviewed: dict[str, Any] | None = Field(
        default=None, description="overall, passed, critical and criteria as they count now."
    )
