"""The QA lead's page."""

from __future__ import annotations

from typing import Final

from store.people import Role
from web.pages import Page, PageContext

LEADS: Final[tuple[Role, ...]] = ("lead", "admin")
"""Who may see imported conversations."""


def desk(page: PageContext) -> None:
    """Imports, the list and the conversation."""
    from web.quality.parts import build_desk

    build_desk(page)


PAGES: Final = (Page("quality", "desk", LEADS, desk, menu=True, icon="quality", layout="work"),)
