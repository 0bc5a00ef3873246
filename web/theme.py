"""Colours by name, light and dark, and the theme that makes Gradio's own parts use them.

One table feeds the style sheet, Gradio and the test of contrast (WCAG 2.2 AA).
"""

from __future__ import annotations

from functools import cache
from hashlib import sha256
from importlib.resources import files
from typing import TYPE_CHECKING, Any, Final, Literal, get_args

if TYPE_CHECKING:
    import gradio as gr

Theme = Literal["system", "light", "dark"]
THEMES: Final[tuple[Theme, ...]] = get_args(Theme)

COLOURS: Final[dict[str, tuple[str, str]]] = {
    # name: (light, dark)
    "bg": ("#f5f6f8", "#14171c"),
    "surface": ("#ffffff", "#1c2027"),
    "sunken": ("#eceff3", "#242932"),
    "line": ("#d9dee5", "#333a45"),
    "edge": ("#7d8794", "#78828f"),  # borders of what can be typed into or pressed
    "text": ("#1b2230", "#e8ebf0"),
    "muted": ("#566072", "#a7b0be"),
    "accent": ("#0f6b5f", "#5cc9b5"),
    "accent-strong": ("#0a5249", "#83dccb"),
    "on-accent": ("#ffffff", "#0d211d"),
    "accent-soft": ("#e1f1ee", "#1d3732"),
    "good": ("#1f6f3a", "#7fd197"),
    "good-soft": ("#e4f3e8", "#1d3324"),
    "warn": ("#8a5200", "#f0b860"),
    "warn-soft": ("#fbf0dc", "#3a2e18"),
    "bad": ("#b3261e", "#ff9d94"),
    "bad-soft": ("#fce8e6", "#40211f"),
    "focus": ("#1d5fd1", "#8ab4ff"),
    "customer": ("#ffffff", "#262b34"),
    "agent": ("#dcefeb", "#1f3a35"),
}
FONT: Final = (
    "system-ui", "-apple-system", "Segoe UI", "PingFang SC", "Microsoft YaHei", "PingFang TC",
    "Microsoft JhengHei", "Noto Sans CJK SC", "Noto Sans SC", "Source Han Sans SC", "sans-serif",
)  # fmt: skip
MONO: Final = ("ui-monospace", "SFMono-Regular", "Consolas", "Noto Sans Mono CJK SC", "monospace")


def variables() -> str:
    """The colours as custom properties: by the system's choice, or by the reader's."""
    light, dark = (
        f"color-scheme:{scheme};"
        + "".join(f"--{name}:{pair[n]};" for name, pair in COLOURS.items())
        for n, scheme in enumerate(("light", "dark"))
    )
    return (
        f":root{{{light}--font:{_stack(FONT)};--mono:{_stack(MONO)}}}\n"
        f"@media (prefers-color-scheme:dark){{:root[data-theme=system]{{{dark}}}}}\n"
        f":root[data-theme=dark]{{{dark}}}\n"
    )


@cache
def style_sheet() -> str:
    """Everything that /static/kefu.css holds."""
    return variables() + (files("web") / "static" / "kefu.css").read_text(encoding="utf-8")


@cache
def stamp(name: str) -> str:
    """A few characters that change with the content of a file in static/, for its address."""
    content = (files("web") / "static" / name).read_bytes()
    return sha256(variables().encode() + content).hexdigest()[:10]


def contrast(one: str, other: str) -> float:
    """The contrast of two colours (#rrggbb), 1 to 21, as WCAG 2.2 defines it.

    >>> round(contrast("#000000", "#ffffff"))
    21
    """
    low, high = sorted((_luminance(one), _luminance(other)))
    return (high + 0.05) / (low + 0.05)


def gradio_theme() -> gr.themes.Base:
    """Gradio's own parts in the same colours; both of its modes point to the same properties."""
    import gradio as gr

    theme = gr.themes.Base(font=FONT, font_mono=MONO, radius_size="sm", spacing_size="sm")
    wanted: dict[str, Any] = dict(_GRADIO)
    for name, value in _GRADIO.items():
        if hasattr(theme, f"{name}_dark"):
            wanted[f"{name}_dark"] = value
    return theme.set(**wanted)


_GRADIO: Final = {
    "body_background_fill": "var(--bg)",
    "body_text_color": "var(--text)",
    "body_text_color_subdued": "var(--muted)",
    "background_fill_primary": "var(--surface)",
    "background_fill_secondary": "var(--sunken)",
    "block_background_fill": "var(--surface)",
    "block_border_color": "var(--line)",
    "block_label_background_fill": "var(--surface)",
    "block_label_text_color": "var(--muted)",
    "block_title_text_color": "var(--text)",
    "block_info_text_color": "var(--muted)",
    "border_color_primary": "var(--line)",
    "border_color_accent": "var(--accent)",
    "color_accent": "var(--accent)",
    "color_accent_soft": "var(--accent-soft)",
    "link_text_color": "var(--accent)",
    "link_text_color_hover": "var(--accent-strong)",
    "input_background_fill": "var(--surface)",
    "input_border_color": "var(--edge)",
    "input_border_color_focus": "var(--focus)",
    "input_placeholder_color": "var(--muted)",
    "button_primary_background_fill": "var(--accent)",
    "button_primary_background_fill_hover": "var(--accent-strong)",
    "button_primary_text_color": "var(--on-accent)",
    "button_secondary_background_fill": "var(--surface)",
    "button_secondary_background_fill_hover": "var(--sunken)",
    "button_secondary_text_color": "var(--text)",
    "button_secondary_border_color": "var(--edge)",
    "error_background_fill": "var(--bad-soft)",
    "error_text_color": "var(--bad)",
    "error_border_color": "var(--bad)",
    "panel_background_fill": "var(--surface)",
    "table_even_background_fill": "var(--surface)",
    "table_odd_background_fill": "var(--sunken)",
    "table_border_color": "var(--line)",
}


def _stack(names: tuple[str, ...]) -> str:
    return ",".join(f'"{name}"' if " " in name else name for name in names)


def _luminance(colour: str) -> float:
    parts = (int(colour[n : n + 2], 16) / 255 for n in (1, 3, 5))
    red, green, blue = (c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue
