"""Dates and times as people say them."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, datetime
from typing import Final

Say = Callable[..., str]
WEEK: Final = 7


def day_words(say: Say, day: date, today: date) -> str:
    """A day as seen from today: 今天, 明天, 3 天后, 3 月 5 日; how long ago where it is over."""
    away = (day - today).days
    if away < 0:
        return say("when.over", n=-away)
    if away == 0:
        return say("when.today")
    if away == 1:
        return say("when.tomorrow")
    return say("when.days", n=away) if away <= WEEK else date_words(say, day)


def date_words(say: Say, day: date) -> str:
    """A day by itself: 3 月 5 日."""
    return say("when.date", month=say(f"month.{day.month}"), day=day.day)


def moment_words(say: Say, at: datetime) -> str:
    """A day with its time of day."""
    return say("when.moment", day=date_words(say, at.date()), time=at.strftime("%H:%M"))


def seconds_words(say: Say, seconds: float | None) -> str:
    """How long something took; a dash where nobody knows."""
    if seconds is None:
        return "–"
    whole = round(seconds)
    if whole < 60:
        return say("when.seconds", n=whole)
    return say("when.minutes", n=whole // 60, rest=whole % 60)


def spoken(words: str) -> bool:
    """Whether first words are the customer's: where the agent writes first, the occasion stands
    there in brackets.
    """
    return not words.startswith(("（", "("))
