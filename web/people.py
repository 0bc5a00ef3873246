"""People, for admins: who there is, invite, change the role, shut out, a new link."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from typing import Annotated

from fastapi import APIRouter, Form, Request
from starlette.responses import RedirectResponse, Response

from store.audit import note_deed
from store.declined import Declined
from store.links import LASTS, Purpose, make_link
from store.people import ROLES, Person, Role, add_person, people, person, set_active, set_role
from transcripts.errors import UnreadableInput
from web.accounts import Field, words
from web.cookies import form_fits, language_of
from web.house import House
from web.links import LINK, new_token
from web.render import message, page, person_of
from web.text import t

Number = Annotated[int, Form()]
Change = Callable[[Person, Person], None]


def routes(house: House) -> APIRouter:
    """The pages at /people. Every one of them looks again who asks."""
    router = APIRouter()
    store, clock = house.services.store, house.services.clock

    def listed(request: Request, status: int = 200, **told: str) -> Response:
        empty = {"wrong": "", "login": "", "name": "", "chosen": "agent", "done": ""}
        return page(
            house, request, "people.html", status, everybody=people(store), roles=ROLES,
            **(empty | told),
        )  # fmt: skip

    def admin(request: Request, form: str | None = None) -> Person | Response:
        """The admin who asks; the answer to anybody else, or to a form that is not ours."""
        found = person_of(request)
        if found is None or found.role != "admin":
            return message(house, request, "forbidden", 403)
        if form is not None and not form_fits(request, form):
            return message(house, request, "stale", 403)
        return found

    def linked(request: Request, me: Person, whom: Person, purpose: Purpose) -> Response:
        token = new_token()
        make_link(store, whom.id, purpose, token, me.id, clock())
        note_deed(store, me.id, f"user.{purpose}", str(whom.id), clock())
        link = str(request.base_url).rstrip("/") + LINK.format(token=token)
        hours = round(LASTS[purpose] / timedelta(hours=1))
        return page(
            house, request, "link_made.html", owner=whom, link=link, hours=hours, purpose=purpose
        )

    @router.get("/people")
    def everybody(request: Request) -> Response:
        me = admin(request)
        return me if isinstance(me, Response) else listed(request)

    @router.post("/people")
    def invite(
        request: Request, form: Field = "", login: Field = "", name: Field = "",
        role: Field = "agent",
    ) -> Response:  # fmt: skip
        me = admin(request, form)
        if isinstance(me, Response):
            return me
        wanted = _role(role)
        if wanted is None:
            return message(house, request, "stale", 403)
        lang = language_of(request, me)
        try:
            added = add_person(store, login, name[:60], wanted, clock())
        except Declined as declined:
            wrong = words(request, declined)
        except UnreadableInput:
            wrong = t(lang, "people.login_bad")
        else:
            note_deed(store, me.id, "user.add", str(added.id), clock(), role=wanted)
            return linked(request, me, added, "invite")
        return listed(request, 422, wrong=wrong, login=login, name=name, chosen=wanted)

    @router.post("/people/role")
    def change_role(
        request: Request, form: Field = "", number: Number = 0, role: Field = ""
    ) -> Response:
        wanted = _role(role)

        def change(me: Person, whom: Person) -> None:
            if wanted is not None and wanted != whom.role:
                set_role(store, whom.id, wanted)
                note_deed(store, me.id, "user.role", str(whom.id), clock(), role=wanted)

        return changed(request, form, number, change)

    @router.post("/people/active")
    def change_active(
        request: Request, form: Field = "", number: Number = 0, active: Field = ""
    ) -> Response:
        def change(me: Person, whom: Person) -> None:
            set_active(store, whom.id, active == "1")
            deed = "user.enable" if active == "1" else "user.disable"
            note_deed(store, me.id, deed, str(whom.id), clock())

        return changed(request, form, number, change)

    @router.post("/people/link")
    def link(request: Request, form: Field = "", number: Number = 0) -> Response:
        me = admin(request, form)
        if isinstance(me, Response):
            return me
        try:
            whom = person(store, number)
            return linked(request, me, whom, "reset" if whom.ready else "invite")
        except Declined as declined:
            return listed(request, 422, wrong=words(request, declined))
        except UnreadableInput:
            return RedirectResponse("/people", 303)

    def changed(request: Request, form: str, number: int, change: Change) -> Response:
        me = admin(request, form)
        if isinstance(me, Response):
            return me
        try:
            change(me, person(store, number))
        except Declined as declined:
            return listed(request, 422, wrong=words(request, declined))
        except UnreadableInput:
            pass  # gone meanwhile; the list shows it
        return RedirectResponse("/people", 303)

    return router


def _role(text: str) -> Role | None:
    return next((role for role in ROLES if role == text), None)
