"""The studio's two work pages. Lists, versions, assignments and the board are plain pages."""

from __future__ import annotations

from typing import Final

from store.people import Role
from web.pages import Page, PageContext

TRAINERS: Final[tuple[Role, ...]] = ("trainer", "admin")


def scenario(page: PageContext) -> None:
    """A scenario's text, the try-out beside it, its faults below."""
    from web.studio.parts import build_scenario

    build_scenario(page)


def rubric(page: PageContext) -> None:
    """A rubric's text, its weights and limits beside it, its faults below."""
    from web.studio.parts import build_rubric

    build_rubric(page)


PAGES: Final = (
    Page("scenario", "scenario", TRAINERS, scenario, layout="work"),
    Page("rubric", "rubric", TRAINERS, rubric, layout="work"),
)
