"""The plain pages of somebody who practises: their progress, their exams, a team's exams.

What the pages reckon with is imported late: the grader comes with it.
"""

from __future__ import annotations

import secrets
from functools import partial
from typing import Annotated

from fastapi import APIRouter, Form, Request
from starlette.responses import RedirectResponse, Response

from store.audit import note_deed
from store.declined import Declined
from store.people import Person
from transcripts.errors import KefuError
from web.cookies import form_fits, language_of
from web.house import House
from web.pages import url
from web.render import message, page, person_of
from web.text import t

Field = Annotated[str, Form()]


def routes(house: House) -> APIRouter:
    """/progress, /exams/…, /team, and what their buttons send."""
    router = APIRouter()
    services = house.services

    def sender(request: Request, form: str) -> Person | Response:
        """Who sent a form; the answer where it is not one of ours."""
        me = person_of(request)
        if me is None:
            return RedirectResponse("/login", 303)
        return me if form_fits(request, form) else message(house, request, "stale", 403)

    @router.get("/progress")
    def progress(request: Request, before: str = "") -> Response:
        from web.progress.mine import mine

        me = person_of(request)
        if me is None:
            return RedirectResponse("/login", 303)
        lang = language_of(request, me)
        values = mine(house, me, lang, partial(t, lang), number_of(before))
        return page(house, request, "progress.html", **values)

    @router.get("/exams/{number}")
    def exam(request: Request, number: str) -> Response:
        me = person_of(request)
        return RedirectResponse("/login", 303) if me is None else exam_shown(request, me, number)

    def exam_shown(request: Request, me: Person, number: str, refused: str = "") -> Response:
        from web.progress.exams import exam_of, exam_page

        lang = language_of(request, me)
        stands = exam_of(services, me, number_of(number) or 0)
        if stands is None:
            return message(house, request, "not_found", 404)
        values = exam_page(house, me, lang, partial(t, lang), stands)
        return page(house, request, "exam.html", 422 if refused else 200, refused=refused, **values)

    @router.post("/exams/{number}/start")
    def begin_exam(request: Request, number: str, form: Field = "") -> Response:
        from web.progress.exams import begin, exam_of

        me = sender(request, form)
        if isinstance(me, Response):
            return me
        lang = language_of(request, me)
        stands = exam_of(services, me, number_of(number) or 0)
        if stands is None:
            return message(house, request, "not_found", 404)
        try:
            practice = begin(services, me, stands)
        except Declined as declined:
            known = declined.key in ("no_tries_left", "too_late", "under_way", "nothing_left")
            key = declined.key if known else "not_assigned"
            return exam_shown(request, me, number, t(lang, f"exam.refused_{key}"))
        except KefuError:
            return exam_shown(request, me, number, t(lang, "exam.refused_broken"))
        note_deed(services.store, me.id, "exam.begin", str(practice), services.clock())
        return RedirectResponse(url(lang, "practice", "play", id=practice), 303)

    @router.get("/team")
    def team(request: Request) -> Response:
        from web.progress.team import team_page

        me = person_of(request)
        if me is None or me.role != "team_leader":
            return message(house, request, "forbidden", 403)
        lang = language_of(request, me)
        note_deed(services.store, me.id, "team.exams", None, services.clock())
        values = team_page(house, me, lang, partial(t, lang))
        return page(house, request, "team.html", **values)

    @router.post("/start")
    def start(
        request: Request, form: Field = "", scenario: Field = "", assignment: Field = ""
    ) -> Response:
        from web.progress.starting import start_practice

        me = sender(request, form)
        if isinstance(me, Response):
            return me
        lang = language_of(request, me)
        chance = secrets.randbelow(2**31)
        try:
            practice = start_practice(services, me, scenario, number_of(assignment), chance)
        except KefuError:
            return message(house, request, "cannot_start", 422)
        return RedirectResponse(url(lang, "practice", "play", id=practice), 303)

    return router


def number_of(text: str) -> int | None:
    """A number in an address or a form; None for anything else."""
    return int(text) if text.isascii() and text.isdecimal() and len(text) < 16 else None
