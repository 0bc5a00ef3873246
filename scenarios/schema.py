"""What a scenario file and a persona file may hold; shape only, the rest is in `checks`."""

from __future__ import annotations

import hashlib
import json
from datetime import datetime
from functools import cached_property
from typing import Annotated, Literal

from pydantic import Field, field_validator

from rubrics.parts import Act, Emotion, Strict, Text
from scenarios.parts import (
    Burst,
    Change,
    Deal,
    Ending,
    EndingSpec,
    Goal,
    Heard,
    Id,
    Known,
    Limit,
    Line,
    Lines,
    Money,
    Path,
    Question,
    Rule,
    Shown,
    Supervisor,
)
from transcripts.types import Language

Name = Annotated[str, Field(pattern=r"^[a-z][a-z0-9-]{0,59}$")]
RubricName = Annotated[str, Field(pattern=r"^[a-z][a-z0-9_-]{0,59}$")]
Market = Literal["CN", "TW", "HK", "UK", "EU", "US"]
Steps = Annotated[tuple[Annotated[float, Field(ge=-4, le=4)], ...], Field(min_length=1)]

REACTS: dict[str, tuple[float, ...]] = {
    "apologise": (-0.3, -0.05, 0.2), "empathise": (-0.35, -0.15, 0.0),
    "reassure": (-0.25, -0.05, 0.1), "ask_problem": (-0.1, 0.0), "verify_order": (-0.05, 0.0, 0.1),
    "request_evidence": (-0.05, 0.05, 0.2), "hold": (0.0, 0.15, 0.3),
    "explain_cause": (-0.15, 0.0, 0.1), "state_policy": (0.05, 0.15), "give_info": (-0.1,),
    "offer_refund": (-0.35, -0.15), "offer_replacement": (-0.35, -0.15),
    "offer_compensation": (-0.2, -0.1), "offer_discount": (-0.2, -0.1), "guide_steps": (-0.1, 0.0),
    "commit_time": (-0.35, -0.15), "escalate": (-0.3, -0.05), "hold_price": (0.05, 0.1),
    "urge_order": (0.1, 0.3), "deny": (0.6,), "blame": (0.9,), "dismiss": (0.5,),
    "stall": (0.4, 0.6), "rude": (1.5,), "off_platform": (0.2,), "coerce": (1.2,),
    "leak_privacy": (0.6,),
}  # fmt: skip
"""Points of mood for an act the first, second, third time; the last value goes on."""


OFF_TOPIC: dict[Language, Lines] = {
    "zh": ("你是不是发错人了？我问的不是这个", "这说的是我的事吗？往上看看我发的",
           "你到底看没看我说的什么"),
    "zh-Hant": ("你是不是傳錯人了？我問的不是這個", "這跟我問的沒關係吧，麻煩往上看一下",
                "你有在看我的訊息嗎"),
    "en": ("I think that was meant for someone else?", "That has nothing to do with what I asked.",
           "Are you even reading my messages?"),
}  # fmt: skip
"""What people say to a reply that was meant for another window."""
NOT_FOR_ME: dict[Language, Lines] = {
    "zh": ("这是发给我的吗？", "发错人了吧"),
    "zh-Hant": ("這是傳給我的嗎？", "是不是傳錯人了"),
    "en": ("Is this for me?", "Wrong person, I think."),
}
"""The same of somebody who has asked for nothing."""


class Waits(Strict):
    """Seconds of silence from the agent until something happens."""

    nudge: int = Field(
        default=75, ge=5, description="Until the customer asks whether you are there."
    )
    again: int = Field(default=90, ge=5, description="From one such question to the next.")
    goodbye: int = Field(
        default=60, ge=5, description="Until a settled customer goes without another word."
    )


class Typing(Strict):
    """How fast the customer writes."""

    think: float = Field(default=2.5, ge=0, le=600, description="Seconds before the first letter.")
    a_character: float = Field(default=0.2, ge=0, le=5, description="Seconds a character.")


