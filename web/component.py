"""A page as one component of Gradio: template, scripts, styles, and what it asks of the server.

Every script begins with `common.js`. Each server function lets in only whom the page is for.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import cache
from importlib.resources import files
from typing import Any

import gradio as gr

from store.people import Person
from web.pages import PageContext

Body = dict[str, Any]
Answer = Callable[[Person, Body], Body]
"""From who asks and what was sent to what is answered, plain values both."""


@cache
def resource(room: str, name: str) -> str:
    """A template, a style sheet or a script of a package of pages."""
    return (files(room) / name).read_text(encoding="utf-8")


def resources(room: str, *names: str) -> str:
    """Several as one: they share their names."""
    return "\n".join(resource(room, name) for name in names)


def common() -> str:
    """What every script begins with."""
    return resource("web", "common.js")


def asked(page: PageContext, answers: Mapping[str, Answer]) -> list[Callable[..., Body]]:
    """Server functions of these names: each lets in only whom the page is for."""

    def one(name: str, answer: Answer) -> Callable[..., Body]:
        def ask(body: Any, request: gr.Request) -> Body:
            me = page.allowed(request)
            return answer(me, body if isinstance(body, dict) else {})

        ask.__name__ = ask.__qualname__ = name
        return ask

    return [one(name, answer) for name, answer in answers.items()]


def component(
    page: PageContext, name: str, answers: Mapping[str, Answer], *, html: str, script: str,
    style: str, **props: Any,
) -> None:  # fmt: skip
    """The whole page as one component with the id `name`; `props` are what its script reads."""
    gr.HTML(
        value={},
        html_template=html,
        js_on_load=f"{common()}\n{script}",
        server_functions=asked(page, answers),
        elem_id=name,
        css_template=style,
        apply_default_css=False,
        **props,
    )
