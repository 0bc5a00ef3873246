"""Logging in and out, choosing a password by a link, one's own account, the switches."""

from __future__ import annotations

from datetime import timedelta
from typing import Annotated, Final

from fastapi import APIRouter, Form, Request
from starlette.responses import RedirectResponse, Response

from store.audit import note_deed
from store.declined import Declined
from store.links import choose_password, whom
from store.logins import (
    Login,
    change_password,
    end_login,
    log_in,
    log_out,
    logins,
    make_api_token,
)
from store.passwords import SHORTEST
from store.people import Person, set_lang
from transcripts.types import LANGUAGES, Language
from web.cookies import (
    LANG,
    THEME,
    forget_login,
    form_fits,
    language_of,
    remember,
    remember_login,
)
from web.house import House
from web.links import LINK, new_token
from web.render import message, page, person_of
from web.sessions import token_of
from web.text import t
from web.theme import THEMES

Field = Annotated[str, Form()]
TOO_MANY: Final = 429
TOKEN_DAYS: Final = (30, 90, 365)
"""How long a token for programs may last."""


def routes(house: House) -> APIRouter:
    """Everything about one's own account."""
    router = APIRouter()
    store, clock = house.services.store, house.services.clock

    @router.get("/login")
    def login_page(request: Request, next: str = "/") -> Response:
        if person_of(request) is not None:
            return RedirectResponse(inside(next), 303)
        return page(house, request, "login.html", next=inside(next), login="", wrong="")

    @router.post("/login")
    def login(
        request: Request, form: Field = "", login: Field = "", password: Field = "",
        next: Field = "/",
    ) -> Response:  # fmt: skip
        if not form_fits(request, form):
            return message(house, request, "stale", 403)
        token = new_token()
        try:
            person = log_in(store, login, password, address_of(request), token, clock())
        except Declined as declined:
            status = TOO_MANY if declined.key == "shut_out" else 401
            wrong = words(request, declined)
            return page(
                house, request, "login.html", status, next=inside(next), login=login, wrong=wrong
            )
        note_deed(store, person.id, "login", None, clock())
        return _into(request, person, token, inside(next))

    @router.post("/logout")
    def logout(request: Request, form: Field = "") -> Response:
        if not form_fits(request, form):
            return message(house, request, "stale", 403)
        token = token_of(request)
        if token is not None:
            log_out(store, token)
        response = RedirectResponse("/login", 303)
        forget_login(response)
        return response

    @router.get(LINK)
    def choose_page(request: Request, token: str) -> Response:
        try:
            owner = whom(store, token, clock())
        except Declined:
            return message(house, request, "link_gone", 410)
        return page(house, request, "choose.html", owner=owner, wrong="", shortest=SHORTEST)

    @router.post(LINK)
    def choose(request: Request, token: str, form: Field = "", password: Field = "") -> Response:
        if not form_fits(request, form):
            return message(house, request, "stale", 403)
        try:
            owner = whom(store, token, clock())
        except Declined:
            return message(house, request, "link_gone", 410)
        try:
            choose_password(store, token, password, clock())
        except Declined as declined:
            wrong = words(request, declined)
            return page(
                house, request, "choose.html", 422, owner=owner, wrong=wrong, shortest=SHORTEST
            )
        note_deed(store, owner.id, "password.chosen", None, clock())
        fresh = new_token()
        person = log_in(store, owner.login, password, address_of(request), fresh, clock())
        return _into(request, person, fresh, "/")

    @router.get("/me")
    def me_page(request: Request, done: str = "") -> Response:
        return _me(request, 200, "", t(_lang(request), "me.done") if done == "password" else "")

    @router.post("/me/password")
    def new_password(
        request: Request, form: Field = "", old: Field = "", password: Field = ""
    ) -> Response:
        person = person_of(request)
        if person is None or not form_fits(request, form):
            return message(house, request, "stale", 403)
        try:
            change_password(store, person.id, old, password, token_of(request) or "")
        except Declined as declined:
            return _me(request, 422, words(request, declined), "")
        note_deed(store, person.id, "password.changed", None, clock())
        return RedirectResponse("/me?done=password", 303)

    @router.post("/me/login")
    def end(request: Request, form: Field = "", number: Annotated[int, Form()] = 0) -> Response:
        person = person_of(request)
        if person is None or not form_fits(request, form):
            return message(house, request, "stale", 403)
        end_login(store, person.id, number)
        return RedirectResponse("/me", 303)

    @router.post("/me/token")
    def token(
        request: Request, form: Field = "", label: Field = "",
        days: Annotated[int, Form()] = TOKEN_DAYS[0],
    ) -> Response:  # fmt: skip
        person = person_of(request)
        if person is None or not form_fits(request, form) or days not in TOKEN_DAYS:
            return message(house, request, "stale", 403)
        made, name = new_token(), label.strip()[:60] or t(_lang(request), "token.unnamed")
        make_api_token(store, person.id, name, made, clock(), timedelta(days=days))
        note_deed(store, person.id, "token.made", None, clock(), days=days)
        return page(house, request, "token_made.html", made=made, name=name, days=days)

    def _me(request: Request, status: int, wrong: str, done: str) -> Response:
        person = person_of(request)
        opened = [] if person is None else logins(store, person.id)
        return page(
            house, request, "me.html", status, wrong=wrong, done=done, shortest=SHORTEST,
            logins=[_shown(one) for one in opened if one.kind == "browser"],
            tokens=[_shown(one) for one in opened if one.kind == "api"], days=TOKEN_DAYS,
        )  # fmt: skip

    def _shown(one: Login) -> dict[str, object]:
        seen, ends = (at.astimezone(house.services.zone) for at in (one.seen_at, one.expires_at))
        return {
            "id": one.id, "label": one.label, "seen": seen.strftime("%m-%d %H:%M"),
            "ends": ends.strftime("%Y-%m-%d"),
        }  # fmt: skip

    @router.post("/switch/language")
    def language(
        request: Request, form: Field = "", lang: Field = "", next: Field = "/"
    ) -> Response:
        if not form_fits(request, form) or lang not in LANGUAGES:
            return message(house, request, "stale", 403)
        response = RedirectResponse(inside(next), 303)
        remember(request, response, LANG, lang)
        person = person_of(request)
        if person is not None:
            set_lang(store, person.id, lang)
        return response

    @router.post("/switch/theme")
    def theme(request: Request, form: Field = "", theme: Field = "", next: Field = "/") -> Response:
        if not form_fits(request, form) or theme not in THEMES:
            return message(house, request, "stale", 403)
        response = RedirectResponse(inside(next), 303)
        remember(request, response, THEME, theme)
        return response

    return router


def inside(there: str) -> str:
    """An address of this site; the first page instead of any other.

    >>> inside("/zh/practice/play?id=7"), inside("//elsewhere.example"), inside("https://x.example")
    ('/zh/practice/play?id=7', '/', '/')
    """
    plain = there.startswith("/") and not there.startswith(("//", "/\\", "/login", "/link/"))
    return there if plain and there.isprintable() and "\\" not in there else "/"


def words(request: Request, declined: Declined) -> str:
    """A refusal of the store in the reader's language."""
    return t(_lang(request), f"declined.{declined.key}", **declined.values)


def address_of(request: Request) -> str:
    """Where a request comes from, for the rate limit."""
    return request.client.host if request.client else ""


def _lang(request: Request) -> Language:
    return language_of(request, person_of(request))


def _into(request: Request, person: Person, token: str, there: str) -> Response:
    response = RedirectResponse(there, 303)
    remember_login(request, response, token)
    if person.lang is not None:
        remember(request, response, LANG, person.lang)
    return response
