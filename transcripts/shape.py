"""The shape of a transcript line, described for editors and for people who write converters.

The readers are more forgiving than this: it says what to write, not what is understood.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime
from typing import Any

from pydantic import BaseModel, ConfigDict, Field

from transcripts.types import Language, Role


class Shape(BaseModel):
    """Unknown keys are kept by `convert` and ignored by `grade`."""

    model_config = ConfigDict(extra="allow", frozen=True)


class MessageShape(Shape):
    """One bubble, automatic reply or workbench action."""

    role: Role = Field(
        description="Who: customer, agent, bot (automatic reply), action (what the agent did "
        "in the workbench) or system; any other is read as system."
    )
    text: str = Field(description="What was said; of an action its name, such as issue_refund.")
    at: datetime | None = Field(default=None, description="When: ISO 8601 with offset.")
    sender: str | None = Field(default=None, description="Name of the agent.")
    data: Mapping[str, Any] | None = Field(
        default=None, description="Of an action its values, such as {amount: 30}."
    )


class FactShape(Shape):
    """Something that is true of this order, product or shop."""

    id: str | None = Field(default=None, description="Its name.")
    text: str = Field(description="The fact in words.")
    kind: str | None = Field(default=None, description="Such as product, policy, promotion.")
    value: Any = Field(default=None, description="Its value, where it is one.")
    unit: str | None = Field(default=None, description="Unit of the value.")
    scope: Mapping[str, Any] | str | None = Field(
        default=None, description="The shop or product that it holds for."
    )
    valid_from: date | None = Field(default=None, description="First day on which it holds.")
    valid_to: date | None = Field(default=None, description="Last day on which it holds.")


class TranscriptShape(Shape):
    """One conversation: one line of a JSON Lines file."""

    id: str = Field(description="Its name, unique in the file.")
    messages: list[MessageShape] = Field(description="All messages, in the order they were shown.")
    lang: Language | None = Field(default=None, description="Language; recognised if left out.")
    channel: str | None = Field(default=None, description="Platform; kept, not read.")
    agent: str | None = Field(default=None, description="The agent's name.")
    customer: str | None = Field(default=None, description="The customer's name or number.")
    facts: list[str | FactShape] = Field(
        default=[], description="What is true of the order, the product and the shop's rules."
    )
    currency: str | None = Field(default=None, description="Currency of sums; CNY if left out.")
    timezone: str | None = Field(
        default=None, description="Zone of times without offset; Asia/Shanghai if left out."
    )
    market: str | None = Field(default=None, description="Market, such as CN, TW, HK, UK, EU, US.")
    authority: Mapping[str, float] | None = Field(
        default=None,
        description="What the agent may give: refund_max, coupon_max, discount_percent_max, "
        "resend_max.",
    )
    note_form: Mapping[str, Any] | None = Field(
        default=None, description="Fields of the order note and their expected values, or null."
    )
