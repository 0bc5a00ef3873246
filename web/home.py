"""The first page: one card, one button; below it what else there is, and what waits for others."""

from __future__ import annotations

from datetime import datetime
from functools import partial
from typing import Annotated, Final

from fastapi import APIRouter, Form, Request
from starlette.responses import RedirectResponse, Response

from store.feedback import mark_seen
from store.people import Role, people
from web.cookies import form_fits, language_of
from web.house import House
from web.render import message, page, person_of
from web.text import t

Field = Annotated[str, Form()]
PRACTISE: Final[tuple[Role, ...]] = ("agent", "team_leader")
"""Roles for whom their own practice stands on the first page, also before the first try."""


def routes(house: House) -> APIRouter:
    """The page at /, and its button for news that were read."""
    router = APIRouter()
    services = house.services

    @router.get("/")
    def home(request: Request) -> Response:
        # The grader comes with these: not before the first page.
        from web.progress.today import today
        from web.progress.waiting import waiting

        me = person_of(request)
        if me is None:
            return RedirectResponse("/login", 303)
        lang = language_of(request, me)
        values = today(house, me, lang, partial(t, lang))
        alone = me.role == "admin" and len(people(services.store)) == 1
        learns = me.role in PRACTISE or bool(values["bars"] or values["news"])
        return page(
            house, request, "home.html", waits=waiting(house, me, lang), alone=alone,
            learns=learns, **values,
        )  # fmt: skip

    @router.post("/news")
    def seen(request: Request, form: Field = "", until: Field = "") -> Response:
        me = person_of(request)
        if me is None or not form_fits(request, form):
            return message(house, request, "stale", 403)
        try:
            shown = datetime.fromisoformat(until)
            mark_seen(services.store, me.id, services.clock(), shown)
        except ValueError:
            return message(house, request, "stale", 422)
        return RedirectResponse("/", 303)

    return router
