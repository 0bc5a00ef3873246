"""Playing a scenario with a scripted agent: entries with times, then the clock runs to the end."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from grader.model import Model
from scenarios.parts import Entry
from scenarios.schema import Scenario
from simulator.ears import Before, hear
from simulator.heard import Heard
from simulator.session import Listen, Session
from simulator.state import Case
from transcripts.errors import Refused

LONGEST: Final = 14 * 86_400_000
"""Milliseconds after the last entry until even the most patient customer has gone."""


def ears(scenario: Scenario, model: Model) -> Listen:
    """Ears for one scenario."""

    def listen(reply: str, before: Before) -> Heard:
        return hear(reply, before, scenario, model)

    return listen


def play(case: Case, entries: Sequence[Entry], listen: Listen) -> Session:
    """The session that these entries make; those after the end are left out.

    Customer messages that are due come first.
    """
    session = so_far(case, entries, listen)
    session.advance(session.now + LONGEST)
    return session


def so_far(case: Case, entries: Sequence[Entry], listen: Listen) -> Session:
    """As `play`, but the clock stops at the last entry: somebody else may go on from there."""
    session = Session(case, listen)
    at = 0
    for entry in entries:
        at += round(entry.after * 1000)
        session.advance(at)
        if session.over:
            break
        try:
            if entry.text is not None:
                session.say(entry.text, at)
            elif entry.action is not None:
                session.act(entry.action, entry.data, at)
        except Refused:
            if not session.over:
                raise
            break
    return session
