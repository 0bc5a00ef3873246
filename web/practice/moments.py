"""The page of moments as a Gradio part."""

from __future__ import annotations

from web.component import Answer
from web.pages import PageContext
from web.practice.moment_desk import MomentDesk
from web.practice.parts import links_to, part


def build_moments(page: PageContext) -> None:
    """Five minutes of hard messages, one reply to each."""
    desk = MomentDesk(page.services, page.lang, page.t)
    answers: dict[str, Answer] = {
        "before": desk.before, "start": desk.start, "show": desk.show, "write": desk.write,
        "go_on": desk.next,
    }  # fmt: skip
    part(
        page, "moments", answers, ("moments.js",), styles=("moments.css",),
        labels=page.texts("moments"), links=links_to(page, "shelf", "moments"),
    )  # fmt: skip
