"""The exams of a team, for who leads it. Practice never comes into it: only exams are read."""

from __future__ import annotations

from typing import Any

from store.assignments import exams_of
from store.people import Person, led_by, people
from store.standing import Standing, standing
from store.tries import exam_tries
from transcripts.types import Language
from web.house import House
from web.progress.words import Say, day_words, moment_words

Row = tuple[Person, Standing]


def team_exams(house: House, me: Person) -> list[Row]:
    """Everybody in the groups that somebody leads, with each of their exams, the newest first."""
    services = house.services
    led = led_by(services.store, me.id) - {me.id}
    told = exam_tries(services.store, sorted(led), services.zone)
    found: list[Row] = []
    for one in people(services.store):
        if one.id in led:
            own = [try_ for try_ in told if try_.person == one.id]
            found += [
                (one, standing(given, own, (), services.clock()))
                for given in exams_of(services.store, one.id)
            ]
    return found


def team_page(house: House, me: Person, lang: Language, say: Say) -> dict[str, Any]:
    """The values of the page: each exam with everybody who has it."""
    zone = house.services.zone
    today = house.services.clock().astimezone(zone).date()
    exams: dict[int, dict[str, Any]] = {}
    for person, stands in team_exams(house, me):
        order = stands.assignment.order
        due = None if order.due_at is None else order.due_at.astimezone(zone)
        exam = exams.setdefault(
            stands.assignment.id,
            {
                "title": order.title,
                "due": "" if due is None else moment_words(say, due),
                "left": "" if due is None else day_words(say, due.date(), today),
                "rows": [],
            },
        )
        exam["rows"].append(_row(person, stands))
    found = [exams[number] for number in sorted(exams, reverse=True)]
    return {"exams": found, "led": len(led_by(house.services.store, me.id) - {me.id})}


def _row(person: Person, stands: Standing) -> dict[str, Any]:
    last = [one.last for one in stands.parts if one.last is not None]
    scores = [one.tried.overall for one in last if one.tried.overall is not None]
    return {
        "name": person.name,
        "state": stands.state,
        "done": sum(one.state == "passed" for one in stands.parts),
        "all": len(stands.parts),
        "score": round(sum(scores) / len(scores)) if len(scores) == len(stands.parts) else None,
    }
