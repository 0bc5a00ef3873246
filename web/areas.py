"""The areas of the app, in the order of the header."""

from __future__ import annotations

from typing import Final

from web.pages import Area

AREAS: Final[tuple[Area, ...]] = ()
"""An area is added as `Area("practice", practice, roles)` with a function that imports its pages:

    def practice() -> tuple[Page, ...]:
        from web.practice.pages import PAGES  # gradio comes with it, so late

        return PAGES
"""
