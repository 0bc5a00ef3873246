"""Every limit of the criterion `timeliness`. Times are seconds.

The defaults are the in-house norms of the trade: first reply within 30 s, 80 % of replies within
30 s, gaps under 2 min, a complaint taken up within 5 min, 30 min without an answer is serious.
"""

from __future__ import annotations

from typing import Annotated

from pydantic import Field, model_validator

from rubrics.parts import Score, Seconds, Strict, Word

Clock = Annotated[str, Field(pattern=r"^([01]\d|2[0-3]):[0-5]\d$|^24:00$")]
Share = Annotated[float, Field(ge=0, le=1)]
Points = Annotated[float, Field(gt=0, le=100)]


class Wait(Strict):
    """A wait that earns all of its points up to `good`, none from `bad` on, a share between."""

    good: Seconds = Field(description="Up to here the wait earns all points.")
    bad: Seconds = Field(description="From here on it earns none.")
    weight: Points = Field(description="Its share of the score, relative to the other limits.")

    @model_validator(mode="after")
    def _ordered(self) -> Wait:
        if self.bad <= self.good:
            raise ValueError(f"bad ({self.bad:g} s) must be longer than good ({self.good:g} s)")
        return self


class QuickRate(Strict):
    """The share of waits that ended within some seconds, such as the 30-second rate."""

    within: Seconds = Field(default=30, description="A wait of at most this counts.")
    target: Annotated[float, Field(gt=0, le=1)] = Field(
        default=0.8, description="From this share on all points are earned; below in proportion."
    )
    weight: Points = Field(description="Its share of the score, relative to the other limits.")


class Slow(Strict):
    """Points lost for every reply that was waited for longer than `over`."""

    over: Seconds = Field(default=120, description="A wait longer than this is slow.")
    points: Points = Field(default=5, description="Points lost for each slow reply.")
    most: Points = Field(default=20, description="Points lost at most.")


class Late(Strict):
    """A wait so long that the whole criterion is capped."""

    over: Seconds = Field(description="A wait longer than this caps the criterion.")
    cap: Score = Field(description="The criterion's score is at most this.")


class Hours(Strict):
    """Business hours. Waiting outside of them does not count."""

    open: Clock = Field(description="Opening time, such as 09:00.")
    close: Clock = Field(description="Closing time, later than `open`; 24:00 is midnight.")
    days: tuple[Annotated[int, Field(ge=1, le=7)], ...] = Field(
        default=(1, 2, 3, 4, 5, 6, 7), min_length=1, description="Days of the week, 1 = Monday."
    )

    @model_validator(mode="after")
    def _ordered(self) -> Hours:
        if self.close <= self.open:
            raise ValueError(f"close ({self.close}) must be later than open ({self.open})")
        return self


class Automatic(Strict):
    """What is taken for an automatic reply. Automatic replies answer nobody."""

    tags: tuple[Word, ...] = Field(
        default=("[自动回复]", "【自动回复】", "[自動回覆]", "[auto-reply]", "[auto reply]"),
        description="A message that begins with one of these was sent by a robot.",
    )
    identical_within: Seconds = Field(
        default=2,
        description="The same text again to a customer message within these seconds is automatic.",
    )


class Rounds(Strict):
    """Reply rounds as a platform counts them.

    A round runs from the first unanswered customer message to the first human answer. A preset of
    `rubrics/rounds.yaml` gives the values; what is given here is put in their place.
    """

    preset: str | None = Field(default=None, description="A dated preset, such as taobao-2025-06.")
    within: Seconds | None = Field(default=None, description="A round answered by then counts.")
    open: Clock | None = Field(default=None, description="Rounds begin to count at this time.")
    close: Clock | None = Field(default=None, description="Rounds begun from here on do not count.")
    robots: bool | None = Field(
        default=None, description="Whether an official robot's answer ends a round."
    )
    fewest: Annotated[int, Field(ge=1)] | None = Field(
        default=None, description="A shop with fewer rounds is not assessed by the platform."
    )
    target: Annotated[float, Field(gt=0, le=1)] = Field(
        default=0.9, description="From this share on all points are earned; below in proportion."
    )
    weight: Points = Field(description="Its share of the score, relative to the other limits.")
