"""The first page: one card, one button."""

from __future__ import annotations

from datetime import datetime

from fastapi import APIRouter, Request
from starlette.responses import RedirectResponse, Response

from web.cookies import language_of
from web.house import House
from web.pages import url
from web.render import page, person_of

AREA = "practice"


def routes(house: House) -> APIRouter:
    """The page at /."""
    router = APIRouter()

    @router.get("/")
    def home(request: Request) -> Response:
        from store.practices import (
            practices_of,  # the grader comes with it: not before the first page
        )

        person = person_of(request)
        if person is None:
            return RedirectResponse("/login", 303)
        lang = language_of(request, person)
        area = house.area(AREA)
        going = practices_of(house.services.store, person.id, state="open", most=1)
        return page(
            house, request, "home.html",
            going=going[0] if going else None,
            going_since=_told(house, going[0].started_at) if going else "",
            go_on=url(lang, AREA, "play", id=going[0].id) if going else "",
            shelf=url(lang, AREA, "shelf") if area is not None else "",
        )  # fmt: skip

    return router


def _told(house: House, at: datetime) -> str:
    return at.astimezone(house.services.zone).strftime("%m-%d %H:%M")
