"""The whole app in one value: plain pages, the areas behind the gate, probes."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from contextlib import AsyncExitStack, asynccontextmanager, suppress
from importlib.resources import files
from importlib.util import find_spec
from ipaddress import ip_address
from pathlib import Path

from fastapi import FastAPI, Request
from starlette.exceptions import HTTPException
from starlette.responses import JSONResponse, PlainTextResponse, Response
from starlette.routing import Route
from starlette.staticfiles import StaticFiles
from starlette.types import ASGIApp

from web import accounts, audit, home, people
from web.api.door import PATH, Interface
from web.gate import Gate, wants_page
from web.house import House
from web.mounting import open_areas
from web.pages import Area
from web.practice import pictures
from web.progress import routes as progress
from web.quality import files as quality_files
from web.render import message, person_of
from web.services import Services
from web.teaching import routes as teaching
from web.theme import style_sheet


def make_app(services: Services, areas: tuple[Area, ...]) -> tuple[ASGIApp, House]:
    """The app that a server runs, and its state. Areas open while it runs."""
    house = House(services, areas)

    @asynccontextmanager
    async def lifespan(app: FastAPI) -> AsyncIterator[None]:
        async with AsyncExitStack() as running:
            services.model.start()
            opening = asyncio.create_task(open_areas(app, house, running))
            try:
                yield
            finally:
                opening.cancel()
                with suppress(asyncio.CancelledError, Exception):
                    await opening
                services.ended()

    app = FastAPI(lifespan=lifespan, openapi_url=None, docs_url=None, redoc_url=None)
    for part in (home, progress, accounts, people, audit, pictures, quality_files, teaching):
        router = part.routes(house)
        house.paths.update(route.path for route in router.routes if isinstance(route, Route))
        app.include_router(router)
    app.mount(PATH, Interface(house))
    _probes(app, house)
    _files(app)

    @app.exception_handler(HTTPException)
    def told(request: Request, error: HTTPException) -> Response:
        if wants_page(request) and error.status_code == 404:
            return message(house, request, "not_found", 404)
        return JSONResponse({"error": error.status_code}, error.status_code)

    return Gate(app, house), house


def _probes(app: FastAPI, house: House) -> None:
    @app.get("/healthz")
    async def healthz() -> Response:
        """The process answers."""
        return PlainTextResponse("ok")

    @app.get("/readyz")
    def readyz() -> Response:
        """Database, grader and pages are there."""
        states = {"store": house.services.store.value("SELECT 1") == 1} | dict(house.states())
        return JSONResponse(states, 200 if all(states.values()) else 503)

    @app.get("/metrics")
    def metrics(request: Request) -> Response:
        """Counts, for admins and for programs on this machine."""
        person = person_of(request)
        if not (person is not None and person.role == "admin") and not local(request):
            return JSONResponse({"error": "forbidden"}, 403)
        gauges = {f"{name}_ready": float(there) for name, there in house.states().items()}
        return PlainTextResponse(house.metrics.text(gauges))


def local(request: Request) -> bool:
    """Whether a request comes from this very machine, and was not passed on by a proxy."""
    if request.client is None or "x-forwarded-for" in request.headers:
        return False
    try:
        return ip_address(request.client.host).is_loopback
    except ValueError:
        return False


def _files(app: FastAPI) -> None:
    """Our own files, and Gradio's scripts once for all areas and languages."""

    @app.get("/static/kefu.css")
    async def sheet() -> Response:
        return Response(style_sheet(), media_type="text/css")

    app.mount("/static", StaticFiles(directory=str(files("web") / "static")))
    spec = find_spec("gradio")  # not imported yet: that takes seconds
    if spec is not None and spec.origin is not None:
        shared = Path(spec.origin).parent / "templates" / "frontend" / "assets"
        app.mount("/assets", StaticFiles(directory=shared))

    @app.get("/favicon.ico")
    async def favicon() -> Response:
        svg = (files("web") / "static" / "icon.svg").read_text(encoding="utf-8")
        return Response(svg, media_type="image/svg+xml")

    @app.get("/robots.txt")
    async def robots() -> Response:
        return PlainTextResponse("User-agent: *\nDisallow: /\n")
