"""Practices that nobody sat down for: a scenario's own path, said at its own pace, through the same
rooms that a page goes through, graded as every practice is.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from random import Random

from kefu.demo_plan import Try
from scenarios.load import load_scenario
from scenarios.parts import Entry
from store.assignments import drawn_seed
from store.contents import rubric_at
from store.feedback import OwnView, keep_own_view
from store.practices import Practice, practice
from transcripts.errors import Refused
from web.practice.rooms import Room, Rooms
from web.practice.view import COACHED
from web.services import Services


@dataclass
class Moved:
    """A clock that is moved by hand."""

    at: datetime

    def __call__(self) -> datetime:
        return self.at


class Player:
    """Plays one practice after another, each at a time of its own."""

    def __init__(self, services: Services, seed: int, at: datetime) -> None:
        self._clock = Moved(at)
        self._services = replace(services, clock=self._clock)
        self._rooms = Rooms(self._services)
        self._random = Random(seed)

    def play(self, person: int, one: Try, at: datetime, assignment: int | None = None) -> Practice:
        """Play and grade a practice that begins at a time, own view included."""
        self._clock.at = at
        size = len(load_scenario(one.scenario, self._services.folders.scenarios).variants)
        seed = one.variant
        if assignment is not None:
            seed = drawn_seed(assignment, person, one.scenario, 1, size)
        help = COACHED if one.helped else ""
        number = self._rooms.start(person, one.scenario, seed, one.mode, help, assignment)
        self._follow(person, number, self._says(one, seed), at)
        self._to_the_end(person, number, at)
        found = self._rooms.card(person, number)
        self._view(found)
        return found

    def _says(self, one: Try, seed: int) -> list[Entry]:
        """What this person says and does in this variant."""
        scenario = load_scenario(one.scenario, self._services.folders.scenarios).variant(seed)
        paths = {path.name: path.says for path in scenario.paths}
        says = paths[one.path] if one.first is None else (paths[one.first][0], *paths[one.path][1:])
        return [entry.model_copy(update={"after": entry.after * one.slower}) for entry in says]

    def _follow(self, person: int, number: int, says: list[Entry], began: datetime) -> None:
        clock = 0
        for entry in says:
            clock += round(entry.after * 1000)
            self._clock.at = began + timedelta(milliseconds=clock)
            with self._rooms.open(person, number, clock) as room:
                if not _done(room, entry):
                    return

    def _to_the_end(self, person: int, number: int, began: datetime) -> None:
        """The customer goes in their own time; whoever never would is left."""
        while practice(self._services.store, number).state == "open":
            with self._rooms.open(person, number, 0) as room:
                session = room.session
                due = session.due()
                clock = max(due[0].at if due else session.ends_at() or 0, session.now)
            if not due and session.ends_at() is None:
                self._rooms.give_up(person, number)
                return
            self._clock.at = began + timedelta(milliseconds=clock)
            with self._rooms.open(person, number, clock):
                pass  # what is due by now arrives on coming in

    def _view(self, found: Practice) -> None:
        """The three taps before the score: what people think of themselves is not always right."""
        store = self._services.store
        row = store.row("SELECT overall, rubric FROM scorecards WHERE id = ?", (found.scorecard,))
        if row is None:
            return
        near = round((row["overall"] or 50) / 25) + 1 + self._random.choice((-1, 0, 0, 1))
        weakest = self._random.choice(list(rubric_at(store, row["rubric"]).criteria))
        view = OwnView(min(5, max(1, near)), weakest, None)
        keep_own_view(store, found.id, view, self._clock.at)


def _done(room: Room, entry: Entry) -> bool:
    """Say or do it; False once the conversation is over."""
    session = room.session
    if room.practice.state != "open" or session.over:
        return False
    try:
        if entry.text is not None:
            session.say(entry.text, session.now)
        elif entry.action is not None:
            session.act(entry.action, entry.data, session.now)
    except Refused:
        if not session.over:
            raise
        return False
    return True
