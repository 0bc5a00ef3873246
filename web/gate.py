"""The gate around the whole app: who may go where, what browsers may do with it, what is logged.

Whatever is not named as open needs a login, so a route that is forgotten here stays shut. Pages and
handlers check the role once more themselves.
"""

from __future__ import annotations

import time
from collections.abc import Callable
from typing import Final
from urllib.parse import urlencode, urlsplit

from anyio.to_thread import run_sync
from starlette.datastructures import Headers, MutableHeaders
from starlette.requests import Request
from starlette.responses import JSONResponse, RedirectResponse, Response
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from store.people import Person, Role
from transcripts.types import Language
from web.api.door import LARGEST, LOGIN, PATH, TOO_LONG, wrong
from web.cookies import language_of
from web.faults import place_of
from web.house import House, name_of
from web.pages import Area, Page, url
from web.render import PERSON, bare_message, dressed, frame, message
from web.sessions import by_token, who

BARE: Final = ("/static/", "/assets/", "/healthz", "/readyz", "/favicon.ico", "/robots.txt")
"""Open to everybody, and nobody is asked who they are."""
OPEN: Final = ("/login", "/link/", "/switch/", "/metrics")
"""Open to everybody; /metrics looks itself who asks."""
ADMIN: Final = ("/people", "/audit")
"""Plain pages for admins only."""
TEACHING: Final[frozenset[Role]] = frozenset(("trainer", "admin", "team_leader"))
"""Who finds anything below /teach; each page there has its own roles besides."""
UPLOADS: Final = ("/quality/files",)
"""Take more than a form, and limit it themselves."""
LONGEST_FORM: Final = 64 * 1024
STRICT: Final = (
    "default-src 'self'; frame-ancestors 'none'; object-src 'none'; base-uri 'none'; "
    "form-action 'self'"
)
LOOSER: Final = (
    "default-src 'self'; script-src 'self' 'unsafe-inline' 'unsafe-eval'; "
    "style-src 'self' 'unsafe-inline'; img-src 'self' data: blob:; font-src 'self' data:; "
    "media-src 'self' blob:; worker-src 'self' blob:; connect-src 'self'; object-src 'none'; "
    "frame-ancestors 'none'; base-uri 'self'; form-action 'self'"
)
"""Gradio starts from inline scripts and makes functions out of templates."""
HEADERS: Final = {
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    "Referrer-Policy": "same-origin",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Permissions-Policy": "camera=(), microphone=(), geolocation=()",
}
FOREVER: Final = "public, max-age=31536000, immutable"


