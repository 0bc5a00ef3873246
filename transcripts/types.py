"""A conversation as the whole project sees it.

Indices count every element of `Transcript.messages` as given; nothing reorders them.
"""

from __future__ import annotations

import itertools
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any, Final, Literal

Role = Literal["customer", "agent", "bot", "action", "system"]
ROLES: Final[tuple[Role, ...]] = ("customer", "agent", "bot", "action", "system")
Language = Literal["zh", "zh-Hant", "en"]
LANGUAGES: Final[tuple[Language, ...]] = ("zh", "zh-Hant", "en")


@dataclass(frozen=True, slots=True)
class Message:
    """One bubble, automatic reply or workbench action.

    `at` carries an offset. `data` belongs to actions. `extra` keeps unknown keys for `convert`.
    """

    role: Role
    text: str
    at: datetime | None = None
    sender: str | None = None
    data: Mapping[str, Any] | None = None
    extra: Mapping[str, Any] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Fact:
    """Something that is true of this order, product or shop.

    `scope` names the shop or product it holds for; outside it, or outside its dates, a fact neither
    supports nor contradicts anything.
    """

    text: str
    id: str | None = None
    kind: str | None = None
    value: Any = None
    unit: str | None = None
    scope: Mapping[str, Any] | str | None = None
    valid_from: date | None = None
    valid_to: date | None = None
    extra: Mapping[str, Any] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Transcript:
    """One conversation. `authority`: refund_max, coupon_max, discount_percent_max, resend_max."""

    id: str
    messages: tuple[Message, ...]
    lang: Language | None = None
    facts: tuple[Fact, ...] = ()
    agent: str | None = None
    customer: str | None = None
    currency: str | None = None
    timezone: str | None = None
    market: str | None = None
    authority: Mapping[str, float] | None = None
    note_form: Mapping[str, Any] | None = None
    incomplete: bool = False
    extra: Mapping[str, Any] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Reply:
    """A run of agent messages with no customer message between and one sender.

    `message` is the index of its first message, `messages` of all. `customer` holds the indices of
    the customer messages since the previous reply. `seconds` runs from the first of them to the
    first message of this reply; None without both times or without such a message.
    """

    message: int
    messages: tuple[int, ...]
    sender: str | None
    text: str
    customer: tuple[int, ...]
    seconds: float | None


def replies(transcript: Transcript) -> tuple[Reply, ...]:
    """The replies of a transcript in order, by the definition of the contract."""
    found: list[Reply] = []
    waiting: list[int] = []
    run: list[int] = []
    asked: tuple[int, ...] = ()

    def close() -> None:
        if run:
            found.append(_reply(transcript, tuple(run), asked))
            run.clear()

    for index, message in enumerate(transcript.messages):
        if message.role == "customer":
            close()
            waiting.append(index)
        elif message.role == "agent":
            if run and transcript.messages[run[-1]].sender != message.sender:
                close()
            if not run:
                asked = tuple(waiting)
                waiting.clear()
            run.append(index)
    close()
    return tuple(found)


def _reply(transcript: Transcript, run: tuple[int, ...], asked: tuple[int, ...]) -> Reply:
    first = transcript.messages[run[0]]
    seconds = None
    if asked:
        since = transcript.messages[asked[0]].at
        if since is not None and first.at is not None:
            seconds = (first.at - since).total_seconds()
    text = "\n".join(transcript.messages[index].text for index in run)
    return Reply(run[0], run, first.sender, text, asked, seconds)


def out_of_order(transcript: Transcript) -> bool:
    """Whether a message is timed before one that stands above it."""
    times = [message.at for message in transcript.messages if message.at is not None]
    return any(later < earlier for earlier, later in itertools.pairwise(times))
