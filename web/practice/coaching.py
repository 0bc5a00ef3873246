"""Help while one practises: it fades with each pass of the topic, and a try with it is no pass."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Final

from grader.hearing import hear
from rubrics.load import load_rubric
from scenarios.outline import outlines
from simulator.hints import Hint, hint
from simulator.record import transcript
from simulator.session import Session
from simulator.state import ONE
from store.practices import Practice, note_help
from store.progress import Help, help_for
from store.tries import tries
from web.practice.lessons import lessons_of
from web.practice.rooms import Room
from web.practice.view import COACHED, Say
from web.services import Services

STEPS: Final = ("question", "act", "sentence")
"""Hints on request, each telling more than the one before."""
MOVED: Final = 15
"""By so many hundredths the mood has changed."""


def help_in(services: Services, practice: Practice) -> Help:
    """The help of a practice: mood and lines (full), hints on request, or nothing until the end."""
    if practice.mode in ("exam", "shift"):
        return "none"
    if coached(practice):
        return "full"
    if practice.mode == "retry":  # it counts for nothing
        return "hints"
    found = topic_help(services, practice.person, practice.scenario)
    return "none" if found == "none" else "hints"


def coached(practice: Practice) -> bool:
    """Whether the mood and the lines are shown."""
    return COACHED in practice.help or practice.mode == "finish"


def topic_help(services: Services, person: int, scenario: str) -> Help:
    """The help that goes with the next try of a scenario's topic."""
    names = same_topic(services, scenario)
    own = tries(services.store, [person], services.zone, scenarios=names)
    return help_for(one.tried for one in own)


def same_topic(services: Services, scenario: str) -> list[str]:
    """The scenarios of the same topic, with itself."""
    found, _ = outlines(services.folders.scenarios)  # heads only: this is asked at every entering
    topics = {one.head.id: one.head.topic.zh for one in found}
    topic = topics.get(scenario)
    return [name for name, one in topics.items() if one == topic] or [scenario]


def ask_hint(services: Services, room: Room, step: int, say: Say) -> dict[str, Any]:
    """The hint of a step, 1 to 3; from then on the try counts as helped."""
    kind = STEPS[min(3, max(1, step)) - 1]
    found = _hint(services, room)
    if kind not in room.practice.help:
        note_help(services.store, room.practice.id, kind)
    if found is None:
        return {"text": say("help.nothing_lacks"), "more": False}
    more = kind == "question" or (kind == "act" and found.sentence is not None)
    return {"text": _worded(found, kind, say), "more": more}


def _hint(services: Services, room: Room) -> Hint | None:
    session, practice = room.session, room.practice
    good = lessons_of(services).of(practice.scenario, practice.variant, "good")
    reading = hear(transcript(session), services.model.get())
    rubric = load_rubric(session.case.scenario.rubric, services.folders.rubrics)
    return hint(session, reading, rubric, good.says)


def _worded(found: Hint, kind: str, say: Say) -> str:
    if kind == "question":
        if found.waits is not None:
            return say("help.waits", words=found.waits)
        if found.wants is not None:
            return say("help.wants", words=found.wants)
        if found.stage is not None:
            return say("help.stage")
        return say("help.stuck")
    if kind == "sentence" and found.sentence is not None:
        return say("help.sentence", words=found.sentence)
    if found.action is not None:
        return say("help.action", action=say(f"practice.{found.action}"))
    return say("help.plain") if found.act is None else say("help.act", act=say(f"act.{found.act}"))


def coach(session: Session, say: Say) -> Mapping[str, Any]:
    """The customer's mood now, and a line for each own reply, by its last message."""
    mood = session.state.mood / ONE
    return {
        "mood": round(mood, 1),
        "word": say(f"mood.{min(4, max(0, round(mood)))}"),
        "lines": lines(session, say),
    }


def lines(session: Session, say: Say) -> dict[str, str]:
    """How the customer took each reply: the mood before and after, and what was heard."""
    heard = iter([entry["heard"]["acts"] for entry in session.log if "text" in entry])
    moods = iter(session.moods)
    found: dict[str, str] = {}
    before: int | None = None
    waiting: tuple[int, list[str]] | None = None
    for number, one in enumerate(session.messages):
        if one.role == "agent":
            waiting = (number, next(heard, []))
        elif one.role == "customer":
            mood = next(moods, None)
            if waiting is not None:
                found[str(waiting[0])] = _line(before, mood, waiting[1], say)
                waiting = None
            before = mood
    if waiting is not None:
        found[str(waiting[0])] = _line(before, session.state.mood, waiting[1], say)
    return found


def _line(before: int | None, after: int | None, acts: list[str], say: Say) -> str:
    moved = 0 if before is None or after is None else after - before
    key = "worse" if moved >= MOVED else "better" if moved <= -MOVED else "same"
    what = "、".join(say(f"act.{act}") for act in acts)
    told = say("help.heard", acts=what) if acts else say("help.heard_nothing")
    return f"{say(f'help.{key}')} · {told}"
