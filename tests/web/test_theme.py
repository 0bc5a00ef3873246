"""Colours can be told apart by everybody, and nothing is fetched from elsewhere."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from web.icons import PATHS
from web.theme import COLOURS, contrast, style_sheet

WEB = Path(__file__).parents[2] / "web"
TEXT = ("text", "muted", "accent", "accent-strong", "good", "warn", "bad")
GROUNDS = ("bg", "surface", "sunken")
PAIRS = [
    *((text, ground) for text in TEXT for ground in GROUNDS),
    ("on-accent", "accent"),
    ("on-accent", "accent-strong"),
    *((name, f"{name}-soft") for name in ("accent", "good", "warn", "bad")),
    ("text", "customer"),
    ("text", "agent"),
    ("muted", "customer"),
    ("muted", "agent"),
    ("text", "accent-soft"),
]


@pytest.mark.parametrize("scheme", [0, 1], ids=["light", "dark"])
@pytest.mark.parametrize(("text", "ground"), PAIRS)
def test_text_can_be_read(text: str, ground: str, scheme: int) -> None:
    """WCAG 2.2, 1.4.3: 4.5 to 1."""
    assert contrast(COLOURS[text][scheme], COLOURS[ground][scheme]) >= 4.5


@pytest.mark.parametrize("scheme", [0, 1], ids=["light", "dark"])
@pytest.mark.parametrize("ground", GROUNDS)
@pytest.mark.parametrize("name", ["edge", "focus"])
def test_what_can_be_used_can_be_seen(name: str, ground: str, scheme: int) -> None:
    """WCAG 2.2, 1.4.11: 3 to 1."""
    assert contrast(COLOURS[name][scheme], COLOURS[ground][scheme]) >= 3


def test_contrast_is_reckoned_as_the_standard_does() -> None:
    # White on #767676: (1 + 0.05) / (0.1812 + 0.05) = 4.54, the well-known least grey.
    assert contrast("#ffffff", "#767676") == pytest.approx(4.54, abs=0.005)


def test_every_colour_that_is_named_is_there() -> None:
    known = {*COLOURS, "font", "mono"} | set(re.findall(r"--([a-z0-9-]+)\s*:", style_sheet()))
    named = set()
    for path in WEB.rglob("*"):
        if path.suffix in {".css", ".html", ".js", ".py"}:
            found = re.findall(r"var\(--([a-z0-9-]+)\)", path.read_text(encoding="utf-8"))
            own = re.findall(r"--([a-z0-9-]+)\s*:", path.read_text(encoding="utf-8"))
            named |= set(found) - set(own)
    assert not named - known


def test_nothing_is_fetched_from_elsewhere() -> None:
    for path in WEB.rglob("*"):
        if path.suffix in {".css", ".html", ".js", ".svg"}:
            text = path.read_text(encoding="utf-8").replace("http://www.w3.org/2000/svg", "")
            assert not re.search(r"https?://|@import|url\(\s*['\"]?//", text), path


def test_icons_are_paths() -> None:
    assert all(re.fullmatch(r"[MLHVCSQTAZmlhvcsqtaz0-9 .,-]+", path) for path in PATHS.values())


@pytest.mark.slow
def test_gradio_takes_our_colours() -> None:
    from web.theme import gradio_theme

    css = gradio_theme()._get_theme_css()
    assert "googleapis" not in css
    assert css.count("--body-background-fill: var(--bg)") == 2  # light and dark
