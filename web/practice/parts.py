"""The trainee's pages as Gradio parts. What they ask of the server goes through the role first."""

from __future__ import annotations

import secrets
from collections.abc import Mapping
from typing import Any, Final

from transcripts.types import LANGUAGES
from web.component import Answer, component, resources
from web.pages import PageContext
from web.practice.card import Cards
from web.practice.desk import Desk
from web.practice.ladder import Ladder
from web.practice.phrases import Phrases
from web.practice.rooms import rooms_of
from web.practice.shelf import Shelf
from web.services import Later

TABS: Final = ("order", "logistics", "product", "policy")
DEEDS: Final = (
    "issue_refund", "send_coupon", "resend", "open_trace", "ask_supervisor", "change_address",
    "write_note",
)  # fmt: skip
WORKBENCH: Final = ("workbench.js", "help.js", "phrases.js")
"""The scripts of a workbench, in order, after the common one."""


def own(*names: str) -> str:
    """Files of this room as one."""
    return resources(__package__, *names)


def part(
    page: PageContext, name: str, answers: Mapping[str, Answer], scripts: tuple[str, ...],
    *, html: str = "", script: str = "", styles: tuple[str, ...] = ("ladder.css",), **props: Any,
) -> None:  # fmt: skip
    """The whole page `name` as one component.

    `scripts` run in order, then `script`; `styles` follow the common sheet;
    `html` is the template where that is not NAME.html alone.
    """
    component(
        page, name, answers, html=html or own(f"{name}.html"), script=own(*scripts) + script,
        style=own("practice.css", *styles), **props,
    )  # fmt: skip


def build_shelf(page: PageContext) -> None:
    """Every scenario by the customer's first words, with filters and search."""
    shelf = Shelf(page.services, page.lang, page.t)
    if page.lang == LANGUAGES[-1]:  # the last page to be built: what it shows takes seconds to read
        Later(shelf.read).start()
    answers: dict[str, Answer] = {"cards": lambda me, _: shelf.cards(me), "start": _start(shelf)}
    links = links_to(page, "play", "lesson", "shift", "moments")
    part(page, "shelf", answers, ("shelf.js",), labels=page.texts("shelf"), links=links)


def build_lesson(page: PageContext) -> None:
    """A path to watch, or to find the faults of."""
    ladder = Ladder(page.services, page.lang, page.t)
    shelf = Shelf(page.services, page.lang, page.t)
    answers: dict[str, Answer] = {
        "show": ladder.show, "watched": ladder.watched, "check": ladder.check,
        "start": _start(shelf),
    }  # fmt: skip
    links = links_to(page, "play", "lesson", "shelf")
    part(page, "lesson", answers, ("lesson.js",), labels=page.texts("lesson"), links=links)


def build_play(page: PageContext) -> None:
    """The workbench."""
    part(page, "workbench", desk_answers(page), WORKBENCH, **desk_props(page))


def desk_answers(page: PageContext) -> dict[str, Answer]:
    """What a workbench asks of the server, wherever it stands."""
    desk = Desk(page.services, rooms_of(page.services), page.t)
    phrases = Phrases(page.services, page.t)
    return {
        "enter": desk.enter, "look": desk.look, "say": desk.say, "act": desk.act,
        "stop": desk.stop, "draft": desk.draft, "flag": desk.flag, "pause": desk.pause,
        "hint": desk.hint, "phrases": phrases.show, "save_phrase": phrases.save,
        "drop_phrase": phrases.drop,
    }  # fmt: skip


def desk_props(page: PageContext) -> dict[str, Any]:
    """What a workbench is filled with."""
    return {
        "labels": page.texts("practice"),
        "help": page.texts("help"),
        "phrases": page.texts("phrases"),
        "links": links_to(page, "card", "shelf", "shift"),
        "tabs": [{"name": name, "label": page.t(f"panel.{name}")} for name in TABS],
        "deeds": [{"name": name, "label": page.t(f"practice.{name}")} for name in DEEDS],
    }


def build_card(page: PageContext) -> None:
    """The scorecard of one practice, beside its conversation."""
    cards = Cards(page.services, rooms_of(page.services), page.lang, page.t)
    answers: dict[str, Answer] = {
        "show": cards.show, "own_view": cards.own_view, "retry": cards.retry,
        "question": cards.question,
    }  # fmt: skip
    links = links_to(page, "play", "shelf")
    part(page, "card", answers, ("card.js",), labels=page.texts("card"), links=links)


def _start(shelf: Shelf) -> Answer:
    return lambda me, body: shelf.start(me, body, secrets.randbelow(2**31))


def links_to(page: PageContext, *paths: str) -> dict[str, str]:
    """Addresses of pages of this room, by their paths."""
    return {path: page.url("practice", path) for path in paths}