class Gate:
    """Stands around the app; the server runs this."""

    def __init__(self, app: ASGIApp, house: House) -> None:
        self._app = app
        self._house = house

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] == "lifespan":
            await self._app(scope, receive, send)
        elif scope["type"] == "http":
            await self._http(scope, receive, send)
        else:  # nothing here speaks over web sockets
            await send({"type": "websocket.close", "code": 1008})

    async def _http(self, scope: Scope, receive: Receive, send: Send) -> None:
        began = time.perf_counter()
        request = Request(scope)
        answer = _Answer(send, request)
        try:
            if bare(request.url.path):
                await self._app(scope, receive, answer)
            else:
                await self._guarded(request, receive, answer)
        except Exception as error:  # noqa: BLE001 - nothing may end the server; it is logged
            self._broken(request, error)
            if not answer.begun:
                await self._sorry(request)(scope, receive, answer)
        finally:
            self._count(request, answer.status, time.perf_counter() - began)

    async def _guarded(self, request: Request, receive: Receive, answer: _Answer) -> None:
        refused = await run_sync(self._refused, request)
        if refused is not None:
            await refused(request.scope, receive, answer)
            return
        found = self._page(request)
        if found is None:
            await self._app(request.scope, receive, answer)
            return
        page, lang = found
        _plain_encoding(request.scope)
        values = await run_sync(frame, self._house, request, page.layout)
        title = name_of(page, lang)
        answer.change(lambda body: dressed(body, values, title))
        await self._app(request.scope, receive, answer)
        await answer.flush()

    def _refused(self, request: Request) -> Response | None:
        """What to say instead of letting a request through; None lets it."""
        house, path = self._house, request.url.path
        if path.startswith(f"{PATH}/"):
            return self._refused_program(request)
        person = who(house.services, request)
        request.scope[PERSON] = person
        if forged(request):
            return _say(house, request, "forged", 403)
        place = house.place(path)
        form = place is None and request.method == "POST" and path not in UPLOADS
        if form and too_long(request, LONGEST_FORM):
            return _say(house, request, "too_long", 413)
        if path.startswith(OPEN):
            return None
        if person is None:
            return _to_login(request)
        if place is not None:
            return self._refused_area(request, person, place)
        if path.startswith("/teach") and person.role not in TEACHING:
            return _say(house, request, "forbidden", 403)
        if path.startswith(ADMIN) and person.role != "admin":
            return _say(house, request, "forbidden", 403)
        return None

    def _refused_program(self, request: Request) -> Response | None:
        """The same for the interface for programs: a token opens it, or a login."""
        told = by_token if "authorization" in request.headers else who
        person = told(self._house.services, request)
        request.scope[PERSON] = person
        if forged(request):
            return wrong(403, "forged", "this was sent from another site's page")
        if person is None:
            return _to_login(request) if wants_page(request) else wrong(401, "login", LOGIN)
        if request.method == "POST" and too_long(request, LARGEST):
            return wrong(413, "too_long", TOO_LONG)
        return None

    def _refused_area(
        self, request: Request, person: Person, place: tuple[Language, Area, str]
    ) -> Response | None:
        house = self._house
        lang, area, rest = place
        page = area.page(rest.split("/", 1)[0])
        if not may(person.role, area, page):
            return _say(house, request, "forbidden", 403)
        if page is None and rest == "" and wants_page(request):
            first = next(one for one in area.pages if person.role in one.roles)
            return RedirectResponse(url(lang, area.key, first.path), 303)
        own = language_of(request, person)
        if page is not None and lang != own and wants_page(request):
            there = request.url.path.replace(f"/{lang}/", f"/{own}/", 1)
            query = f"?{request.url.query}" if request.url.query else ""
            return RedirectResponse(there + query, 303)
        if (lang, area.key) in house.open:
            return None
        if house.fault is not None:
            return _say(house, request, "broken", 500)
        response = _say(house, request, "opening", 503)
        response.headers["Retry-After"] = "1"
        response.headers["Refresh"] = "1"
        return response

    def _page(self, request: Request) -> tuple[Page, Language] | None:
        """The page of an area that a browser asks for whole."""
        place = self._house.place(request.url.path)
        if place is None or request.method != "GET":
            return None
        lang, area, rest = place
        page = area.page(rest.rstrip("/"))
        return None if page is None else (page, lang)

    def _sorry(self, request: Request) -> Response:
        """A page without the frame: what broke may be the frame itself."""
        if not wants_page(request):
            return JSONResponse({"error": "broken"}, 500)
        return bare_message(request, "broken", 500)

    def _broken(self, request: Request, error: Exception) -> None:
        self._house.services.logs.error(
            "request_failed",
            kind=kind_of(request.url.path),
            error=type(error).__name__,
            at=place_of(error),
        )

    def _count(self, request: Request, status: int, seconds: float) -> None:
        kind = kind_of(request.url.path)
        self._house.metrics.count(kind, status, seconds)
        person = request.scope.get(PERSON)
        self._house.services.logs.info(
            "request", kind=kind, method=request.method, status=status,
            ms=round(seconds * 1000, 1), person=person.id if person else None,
        )  # fmt: skip


