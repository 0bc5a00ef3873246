"""Shifts: several customers at once, who come by a plan that is drawn when the shift begins.

The customers' own conversations are practices of the shift, in the order of the plan: the first
practice is the plan's first customer. The shift's clock runs only while its page does.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator, Sequence
from dataclasses import asdict, dataclass
from datetime import datetime
from typing import Any, Final, Literal, get_args

from store.database import Row, Store
from store.practices import Practice
from store.progress import LEVELS, Level
from store.times import maybe, text_of, time_of
from transcripts.errors import UnreadableInput

Pace = Literal["quiet", "normal", "rush"]
PACES: Final[tuple[Pace, ...]] = get_args(Pace)
GAPS_MS: Final[dict[Pace, int]] = {"quiet": 100_000, "normal": 50_000, "rush": 15_000}
"""From one customer to the next, a third more or less."""
FEWEST: Final = 2
MOST: Final = 5


@dataclass(frozen=True, slots=True)
class Offered:
    """A scenario that a shift may draw from. `customers`: the name in each of its variants."""

    scenario: str
    topic: str
    level: Level
    customers: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Seat:
    """A customer of a plan: comes at `due` milliseconds of the shift's clock."""

    scenario: str
    seed: int
    due: int


@dataclass(frozen=True, slots=True)
class Shift:
    """A shift as it stands. `result` is there once it has ended; see `simulator.juggling`."""

    id: int
    person: int
    pace: Pace
    seed: int
    plan: tuple[Seat, ...]
    clock_ms: int
    started_at: datetime
    ended_at: datetime | None
    result: dict[str, Any] | None


def plan(
    offered: Sequence[Offered], level: Level, pace: Pace, count: int, seed: int
) -> tuple[Seat, ...]:
    """Who comes and when. Topics and names differ as long as there are enough; somebody of the
    trainee's own level comes first, then of the levels below, harder ones only where too few are
    left. Equal arguments give an equal plan.
    """
    reached = LEVELS.index(level)

    def rank(one: Offered) -> tuple[int, int]:
        above = max(0, LEVELS.index(one.level) - reached)
        return above, _draw(seed, one.scenario)

    seats: list[Seat] = []
    topics: set[str] = set()
    names: set[str] = set()
    at = 0
    for one in _own_first(sorted(offered, key=rank), level):
        if len(seats) == count:
            break
        variant = _variant(one, seed, names)
        if one.topic in topics or variant is None:
            continue
        topics.add(one.topic)
        names.add(one.customers[variant])
        drawn = _draw(seed, f"{one.scenario} words") % 1_000_000
        seats.append(Seat(one.scenario, drawn - drawn % len(one.customers) + variant, at))
        gap = GAPS_MS[pace]
        at += gap * (67 + _draw(seed, f"gap {len(seats)}") % 67) // 100
    return tuple(seats)


def begin_shift(store: Store, person: int, pace: Pace, seed: int, seats: Sequence[Seat],
                at: datetime) -> int:  # fmt: skip
    """A shift of several customers at once; its id."""
    told = json.dumps([asdict(seat) for seat in seats])
    row = {
        "person": person, "pace": pace, "seed": seed, "plan": told, "started_at": text_of(at),
    }  # fmt: skip
    return store.write(lambda t: t.insert("shifts", row))


def keep_clock(store: Store, number: int, clock: int) -> None:
    """Move the clock of a shift on; it never goes back."""
    sql = "UPDATE shifts SET clock_ms = max(clock_ms, ?) WHERE id = ? AND ended_at IS NULL"
    store.write(lambda t: t.run(sql, (clock, number)))


def keep_plan(store: Store, number: int, seats: Sequence[Seat]) -> None:
    """Change who is still to come."""
    told = json.dumps([asdict(seat) for seat in seats])
    store.write(lambda t: t.run("UPDATE shifts SET plan = ? WHERE id = ?", (told, number)))


def end_shift(store: Store, number: int, result: dict[str, Any], at: datetime) -> None:
    """Keep how the juggling went. A second time does nothing."""
    sql = "UPDATE shifts SET ended_at = ?, result = ? WHERE id = ? AND ended_at IS NULL"
    told = json.dumps(result, ensure_ascii=False)
    store.write(lambda t: t.run(sql, (text_of(at), told, number)))


def shift(store: Store, number: int) -> Shift:
    """A shift by its id. `UnreadableInput` if there is none."""
    row = store.row("SELECT * FROM shifts WHERE id = ?", (number,))
    if row is None:
        raise UnreadableInput(f"there is no shift {number}")
    return _shift(row)


def shifts_of(store: Store, person: int, most: int = 20) -> list[Shift]:
    """Somebody's shifts, the newest first."""
    sql = "SELECT * FROM shifts WHERE person = ? ORDER BY id DESC LIMIT ?"
    return [_shift(row) for row in store.rows(sql, (person, most))]


def customers_of(store: Store, number: int) -> dict[int, str]:
    """The customers' names in the practices of a shift."""
    rows = store.rows(
        """SELECT p.id, json_extract(c.body, '$.customer') AS name FROM practices AS p
           JOIN contents AS c ON c.hash = p.scenario_version WHERE p.shift = ?""",
        (number,),
    )
    return {row["id"]: row["name"] for row in rows}


def seated(found: Shift, practices: Sequence[Practice]) -> Iterator[tuple[Seat, Practice]]:
    """Who has come, each with the seat in the plan."""
    return zip(found.plan, practices, strict=False)


def clock_of(found: Shift, practices: Sequence[Practice]) -> int:
    """Where a shift's clock stood when its page was last heard of."""
    return max(
        [found.clock_ms, *(seat.due + one.clock_ms for seat, one in seated(found, practices))]
    )


def _own_first(ranked: Sequence[Offered], level: Level) -> list[Offered]:
    """The first one of the trainee's own level leads."""
    own = next((one for one in ranked if one.level == level), None)
    return list(ranked) if own is None else [own, *(one for one in ranked if one is not own)]


def _variant(one: Offered, seed: int, names: set[str]) -> int | None:
    """A variant whose customer is not there already."""
    count = len(one.customers)
    first = _draw(seed, f"{one.scenario} variant") % count
    ways = [(first + n) % count for n in range(count)]
    return next((way for way in ways if one.customers[way] not in names), None)


def _draw(seed: int, what: str) -> int:
    return int.from_bytes(hashlib.sha256(f"{seed} {what}".encode()).digest()[:6], "big")


def _shift(row: Row) -> Shift:
    return Shift(
        id=row["id"],
        person=row["person"],
        pace=row["pace"],
        seed=row["seed"],
        plan=tuple(Seat(**one) for one in json.loads(row["plan"])),
        clock_ms=row["clock_ms"],
        started_at=time_of(row["started_at"]),
        ended_at=maybe(row["ended_at"]),
        result=None if row["result"] is None else json.loads(row["result"]),
    )
