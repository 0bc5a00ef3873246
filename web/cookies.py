"""What a browser remembers: login, language, theme; and the tokens that forms must bring."""

from __future__ import annotations

import hashlib
import hmac
import secrets
from typing import Any, Final

from starlette.requests import Request
from starlette.responses import Response

from store.logins import LASTS
from store.people import Person
from transcripts.types import LANGUAGES, Language
from web.sessions import LOGIN, token_of
from web.theme import THEMES, Theme

LANG: Final = "kefu_lang"
THEME: Final = "kefu_theme"
VISITOR: Final = "kefu_visitor"
"""A random value of a browser without login, so that its forms can be told from forged ones."""
YEAR: Final = 365 * 24 * 3600


def language_of(request: Request, person: Person | None) -> Language:
    """The language to show: the account's, the browser's choice here, on a first visit its header.

    Chinese where nothing tells.
    """
    for told in (person.lang if person else None, request.cookies.get(LANG)):
        for lang in LANGUAGES:
            if told == lang:
                return lang
    return _accepted(request.headers.get("accept-language", ""))


def theme_of(request: Request) -> Theme:
    """The theme that was chosen; the system's where none was."""
    return next((name for name in THEMES if name == request.cookies.get(THEME)), "system")


def remember(request: Request, response: Response, name: str, value: str) -> None:
    """Keep a choice for a year."""
    _set(request, response, name, value, YEAR)


def remember_login(request: Request, response: Response, token: str) -> None:
    """Keep the token of a login as long as it may last."""
    _set(request, response, LOGIN, token, round(LASTS.total_seconds()))


def forget_login(response: Response) -> None:
    """Take the token of a login away."""
    response.delete_cookie(LOGIN, path="/")


def visitor_of(request: Request) -> str:
    """This browser's random value, a new one on its first visit."""
    known = request.cookies.get(VISITOR, "")
    return known if len(known) >= 22 else secrets.token_urlsafe(16)


def form_token(request: Request, visitor: str) -> str:
    """What forms of this browser must bring along; nobody else can make it."""
    key = token_of(request) or visitor
    return hmac.new(key.encode(), b"form", hashlib.sha256).hexdigest()


def form_fits(request: Request, brought: Any) -> bool:
    """Whether a form came from a page of ours."""
    wanted = form_token(request, visitor_of(request))
    return isinstance(brought, str) and hmac.compare_digest(wanted.encode(), brought.encode())


def _set(request: Request, response: Response, name: str, value: str, seconds: int) -> None:
    response.set_cookie(
        name, value, max_age=seconds, path="/", httponly=True, samesite="lax",
        secure=request.url.scheme == "https",
    )  # fmt: skip


def _accepted(header: str) -> Language:
    """The first language of the header that there are texts in.

    >>> _accepted("fr, zh-TW;q=0.9, en;q=0.8")
    'zh-Hant'
    """
    wanted = []
    for part in header.split(","):
        tag, _, quality = part.strip().lower().partition(";q=")
        try:
            wanted.append((-float(quality or 1), tag))
        except ValueError:
            continue
    for _, tag in sorted(wanted, key=lambda pair: pair[0]):
        if tag.startswith("zh"):
            traditional = any(sign in tag for sign in ("hant", "tw", "hk", "mo"))
            return "zh-Hant" if traditional else "zh"
        if tag.startswith("en"):
            return "en"
    return "zh"
