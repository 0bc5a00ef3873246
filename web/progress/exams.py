"""Exams as a trainee meets them: what holds, the start, the result."""

from __future__ import annotations

from collections.abc import Collection
from typing import Any

from rubrics.load import load_rubric
from scenarios.load import load_scenario
from scenarios.outline import outlines
from store.assignments import drawn_seed, exams_of
from store.declined import Declined
from store.history import veiled
from store.people import Person
from store.standing import Part, Standing, standing, unfinished
from store.tries import exam_tries
from transcripts.errors import KefuError
from transcripts.types import Language
from web.house import House
from web.pages import url
from web.progress.words import Say, moment_words
from web.services import Services


def exam_of(services: Services, me: Person, number: int) -> Standing | None:
    """Somebody's own exam; None for anybody else's, and for what is no exam."""
    given = next((one for one in exams_of(services.store, me.id) if one.id == number), None)
    if given is None:
        return None
    told = exam_tries(services.store, [me.id], services.zone)
    return standing(given, told, unfinished(services.store, me.id), services.clock())


def begin(services: Services, me: Person, stands: Standing) -> int:
    """Begin the next part; the id of its practice. The variant is drawn here, nobody chooses it.

    `Declined` where no try is left, the time is over or one is under way.
    """
    from web.practice.rooms import rooms_of  # the simulator comes with it

    part, number = stands.next, stands.assignment.id
    if part is None:
        raise Declined("nothing_left", "there is nothing left to begin in this exam")
    shelved = load_scenario(part.scenario, services.folders.scenarios)
    seed = drawn_seed(number, me.id, part.scenario, part.used + 1, len(shelved.variants))
    return rooms_of(services).start(
        me.id, part.scenario, seed, mode="exam", assignment=number
    )  # fmt: skip


def exam_page(
    house: House, me: Person, lang: Language, say: Say, stands: Standing
) -> dict[str, Any]:
    """The values of an exam's page."""
    services = house.services
    hidden = veiled(services.store, me.id)
    order = stands.assignment.order
    due = None if order.due_at is None else order.due_at.astimezone(services.zone)
    under_way = next((one.open for one in stands.parts if one.open is not None), None)
    return {
        "title": order.title,
        "number": stands.assignment.id,
        "row": exam_row(stands, hidden, say),
        "parts": [
            _part(n, one, hidden, lang) for n, one in enumerate(stands.parts, 1)
        ],
        "next": None if stands.next is None else stands.parts.index(stands.next) + 1,
        "again": stands.next is not None and stands.next.state == "again",
        "under_way": "" if under_way is None else url(lang, "practice", "play", id=under_way),
        "tries": order.tries,
        "due": "" if due is None else moment_words(say, due),
        "mark": _mark(services, stands),
        "here": house.area("practice") is not None,
    }  # fmt: skip


def exam_row(stands: Standing, hidden: Collection[int], say: Say) -> dict[str, Any]:
    """An exam in a line: its state, `veiled` while a result waits for the own view."""
    order = stands.assignment.order
    last = [one.last for one in stands.parts if one.last is not None]
    waits = [one.practice for one in last if one.practice in hidden]
    scores = [one.tried.overall for one in last if one.tried.overall is not None]
    state = "veiled" if waits else stands.state
    made = max((one.at for one in last), default=stands.assignment.made_at)
    known = len(scores) == len(stands.parts) and not waits
    return {
        "number": stands.assignment.id,
        "title": order.title,
        "state": state,
        "score": round(sum(scores) / len(scores)) if known else None,
        "at": made,
    }


def _part(n: int, one: Part, hidden: Collection[int], lang: Language) -> dict[str, Any]:
    seen = one.last is not None and one.last.practice not in hidden
    score = one.last.tried.overall if one.last is not None and seen else None
    return {
        "n": n,
        "state": one.state if seen or one.last is None or one.state == "under_way" else "veiled",
        "score": None if score is None else round(score),
        "used": one.used,
        "left": one.left,
        "card": "" if one.last is None else url(lang, "practice", "card", id=one.last.practice),
    }


def _mark(services: Services, stands: Standing) -> float | None:
    """The pass mark where it is one for all parts; None where each has its own."""
    if stands.assignment.order.pass_mark is not None:
        return stands.assignment.order.pass_mark
    listed, _ = outlines(services.folders.scenarios)
    wanted = set(stands.assignment.order.scenarios)
    rubrics = {one.head.rubric for one in listed if one.head.id in wanted}
    try:
        marks = {load_rubric(name, services.folders.rubrics).pass_mark for name in rubrics}
    except KefuError:
        return None
    return marks.pop() if len(marks) == 1 else None
