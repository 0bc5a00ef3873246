"""What scenarios and personas are made of: lines, conditions, changes, wants."""

from __future__ import annotations

from typing import Annotated, Final, Literal

from pydantic import Field, model_validator

from rubrics.operators import Pattern
from rubrics.parts import Act, Critical, Emotion, Strict, Text

Id = Annotated[str, Field(pattern=r"^[a-z][a-z0-9_]{0,39}$")]
Line = Annotated[str, Field(min_length=1, max_length=300)]
Burst = Line | Annotated[tuple[Line, ...], Field(min_length=1, max_length=4)]
"""What is said at one time: one message, or a list of messages sent one after the other."""
Lines = Annotated[tuple[Burst, ...], Field(min_length=1, max_length=20)]
"""Ways to say one thing. Each is used once in a conversation, in an order drawn from the seed."""
Money = Annotated[float, Field(ge=0, le=10_000_000)]

Kind = Literal["refund", "replacement", "compensation", "discount"]
"""What can be offered: money back, goods again, something on top, a lower price."""
Action = Literal[
    "look_up", "issue_refund", "send_coupon", "resend", "open_trace", "ask_supervisor",
    "change_address", "write_note", "send_picture",
]  # fmt: skip
Limit = Literal["refund_max", "coupon_max", "discount_percent_max", "resend_max"]
Ending = Literal["satisfied", "accepted", "left", "bad_review", "platform_complaint", "unresolved"]
ENDINGS: Final[tuple[Ending, ...]] = (
    "satisfied", "accepted", "left", "bad_review", "platform_complaint", "unresolved",
)  # fmt: skip


class When(Strict):
    """A condition. All that is given must hold; an empty one always holds."""

    acts: tuple[Act, ...] = Field(default=(), description="The reply does one of these acts.")
    no_acts: tuple[Act, ...] = Field(default=(), description="The reply does none of these.")
    hears: tuple[Id, ...] = Field(
        default=(), description="One of these (from `hears`) is heard in the reply."
    )
    asks: tuple[Id, ...] = Field(
        default=(), description="The reply asks about one of these (from `knows`)."
    )
    offers: tuple[Kind, ...] = Field(default=(), description="One of these is offered.")
    offer_at_least: Money | None = Field(
        default=None, description="The best offer of this reply is worth at least this."
    )
    offer_below: Money | None = Field(
        default=None, description="The best offer of this reply is worth less than this."
    )
    did: tuple[Action, ...] = Field(
        default=(), description="One of these was done in the workbench, now or before."
    )
    did_at_least: Money | None = Field(
        default=None, description="The sums of these actions come to at least this."
    )
    did_over: Money | None = Field(
        default=None, description="The sums of these actions come to more than this."
    )
    told: tuple[Id, ...] = Field(
        default=(), description="All of these (from `hears` and `marks`) came up, now or before."
    )
    not_told: tuple[Id, ...] = Field(default=(), description="None of these came up so far.")
    acts_before: tuple[Act, ...] = Field(
        default=(), description="Each of these acts was done, now or before."
    )
    revealed: tuple[Id, ...] = Field(
        default=(), description="The customer has told or shown all of these (from `knows`)."
    )
    not_revealed: tuple[Id, ...] = Field(
        default=(), description="The customer has told or shown none of these."
    )
    done: tuple[Id, ...] = Field(default=(), description="All of these goals are reached.")
    not_done: tuple[Id, ...] = Field(default=(), description="None of these goals is reached.")
    mood_at_least: Emotion | None = Field(default=None, description="Mood, 0 pleased … 4 furious.")
    mood_below: Emotion | None = Field(default=None, description="Mood, 0 pleased … 4 furious.")
    turns_at_least: int | None = Field(default=None, ge=1, description="Replies heard so far.")
    waited_at_least: int | None = Field(
        default=None, ge=1, description="Seconds that the customer waited for this reply."
    )
    warm: bool | None = Field(
        default=None, description="The reply names the feeling or the loss of this customer."
    )
    critical: tuple[Critical, ...] = Field(
        default=(), description="The reply makes one of these critical errors."
    )
    any: tuple[When, ...] = Field(default=(), description="At least one of these holds.")
    none: tuple[When, ...] = Field(default=(), description="None of these holds.")


