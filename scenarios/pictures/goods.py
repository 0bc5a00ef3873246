"""Goods that came broken, torn or marked, and what is held against them."""

from __future__ import annotations

import math

from scenarios.pictures.canvas import Canvas, cloth, wood


def cracked_screen(c: Canvas) -> None:
    """A phone face up with cracks from one corner."""
    cloth(c, "#7d8790")
    c.open("rotate(12 160 120)")
    c.box(100, 16, (120, 208), "#15171a", rx=16)
    c.box(107, 28, (106, 184), "#2c4a6b", rx=6)
    c.path("M107 150q50-40 106-10v66q0 6-6 6h-94q-6 0-6-6z", "#3f6a8c")
    for step in range(11):
        angle = math.radians(10 + step * 17)
        x, y, d = 188.0, 62.0, "M188 62"
        for _ in range(4):
            angle += c.chance(-0.35, 0.35)
            x, y = x + c.chance(12, 34) * math.cos(angle), y + c.chance(12, 34) * math.sin(angle)
            d += f"L{min(213, max(107, x)):.0f} {min(212, max(28, y)):.0f}"
        c.path(d, stroke="#eef4f8", stroke_width=1.4, opacity=0.9)
    c.path("M188 62l10-14 10 12-6 14z", "#0c0e10")
    for r in (14, 26):
        c.path(f"M{188 - r} 62q4 {r} {r} {r}t{r}-{r}", stroke="#eef4f8", opacity=0.7)
    c.close()


def rash_arm(c: Canvas) -> None:
    """A forearm with red spots."""
    cloth(c, "#e4e8ea")
    c.path("M-10 92Q120 58 330 98V172Q120 190-10 196z", "#e6b896")
    c.path("M-10 92Q120 58 330 98", stroke="#cc9a78", stroke_width=3)
    c.path("M286 94q-8 38 2 78M296 96q-6 36 2 74", stroke="#cf9f7f", stroke_width=2)
    c.oval(138, 130, (84, 36), "#d9705f", opacity=0.35)
    for _ in range(30):
        x, y = c.chance(64, 214), c.chance(98, 164)
        c.dot(x, y, c.chance(2.5, 6.5), "#c23b34", opacity=0.75)


def torn_shirt(c: Canvas) -> None:
    """A shirt laid flat with a tear below the seam."""
    wood(c, "#c9a981", "#b89870")
    c.path(
        "M112 34q48 26 96 0l58 34-24 44-30-14v118H108V98l-30 14-24-44z", "#4f7896",
        stroke="#3c5f78", stroke_width=2,
    )  # fmt: skip
    c.path("M112 34q48 40 96 0", stroke="#3c5f78", stroke_width=5)
    c.path("M176 118l10 18-8 12 12 20-6 18-14-16 4-16-10-14z", "#c9a981", stroke="#2f4c61")
    for step in range(7):
        y = 122 + step * 9
        c.path(f"M{172 + step % 3 * 4} {y}l-9 {c.chance(-4, 4):.0f}", stroke="#dbe6ee")
    c.path("M124 104v108M206 104v108", stroke="#3c5f78", stroke_dasharray="3 3")


def scratched_furniture(c: Canvas) -> None:
    """A cabinet door with long scratches through the varnish."""
    wood(c, "#7a4b2a", "#6a3f22")
    c.box(36, 20, (248, 200), "none", stroke="#5a351c", stroke_width=5, rx=4)
    c.box(56, 40, (208, 160), "#87552f", stroke="#643d20", stroke_width=2)
    c.oval(246, 120, (7, 7), "#d6b15e")
    for x, y, dx, dy in (
        (84, 150, 98, -52),
        (96, 160, 104, -50),
        (120, 82, 60, 34),
        (150, 172, 50, -18),
    ):
        c.path(
            f"M{x} {y}q{dx / 2:.0f} {dy / 2 - 6:.0f} {dx} {dy}", stroke="#e7cfae", stroke_width=2.6
        )
        c.path(f"M{x} {y + 2}q{dx / 2:.0f} {dy / 2 - 6:.0f} {dx} {dy}", stroke="#3a210f")
    c.path("M60 186l14 10-14 6z", "#e2c49c")


def broken_cup(c: Canvas) -> None:
    """A white cup in pieces on packing paper."""
    cloth(c, "#b7a387")
    c.path("M20 60l120-30 160 40-20 130-180 20L30 180z", "#d9c9ab")
    c.path("M96 96h84l-6 22 12 16-20 14 4 26q-40 18-68-8z", "#f5f5f2", stroke="#c9c9c4")
    c.path("M96 96h84l-6 12H100z", "#dcdcd6")
    c.path("M98 112q-34 2-26 34t34 18", stroke="#f5f5f2", stroke_width=9)
    c.path("M98 112q-34 2-26 34t34 18", stroke="#c9c9c4")
    for x, y, d in (
        (212, 104, "l34-10 10 34-26 12z"), (198, 160, "l28-6 4 22-22 8z"),
        (244, 164, "l18 4-6 16z"), (130, 192, "l24-4 2 14z"), (228, 196, "l14 2-8 10z"),
    ):  # fmt: skip
        c.path(f"M{x} {y}{d}", "#fafaf8", stroke="#bdbdb7")
    c.path("M110 130q22 8 46-2", stroke="#3f78b5", stroke_width=4)


def measuring_tape(c: Canvas) -> None:
    """A tape measure laid along a frame."""
    wood(c, "#d3c7b4", "#c4b7a2")
    c.box(30, 40, (250, 84), "#f4f1ea", stroke="#8d8371", stroke_width=5)
    c.path("M30 82h250", stroke="#cfc7b7", stroke_width=2)
    c.box(22, 142, (236, 30), "#f2cf3a")
    for tick in range(47):
        c.box(26 + tick * 5, 142, (1, 16 if tick % 10 == 0 else 11 if tick % 5 == 0 else 7), "#222")
    for number in range(1, 5):
        c.text(20 + number * 50, 169, str(number), 11, fill="#222")
    c.box(246, 132, (58, 56), "#d9482b", rx=12)
    c.dot(275, 160, 15, "#b53a20")
    c.box(14, 138, (8, 38), "#9a9a9a")
