"""Who may open the trainer's plain pages, and the frame that they share."""

from __future__ import annotations

from collections.abc import Callable, Collection, Sequence
from datetime import datetime
from functools import partial
from typing import Any, Final

from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from store.declined import Declined
from store.feedback import questions
from store.people import Person, Role
from transcripts.errors import KefuError
from transcripts.types import Language
from web.cookies import form_fits, language_of
from web.house import House
from web.pages import url
from web.render import message, page, person_of
from web.text import t

TRAINERS: Final[frozenset[Role]] = frozenset(("trainer", "admin"))
COACHES: Final[frozenset[Role]] = frozenset(("trainer",))
"""Who sees practice: trainers, and nobody else but its owner."""
WATCHERS: Final[frozenset[Role]] = TRAINERS | {"team_leader"}
"""Who sees exams: a team leader those of the own team."""
Work = Callable[[Person], Response]


class Given:
    """What came with an address or a form, read as what is wanted."""

    def __init__(self, pairs: Sequence[tuple[str, str]] = ()) -> None:
        self._pairs = pairs

    def texts(self, name: str) -> list[str]:
        """All values of a name."""
        return [value for key, value in self._pairs if key == name]

    def text(self, name: str, default: str = "") -> str:
        """The first one."""
        return next(iter(self.texts(name)), default)

    def numbers(self, name: str) -> list[int]:
        """All that are whole numbers, 0 or more."""
        return [int(one) for one in self.texts(name) if one.isdecimal() and len(one) < 16]

    def number(self, name: str, default: int = 0) -> int:
        """The first one."""
        return next(iter(self.numbers(name)), default)


class Door:
    """Every page and every form goes through here."""

    def __init__(self, house: House) -> None:
        self.house = house
        self.services = house.services
        self.store = house.services.store

    def enter(
        self, request: Request, work: Work, *, form: str | None = None,
        roles: Collection[Role] = TRAINERS,
    ) -> Response:  # fmt: skip
        """What `work` answers; for anybody else, or for a form that is not ours, why not."""
        me = person_of(request)
        if me is None or me.role not in roles:
            return message(self.house, request, "forbidden", 403)
        if form is not None and not form_fits(request, form):
            return message(self.house, request, "stale", 403)
        try:
            return work(me)
        except KefuError as refused:
            return self.page(
                request, "teach_refused.html", "", 422, why=self._why(request, refused)
            )

    def page(
        self, request: Request, template: str, here: str, status: int = 200, **values: Any
    ) -> Response:
        """A page in the frame; `here` is the key of the tab that it stands under."""
        me = person_of(request)
        lang = self.lang(request)
        known = {
            "here": here,
            "trains": me is not None and me.role in TRAINERS,
            "coaches": me is not None and me.role in COACHES,
            "waiting": len(questions(self.store, waiting=True)),
            "time": self.time,
            "studio": partial(url, lang, "studio"),
        }
        return page(self.house, request, template, status, **(known | values))

    def back(self, path: str) -> Response:
        """To a page, after a form."""
        return RedirectResponse(path, 303)

    def lang(self, request: Request) -> Language:
        """The reader's language."""
        return language_of(request, person_of(request))

    def say(self, request: Request) -> Callable[..., str]:
        """Texts in the reader's language."""
        return partial(t, self.lang(request))

    def time(self, at: datetime | None) -> str:
        """A time as the team reads it."""
        return "" if at is None else at.astimezone(self.services.zone).strftime("%Y-%m-%d %H:%M")

    def _why(self, request: Request, refused: KefuError) -> str:
        key = refused.key if isinstance(refused, Declined) else "form"
        known = ("name_bad", "name_taken", "answered", "newer_version")
        values = refused.values if isinstance(refused, Declined) and key in known else {}
        return t(self.lang(request), f"teach_no.{key if key in known else 'form'}", **values)