class Change(Strict):
    """What a turn does to the customer."""

    mood: float = Field(default=0, ge=-4, le=4, description="Points of mood; plus is angrier.")
    trust: float = Field(default=0, ge=-10, le=10, description="Points of trust, 0–10.")
    patience: int = Field(default=0, ge=-20, le=20, description="Points of patience.")
    opens: tuple[Id, ...] = Field(default=(), description="Questions that are open now.")
    closes: tuple[Id, ...] = Field(default=(), description="Questions that are answered now.")
    reveals: tuple[Id, ...] = Field(
        default=(), description="What counts as told (from `knows`) without being asked for."
    )
    marks: tuple[Id, ...] = Field(
        default=(), description="Names that `told` can ask for later, such as declined."
    )


class Rule(Strict):
    """What happens at one kind of reply: the first rule of a state that holds is taken."""

    when: When = Field(default=When(), description="The condition; always, if left out.")
    change: Change = Field(default=Change(), description="What it does to the customer.")
    say: Lines | None = Field(
        default=None, description="What the customer says, one way a time; nothing, if left out."
    )
    go: str | None = Field(
        default=None, description="The state to go to, or an ending; stays, if left out."
    )
    times: int = Field(
        default=1, ge=1, le=20, description="How often it can happen; needs as many ways to say it."
    )
    picture: str | None = Field(default=None, description="A picture that is sent with it.")
    alone: bool = Field(
        default=False, description="The customer says this and answers nothing else."
    )
    mistaken: bool = Field(
        default=False,
        description="The customer errs or lies here: the numbers may differ from the facts.",
    )

    @model_validator(mode="after")
    def _enough_ways(self) -> Rule:
        if self.say is not None and len(self.say) < self.times:
            raise ValueError(
                f"{len(self.say)} ways to say it, but it can happen {self.times} times; "
                "write more or lower times"
            )
        return self


class Heard(Strict):
    """What the customer listens for, by examples of saying it or by words."""

    say: tuple[Line, ...] = Field(
        default=(), description="Sentences that an agent might use; other wording is heard too."
    )
    words: tuple[Pattern, ...] = Field(
        default=(), description="Words that are enough by themselves; | between alternatives."
    )
    unless: tuple[Pattern, ...] = Field(
        default=(), description="Words with which the sentence means something else."
    )

    @model_validator(mode="after")
    def _something(self) -> Heard:
        if not self.say and not self.words:
            raise ValueError("nothing to listen for; give say (example sentences) or words")
        return self


class Known(Strict):
    """Something that only the customer knows, told when it is asked for and not before."""

    asked: Id | None = Field(
        default=None,
        description="The way of asking: an id from the common list or from `hears`; its own id, "
        "if left out.",
    )
    say: Lines = Field(description="The answer.")
    picture: str | None = Field(default=None, description="The picture that is the answer.")
    change: Change = Field(default=Change(), description="What telling it does to the customer.")
    mistaken: bool = Field(
        default=False,
        description="The customer errs or lies here: the numbers may differ from the facts.",
    )


class Question(Strict):
    """Something that the customer wants to know and comes back to until it is answered."""

    answered: When = Field(description="When it counts as answered.")
    again: Lines = Field(description="Asking it again after it was passed over.")
    thanks: Lines | None = Field(default=None, description="What the customer says to the answer.")
    change: Change = Field(
        default=Change(mood=-0.3, trust=1), description="What the answer does to the customer."
    )
    from_the_start: bool = Field(
        default=True, description="It is asked in the opening; else a rule opens it."
    )


class Goal(Strict):
    """Something that must happen before the customer's matter is settled."""

    by: When = Field(description="When it is reached.")
    say: Lines | None = Field(default=None, description="What the customer says then.")
    missing: Lines | None = Field(
        default=None,
        description="What the customer asks for when the rest is settled and only this is missing.",
    )


