"""Exam results: those for a person to decide first; and what trainees ask about their scores."""

from __future__ import annotations

from starlette.requests import Request
from starlette.responses import Response

from store.assignments import assignments
from store.audit import note_deed
from store.feedback import answer, questions
from store.people import Person, led_by, people
from store.tries import Told, tries
from web.teaching.door import COACHES, TRAINERS, WATCHERS, Door, Given
from web.teaching.library import names_of_scenarios

MOST = 300
"""Results on a page."""


def exams(door: Door, request: Request, given: Given) -> Response:
    """Exam results; a team leader's are those of the own team."""
    exam = given.number("exam")
    only = given.text("only")

    def show(me: Person) -> Response:
        given = {one.id: one for one in assignments(door.store, most=500)
                 if one.order.kind == "exam"}  # fmt: skip
        found = [one for one in results(door, me) if not exam or one.assignment == exam]
        found = [one for one in found if not only or one.verdict == only]
        found.sort(key=lambda one: (one.verdict != "review", -one.practice))
        note_deed(door.store, me.id, "exams.view", str(exam or ""), door.services.clock())
        return door.page(
            request, "teach_exams.html", "exams", found=found[:MOST], exams=given, exam=exam,
            only=only, names={one.id: one.name for one in people(door.store)},
            titles=names_of_scenarios(door, door.lang(request)), scenarios=_scenarios(door),
            alone=me.role not in TRAINERS,
        )  # fmt: skip

    return door.enter(request, show, roles=WATCHERS)


def asked(door: Door, request: Request, given: Given) -> Response:
    """Questions about scores, those without an answer first."""

    def show(me: Person) -> Response:
        return door.page(
            request, "teach_questions.html", "questions", open=questions(door.store, waiting=True),
            done=questions(door.store, waiting=False)[::-1][:30], practices=_practices(door),
            names={one.id: one.name for one in people(door.store)},
        )  # fmt: skip

    return door.enter(request, show, roles=COACHES)


def reply(door: Door, request: Request, given: Given) -> Response:
    """Answer a question."""
    id = given.number("id")
    text = given.text("text")

    def write(me: Person) -> Response:
        answer(door.store, id, me.id, text, door.services.clock())
        note_deed(door.store, me.id, "question.answer", str(id), door.services.clock())
        return door.back("/teach/questions")

    return door.enter(request, write, form=given.text("form"), roles=COACHES)


def results(door: Door, me: Person) -> list[Told]:
    """The exam results that somebody may see: all, or a team leader's own team's."""
    store = door.store
    whom = ([one.id for one in people(store)] if me.role in TRAINERS
            else sorted(led_by(store, me.id)))  # fmt: skip
    exams = _of_exams(door)
    return [one for one in tries(store, whom, door.services.zone) if one.practice in exams]


def _of_exams(door: Door) -> set[int]:
    return {row["id"] for row in door.store.rows("SELECT id FROM practices WHERE mode = 'exam'")}


def _scenarios(door: Door) -> dict[int, str]:
    """The scenario of each exam practice."""
    rows = door.store.rows("SELECT id, scenario FROM practices WHERE mode = 'exam'")
    return {row["id"]: row["scenario"] for row in rows}


def _practices(door: Door) -> dict[int, int]:
    """The practice of each card that somebody asked about."""
    rows = door.store.rows(
        """SELECT s.id, c.practice FROM scorecards AS s
           JOIN conversations AS c ON c.id = s.conversation
           WHERE c.practice IS NOT NULL AND s.id IN (SELECT scorecard FROM questions)"""
    )
    return {row["id"]: row["practice"] for row in rows}
