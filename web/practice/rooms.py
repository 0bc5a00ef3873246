"""Practices that are under way. What is said is kept in the store before anybody is shown it.

A page tells its own clock: it runs only while the page is open, connected and not paused, so
practice stands still at every other time. The server believes it within the time that really
passed; an exam's clock is the server's.
"""

from __future__ import annotations

import json
import os
import threading
import time
from collections import OrderedDict
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import datetime
from functools import lru_cache
from typing import Final

from grader.grade import grade
from grader.scorecard import to_json
from rubrics.load import load_rubric
from scenarios.load import load_persona, load_scenario
from scenarios.schema import Scenario
from simulator.ears import Before, prepare
from simulator.heard import Heard
from simulator.lesson import beginning
from simulator.play import ears, so_far
from simulator.record import transcript
from simulator.session import Listen, Session
from simulator.state import Case
from store.declined import Declined
from store.going_on import go_on, retry
from store.practices import (
    Mark,
    Mode,
    Practice,
    Start,
    begin,
    finish,
    keep,
    keep_result,
    note_help,
    practice,
)
from web.practice.shelved import shelved_ones
from web.services import Services

HELD: Final = 400
"""Practices in memory; any other is played again from the store when its page comes back."""
LENIENT_MS: Final = 3_000
"""By how much a page's clock may be ahead of ours."""


@dataclass
class Room:
    """One practice in memory. Its clock stood at `opened_ms` when the page came, `opened_at`."""

    practice: Practice
    session: Session
    mark: Mark
    opened_at: datetime
    opened_ms: int
    lock: threading.Lock = field(default_factory=threading.Lock)

    def clock(self, told: int, at: datetime) -> int:
        """The session's time: what the page tells, never back and never ahead of what passed."""
        passed = self.opened_ms + round((at - self.opened_at).total_seconds() * 1000)
        if self.practice.mode == "exam":
            return max(self.session.now, passed)
        return max(self.session.now, min(told, passed + LENIENT_MS))


