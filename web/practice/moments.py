"""The page of moments."""

from __future__ import annotations

from web.pages import PageContext


def build_moments(page: PageContext) -> None:
    """Five minutes."""
