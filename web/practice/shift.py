"""The page of a shift as a Gradio part: workbenches side by side, one in sight."""

from __future__ import annotations

import secrets

from web.component import Answer, common
from web.pages import PageContext
from web.practice.parts import WORKBENCH, desk_answers, desk_props, own, part
from web.practice.rooms import rooms_of
from web.practice.shift_desk import ShiftDesk


def build_shift(page: PageContext) -> None:
    """Two to five customers at once."""
    desk = ShiftDesk(page.services, rooms_of(page.services), page.lang, page.t)
    answers: dict[str, Answer] = {
        "before": desk.before,
        "start": lambda me, body: desk.start(me, body, secrets.randbelow(2**31)),
        "arrive": desk.arrive,
        "close": desk.stop,
    }
    part(
        page,
        "shift",
        answers | desk_answers(page),
        (),
        script=script(),
        html=own("shift.html").replace("WORKBENCH", own("workbench.html")),
        styles=("ladder.css", "shift.css"),
        own=page.texts("shift"),
        **desk_props(page),
    )


def script() -> str:
    """The workbench's script as a function that the shift calls for each customer, then the
    shift's own, in a scope where the texts are its own.
    """
    bench = f"{common()}\n{own(*WORKBENCH)}"
    shift = own("shift.js")
    return f"\nconst bench = (element, props, server) => {{\n{bench}\n}};\n{{\n{shift}\n}}\n"