class Rooms:
    """Every practice that somebody has open."""

    def __init__(self, services: Services) -> None:
        self._store = services.store
        self._model = services.model.get
        self._now = services.clock
        self._folders = services.folders
        self._guard = threading.Lock()
        self._hearing = threading.Semaphore(os.cpu_count() or 1)
        self._rooms: OrderedDict[int, Room] = OrderedDict()

    # --- beginning

    def start(
        self, person: int, scenario: str, seed: int, mode: Mode = "play", help: str = "",
        assignment: int | None = None, shift: int | None = None,
    ) -> int:  # fmt: skip
        """Begin a scenario; the id of the practice. The seed chooses the variant and the words.

        With a `help` the try does not count as passed. `Declined` where an `assignment` does not
        allow it.
        """
        shelved = load_scenario(scenario, self._folders.scenarios)
        filled = shelved.variant(seed)
        persona = load_persona(filled.persona, self._folders.personas)
        session = Session(Case(filled, persona, seed), self.ears(filled))
        variant = seed % len(shelved.variants)
        at = self._now()
        start = Start(person, mode, variant, self._model().hash, assignment, shift)
        number, mark = begin(self._store, start, session, at)
        prepare(filled, self._model())
        if help:
            note_help(self._store, number, help)
        self._hold(Room(practice(self._store, number), session, mark, at, session.now))
        return number

    def finish_path(self, person: int, scenario: str, seed: int) -> int:
        """Begin where the good path of a variant has come half way; it counts for nothing."""
        shelved = load_scenario(scenario, self._folders.scenarios)
        filled = shelved.variant(seed)
        path = next((one for one in filled.paths if one.name == "good"), filled.paths[0])
        case = Case(filled, load_persona(filled.persona, self._folders.personas), seed)
        session = so_far(case, path.says[: beginning(path)], self.ears(filled))
        session.advance(max([session.now, *(due.at for due in session.typing)]))  # the answer
        given, at = len(session.log), self._now()
        variant = seed % len(shelved.variants)
        start = Start(person, "finish", variant, self._model().hash, turns=given)
        number, mark = begin(self._store, start, session, at)
        self._hold(Room(practice(self._store, number), session, mark, at, session.now))
        return number

    def retry(self, person: int, number: int, message: int) -> int:
        """A new practice that goes off just before a message of an old one; it counts for nothing.

        `Declined` if the old one is somebody else's or cannot be played again.
        """
        self._own(number, person)
        at = self._now()
        going = retry(self._store, number, message, self.ears, at)
        self._hold(Room(going.practice, going.session, going.mark, at, going.session.now))
        return going.practice.id

    # --- going on

    @contextmanager
    def open(self, person: int, number: int, told: int | None = None) -> Iterator[Room]:
        """A practice of this person, its clock moved on, for this thread alone; kept afterwards.

        `told` is the page's clock, None when the page has just come. `Declined` for anybody else's.
        """
        room = self._room(person, number)
        with room.lock:
            at = self._now()
            if told is None and room.practice.mode != "exam":
                room.opened_at, room.opened_ms = at, room.session.now
            if room.practice.state == "open":
                room.session.advance(room.clock(room.session.now if told is None else told, at))
            try:
                yield room
            finally:
                if room.practice.state == "open":
                    self._keep(room)

    def align(self, person: int, number: int, clock: int) -> None:
        """A page with several practices has come: this one stands at `clock` like the others."""
        with self.open(person, number) as room:
            if room.practice.state == "open":
                room.session.advance(max(room.session.now, clock))
                room.opened_ms = room.session.now

    def give_up(self, person: int, number: int) -> None:
        """End a practice before its customer does."""
        with self.open(person, number, 0) as room:
            if room.practice.state == "open":
                self._finish(room, given_up=True)

    def card(self, person: int, number: int) -> Practice:
        """The practice with its card; graded now if a stop came in between."""
        found = self._own(number, person)
        if found.conversation is not None and found.scorecard is None:
            self._grade(found.conversation, go_on(self._store, number, self.ears).session)
            found = practice(self._store, number)
        return found

    # --- inside

    def ears(self, scenario: Scenario) -> Listen:
        """Ears for a scenario, with the grader's model. As many listen at once as there are
        processors: more would only get into each other's way."""
        own = ears(scenario, self._model())

        def listen(reply: str, before: Before) -> Heard:
            with self._hearing:
                return own(reply, before)

        return listen

    def _own(self, number: int, person: int) -> Practice:
        found = practice(self._store, number)
        if found.person != person:
            raise Declined("not_yours", "this practice belongs to somebody else")
        return found

    def _room(self, person: int, number: int) -> Room:
        with self._guard:
            room = self._rooms.get(number)
            if room is not None:
                self._rooms.move_to_end(number)
        if room is None:
            self._own(number, person)
            going = go_on(self._store, number, self.ears)
            at = self._now()
            clock = going.practice.clock_at(at)
            room = self._hold(Room(going.practice, going.session, going.mark, at, clock))
        if room.practice.person != person:
            raise Declined("not_yours", "this practice belongs to somebody else")
        return room

    def _hold(self, room: Room) -> Room:
        with self._guard:
            room = self._rooms.setdefault(room.practice.id, room)
            while len(self._rooms) > HELD:
                self._rooms.popitem(last=False)
        return room

    def _keep(self, room: Room) -> None:
        try:
            room.mark = keep(self._store, room.practice.id, room.session, room.mark, self._now())
        except BaseException:
            with self._guard:  # what is in memory is not what is kept: play it again next time
                self._rooms.pop(room.practice.id, None)
            raise
        if room.session.ended:
            self._finish(room)

    def _finish(self, room: Room, given_up: bool = False) -> None:
        number = room.practice.id
        conversation = finish(self._store, number, room.session, room.mark, self._now(), given_up)
        room.practice = practice(self._store, number)
        self._grade(conversation, room.session)
        room.practice = practice(self._store, number)

    def _grade(self, conversation: int, session: Session) -> None:
        rubric = load_rubric(session.case.scenario.rubric, self._folders.rubrics)
        card = grade(transcript(session), rubric, self._model())
        line = json.dumps(to_json(card), ensure_ascii=False, allow_nan=False)
        keep_result(self._store, conversation, rubric, line, self._now())


def prepare_all(services: Services) -> None:
    """Get every customer of the shelf ready, so that nobody's first reply waits for vectors.

    A pause as long as each took leaves half of the time to whoever is there already.
    """
    model = services.model.get()
    for one in shelved_ones(services):
        for filled in one.variants:
            began = time.perf_counter()
            prepare(filled, model)
            time.sleep(time.perf_counter() - began)


@lru_cache(maxsize=4)
def rooms_of(services: Services) -> Rooms:
    """The rooms of a server, the same for every language."""
    return Rooms(services)
