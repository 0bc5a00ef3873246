"""Reply rounds as platforms count them.

A round runs from the first unanswered customer message to the first human answer and is met if that
comes in time. Asked 10:10:15 and 10:15:20, answered 10:18:10: one round of 475 s, 0/1 at 3 min.
"""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass

from grader.reading import Reading
from grader.waits import Clock, clock_minutes
from rubrics.presets import RoundRule


@dataclass(frozen=True, slots=True)
class Round:
    """One round: its first customer message, the answer (None: never), whether it was in time."""

    since: int
    until: int | None
    met: bool


def rounds(reading: Reading, rule: RoundRule, automatic: Collection[int]) -> tuple[Round, ...]:
    """The rounds that count under `rule`, in order; rounds without times are left out.

    `automatic` holds the indices of automatic replies; they end a round only if robots count.
    """
    closing = {heard.message for heard in reading.customer if not heard.open}
    clock = Clock(reading)
    found: list[Round] = []
    since: int | None = None
    for i, message in enumerate(reading.transcript.messages):
        if message.role == "customer":
            if since is None and i not in closing:
                since = i
        elif since is not None and message.role in ("agent", "bot"):
            if i in automatic and not rule.robots:
                continue
            found += _counted(clock, reading, rule, (since, i))
            since = None
    if since is not None:
        found += _counted(clock, reading, rule, (since, None))
    return tuple(found)


def _counted(
    clock: Clock, reading: Reading, rule: RoundRule, span: tuple[int, int | None]
) -> list[Round]:
    messages = reading.transcript.messages
    since, until = span
    start = messages[since].at
    if start is None:
        return []
    local = clock.local(start)
    minute = local.hour * 60 + local.minute
    if not clock_minutes(rule.open) <= minute < clock_minutes(rule.close):
        return []
    if until is None:
        return [Round(since, None, False)]
    end = messages[until].at
    if end is None:
        return []
    return [Round(since, until, (end - start).total_seconds() <= rule.within)]
