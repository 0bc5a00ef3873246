"""The log for admins: who looked at, exported or changed what."""

from __future__ import annotations

from typing import Any, Final
from urllib.parse import urlencode

from fastapi import APIRouter, Request
from starlette.responses import Response

from store.audit import Deed, deeds
from store.people import people
from transcripts.types import Language
from web.cookies import language_of
from web.house import House
from web.render import message, page, person_of
from web.text import known, t

MOST: Final = 100
"""Lines on a page."""


def routes(house: House) -> APIRouter:
    """The page at /audit."""
    router = APIRouter()
    store, zone = house.services.store, house.services.zone

    @router.get("/audit")
    def log(request: Request, person: str = "", before: str = "") -> Response:
        me = person_of(request)
        if me is None or me.role != "admin":
            return message(house, request, "forbidden", 403)
        lang = language_of(request, me)
        everybody = people(store)
        names = {str(one.id): one.name for one in everybody}
        chosen = int(person) if person in names else None
        found = deeds(store, person=chosen, before=_number(before), most=MOST + 1)
        shown = [
            {"at": one.at.astimezone(zone).strftime("%Y-%m-%d %H:%M:%S")} | _told(one, names, lang)
            for one in found[:MOST]
        ]
        older = ""
        if len(found) > MOST:
            older = "/audit?" + urlencode({"person": person, "before": found[MOST - 1].id})
        return page(
            house, request, "audit.html", deeds=shown, everybody=everybody, chosen=chosen,
            older=older,
        )  # fmt: skip

    return router


def _told(one: Deed, names: dict[str, str], lang: Language) -> dict[str, Any]:
    """A line in words. A deed of somebody who is gone keeps the number."""
    key = f"log.{one.action}"
    who = t(lang, "audit.shell") if one.person is None else names.get(str(one.person))
    subject = one.subject or ""
    if one.action.startswith("user."):
        subject = names.get(subject, subject)
    return {
        "who": who or f"#{one.person}",
        "deed": t(lang, key) if known(key) else one.action,
        "detail": " · ".join(f"{name} {value}" for name, value in one.detail.items()),
        "subject": subject,
    }


def _number(text: str) -> int | None:
    return int(text) if text.isdecimal() and len(text) < 18 else None
