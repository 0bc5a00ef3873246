"""Where the trainer's plain pages stand. Their modules bring the grader along: not at the start."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from importlib import import_module
from typing import Final

from anyio.to_thread import run_sync
from fastapi import APIRouter
from starlette.requests import Request
from starlette.responses import Response

from web.house import House
from web.teaching.door import Door, Given

PAGES: Final = {
    # address: (module, function)
    "/teach": ("library", "library"),
    "/teach/versions": ("library", "history"),
    "/teach/health": ("library", "wellbeing"),
    "/teach/assign": ("orders", "listed"),
    "/teach/board": ("board", "board"),
    "/teach/person": ("board", "somebody"),
    "/teach/talk": ("talk", "talk"),
    "/teach/exams": ("exams", "exams"),
    "/teach/questions": ("exams", "asked"),
}
FORMS: Final = {
    "/teach/copy": ("library", "copy"),
    "/teach/publish": ("library", "publish"),
    "/teach/assign": ("orders", "give"),
    "/teach/close": ("orders", "close"),
    "/teach/group": ("orders", "group_made"),
    "/teach/group/remove": ("orders", "group_gone"),
    "/teach/note": ("talk", "leave"),
    "/teach/decide": ("talk", "decide"),
    "/teach/answer": ("exams", "reply"),
}
Handler = Callable[[Door, Request, Given], Response]


def routes(house: House) -> APIRouter:
    """Everything at /teach."""
    router = APIRouter()
    door = Door(house)
    for method, table in (("GET", PAGES), ("POST", FORMS)):
        for path, place in table.items():
            router.add_route(path, _endpoint(door, place), methods=[method])
    return router


def handler(place: tuple[str, str]) -> Handler:
    """The function behind an address."""
    found: Handler = getattr(import_module(f"web.teaching.{place[0]}"), place[1])
    return found


def _endpoint(door: Door, place: tuple[str, str]) -> Callable[[Request], Awaitable[Response]]:
    async def answer(request: Request) -> Response:
        brought = await request.form() if request.method == "POST" else request.query_params
        given = Given([(key, str(value)) for key, value in brought.multi_items()])
        return await run_sync(lambda: handler(place)(door, request, given))

    return answer
