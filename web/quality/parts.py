"""The QA lead's page as a Gradio part. What it asks of the server goes through the role first."""

from __future__ import annotations

import secrets
from typing import Final

from transcripts.read.header import MEANINGS
from web.component import Answer, component, resource, resources
from web.pages import PageContext
from web.quality.incoming import Intake
from web.quality.jobs import Jobs
from web.quality.review import Review

SCRIPTS: Final = ("desk.js", "talk.js", "incoming.js", "jobs.js", "start.js")
"""One function in the browser, in this order, after the common one."""


def build_desk(page: PageContext) -> None:
    """Imports, the list of conversations, the marked conversation with its card."""
    intake = Intake(page.services, page.lang, page.t)
    jobs = Jobs(page.services, page.lang, page.t)
    review = Review(page.services, page.lang, page.t)

    answers: dict[str, Answer] = {
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
    component(
        page,
        "quality",
        answers,
        html=resource(__package__, "desk.html"),
        script=resources(__package__, *SCRIPTS),
        style=resource("web.practice", "practice.css") + resource(__package__, "desk.css"),
        labels=page.texts("quality"),
        meanings=[{"id": one, "label": page.t(f"column.{one}")} for one in MEANINGS],
    )
