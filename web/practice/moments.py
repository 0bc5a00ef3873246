"""The page of moments as a Gradio part."""

from __future__ import annotations

import gradio as gr

from web.pages import PageContext
from web.practice.desk import Body
from web.practice.moment_desk import MomentDesk
from web.practice.parts import resource


def build_moments(page: PageContext) -> None:
    """Five minutes of hard messages, one reply to each."""
    desk = MomentDesk(page.services, page.lang, page.t)

    def before(body: Body, request: gr.Request) -> Body:
        return desk.before(page.allowed(request), body)

    def start(body: Body, request: gr.Request) -> Body:
        return desk.start(page.allowed(request), body)

    def show(body: Body, request: gr.Request) -> Body:
        return desk.show(page.allowed(request), body)

    def write(body: Body, request: gr.Request) -> Body:
        return desk.write(page.allowed(request), body)

    def go_on(body: Body, request: gr.Request) -> Body:
        return desk.next(page.allowed(request), body)

    gr.HTML(
        value={},
        html_template=resource("moments.html"),
        js_on_load=resource("moments.js"),
        server_functions=[before, start, show, write, go_on],
        labels=page.texts("moments"),
        links={"shelf": page.url("practice", "shelf"), "moments": page.url("practice", "moments")},
        elem_id="moments",
        css_template=resource("practice.css") + resource("moments.css"),
        apply_default_css=False,
    )
