"""The areas of the app, in the order of the header: `Area("practice", PAGES)` adds one."""

from __future__ import annotations

from typing import Final

from web.pages import Area
from web.practice.pages import PAGES as PRACTICE
from web.quality.pages import PAGES as QUALITY
from web.studio.pages import PAGES as STUDIO

AREAS: Final[tuple[Area, ...]] = (
    Area("practice", PRACTICE), Area("quality", QUALITY), Area("studio", STUDIO),
)  # fmt: skip
