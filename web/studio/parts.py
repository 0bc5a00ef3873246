"""The studio's pages as Gradio parts. What they ask of the server goes through the role first."""

from __future__ import annotations

from functools import cache
from importlib.resources import files
from typing import Final

import gradio as gr

from web.pages import PageContext
from web.studio.tryout import tryout_of
from web.studio.writing import Body, Writing

ACTIONS: Final = (
    "look_up", "issue_refund", "send_coupon", "resend", "open_trace", "ask_supervisor",
    "change_address", "write_note",
)  # fmt: skip


@cache
def resource(name: str) -> str:
    """A template, a style sheet or a script of this room."""
    return (files(__package__) / name).read_text(encoding="utf-8")


def build_scenario(page: PageContext) -> None:
    """Text, try-out, faults."""
    writing = Writing(page.services, "scenario", page.lang, page.t)
    tryout = tryout_of(page.services)

    def open(body: Body, request: gr.Request) -> Body:
        return writing.open(page.allowed(request), body)

    def draft(body: Body, request: gr.Request) -> Body:
        return writing.draft(page.allowed(request), body)

    def discard(body: Body, request: gr.Request) -> Body:
        return writing.discard(page.allowed(request), body)

    def save(body: Body, request: gr.Request) -> Body:
        return writing.save(page.allowed(request), body)

    def check(body: Body, request: gr.Request) -> Body:
        return writing.check(page.allowed(request), body)

    def prove(body: Body, request: gr.Request) -> Body:
        return writing.prove(page.allowed(request), body)

    def publish(body: Body, request: gr.Request) -> Body:
        return writing.publish(page.allowed(request), body)

    def help(body: Body, request: gr.Request) -> Body:
        return writing.help(page.allowed(request), body)

    def try_start(body: Body, request: gr.Request) -> Body:
        return tryout.start(page.allowed(request), body, page.t)

    def try_say(body: Body, request: gr.Request) -> Body:
        return tryout.say(page.allowed(request), body, page.t)

    def try_act(body: Body, request: gr.Request) -> Body:
        return tryout.act(page.allowed(request), body, page.t)

    def try_wait(body: Body, request: gr.Request) -> Body:
        return tryout.wait(page.allowed(request), body, page.t)

    def try_back(body: Body, request: gr.Request) -> Body:
        return tryout.back(page.allowed(request), body, page.t)

    gr.HTML(
        value={},
        html_template=resource("scenario.html"),
        js_on_load=resource("editor.js") + resource("scenario.js"),
        server_functions=[open, draft, discard, save, check, prove, publish, help, try_start,
                          try_say, try_act, try_wait, try_back],
        labels=page.texts("studio"),
        actions=[{"name": name, "label": page.t(f"did.{name}")} for name in ACTIONS],
        panels=[{"name": name, "label": page.t(f"panel.{name}")}
                for name in ("order", "logistics", "product", "policy")],
        elem_id="studio",
        css_template=resource("studio.css"),
        apply_default_css=False,
    )  # fmt: skip


def build_rubric(page: PageContext) -> None:
    """Text, weights and limits, faults."""
    writing = Writing(page.services, "rubric", page.lang, page.t)

    def open(body: Body, request: gr.Request) -> Body:
        return writing.open(page.allowed(request), body)

    def draft(body: Body, request: gr.Request) -> Body:
        return writing.draft(page.allowed(request), body)

    def discard(body: Body, request: gr.Request) -> Body:
        return writing.discard(page.allowed(request), body)

    def save(body: Body, request: gr.Request) -> Body:
        return writing.save(page.allowed(request), body)

    def check(body: Body, request: gr.Request) -> Body:
        return writing.check(page.allowed(request), body)

    def publish(body: Body, request: gr.Request) -> Body:
        return writing.publish(page.allowed(request), body)

    def effect(body: Body, request: gr.Request) -> Body:
        return writing.effect(page.allowed(request), body)

    def help(body: Body, request: gr.Request) -> Body:
        return writing.help(page.allowed(request), body)

    gr.HTML(
        value={},
        html_template=resource("rubric.html"),
        js_on_load=resource("editor.js") + resource("rubric.js"),
        server_functions=[open, draft, discard, save, check, publish, effect, help],
        labels=page.texts("studio"),
        elem_id="studio",
        css_template=resource("studio.css"),
        apply_default_css=False,
    )
