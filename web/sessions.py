"""Who sends a request: the login cookie, read from any kind of request, and the role behind it."""

from __future__ import annotations

from collections.abc import Collection
from typing import Any, Final

from store.logins import who as owner_of
from store.people import Person, Role
from transcripts.errors import Refused
from transcripts.types import Language
from web.services import Services
from web.text import t

LOGIN: Final = "kefu_login"
"""The cookie that holds the token of a login."""


class NotAllowed(Refused):
    """Nobody is logged in, or their role may not do this. The text is in the page's language."""


def token_of(request: Any) -> str | None:
    """The login token that came with a request: Gradio's, Starlette's, or one with headers only."""
    headers = getattr(request, "headers", None)
    raw = (headers.get("cookie") if headers is not None else None) or ""
    for part in raw.split(";"):
        name, _, value = part.strip().partition("=")
        if name == LOGIN and value:
            return str(value)
    return None


def who(services: Services, request: Any) -> Person | None:
    """Whose login came with a request; None without a valid one."""
    token = token_of(request)
    return None if token is None else owner_of(services.store, token, "browser", services.clock())


def by_token(services: Services, request: Any) -> Person | None:
    """Whose API token came with a request; None without a valid one."""
    kind, _, token = request.headers.get("authorization", "").partition(" ")
    if kind.lower() != "bearer" or not token.strip():
        return None
    return owner_of(services.store, token.strip(), "api", services.clock())


def allowed(services: Services, request: Any, roles: Collection[Role], lang: Language) -> Person:
    """As `who`, for these roles only; raises `NotAllowed`."""
    person = who(services, request)
    if person is None:
        raise NotAllowed(t(lang, "not_allowed.login"))
    if person.role not in roles:
        raise NotAllowed(t(lang, "not_allowed.role"))
    return person
