"""Fruit and berries, spoiled, short or shown before."""

from __future__ import annotations

import math

from scenarios.pictures.canvas import Canvas, cloth, wood


def _mould(c: Canvas, x: float, y: float, r: float) -> None:
    c.dot(x, y, r, "#dfe3da", opacity=0.85)
    for step in range(7):
        angle = step * 0.9 + c.chance(0, 0.5)
        away = r * c.chance(0.5, 1.05)
        c.dot(
            x + away * math.cos(angle), y + away * math.sin(angle), r * c.chance(0.2, 0.4),
            "#eef0ea" if step % 2 else "#9fae97", opacity=0.8,
        )  # fmt: skip


def _strawberry(c: Canvas, x: float, y: float, fill: str) -> None:
    c.use("s", x, y, c.chance(-35, 35), fill)


def _define_strawberry(c: Canvas) -> None:
    seeds = "M-9-4h1M0 2h1M9-3h1M-5 10h1M6 11h1"
    c.define(
        "s",
        '<path d="M0 26C-26 8-22-16 0-14C22-16 26 8 0 26z"/>'
        f'<path d="{seeds}" stroke="#f6d77a" stroke-width="2"/>'
        '<path d="M-12-13l6 3 6-9 6 9 6-3-6 8h-12z" fill="#4f8a3a"/>',
    )


def _berries(c: Canvas) -> None:
    wood(c)
    _define_strawberry(c)
    c.box(38, 26, (244, 190), "#eef4f5", rx=18, opacity=0.55)
    c.oval(170, 168, (78, 30), "#8c2b2b", opacity=0.45)
    for number in range(12):
        x, y = 80 + number % 4 * 54 + c.chance(-6, 6), 70 + number // 4 * 55 + c.chance(-6, 6)
        bad = number in (1, 4, 6, 9, 10)
        _strawberry(c, x, y, "#8f3a35" if bad else "#d2333a")
        if bad:
            _mould(c, x + c.chance(-6, 6), y + 4, 12)
    c.box(38, 26, (244, 190), "none", rx=18, stroke="#fff", stroke_width=3, opacity=0.7)


def mouldy_strawberries(c: Canvas) -> None:
    """A punnet, five of twelve with mould."""
    _berries(c)


def reused_photo(c: Canvas) -> None:
    """Spoiled fruit again, with the date of another year burnt into the corner."""
    _berries(c)
    c.box(150, 196, (150, 28), "#1c120c", opacity=0.55)
    c.text(156, 217, "2021 07 16", 22, fill="#ffb03a", font_weight="bold")


def soft_cherries(c: Canvas) -> None:
    """Cherries in a bowl, some collapsed, in their juice."""
    cloth(c, "#d9d2c5")
    c.oval(160, 128, (128, 98), "#f7f5f0")
    c.oval(160, 128, (112, 84), "#e3ded4")
    c.oval(165, 150, (92, 52), "#6d1424", opacity=0.5)
    for number in range(15):
        angle, away = number * 2.4, 16 + number * 4.6
        x, y = 160 + away * math.cos(angle), 126 + away * 0.72 * math.sin(angle)
        soft = number % 3 == 1
        c.path(
            f"M{x:.0f} {y:.0f}q{c.chance(-12, 12):.0f}-22 4-34", stroke="#7a8a3a", stroke_width=2
        )
        c.oval(x, y, (17, 12) if soft else (15, 15), "#5b3326" if soft else "#7c1128")
        if soft:
            c.path(f"M{x - 9:.0f} {y:.0f}q6-6 9 0t9 0", stroke="#2f1712", stroke_width=2)
        else:
            c.oval(x - 5, y - 5, (4, 3), "#fff", opacity=0.6)


def black_mangoes(c: Canvas) -> None:
    """Two halves, black around the stone, and a spotted whole one."""
    wood(c, "#cfc3ae", "#bfb199")
    for x, y, turn in ((100, 92, -18), (216, 104, 14)):
        c.open(f"translate({x} {y}) rotate({turn})")
        c.oval(0, 0, (46, 66), "#c8902c")
        c.oval(0, 0, (41, 60), "#f0b93a")
        c.oval(2, 4, (29, 44), "#4a2f1c")
        c.oval(0, 2, (18, 31), "#1f1510")
        c.path("M-28-30q10 24 2 52M26-24q-4 30-8 54", stroke="#6b4520", stroke_width=4)
        c.close()
    c.oval(166, 196, (74, 30), "#d9982e")
    for _ in range(9):
        c.oval(c.chance(110, 224), c.chance(182, 212), (c.chance(4, 11), 5), "#2b1c12", opacity=0.8)


def black_bananas(c: Canvas) -> None:
    """A hand of bananas, black from the cold, a little yellow left at the stems."""
    cloth(c, "#d6dcd9")
    c.oval(160, 196, (118, 18), "#000", opacity=0.15)
    for number in range(5):
        c.open(f"translate({96 + number * 27} 42) rotate({28 - number * 14}) scale(1.3 1.1)")
        c.path("M0 0C34 40 38 104 8 148C2 154-8 150-6 142C12 104 6 48-8 8z", "#b89a2a")
        c.path("M6 24C34 60 34 108 8 148C2 154-8 150-6 142C12 104 8 60 0 30z", "#241a12")
        for _ in range(4):
            c.oval(c.chance(4, 20), c.chance(40, 120), (3, c.chance(4, 9)), "#4a3620", opacity=0.8)
        c.close()
    c.path("M90 42Q150 6 214 42L204 58Q150 30 98 58z", "#6f5a22")


def mouldy_blueberries(c: Canvas) -> None:
    """A small box with a white patch of mould."""
    cloth(c, "#cdd6d2")
    c.box(56, 30, (208, 180), "#f6f8f8", rx=12, opacity=0.8)
    c.define("b", '<circle r="15"/><circle cy="-3" r="4" fill="#22304f"/>')
    for number in range(42):
        x, y = 76 + number % 7 * 28 + c.chance(-4, 4), 50 + number // 7 * 28 + c.chance(-4, 4)
        c.use("b", x, y, c.chance(-40, 40), "#33446e" if number % 3 else "#43588a")
    for x, y, r in ((128, 108, 24), (158, 128, 20), (206, 168, 17)):
        _mould(c, x, y, r)


def short_weight_scale(c: Canvas) -> None:
    """Fruit on a dial scale; the needle stands short of the red mark."""
    cloth(c, "#b9c7cb")
    c.path("M92 214L108 96h104l16 118z", "#e8e6e0")
    c.dot(160, 152, 50, "#fff", stroke="#555", stroke_width=3)
    for tick in range(21):
        angle = math.radians(-210 + tick * 12)
        inner = 38 if tick % 5 else 33
        x, y = math.cos(angle), math.sin(angle)
        c.path(
            f"M{160 + inner * x:.0f} {152 + inner * y:.0f}L{160 + 45 * x:.0f} {152 + 45 * y:.0f}",
            stroke="#333", stroke_width=2,
        )  # fmt: skip
    c.path("M160 152L183 122", stroke="#222", stroke_width=4)
    c.path("M187 160L206 164", stroke="#d22", stroke_width=6)
    c.dot(160, 152, 5, "#222")
    c.path("M74 92h172l-16 14H90z", "#c9ccce")
    for x, y in ((118, 78), (152, 74), (188, 78), (136, 52), (170, 50)):
        c.dot(x, y, 19, "#e08a2c")
        c.oval(x - 6, y - 7, (5, 4), "#fff", opacity=0.4)
