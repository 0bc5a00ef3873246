"""Who waited for what and how long: times of a conversation before any limit is held to them."""

from __future__ import annotations

import unicodedata
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, time, timedelta, tzinfo
from functools import cache
from typing import Final
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from grader.reading import HeardReply, Reading
from rubrics.times import Automatic, Hours

IDLE_ACTS: Final = frozenset({"greet", "thank", "hold"})
"""A message that does nothing but these answers nothing."""


@dataclass(frozen=True, slots=True)
class Wait:
    """From the message `since` to the message `until` (None: nothing came). Seconds may be unknown.

    A wait without an end runs to the last time in the transcript.
    """

    since: int
    until: int | None
    seconds: float | None


@dataclass(frozen=True, slots=True)
class Waits:
    """All waits of a conversation, in order.

    replies: from the first unanswered open customer message to the next human message.
    answers: from there to the next substantive human message.
    gaps: between two human messages, or from the question to the first, while something is open.
    """

    replies: tuple[Wait, ...]
    answers: tuple[Wait, ...]
    gaps: tuple[Wait, ...]


def waits(reading: Reading, automatic: frozenset[int], hours: Hours | None = None) -> Waits:
    """The waits of a conversation; messages in `automatic` answer nobody."""
    messages = reading.transcript.messages
    is_open = {heard.message for heard in reading.customer if heard.open}
    substantive = substantive_messages(reading)
    clock = Clock(reading, hours)
    replies: list[Wait] = []
    answers: list[Wait] = []
    gaps: list[Wait] = []
    asked: int | None = None  # first open customer message without a human message
    unsolved: int | None = None  # first open customer message without a substantive one
    last: int | None = None  # from where the present gap runs
    for i, message in enumerate(messages):
        if message.role == "customer" and i in is_open:
            asked = i if asked is None else asked
            unsolved = i if unsolved is None else unsolved
            last = i if last is None else last
        elif message.role == "agent" and i not in automatic:
            if asked is not None:
                replies.append(clock.wait(asked, i))
                asked = None
            if last is not None:
                gaps.append(clock.wait(last, i))
                last = i
            if i in substantive and unsolved is not None:
                answers.append(clock.wait(unsolved, i))
                unsolved = last = None
    if asked is not None:
        replies.append(clock.wait(asked, None))
    if unsolved is not None and last is not None:
        answers.append(clock.wait(unsolved, None))
        gaps.append(clock.wait(last, None))
    return Waits(tuple(replies), tuple(answers), tuple(gaps))


def automatic_messages(reading: Reading, spec: Automatic) -> frozenset[int]:
    """Indices of automatic replies: by role, by tag, and the same text again and again at once.

    An agent's text is automatic where it stands in the conversation more than once and at least two
    times came within `identical_within` seconds of a customer message.
    """
    messages = reading.transcript.messages
    tags = tuple(_plain(tag) for tag in spec.tags)
    found = {i for i, message in enumerate(messages) if message.role == "bot"}
    reflex: dict[str, list[int]] = {}
    said: Counter[str] = Counter()
    customer: datetime | None = None
    for i, message in enumerate(messages):
        if message.role == "customer":
            customer = message.at
        elif message.role in ("agent", "bot"):
            text = _plain(message.text)
            said[text] += 1
            if message.role == "agent" and text.startswith(tags):
                found.add(i)
            if customer is not None and message.at is not None:
                seconds = (message.at - customer).total_seconds()
                if seconds <= spec.identical_within:
                    reflex.setdefault(text, []).append(i)
            customer = None
    for text, indices in reflex.items():
        if said[text] > 1 and len(indices) > 1:
            found.update(indices)
    return frozenset(found)


def substantive_messages(reading: Reading) -> frozenset[int]:
    """Agent messages that are more than a greeting, thanks or a hold.

    A substantive reply has at least one: where no clause tells which, its longest message.
    """
    found: set[int] = set()
    for heard in reading.replies:
        if heard.substantive:
            messages = set(_busy(heard))
            found |= messages or {_longest(heard, reading)}
    return frozenset(found)


def _busy(heard: HeardReply) -> Iterator[int]:
    return (clause.message for clause in heard.clauses if set(clause.acts) - IDLE_ACTS)


def _longest(heard: HeardReply, reading: Reading) -> int:
    return max(heard.reply.messages, key=lambda i: (len(reading.transcript.messages[i].text), -i))


def _plain(text: str) -> str:
    return unicodedata.normalize("NFKC", text).strip().casefold()


class Clock:
    """Measures waits in a transcript, inside business hours where there are any."""

    def __init__(self, reading: Reading, hours: Hours | None = None) -> None:
        self._messages = reading.transcript.messages
        self._hours = hours
        self._zone = zone(reading.transcript.timezone)
        times = [message.at for message in self._messages if message.at is not None]
        self._end = max(times, default=None)

    def wait(self, since: int, until: int | None) -> Wait:
        """The wait between two messages, or to the end of the transcript."""
        start = self._messages[since].at
        end = self._end if until is None else self._messages[until].at
        if start is None or end is None:
            return Wait(since, until, None)
        return Wait(since, until, self.seconds(start, end))

    def seconds(self, start: datetime, end: datetime) -> float:
        """Seconds between two times, of business hours only if there are any."""
        if self._hours is None:
            return max(0.0, (end - start).total_seconds())
        return open_seconds(self.local(start), self.local(end), self._hours)

    def local(self, at: datetime) -> datetime:
        """The time in the transcript's own zone, or in the offset that it was given with."""
        return at if self._zone is None else at.astimezone(self._zone)


@cache
def zone(name: str | None) -> tzinfo | None:
    """The time zone of that name; None for none or an unknown one."""
    if not name:
        return None
    try:
        return ZoneInfo(name)
    except (ZoneInfoNotFoundError, ValueError, OSError):
        return None


def clock_minutes(text: str) -> int:
    """'08:30' as minutes since midnight."""
    hours, minutes = text.split(":")
    return int(hours) * 60 + int(minutes)


def open_seconds(start: datetime, end: datetime, hours: Hours) -> float:
    """Seconds of [start, end] that lie in business hours; both with an offset."""
    if end <= start:
        return 0.0
    opens, closes = clock_minutes(hours.open), clock_minutes(hours.close)
    a_day = (closes - opens) * 60
    whole_weeks = (end - start).days // 7
    total = float(whole_weeks * len(set(hours.days)) * a_day)
    start += timedelta(days=7 * whole_weeks)
    midnight = datetime.combine(start.date(), time(), start.tzinfo or UTC)
    for _ in range(9):
        if midnight.isoweekday() in hours.days:
            first = max(start, midnight + timedelta(minutes=opens))
            last = min(end, midnight + timedelta(minutes=closes))
            total += max(0.0, (last - first).total_seconds())
        midnight += timedelta(days=1)
    return total