class _Answer:
    """Sends an answer on, with our headers, and keeps a page back that is still to be changed."""

    def __init__(self, send: Send, request: Request) -> None:
        self._send = send
        self._request = request
        self._change: Callable[[str], str] | None = None
        self._start: Message | None = None
        self._body = b""
        self.status = 0
        self.begun = False

    def change(self, change: Callable[[str], str]) -> None:
        """Rewrite the body, if it turns out to be a page."""
        self._change = change

    async def __call__(self, message: Message) -> None:
        if message["type"] == "http.response.start":
            self.status = message["status"]
            headers = MutableHeaders(raw=message.setdefault("headers", []))
            add_headers(self._request.url.path, headers)
            is_page = headers.get("content-type", "").startswith("text/html")
            if self._change is not None and is_page and self.status == 200:
                self._start = message
                return
        elif self._start is not None:
            self._body += message.get("body", b"")
            return
        self.begun = True
        await self._send(message)

    async def flush(self) -> None:
        """Send what was kept back."""
        if self._start is None or self._change is None:
            return
        body = self._change(self._body.decode("utf-8")).encode("utf-8")
        MutableHeaders(raw=self._start["headers"])["content-length"] = str(len(body))
        self.begun = True
        await self._send(self._start)
        await self._send({"type": "http.response.body", "body": body})


def bare(path: str) -> bool:
    """Whether a path needs no look at who asks."""
    return path.startswith(BARE)


def may(role: Role, area: Area, page: Page | None) -> bool:
    """Whether a role may see a page of an area, or use what belongs to all of its pages."""
    return role in (area.roles if page is None else page.roles)


def wants_page(request: Request) -> bool:
    """Whether a browser wants a page to show, and not a part of one."""
    return request.method == "GET" and "text/html" in request.headers.get("accept", "")


def forged(request: Request) -> bool:
    """Whether another site sent this: a browser tells, and other programs send no such header."""
    if request.method in {"GET", "HEAD", "OPTIONS"}:
        return False
    site = request.headers.get("sec-fetch-site")
    if site is not None:
        return site not in {"same-origin", "none"}
    origin = request.headers.get("origin")
    if origin is None:
        return False
    ours = {request.headers.get("host"), request.headers.get("x-forwarded-host")}
    return urlsplit(origin).netloc not in ours


def too_long(request: Request, longest: int) -> bool:
    """Whether what is sent is larger than anything we take, or does not tell."""
    length = request.headers.get("content-length", "")
    return not length.isdigit() or int(length) > longest


def kind_of(path: str) -> str:
    """The kind of a request, for counting: never the path, which may hold a token."""
    if path.startswith(("/static/", "/assets/")):
        return "static"
    if "/gradio_api/" in path:
        return "handler"
    if path.startswith(f"{PATH}/"):
        return "api"
    return "probe" if path in {"/healthz", "/readyz", "/metrics"} else "page"


def add_headers(path: str, headers: MutableHeaders) -> None:
    """What browsers are told about every answer."""
    for name, value in HEADERS.items():
        headers[name] = value
    plain = ("/link/", "/people/", "/static/", "/api/")
    gradio = len(path.split("/")) > 3 and not path.startswith(plain)
    headers["Content-Security-Policy"] = LOOSER if gradio else STRICT
    if path.startswith(("/static/", "/assets/")):
        headers["Cache-Control"] = FOREVER


def _to_login(request: Request) -> Response:
    if not wants_page(request):
        return JSONResponse({"error": "login"}, 401)
    path, query = request.url.path, request.url.query
    there = f"{path}?{query}" if query else path
    return RedirectResponse(
        "/login" if there == "/" else f"/login?{urlencode({'next': there})}", 303
    )


def _say(house: House, request: Request, key: str, status: int) -> Response:
    if not wants_page(request) and request.method != "POST":
        return JSONResponse({"error": key}, status)
    if house.place(request.url.path) is not None and not wants_page(request):
        return JSONResponse({"error": key}, status)
    return message(house, request, key, status)


def _plain_encoding(scope: Scope) -> None:
    """Ask for the page uncompressed, so that it can be changed."""
    drop = {b"accept-encoding"}
    scope["headers"] = [pair for pair in Headers(scope=scope).raw if pair[0] not in drop]
