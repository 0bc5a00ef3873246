"""Small pictures in the line of the text, as SVG paths on a field of 24 × 24."""

from __future__ import annotations

from typing import Final

PATHS: Final = {
    "home": "M4 11 12 4l8 7v9h-5v-6H9v6H4z",
    "shelf": "M4 5h6v14H4zM14 5h6v14h-6z",
    "progress": "M4 20V10M10 20V4M16 20v-8M21 20H3",
    "page": "M6 3h9l4 4v14H6zM14 3v5h5",
    "chat": "M4 5h16v11H9l-5 4z",
    "people": "M9 11a4 4 0 1 0 0-8 4 4 0 0 0 0 8M2 21a7 7 0 0 1 14 0M17 4a4 4 0 0 1 0 7M19 15l3 6",
    "me": "M12 12a4 4 0 1 0 0-8 4 4 0 0 0 0 8M4 21a8 8 0 0 1 16 0",
    "studio": "M4 20l1-5L16 4l4 4L9 19zM13 7l4 4",
    "quality": "M4 12l5 5L20 6",
    "more": "M5 12h.01M12 12h.01M19 12h.01",
    "theme-system": "M3 5h18v11H3zM9 20h6M12 16v4",
    "theme-light": "M12 16a4 4 0 1 0 0-8 4 4 0 0 0 0 8M12 2v3M12 19v3M2 12h3M19 12h3M5 5l2 2"
    "M17 17l2 2M5 19l2-2M17 7l2-2",
    "theme-dark": "M20 14A8 8 0 0 1 10 4a8 8 0 1 0 10 10z",
}


def icon(name: str) -> str:
    """The SVG of an icon, hidden from readers of the screen: a text stands beside it."""
    return (
        '<svg class="icon" viewBox="0 0 24 24" aria-hidden="true" focusable="false">'
        f'<path d="{PATHS[name]}"/></svg>'
    )
