"""The QA lead's page as a Gradio part. What it asks of the server goes through the role first."""

from __future__ import annotations

import secrets
from collections.abc import Callable
from functools import cache
from importlib.resources import files
from typing import Any, Final

import gradio as gr

from store.people import Person
from transcripts.read.header import MEANINGS
from web.pages import PageContext
from web.practice import parts as practice
from web.quality.incoming import Body, Intake
from web.quality.jobs import Jobs
from web.quality.review import Review

SCRIPTS: Final = ("desk.js", "talk.js", "incoming.js", "jobs.js", "start.js")
"""One function in the browser, in this order."""


@cache
def resource(name: str) -> str:
    """A template, a style sheet or a script of this room."""
    return (files(__package__) / name).read_text(encoding="utf-8")


def build_desk(page: PageContext) -> None:
    """Imports, the list of conversations, the marked conversation with its card."""
    intake = Intake(page.services, page.lang, page.t)
    jobs = Jobs(page.services, page.lang, page.t)
    review = Review(page.services, page.lang, page.t)

    def served(name: str, work: Callable[[Person, Body], Body]) -> Callable[..., Body]:
        """A server function: nobody but a lead gets to `work`."""

        def function(body: Any, request: gr.Request) -> Body:
            me = page.allowed(request)
            return work(me, body if isinstance(body, dict) else {})

        function.__name__ = name
        return function

    functions = {
        "choices": lambda me, body: jobs.choices() | review.choices(body),
        "look": intake.look,
        "drop": intake.drop,
        "begin": lambda me, body: intake.start(me, body, secrets.token_hex(8)),
        "jobs": lambda me, body: jobs.rows(body),
        "watch": lambda me, body: jobs.watch(body),
        "stop": jobs.stop,
        "remove": jobs.remove,
        "rejects": lambda me, body: jobs.rejects(body),
        "add_facts": jobs.add_facts,
        "rows": lambda me, body: review.rows(body),
        "show": review.show,
        "score": review.score,
        "critical": review.critical,
    }
    gr.HTML(
        value={},
        html_template=resource("desk.html"),
        js_on_load="\n".join(resource(name) for name in SCRIPTS),
        server_functions=[served(name, work) for name, work in functions.items()],
        labels=page.texts("quality"),
        meanings=[{"id": one, "label": page.t(f"column.{one}")} for one in MEANINGS],
        elem_id="quality",
        css_template=practice.resource("practice.css") + resource("desk.css"),
        apply_default_css=False,
    )
