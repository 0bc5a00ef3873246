"""The trainee's pages as Gradio parts. What they ask of the server goes through the role first."""

from __future__ import annotations

import secrets
from collections.abc import Callable
from functools import cache
from importlib.resources import files
from typing import Any, Final

import gradio as gr

from web.pages import PageContext
from web.practice.card import Cards
from web.practice.desk import Body, Desk
from web.practice.phrases import phrases
from web.practice.rooms import rooms_of
from web.practice.shelf import Shelf

TABS: Final = ("order", "logistics", "product", "policy")
DEEDS: Final = (
    "issue_refund", "send_coupon", "resend", "open_trace", "ask_supervisor", "change_address",
    "write_note",
)  # fmt: skip


@cache
def resource(name: str) -> str:
    """A template, a style sheet or a script of this room."""
    return (files(__package__) / name).read_text(encoding="utf-8")


def build_shelf(page: PageContext) -> None:
    """Every scenario by the customer's first words, with filters and search."""
    shelf = Shelf(page.services, page.lang, page.t)

    def cards(body: Body, request: gr.Request) -> Body:
        return shelf.cards(page.allowed(request))

    def start(body: Body, request: gr.Request) -> Body:
        return shelf.start(page.allowed(request), body, secrets.randbelow(2**31))

    gr.HTML(
        value={},
        html_template=resource("shelf.html"),
        js_on_load=resource("shelf.js"),
        server_functions=[cards, start],
        labels=page.texts("shelf"),
        links={name: page.url("practice", name) for name in ("play", "shift", "moments")},
        elem_id="shelf",
        css_template=resource("practice.css"),
        apply_default_css=False,
    )


def build_play(page: PageContext) -> None:
    """The workbench."""
    gr.HTML(
        value={},
        html_template=resource("workbench.html"),
        js_on_load=resource("workbench.js"),
        server_functions=desk_functions(page),
        **desk_props(page),
        elem_id="workbench",
        css_template=resource("practice.css"),
        apply_default_css=False,
    )


def desk_functions(page: PageContext) -> list[Callable[..., Body]]:
    """What a workbench asks of the server, wherever it stands."""
    desk = Desk(page.services, rooms_of(page.services), page.t)

    def enter(body: Body, request: gr.Request) -> Body:
        return desk.enter(page.allowed(request), body)

    def look(body: Body, request: gr.Request) -> Body:
        return desk.look(page.allowed(request), body)

    def say(body: Body, request: gr.Request) -> Body:
        return desk.say(page.allowed(request), body)

    def act(body: Body, request: gr.Request) -> Body:
        return desk.act(page.allowed(request), body)

    def stop(body: Body, request: gr.Request) -> Body:
        return desk.stop(page.allowed(request), body)

    def draft(body: Body, request: gr.Request) -> Body:
        return desk.draft(page.allowed(request), body)

    def flag(body: Body, request: gr.Request) -> Body:
        return desk.flag(page.allowed(request), body)

    return [enter, look, say, act, stop, draft, flag]


def desk_props(page: PageContext) -> dict[str, Any]:
    """What a workbench is filled with."""
    return {
        "labels": page.texts("practice"),
        "links": {
            "card": page.url("practice", "card"),
            "shelf": page.url("practice", "shelf"),
            "shift": page.url("practice", "shift"),
        },
        "phrases": {lang: phrases(lang) for lang in ("zh", "zh-Hant", "en")},
        "tabs": [{"name": name, "label": page.t(f"panel.{name}")} for name in TABS],
        "deeds": [{"name": name, "label": page.t(f"practice.{name}")} for name in DEEDS],
    }


def build_card(page: PageContext) -> None:
    """The scorecard of one practice, beside its conversation."""
    cards = Cards(page.services, rooms_of(page.services), page.lang, page.t)

    def show(body: Body, request: gr.Request) -> Body:
        return cards.show(page.allowed(request), body)

    def own_view(body: Body, request: gr.Request) -> Body:
        return cards.own_view(page.allowed(request), body)

    def retry(body: Body, request: gr.Request) -> Body:
        return cards.retry(page.allowed(request), body)

    def question(body: Body, request: gr.Request) -> Body:
        return cards.question(page.allowed(request), body)

    gr.HTML(
        value={},
        html_template=resource("card.html"),
        js_on_load=resource("card.js"),
        server_functions=[show, own_view, retry, question],
        labels=page.texts("card"),
        links={
            "play": page.url("practice", "play"),
            "shelf": page.url("practice", "shelf"),
        },
        elem_id="card",
        css_template=resource("practice.css"),
        apply_default_css=False,
    )
