"""Assignments and exams for people and groups, and the groups themselves."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta

from starlette.requests import Request
from starlette.responses import Response

from store.assignments import Order, assign, assignments, close_assignment
from store.audit import note_deed
from store.people import Person, groups, people, remove_group, set_group
from transcripts.errors import UnreadableInput
from web.teaching.door import Door, Given
from web.teaching.library import names_of_scenarios


def listed(door: Door, request: Request, given: Given) -> Response:
    """What was assigned, and the forms for more."""

    def show(me: Person) -> Response:
        lang = door.lang(request)
        everybody = people(door.store)
        return door.page(
            request, "teach_assign.html", "assign", orders=assignments(door.store),
            scenarios=names_of_scenarios(door, lang), groups=groups(door.store),
            everybody=[one for one in everybody if one.active],
            names={one.id: one.name for one in everybody},
            group_names={one.id: one.name for one in groups(door.store)},
            progress={one.id: _done(door, one.id) for one in assignments(door.store)},
        )  # fmt: skip

    return door.enter(request, show)


def give(door: Door, request: Request, given: Given) -> Response:
    """Assign scenarios to people and groups."""
    kind = given.text("kind", "practice")
    title = given.text("title")
    scenario = given.texts("scenario")
    person = given.numbers("person")
    group = given.numbers("group")
    tries = given.text("tries")
    mark = given.text("mark")
    until = given.text("until")

    def make(me: Person) -> Response:
        known = names_of_scenarios(door, door.lang(request))
        order = Order(
            "exam" if kind == "exam" else "practice", title,
            tuple(one for one in scenario if one in known), tuple(person), tuple(group),
            _number(tries), _mark(mark), _until(until, door),
        )  # fmt: skip
        number = assign(door.store, order, me.id, door.services.clock())
        note_deed(
            door.store, me.id, "assignment.add", str(number), door.services.clock(), kind=order.kind
        )
        return door.back("/teach/assign")

    return door.enter(request, make, form=given.text("form"))


def close(door: Door, request: Request, given: Given) -> Response:
    """Take an assignment off everybody's list."""
    number = given.number("number")

    def shut(me: Person) -> Response:
        close_assignment(door.store, number, door.services.clock())
        note_deed(door.store, me.id, "assignment.close", str(number), door.services.clock())
        return door.back("/teach/assign")

    return door.enter(request, shut, form=given.text("form"))


def group_made(door: Door, request: Request, given: Given) -> Response:
    """Make a group, or give one other people."""
    name = given.text("name")
    person = given.numbers("person")
    leader = given.numbers("leader")

    def make(me: Person) -> Response:
        if not name.strip() or len(name) > 60 or not (person or leader):
            raise UnreadableInput("a group needs a name and somebody in it")
        number = set_group(door.store, name, person, leader, door.services.clock())
        note_deed(door.store, me.id, "group.set", str(number), door.services.clock())
        return door.back("/teach/assign#groups")

    return door.enter(request, make, form=given.text("form"))


def group_gone(door: Door, request: Request, given: Given) -> Response:
    """Take a group apart."""
    number = given.number("number")

    def remove(me: Person) -> Response:
        remove_group(door.store, number)
        note_deed(door.store, me.id, "group.remove", str(number), door.services.clock())
        return door.back("/teach/assign#groups")

    return door.enter(request, remove, form=given.text("form"))


def _done(door: Door, number: int) -> int:
    """How many people have finished something of an assignment."""
    sql = """SELECT count(DISTINCT person) FROM practices
             WHERE assignment = ? AND state <> 'open'"""
    return int(door.store.value(sql, (number,)))


def _number(text: str) -> int | None:
    if not text.strip():
        return None
    if not text.strip().isdecimal() or not 1 <= int(text) <= 99:
        raise UnreadableInput("tries are a whole number from 1 to 99")
    return int(text)


def _mark(text: str) -> float | None:
    try:
        mark = float(text) if text.strip() else None
    except ValueError:
        raise UnreadableInput("the pass mark is a number from 0 to 100") from None
    if mark is not None and not 0 <= mark <= 100:
        raise UnreadableInput("the pass mark is a number from 0 to 100")
    return mark


def _until(text: str, door: Door) -> datetime | None:
    """The end of that day, as the team counts days."""
    if not text.strip():
        return None
    try:
        day = date.fromisoformat(text.strip())
    except ValueError:
        raise UnreadableInput("the date is year-month-day") from None
    return datetime.combine(day + timedelta(days=1), time(), door.services.zone) - timedelta(
        seconds=1
    )
