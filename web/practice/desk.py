"""The server's side of the practice page: plain functions over a room, with errors as words."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, Final

from store.declined import Declined
from store.people import Person
from store.practices import draft, flag, flags, pause, practice, save_draft
from transcripts.errors import KefuError
from web.practice.coaching import ask_hint, coach, coached, help_in
from web.practice.rooms import Room, Rooms
from web.practice.view import Say, frame, view
from web.services import Services

LONGEST: Final = 2000
"""Characters of one message."""
MOST_DRAFT: Final = 4000
Body = dict[str, Any]


class Desk:
    """What a page may ask for. Every body names the practice `p`; each answer is plain values.

    `refused` in an answer is a sentence for the reader.
    """

    def __init__(self, services: Services, rooms: Rooms, say: Say) -> None:
        self._services = services
        self._rooms = rooms
        self._say = say

    def enter(self, me: Person, body: Body) -> Body:
        """The page has come: everything that it shows."""

        def look(room: Room) -> Body:
            number = room.practice.id
            return {
                "frame": {
                    **frame(room, self._say),
                    "help": help_in(self._services, room.practice),
                    "paused": room.practice.paused_at is not None,
                },
                "view": {**view(room, self._say), **self._coach(room)},
                "draft": draft(self._services.store, number),
                "flags": sorted(flags(self._services.store, number)),
            }

        return self._with(me, body, look, told=None)

    def look(self, me: Person, body: Body) -> Body:
        """Time has passed."""
        return self._with(me, body, lambda room: self._view(room, body))

    def say(self, me: Person, body: Body) -> Body:
        """The agent writes. Sent twice because an answer was lost on the way, it is said once."""
        text = str(body.get("text", "")).strip()

        def speak(room: Room) -> None:
            if not text:
                raise Declined("empty", self._say("practice.empty"))
            if len(text) > LONGEST:
                raise Declined("long", self._say("practice.too_long", most=LONGEST))
            if not self._said(room, body, text):
                room.session.say(text, room.session.now)

        return self._do(me, body, speak)

    def act(self, me: Person, body: Body) -> Body:
        """The agent does something in the workbench."""
        data = body.get("data")

        def work(room: Room) -> None:
            known = data if isinstance(data, dict) else {}
            room.session.act(str(body.get("action", "")), known, room.session.now)

        return self._do(me, body, work)

    def stop(self, me: Person, body: Body) -> Body:
        """The agent leaves before the customer does."""
        try:
            self._rooms.give_up(me.id, _number(body))
        except KefuError as refused:
            return {"refused": self._words(refused)}
        return self.look(me, body)

    def pause(self, me: Person, body: Body) -> Body:
        """Stand still, or go on; an exam does not stand still."""

        def hold(room: Room) -> Body:
            at = self._services.clock() if body.get("on") else None
            pause(self._services.store, room.practice.id, at)
            room.practice = practice(self._services.store, room.practice.id)
            return {}

        return self._with(me, body, hold)

    def hint(self, me: Person, body: Body) -> Body:
        """A question, the act, a sentence: `step` 1 to 3. Nothing where help has faded."""

        def help(room: Room) -> Body:
            if help_in(self._services, room.practice) == "none" or room.session.over:
                raise Declined("no_hints", self._say("help.none"))
            found = ask_hint(self._services, room, whole(body.get("step")), self._say)
            room.practice = practice(self._services.store, room.practice.id)
            return found

        return self._with(me, body, help)

    def draft(self, me: Person, body: Body) -> Body:
        """What stands in the composer."""

        def save(room: Room) -> Body:
            text = str(body.get("text", ""))[:MOST_DRAFT]
            save_draft(self._services.store, room.practice.id, text, self._services.clock())
            return {}

        return self._with(me, body, save)

    def flag(self, me: Person, body: Body) -> Body:
        """答非所问: a customer's line that misses what was said, for the trainer to look at."""

        def mark(room: Room) -> Body:
            number = int(body.get("message", -1))
            messages = room.session.messages
            if not 0 <= number < len(messages) or messages[number].role != "customer":
                raise Declined("no_message", self._say("practice.no_message"))
            at = self._services.clock() if body.get("on") else None
            flag(self._services.store, room.practice.id, number, at)
            return {}

        return self._with(me, body, mark)

    # --- inside

    def _do(self, me: Person, body: Body, work: Callable[[Room], None]) -> Body:
        def done(room: Room) -> Body:
            refused = ""
            try:
                work(room)
            except KefuError as error:
                refused = self._words(error, room)
            return {**self._view(room, body), **({"refused": refused} if refused else {})}

        return self._with(me, body, done)

    def _with(
        self, me: Person, body: Body, work: Callable[[Room], Body], told: int | None = 0
    ) -> Body:
        clock = None if told is None else whole(body.get("clock"))
        try:
            with self._rooms.open(me.id, _number(body), clock) as room:
                found = work(room)
        except KefuError as refused:
            return {"refused": self._words(refused)}
        return self._closed(found, room)

    def _closed(self, found: Body, room: Room) -> Body:
        """The answer with the state that it has once everything is kept: it may have ended."""
        for part in (found, found.get("view") or {}):
            if "state" in part:
                part["state"] = room.practice.state
        return found

    def _view(self, room: Room, body: Body) -> Body:
        since = whole(body.get("since"))
        return {**view(room, self._say, since), **self._coach(room)}

    def _coach(self, room: Room) -> Body:
        return {"coach": coach(room.session, self._say) if coached(room.practice) else None}

    def _said(self, room: Room, body: Body, text: str) -> bool:
        since = whole(body.get("since"))
        return any(
            one.role == "agent" and one.text == text for one in room.session.messages[since:]
        )

    def _words(self, error: KefuError, room: Room | None = None) -> str:
        if room is not None and room.session.over:
            return self._say("practice.leaving")
        if isinstance(error, Declined):
            return self._say(f"declined.{error.key}") if error.key in _TOLD else str(error)
        return self._say("practice.refused")


_TOLD: Final = frozenset({"elsewhere", "over", "not_yours", "cannot_go_on"})


def _number(body: Body) -> int:
    """The practice that a body names; 0, which is none, where it names none."""
    return whole(body.get("p"))


def whole(value: Any) -> int:
    """A whole number of a page; 0 for anything else."""
    return value if isinstance(value, int) and not isinstance(value, bool) and value > 0 else 0