class Deal(Strict):
    """Bargaining: what is asked for, the least that is taken, and what moves it."""

    about: Kind = Field(description="What the customer wants.")
    price: Money = Field(description="What was, or is to be, paid; shares are counted from it.")
    opens_at: Money = Field(description="What the customer asks for at first, in money.")
    settles_at: Money = Field(description="The least that a calm customer takes, in money.")
    anger_adds: Money = Field(default=0, description="More for each point of mood above 2.")
    reasons: dict[Id, Money] = Field(
        default={}, description="Less for each of these (from `hears`), once each."
    )
    also: dict[Kind, float] = Field(
        default={},
        description="What other offers count: 1 for their full worth, 0 is refused, 9 is always "
        "welcome.",
    )
    after: When = Field(
        default=When(), description="What must have happened before any offer is taken."
    )
    too_soon: Lines | None = Field(
        default=None, description="To an offer that comes before that; needed with `after`."
    )
    rounds: int = Field(default=3, ge=1, le=8, description="Counter-offers before giving up.")
    counter: Lines = Field(
        description="To an offer that is too low; {counter} is the sum asked for now."
    )
    accept: Lines = Field(description="To an offer that is enough; {offered} is its sum.")
    unclear: Lines = Field(description="To an offer without a sum.")
    refused: Lines | None = Field(
        default=None, description="To a refusal with a reason, when nothing is offered."
    )
    gives_up: str = Field(
        default="leaves",
        description="After the last round: `leaves` (the persona decides how), `takes` (takes the "
        "best offer there was), a state, or an ending.",
    )

    @model_validator(mode="after")
    def _whole(self) -> Deal:
        if self.settles_at > self.opens_at:
            raise ValueError("settles_at is more than opens_at; a customer asks for more than that")
        if self.after != When() and self.too_soon is None:
            raise ValueError("after is given: write too_soon, what the customer says to an offer")
        if len(self.counter) < self.rounds:
            raise ValueError(
                f"{len(self.counter)} ways to counter, but {self.rounds} rounds; write more"
            )
        return self


class EndingSpec(Strict):
    """How an ending is judged."""

    right: bool | When = Field(
        default=False,
        description="Whether it is a right ending: true, false, or a condition on the session.",
    )
    stars: Literal[1, 2, 3, 4, 5] | None = Field(
        default=None, description="The customer's rating; by ending and mood, if left out."
    )
    why: Lines = Field(description="The customer's own words why.")


class Shown(Strict):
    """A fact that the agent can look up."""

    text: Line = Field(description="The fact.")
    where: Literal["order", "logistics", "product", "policy"] = Field(
        description="The panel of the workbench that shows it."
    )
    source: Line | None = Field(
        default=None, description="Where a fact on a product comes from; needed for those."
    )
    corrects: Lines | None = Field(
        default=None, description="What the customer says when the agent gets this fact wrong."
    )
    below_law: bool = Field(
        default=False,
        description="It is below the law on purpose: the scenario teaches what to do about it.",
    )


class Supervisor(Strict):
    """What the supervisor answers, first rule that holds."""

    when: When = Field(default=When(), description="The condition; always, if left out.")
    words: tuple[Pattern, ...] = Field(
        default=(), description="The question holds one of these words; any, if left out."
    )
    answer: Line = Field(description="The answer.")
    allows: dict[Limit, Money] = Field(default={}, description="New limits from now on.")
    below_law: bool = Field(
        default=False,
        description="It is below the law on purpose: the scenario teaches what to do about it.",
    )


class Entry(Strict):
    """One entry of a path: seconds after the entry before, and what the agent says or does."""

    after: float = Field(ge=0, le=86_400 * 14, description="Seconds after the entry before.")
    text: Annotated[str, Field(min_length=1, max_length=2000)] | None = Field(
        default=None, description="What the agent writes."
    )
    action: Action | None = Field(default=None, description="What the agent does.")
    data: dict[str, object] = Field(default={}, description="The data of the action.")
    why: Text | None = Field(
        default=None, description="One line on why it is good, or what goes wrong here."
    )

    @model_validator(mode="after")
    def _one(self) -> Entry:
        if (self.text is None) == (self.action is None):
            raise ValueError("give text or action, one of them")
        return self


class Path(Strict):
    """A scripted agent, and what must come of it."""

    name: Id = Field(description="good, poor, unusual, over (gives in beyond policy), or another.")
    says: Annotated[tuple[Entry, ...], Field(min_length=1, max_length=60)] = Field(
        description="What the agent does, in order."
    )
    ending: tuple[Ending, ...] = Field(default=(), description="The endings that are as expected.")
    right: bool | None = Field(default=None, description="Whether the ending must be a right one.")
    at_least: float | None = Field(default=None, ge=0, le=100, description="Lowest overall score.")
    at_most: float | None = Field(default=None, ge=0, le=100, description="Highest overall score.")
