"""The server's side of a shift: who comes when, and how the juggling went.

The customers' windows are workbenches like any other; what is said in them goes to the desk. Here
is only what they share: the plan, the shift's clock, the end.
"""

from __future__ import annotations

import threading
from collections import OrderedDict
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import datetime
from functools import lru_cache
from typing import Final

from grader.timeliness import spoken
from rubrics.parts import Text
from simulator.juggling import customer, juggle
from store.declined import Declined
from store.going_on import go_on
from store.people import Person
from store.practices import Practice, of_shift
from store.progress import level_reached, mastered
from store.shifts import (
    FEWEST,
    MOST,
    PACES,
    Offered,
    Pace,
    Seat,
    Shift,
    begin_shift,
    clock_of,
    customers_of,
    end_shift,
    keep_clock,
    keep_plan,
    plan,
    seated,
    shift,
    shifts_of,
)
from store.tries import tries
from transcripts.errors import KefuError
from transcripts.types import Language
from web.practice.desk import Body, whole
from web.practice.rooms import LENIENT_MS, Rooms
from web.practice.shelved import shelf_cards, shelved_ones
from web.practice.view import Say
from web.services import Services

HELD: Final = 200
"""Shifts whose page was here of late."""


Work = Callable[[Person, Shift, int], Body]
"""What is done with somebody's shift at a time of its clock."""


@dataclass
class Watch:
    """The clock of a shift: it stood at `opened_ms` when its page came, `opened_at`."""

    opened_at: datetime
    opened_ms: int
    lock: threading.Lock = field(default_factory=threading.Lock)

    def told(self, clock: int, at: datetime) -> int:
        """What the page tells, never ahead of the time that passed."""
        passed = self.opened_ms + round((at - self.opened_at).total_seconds() * 1000)
        return max(0, min(clock, passed + LENIENT_MS))


class Watches:
    """The clocks of all shifts whose pages are open."""

    def __init__(self) -> None:
        self._guard = threading.Lock()
        self._watches: OrderedDict[int, Watch] = OrderedDict()

    @contextmanager
    def hold(self, number: int, clock: int, at: datetime) -> Iterator[Watch]:
        """The clock of a shift, for this thread alone; a new one stands at `clock`."""
        with self._guard:
            watch = self._watches.setdefault(number, Watch(at, clock))
            self._watches.move_to_end(number)
            while len(self._watches) > HELD:
                self._watches.popitem(last=False)
        with watch.lock:
            yield watch


@lru_cache(maxsize=4)
def watches_of(services: Services) -> Watches:
    """The clocks of a server, the same for every language."""
    return Watches()