class Speech(Strict):
    """How the customer types: lines as the files give them, if all is left out."""

    joins: float = Field(
        default=0, ge=0, le=1, description="Share of answers whose messages are sent as one."
    )
    between: str = Field(
        default="，", max_length=2, description="What stands between messages sent as one."
    )
    splits: float = Field(
        default=0, ge=0, le=1, description="Share of longer messages that are sent in two."
    )
    first: tuple[Line, ...] = Field(
        default=(), description="Little words sent before an answer, each once: 嗯, 唉, 等下."
    )
    often: float = Field(
        default=0, ge=0, le=1, description="Share of answers that have such a word before them."
    )
    slips: dict[str, str] = Field(
        default={}, description="What is mistyped now and then, such as 在: 再."
    )


class PersonaLines(Strict):
    """What this customer says when the scenario has nothing special; each way once."""

    nudge: Lines = Field(description="Kept waiting.")
    hold: Lines = Field(description="Asked to wait a moment.")
    not_understood: Lines = Field(description="The reply makes no sense to the customer.")
    off_topic: Lines | None = Field(
        default=None, description="The reply is about somebody else's matter; the usual words else."
    )
    so: Lines = Field(description="Words, but nothing that helps: what now?")
    bare_apology: Lines = Field(description="A second or third apology and nothing else.")
    repeated: Lines = Field(description="The agent says the same again.")
    asked_again: Lines = Field(description="Asked for what was given already.")
    wrong: Lines = Field(description="The agent is wrong about this order.")
    unknown: Lines = Field(description="Asked for something that the customer cannot know.")
    hurt: Lines = Field(description="Blamed, mocked or brushed off.")
    threat: Lines = Field(description="The last warning.")
    leaves: Lines = Field(description="The last words of a customer who gives up.")
    thanks: Lines = Field(description="To a goodbye, or when all is settled.")
    nothing_else: Lines = Field(description="Asked whether there is anything else.")


class Persona(Strict):
    """A kind of customer, used in any number of scenarios."""

    format: Literal[1] = Field(description="Version of this kind of file.")
    id: Name = Field(description="The file's name without ending.")
    lang: Language = Field(description="The language of the lines.")
    name: Text = Field(description="Name for people.")
    description: Text = Field(description="Temperament and speech, in a sentence.")
    mood: Emotion = Field(default=2.5, description="Mood at the start where a scenario says none.")
    trust: float = Field(default=5, ge=0, le=10, description="Trust at the start.")
    patience: int = Field(default=10, ge=2, le=40, description="Points of patience.")
    reacts: dict[Act, Steps] = Field(
        default={},
        description="Points of mood for an act the 1st, 2nd, 3rd time, where it differs from most "
        "people's.",
    )
    warmth: float = Field(
        default=-0.3, ge=-2, le=2, description="Points of mood for a reply that names the feeling."
    )
    no_calmer_than: Emotion = Field(
        default=1.5, description="Words alone do not bring the mood below this."
    )
    pleased_below: Emotion = Field(
        default=2.2, description="Below this mood a settled matter ends satisfied."
    )
    threatens_at: Emotion = Field(default=3.4, description="From this mood the customer warns.")
    leaves_at: Emotion = Field(default=3.9, description="From this mood the customer gives up.")
    then: Ending = Field(
        default="bad_review", description="The ending when the customer gives up in anger."
    )
    waits: Waits = Field(default=Waits(), description="Seconds of silence that are borne.")
    typing: Typing = Field(default=Typing(), description="How fast the customer writes.")
    speech: Speech = Field(default=Speech(), description="How the customer types.")
    insists: bool = Field(
        default=False, description="Repeats itself word for word on purpose, such as 退钱！人呢？"
    )
    lines: PersonaLines = Field(description="What is said when nothing special is.")

    def reaction(self, act: str, times: int) -> float:
        """Points of mood for doing an act for the `times`-th time, from 1."""
        steps = self.reacts.get(act) or REACTS.get(act) or (0.0,)
        return steps[min(times, len(steps)) - 1]

    @cached_property
    def version(self) -> str:
        """sha256 over everything in the file."""
        return _version(self)


class Earlier(Strict):
    """A message of an earlier contact."""

    role: Literal["customer", "agent", "bot", "system"] = Field(description="Who wrote it.")
    text: Line = Field(description="What was written.")
    before: int = Field(ge=1, description="Seconds before this conversation begins.")


