"""Every route, handler and server function, without login and in every role.

A route that is new here fails until somebody has said who may use it.
"""

from __future__ import annotations

import time
from collections.abc import Iterator
from types import SimpleNamespace
from typing import Any, Final

import pytest
from fastapi import FastAPI
from starlette.routing import Mount, Route

from store.people import ROLES, Role
from tests.web.served import HTML, Browser, Server
from web.areas import AREAS
from web.pages import Area
from web.sessions import NotAllowed

EVERYBODY: Final = frozenset((None, *ROLES))
INSIDE: Final = frozenset(ROLES)
ADMINS: Final = frozenset(("admin",))
LEADS: Final = frozenset(("lead", "admin"))
TRAINERS: Final = frozenset(("trainer", "admin"))
PLAIN: Final = {
    "/": INSIDE,
    "/news": INSIDE,
    "/start": INSIDE,
    "/progress": INSIDE,
    "/exams/{number}": INSIDE,
    "/exams/{number}/start": INSIDE,
    "/team": frozenset(("team_leader",)),
    "/login": EVERYBODY,
    "/logout": INSIDE,
    "/link/{token}": EVERYBODY,
    "/me": INSIDE,
    "/me/password": INSIDE,
    "/me/login": INSIDE,
    "/switch/language": EVERYBODY,
    "/switch/theme": EVERYBODY,
    "/people": ADMINS,
    "/people/role": ADMINS,
    "/people/active": ADMINS,
    "/people/link": ADMINS,
    "/me/token": INSIDE,
    "/audit": ADMINS,
    "/api/v1/{name}": INSIDE,
    "/healthz": EVERYBODY,
    "/readyz": EVERYBODY,
    "/metrics": ADMINS,
    "/favicon.ico": EVERYBODY,
    "/robots.txt": EVERYBODY,
    "/static/{name}": EVERYBODY,
    "/static/kefu.css": EVERYBODY,
    "/assets/{name}": EVERYBODY,
    "/pictures/{name}.svg": INSIDE,
    "/quality/files": LEADS,
    "/quality/export.{kind}": LEADS,
    "/quality/rejects.csv": LEADS,
    "/teach": TRAINERS,
    "/teach/versions": TRAINERS,
    "/teach/health": TRAINERS,
    "/teach/copy": TRAINERS,
    "/teach/publish": TRAINERS,
    "/teach/assign": TRAINERS,
    "/teach/close": TRAINERS,
    "/teach/group": TRAINERS,
    "/teach/group/remove": TRAINERS,
    "/teach/board": frozenset(("trainer",)),
    "/teach/person": frozenset(("trainer",)),
    "/teach/talk": TRAINERS | {"team_leader"},
    "/teach/note": TRAINERS,
    "/teach/decide": TRAINERS,
    "/teach/exams": TRAINERS | {"team_leader"},
    "/teach/questions": frozenset(("trainer",)),
    "/teach/answer": frozenset(("trainer",)),
}
"""Who may use a route; None stands for nobody logged in."""


def app_of(server: Server) -> FastAPI:
    found = server.app._app
    assert isinstance(found, FastAPI)
    return found


def routes(app: FastAPI) -> Iterator[tuple[str, str]]:
    """Every method and path outside the areas."""
    for route in app.router.routes:
        if isinstance(route, Mount):
            yield "GET", f"{route.path}/{{name}}"
        elif isinstance(route, Route):
            for method in sorted((route.methods or set()) - {"HEAD"}):
                yield method, route.path
        else:
            yield from ((method, f"{path}") for method, path in included(route))


def included(route: Any) -> Iterator[tuple[str, str]]:
    """Routes of a router that was included as a whole."""
    inner = getattr(route, "routes", None) or getattr(route.original_router, "routes", ())
    for one in inner:
        for method in sorted(one.methods - {"HEAD"}):
            yield method, one.path


def closed(path: str, answer: Any) -> bool:
    """Whether an answer turns somebody away. At the login and the switches nothing fits here."""
    if path == "/login" or path.startswith("/switch/"):
        return "页面" in answer.text and path == "/login"
    location = answer.headers.get("location", "")
    return answer.status_code in {401, 403} or location.startswith("/login")