class ShiftDesk:
    """What the page of a shift may ask for. `refused` in an answer is a sentence for the reader."""

    def __init__(self, services: Services, rooms: Rooms, lang: Language, say: Say) -> None:
        self._services = services
        self._store = services.store
        self._rooms = rooms
        self._lang = lang
        self._say = say
        self._watches = watches_of(services)

    def before(self, me: Person, _body: Body) -> Body:
        """What stands on the page before a shift: one that is still open, and those that were."""
        found = shifts_of(self._store, me.id)
        going = next((one.id for one in found if one.ended_at is None), None)
        zone = self._services.zone
        past = [
            {
                "s": one.id,
                "day": one.started_at.astimezone(zone).strftime("%m-%d %H:%M"),
                "pace": self._say(f"shift.{one.pace}"),
                "count": len(one.plan),
                "score": (one.result or {}).get("score"),
            }
            for one in found
            if one.ended_at is not None
        ]
        return {"open": going, "past": past}

    def start(self, me: Person, body: Body, chance: int) -> Body:
        """Begin a shift; `chance` draws who comes. An open one is gone on with instead."""
        going = self.before(me, body)["open"]
        if going is not None:
            return {"s": going}
        pace: Pace = next((one for one in PACES if one == body.get("pace")), "normal")
        count = min(MOST, max(FEWEST, whole(body.get("count"))))
        seats = self._plan(me, pace, count, chance)
        if len(seats) < FEWEST:
            return {"refused": self._say("shift.too_few")}
        at = self._services.clock()
        return {"s": begin_shift(self._store, me.id, pace, chance, seats, at)}

    def arrive(self, me: Person, body: Body) -> Body:
        """The page has come (`fresh`), time has passed, or somebody has gone: who is there now."""
        return self._with(me, body, self._go)

    def stop(self, me: Person, body: Body) -> Body:
        """Leave before everybody was served: who is still there is given up, nobody else comes."""

        def leave(me: Person, found: Shift, clock: int) -> Body:
            self._align(me, found, clock)  # who waited, waited until now
            for one in of_shift(self._store, found.id):
                if one.state == "open":
                    self._rooms.give_up(me.id, one.id)
            if found.ended_at is None:
                self._end(found)
            return self._page(shift(self._store, found.id), clock)

        return self._with(me, body, leave)

    # --- inside

    def _with(self, me: Person, body: Body, work: Work) -> Body:
        """Do `work` with the shift that a body names, its clock moved on."""
        try:
            found = shift(self._store, whole(body.get("s")))
            if found.person != me.id:
                raise Declined("not_yours", "this shift belongs to somebody else")
            at = self._services.clock()
            stood = clock_of(found, of_shift(self._store, found.id))
            with self._watches.hold(found.id, stood, at) as watch:
                if body.get("fresh"):
                    watch.opened_at, watch.opened_ms = at, stood
                    self._align(me, found, stood)
                clock = max(stood, watch.told(whole(body.get("clock")), at))
                answer = work(me, shift(self._store, found.id), clock)
                if answer["now"] > clock:  # it jumped: nobody was there
                    watch.opened_at, watch.opened_ms = at, answer["now"]
                return answer
        except KefuError as refused:
            return {"refused": self._words(refused)}

    def _align(self, me: Person, found: Shift, clock: int) -> None:
        """Everybody who is there stands at the shift's time."""
        for seat, one in seated(found, of_shift(self._store, found.id)):
            if one.state == "open":
                self._rooms.align(me.id, one.id, clock - seat.due)

    def _go(self, me: Person, found: Shift, clock: int) -> Body:
        if found.ended_at is not None:
            return self._page(found, clock)
        there = of_shift(self._store, found.id)
        if len(there) < len(found.plan) and all(one.state != "open" for one in there):
            clock = max(clock, found.plan[len(there)].due)  # nobody waits for nobody
        for seat in found.plan[len(there) :]:
            if seat.due > clock:
                break
            found = self._seat(me, found, seat, clock)
        keep_clock(self._store, found.id, clock)
        there = of_shift(self._store, found.id)
        if len(there) == len(found.plan) and all(one.state != "open" for one in there):
            self._end(found)
        return self._page(shift(self._store, found.id), clock)

    def _seat(self, me: Person, found: Shift, seat: Seat, clock: int) -> Shift:
        """A customer comes. One whose scenario cannot be played any more stays away."""
        try:
            number = self._rooms.start(me.id, seat.scenario, seat.seed, "shift", shift=found.id)
        except KefuError as broken:
            why = type(broken).__name__
            self._services.logs.warning("scenario_broken", scenario=seat.scenario, why=why)
            keep_plan(self._store, found.id, [one for one in found.plan if one is not seat])
            return shift(self._store, found.id)
        self._rooms.align(me.id, number, clock - seat.due)
        return found

    def _plan(self, me: Person, pace: Pace, count: int, chance: int) -> tuple[Seat, ...]:
        """Whom this trainee can serve: their language first, at their level."""
        services = self._services
        ones = list(shelved_ones(services))
        mine = [one for one in ones if one.variants[0].opened_by == "customer"]
        lang = [one for one in mine if one.variants[0].lang == self._lang]
        if self._lang == "zh-Hant":  # few are written in it; everybody here reads the others
            lang += [one for one in mine if one.variants[0].lang == "zh"]
        done = [one.tried for one in tries(self._store, [me.id], services.zone)]
        cards = shelf_cards(ones)
        known = frozenset(
            card.scenario
            for card in cards
            if mastered([one for one in done if one.scenario == card.scenario], card.variants)
        )
        offered = [
            Offered(
                one.id,
                _topic(one.variants[0].topic),
                one.variants[0].level,
                tuple(filled.customer for filled in one.variants),
            )
            for one in lang
        ]
        return plan(offered, level_reached(cards, known), pace, count, chance)

    def _end(self, found: Shift) -> None:
        """Reckon how it went, from what is kept."""
        customers = []
        for seat, one in seated(found, of_shift(self._store, found.id)):
            session = go_on(self._store, one.id, self._rooms.ears).session
            customers.append(customer(session, seat.due))
        result = juggle(customers).as_json()
        end_shift(self._store, found.id, result, self._services.clock())

    def _page(self, found: Shift, clock: int) -> Body:
        there = of_shift(self._store, found.id)
        names = customers_of(self._store, found.id)
        coming = found.plan[len(there)] if len(there) < len(found.plan) else None
        return {
            "s": found.id,
            "state": "open" if found.ended_at is None else "ended",
            "now": clock,
            "next": None if coming is None else coming.due,
            "count": len(found.plan),
            "pace": self._say(f"shift.{found.pace}"),
            "seats": [self._seated(seat, one, names) for seat, one in seated(found, there)],
            "result": None if found.result is None else self._result(found.result),
        }

    def _seated(self, seat: Seat, one: Practice, names: Mapping[int, str]) -> Body:
        ending = str((one.outcome or {}).get("ending", "unresolved"))
        return {
            "p": one.id,
            "due": seat.due,
            "state": one.state,
            "name": names[one.id],
            "ending": "" if one.state == "open" else self._say(f"ending.{ending}"),
        }

    def _result(self, result: Body) -> Body:
        """The score with its lines in words."""
        lines = [
            {
                "text": self._line(str(one["key"]), one["values"]),
                "points": one["points"],
                "most": one["most"],
            }
            for one in result["lines"]
        ]
        return {"score": result["score"], "lines": lines}

    def _line(self, key: str, values: Body) -> str:
        told = dict(values)
        if "seconds" in told:
            told["wait"] = spoken(self._lang, told.pop("seconds"))
        if "names" in told:
            told["names"] = self._say("shift.and").join(told["names"])
        return self._say(f"shift.line_{key}", **told)

    def _words(self, error: KefuError) -> str:
        if isinstance(error, Declined) and error.key in ("not_yours", "cannot_go_on"):
            return self._say(f"declined.{error.key}")
        return self._say("shift.not_there")


def _topic(topic: Text) -> str:
    return topic.zh
