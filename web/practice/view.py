"""What the practice page is shown, as plain values: never the customer's state, unless coached."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any, Final

from simulator.session import Session
from simulator.state import ONE
from simulator.workbench import COUNTED, LIMITS, PANELS
from store.practices import Practice
from transcripts.types import Message
from web.practice.rooms import Room

Say = Callable[..., str]
"""The text of a key in the reader's language: `say("practice.send")`."""
PICTURES: Final = "/pictures"
COACHED: Final = "coached"
"""The help that shows how the customer takes each reply."""


def view(room: Room, say: Say, since: int = 0) -> dict[str, Any]:
    """The practice as it stands, with the messages from number `since` on."""
    session = room.session
    return {
        "id": room.practice.id,
        "state": room.practice.state,
        "mode": room.practice.mode,
        "now": session.now,
        "next": _next(session),
        "typing": bool(session.typing),
        "waiting": _waiting_since(session),
        "over": session.over,
        "messages": [
            message(number, one, say) for number, one in enumerate(session.messages[since:], since)
        ],
        "limits": limits(session, say),
        "panels": panels(session),
    }


def frame(room: Room, say: Say) -> dict[str, Any]:
    """What does not change while a practice goes on."""
    scenario = room.session.case.scenario
    return {
        "customer": scenario.customer,
        "platform": scenario.platform,
        "currency": scenario.currency,
        "lang": scenario.lang,
        "level": say(f"level.{scenario.level}"),
        "minutes": scenario.minutes,
        "you_first": scenario.opened_by == "agent",
        "note": None if scenario.note_form is None else list(scenario.note_form),
        "given": given_of(room.practice, room.session.messages),
        "shift": room.practice.shift,
    }


def given_of(practice: Practice, messages: Sequence[Message]) -> int:
    """How many messages there were before one's own part began; 0 but for a path to finish."""
    if practice.mode != "finish":
        return 0
    left = practice.parent_turns or 0
    for number, one in enumerate(messages):
        if left == 0:
            return number
        left -= one.role in ("agent", "action")
    return len(messages)


def message(number: int, one: Message, say: Say) -> dict[str, Any]:
    """A message as a bubble; what was done in the workbench as a line between the bubbles."""
    picture = one.extra.get("picture")
    text = deed(one, say) if one.role == "action" else one.text
    return {
        "n": number,
        "who": one.role,
        "text": text,
        "time": "" if one.at is None else one.at.strftime("%H:%M:%S"),
        "picture": None if picture is None else f"{PICTURES}/{picture}.svg",
        "over_limit": bool((one.data or {}).get("over_limit")),
    }


def deed(one: Message, say: Say) -> str:
    """What an action was, in a few words."""
    data = one.data or {}
    if one.text == "look_up":
        return say("deed.look_up", what=say(f"panel.{data['what']}"))
    if one.text == "write_note":
        told = " · ".join(f"{name} {value}" for name, value in data["fields"].items())
        return say("deed.write_note", told=told)
    if one.text == "ask_supervisor":
        return say("deed.ask_supervisor", question=data["question"], answer=data.get("answer", ""))
    values = {"amount": f"{data.get('amount', 0):g}", "item": data.get("item", "")}
    address = str(data.get("address", ""))
    return say(f"deed.{one.text}", **values, address=address, file=str(data.get("file", "")))


def limits(session: Session, say: Say) -> list[dict[str, Any]]:
    """What may be given without asking, and what of it is left."""
    found = []
    for action, name in LIMITS.items():
        if (most := session.authority.get(name)) is not None:
            spent = session.state.did.get(action, 0) / (1 if action in COUNTED else ONE)
            found.append({"action": action, "most": most, "left": max(0.0, most - spent)})
    return found


def panels(session: Session) -> dict[str, list[str] | None]:
    """What was looked up: the lines of each panel, None for one that was not opened yet."""
    opened = {
        str((one.data or {}).get("what"))
        for one in session.messages
        if one.role == "action" and one.text == "look_up"
    }
    facts = session.case.scenario.facts
    return {
        name: [fact.text for fact in facts if fact.where == name] if name in opened else None
        for name in PANELS
    }


def _next(session: Session) -> int | None:
    """When, on the session's clock, something comes by itself."""
    due = session.due()
    return due[0].at if due else session.ends_at()


def _waiting_since(session: Session) -> int | None:
    """Since when the customer waits for an answer; None if it is the customer's turn, or after
    their goodbye."""
    if session.over or session.state.parted:
        return None
    first: Message | None = None
    for one in reversed(session.messages):
        if one.role == "agent":
            break
        if one.role == "customer":
            first = one
    if first is None or first.at is None:
        return None
    return round((first.at - session.time(0)).total_seconds() * 1000)
