"""The studio's pages as Gradio parts. What they ask of the server goes through the role first."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, Final

from simulator.workbench import PANELS
from store.people import Person
from web.component import Answer, Body, component, resource, resources
from web.pages import PageContext
from web.studio.tryout import tryout_of
from web.studio.writing import Say, Writing

ACTIONS: Final = (
    "look_up", "issue_refund", "send_coupon", "resend", "open_trace", "ask_supervisor",
    "change_address", "write_note",
)  # fmt: skip


def build_scenario(page: PageContext) -> None:
    """Text, try-out, faults."""
    tryout = tryout_of(page.services)

    def tried(work: Callable[[Person, Body, Say], Body]) -> Answer:
        return lambda me, body: work(me, body, page.t)

    writing = Writing(page.services, "scenario", page.lang, page.t)
    answers = _written(writing) | {
        "prove": writing.prove,
        "try_start": tried(tryout.start), "try_say": tried(tryout.say),
        "try_act": tried(tryout.act), "try_wait": tried(tryout.wait),
        "try_back": tried(tryout.back),
    }  # fmt: skip
    _part(
        page, "scenario", answers,
        actions=[{"name": name, "label": page.t(f"did.{name}")} for name in ACTIONS],
        panels=[{"name": name, "label": page.t(f"panel.{name}")} for name in PANELS],
    )  # fmt: skip


def build_rubric(page: PageContext) -> None:
    """Text, weights and limits, faults."""
    writing = Writing(page.services, "rubric", page.lang, page.t)
    _part(page, "rubric", _written(writing) | {"effect": writing.effect})


def _written(writing: Writing) -> dict[str, Answer]:
    """What is asked about any text."""
    return {
        "open": writing.open, "draft": writing.draft, "discard": writing.discard,
        "save": writing.save, "check": writing.check, "publish": writing.publish,
        "help": writing.help,
    }  # fmt: skip


def _part(page: PageContext, name: str, answers: dict[str, Answer], **props: Any) -> None:
    component(
        page, "studio", answers, html=resource(__package__, f"{name}.html"),
        script=resources(__package__, "editor.js", f"{name}.js"),
        style=resource(__package__, "studio.css"), labels=page.texts("studio"), **props,
    )  # fmt: skip