def browsers(server: Server) -> dict[Role | None, Browser]:
    found: dict[Role | None, Browser] = {role: server.inside(role, role) for role in ROLES}
    return found | {None: server.browser()}


def test_every_plain_route_is_for_whom_it_should_be(server: Server) -> None:
    people = browsers(server)
    found = list(routes(app_of(server)))
    assert {path for _, path in found} == set(PLAIN), "say here who may use a route"
    for method, path in found:
        for role, browser in people.items():
            token = browser.token("/login" if role is None else "/me")
            if path == "/logout" and role is not None:
                continue  # its own test
            answer = browser.request(
                method, path.replace("{token}", "x").replace("{name}", "x"),
                headers=HTML, data={"form": token} if method == "POST" else None,
            )  # fmt: skip
            shut = closed(path, answer)
            assert shut is (role not in PLAIN[path]), (method, path, role, answer.status_code)


class TestAreas:
    """The real areas, built by Gradio."""

    pytestmark = pytest.mark.slow

    @pytest.fixture
    def areas(self) -> tuple[Area, ...]:
        return AREAS

    @pytest.fixture
    def opened(self, server: Server) -> Iterator[Server]:
        with server.browser():
            last = ("en", AREAS[-1].key)
            until = time.monotonic() + 120
            while last not in server.house.open and time.monotonic() < until:
                assert server.house.fault is None
                time.sleep(0.05)
            assert last in server.house.open
            yield server

    def test_who_may_ask_what(self, opened: Server) -> None:
        people = browsers(opened)
        mounts = [one for one in app_of(opened).router.routes if isinstance(one, Mount)]
        blocks = {
            one.path: one.app.get_blocks() for one in mounts if hasattr(one.app, "get_blocks")
        }
        assert len(blocks) == 3 * len(AREAS)
        for place, app in blocks.items():
            area = next(one for one in AREAS if place.endswith(f"/{one.key}"))
            for role, browser in people.items():
                inside = role is not None and role in area.roles
                for status, what in asked(browser, place, app):
                    assert (status not in {401, 403}) is inside, (what, role, status)
                for page in area.pages:
                    status = browser.get(f"{place}/{page.path}").status_code
                    assert (status not in {401, 403}) is (role in page.roles), (page, role, status)

    def test_handlers_look_for_themselves(self, opened: Server) -> None:
        """What the gate lets through, every function checks again."""
        bare = SimpleNamespace(headers={})
        mounts = [one for one in app_of(opened).router.routes if isinstance(one, Mount)]
        seen = 0
        for mount in mounts:
            if not hasattr(mount.app, "get_blocks"):
                continue
            app = mount.app.get_blocks()
            for component in app.blocks.values():
                for function in getattr(component, "server_fns", ()):
                    seen += 1
                    with pytest.raises(NotAllowed):
                        function({}, bare)
            for handler in app.fns.values():
                if handler.fn is not None and handler.name != "<lambda>":
                    seen += 1
                    with pytest.raises(NotAllowed):
                        handler.fn(*[None] * len(handler.inputs), bare)
        assert seen


def asked(browser: Browser, place: str, app: Any) -> Iterator[tuple[int, str]]:
    """Every handler and server function of an app, called; what came of it."""
    for path in ("config", "gradio_api/info", "gradio_api/openapi.json"):
        yield browser.get(f"{place}/{path}").status_code, path
    for number in app.fns:
        sent = {"fn_index": number, "data": [], "session_hash": "abc"}
        answer = browser.post(f"{place}/gradio_api/queue/join", json=sent)
        yield answer.status_code, f"handler {number}"
    for number, component in app.blocks.items():
        for function in getattr(component, "server_fns", ()):
            sent = {
                "component_id": number, "fn_name": function.__name__, "session_hash": "abc",
                "data": {},
            }  # fmt: skip
            answer = browser.post(f"{place}/gradio_api/component_server/", json=sent)
            yield answer.status_code, function.__name__
