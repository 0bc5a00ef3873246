"""The board: people by criteria, with how many tries stand behind each mean; one person's tries."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

from starlette.requests import Request
from starlette.responses import Response

from store.audit import note_deed
from store.people import Person, groups, people, person
from store.practices import practices_of
from store.progress import LATELY
from store.summary import FEW, Mean
from store.tries import Told, tries
from web.teaching.door import COACHES, Door, Given
from web.teaching.library import names_of_criteria, names_of_scenarios


@dataclass(slots=True)
class Row:
    """One person's means over the last tries. `cells` by criterion; none: never scored."""

    who: Person
    tries: int = 0
    overall: Mean = field(default_factory=Mean)
    passed: Mean = field(default_factory=Mean)
    cells: dict[str, Mean] = field(default_factory=dict)


def board(door: Door, request: Request, given: Given) -> Response:
    """Everybody's means by criterion, of all agents or of a group."""
    group = given.number("group")

    def show(me: Person) -> Response:
        teams = groups(door.store)
        team = next((one for one in teams if one.id == group), None)
        whom = [
            one for one in people(door.store)
            if one.active and (one.id in team.members if team else one.role == "agent")
        ]  # fmt: skip
        rows = rows_of(whom, tries(door.store, [one.id for one in whom], door.services.zone))
        names = names_of_criteria(door, door.lang(request))
        met = {name for row in rows for name, cell in row.cells.items() if cell.n}
        columns = {name: label for name, label in names.items() if name in met}
        columns |= {name: name for name in sorted(met - set(names))}
        note_deed(door.store, me.id, "board.view", str(group or ""), door.services.clock())
        return door.page(
            request, "teach_board.html", "board", rows=rows, columns=columns, groups=teams,
            group=group, lately=LATELY, few=FEW,
        )  # fmt: skip

    return door.enter(request, show, roles=COACHES)


def somebody(door: Door, request: Request, given: Given) -> Response:
    """One person's tries, the newest first."""
    id = given.number("id")
    before = given.number("before")

    def show(me: Person) -> Response:
        whom = person(door.store, id)
        found = practices_of(door.store, whom.id, before=before or None, most=50)
        results = {one.practice: one for one in tries(door.store, [id], door.services.zone)}
        note_deed(door.store, me.id, "practices.view", str(id), door.services.clock())
        return door.page(
            request, "teach_person.html", "board", whom=whom, practices=found, results=results,
            titles=names_of_scenarios(door, door.lang(request)),
        )  # fmt: skip

    return door.enter(request, show, roles=COACHES)


def rows_of(whom: Sequence[Person], found: Sequence[Told]) -> list[Row]:
    """Everybody's row: the mean of the last tries that count."""
    rows = []
    for one in whom:
        row = Row(one)
        own = [told for told in found if told.person == one.id]
        row.tries = len(own)
        for told in own[-LATELY:]:
            row.overall.add(told.tried.overall)
            if told.verdict in ("passed", "failed"):
                row.passed.add(100.0 * (told.verdict == "passed"))
            for name, score in told.tried.scores.items():
                row.cells.setdefault(name, Mean()).add(score)
        rows.append(row)
    return rows
