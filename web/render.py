"""Pages that the server writes whole: templates, and the frame that Gradio's pages share."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache, partial
from importlib.resources import files
from typing import Any, Final

from jinja2 import Environment, FunctionLoader, StrictUndefined
from markupsafe import Markup
from starlette.requests import Request
from starlette.responses import HTMLResponse, Response

from store.people import Person
from transcripts.types import LANGUAGES
from web.cookies import VISITOR, form_token, language_of, remember, theme_of, visitor_of
from web.house import House
from web.icons import icon
from web.pages import Layout
from web.text import t
from web.theme import THEMES, stamp

PERSON: Final = "kefu.person"
"""Where the gate leaves the person of a request, in its scope."""
LANGUAGE_NAMES: Final = {"zh": "简体", "zh-Hant": "繁體", "en": "English"}


def person_of(request: Request) -> Person | None:
    """Whoever the gate found behind a request."""
    found: Person | None = request.scope.get(PERSON)
    return found


@cache
def templates() -> Environment:
    """The templates; everything that is filled in is escaped."""
    env = Environment(
        loader=FunctionLoader(_source), autoescape=True, undefined=StrictUndefined,
        trim_blocks=True, lstrip_blocks=True,
    )  # fmt: skip
    env.globals["icon"] = lambda name: Markup(icon(name))
    env.globals["stamp"] = stamp
    return env


def _source(name: str) -> str:
    return (files("web") / "templates" / name).read_text(encoding="utf-8")


def frame(house: House, request: Request, layout: Layout = "read") -> dict[str, Any]:
    """What the header, the bar at the foot and every template are filled with."""
    person = person_of(request)
    lang = language_of(request, person)
    path = request.url.path
    links = house.links(person, lang, path) if person else []
    return {
        "t": partial(t, lang),
        "lang": lang,
        "languages": {code: LANGUAGE_NAMES[code] for code in LANGUAGES},
        "notice": house.services.notice(),
        "theme": theme_of(request),
        "themes": THEMES,
        "person": person,
        "links": links,
        "here": _here(request),
        "path": path,
        "layout": layout,
        "token": form_token(request, _visitor(request)),
    }


def page(
    house: House, request: Request, template: str, status: int = 200, **values: Any
) -> Response:
    """A whole page; it is never kept by the browser."""
    told = templates().get_template(template).render(frame(house, request) | values)
    response = HTMLResponse(told, status, headers={"Cache-Control": "no-store"})
    if request.cookies.get(VISITOR) != _visitor(request):
        remember(request, response, VISITOR, _visitor(request))
    return response


def message(house: House, request: Request, key: str, status: int) -> Response:
    """A page that says one thing, from the texts KEY.title and KEY.text."""
    return page(house, request, "message.html", status, key=key)


def bare_message(request: Request, key: str, status: int) -> Response:
    """As `message`, without a header and without asking the store anything."""
    lang = language_of(request, None)
    values = {"t": partial(t, lang), "lang": lang, "theme": theme_of(request), "key": key}
    told = templates().get_template("bare.html").render(values)
    return HTMLResponse(told, status, headers={"Cache-Control": "no-store"})


def dressed(body: str, values: Mapping[str, Any], title: str) -> str:
    """A page of Gradio's in our frame: language, theme, header, bar, style sheet, title."""
    env = templates()
    head = env.get_template("gradio_head.html").render(values, title=title)
    start = env.get_template("gradio_start.html").render(values)
    end = env.get_template("bar.html").render(values)
    body = body.replace("<html", f'<html data-theme="{values["theme"]}"', 1)
    body = body.replace('lang="en"', f'lang="{values["lang"]}"', 1)
    body = body.replace('="./assets/', '="/assets/')
    body = body.replace("</head>", f"{head}</head>", 1)
    body = body.replace("<body", f'<body class="{values["layout"]} gradio"', 1)
    body = body.replace("<gradio-app", f"{start}<gradio-app", 1)
    return body.replace("</gradio-app>", f"</gradio-app>{end}", 1)


def _here(request: Request) -> str:
    """Where a switch leads back to: this page, or the one whose form was sent."""
    if request.method != "GET" and not request.url.path.startswith("/link/"):
        return "/" + request.url.path.split("/", 2)[1]
    query = request.url.query
    return f"{request.url.path}?{query}" if query else request.url.path


def _visitor(request: Request) -> str:
    """One value for all of a request, also where it is drawn anew."""
    drawn: str = request.scope.setdefault("kefu.visitor", visitor_of(request))
    return drawn
