"""The page of a shift as a Gradio part: workbenches side by side, one in sight."""

from __future__ import annotations

import secrets

import gradio as gr

from web.pages import PageContext
from web.practice.desk import Body
from web.practice.parts import desk_functions, desk_props, resource
from web.practice.rooms import rooms_of
from web.practice.shift_desk import ShiftDesk


def build_shift(page: PageContext) -> None:
    """Two to five customers at once."""
    desk = ShiftDesk(page.services, rooms_of(page.services), page.lang, page.t)

    def before(body: Body, request: gr.Request) -> Body:
        return desk.before(page.allowed(request), body)

    def start(body: Body, request: gr.Request) -> Body:
        return desk.start(page.allowed(request), body, secrets.randbelow(2**31))

    def arrive(body: Body, request: gr.Request) -> Body:
        return desk.arrive(page.allowed(request), body)

    def close(body: Body, request: gr.Request) -> Body:
        return desk.stop(page.allowed(request), body)

    props = desk_props(page)
    gr.HTML(
        value={},
        html_template=resource("shift.html").replace("WORKBENCH", resource("workbench.html")),
        js_on_load=script(),
        server_functions=[before, start, arrive, close, *desk_functions(page)],
        **props,
        own=page.texts("shift"),
        elem_id="shift",
        css_template=resource("practice.css") + resource("shift.css"),
        apply_default_css=False,
    )


def script() -> str:
    """The workbench's script as a function that the shift calls for each customer."""
    bench = resource("workbench.js")
    return f"const bench = (element, props, server) => {{\n{bench}\n}};\n{resource('shift.js')}"