class Scenario(Strict):
    """One variant of a scenario, filled in: everything there is about one customer's matter."""

    format: Literal[1] = Field(description="Version of this kind of file.")
    id: Name = Field(description="The file's name without ending.")
    lang: Language = Field(description="The language that is spoken.")
    title: Text = Field(description="The trainer's title, with the diagnosis.")
    shelf: Line = Field(description="What a trainee sees before: the customer's first words.")
    topic: Text = Field(description="The topic, without the diagnosis.")
    level: Literal["beginner", "intermediate", "advanced"] = Field(description="How hard it is.")
    minutes: int = Field(ge=1, le=60, description="How long it takes.")
    market: Market = Field(description="Whose law and habits hold.")
    platform: Line = Field(description="Where the shop is: taobao, jd, douyin, shopee, own …")
    currency: Annotated[str, Field(pattern=r"^[A-Z]{3}$")] = Field(description="ISO 4217.")
    persona: Name = Field(description="Who the customer is.")
    customer: Line = Field(description="The customer's name in the chat window.")
    rubric: RubricName = Field(default="general", description="What it is scored by.")
    starts: datetime = Field(description="When the conversation begins, with offset.")
    opened_by: Literal["customer", "agent"] = Field(
        default="customer", description="Who writes first."
    )
    answers: int = Field(
        default=99, ge=0, le=99, description="How often the customer answers at most."
    )
    turns: int = Field(default=16, ge=2, le=60, description="Replies of the agent at most.")
    mood: Emotion | None = Field(default=None, description="Mood at the start; the persona's else.")
    facts: Annotated[tuple[Shown, ...], Field(min_length=1)] = Field(
        description="What the agent can look up."
    )
    authority: dict[Limit, Money] = Field(
        default={},
        description="What the agent may decide alone: sums, a share of the price, how many times "
        "goods are sent again.",
    )
    due: dict[Literal["refund_max", "coupon_max", "resend_max"], Money] = Field(
        default={},
        description="The most that is right in this case, where the limits allow more, such as "
        "`refund_max: 0`. Nobody sees it; what goes beyond is graded as given beyond policy.",
    )
    supervisor: tuple[Supervisor, ...] = Field(
        default=(), description="What the supervisor answers."
    )
    note_form: dict[str, str | int | float | None] | None = Field(
        default=None, description="The order note: field and right value, null for free text."
    )
    earlier: tuple[Earlier, ...] = Field(default=(), description="Messages of earlier contacts.")
    opening: tuple[Burst, ...] = Field(
        default=(), description="The customer's first words, in several ways."
    )
    hears: dict[Id, Heard] = Field(
        default={}, description="What this customer listens for beside the common acts."
    )
    knows: dict[Id, Known] = Field(default={}, description="What only the customer knows.")
    questions: dict[Id, Question] = Field(
        default={}, description="What the customer wants to know."
    )
    goals: Annotated[dict[Id, Goal], Field(min_length=1)] = Field(
        description="What must happen before the matter is settled; `deal` stands for the deal."
    )
    deal: Deal | None = Field(default=None, description="What is bargained for.")
    states: Annotated[dict[Id, tuple[Rule, ...]], Field(min_length=1)] = Field(
        default={"start": ()}, description="What is special; the first state is where it begins."
    )
    endings: dict[Ending, EndingSpec] = Field(description="The endings that can be reached.")
    paths: Annotated[tuple[Path, ...], Field(min_length=1)] = Field(
        description="Scripted agents that prove the scenario."
    )

    @field_validator("starts")
    @classmethod
    def _with_offset(cls, starts: datetime) -> datetime:
        if starts.tzinfo is None:
            raise ValueError("a time needs its offset, such as 2026-03-02T10:00:00+08:00")
        return starts

    @property
    def first_state(self) -> str:
        """The state in which it begins."""
        return next(iter(self.states))

    @cached_property
    def version(self) -> str:
        """sha256 over everything in the filled file."""
        return _version(self)


def _version(model: Strict) -> str:
    text = json.dumps(model.model_dump(mode="json"), ensure_ascii=False, sort_keys=True)
    return "sha256:" + hashlib.sha256(text.encode()).hexdigest()


__all__ = ["Change", "Persona", "Scenario"]
