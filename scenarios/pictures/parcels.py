"""Parcels, labels and papers."""

from __future__ import annotations

from scenarios.pictures.canvas import HEIGHT, WIDTH, Canvas, cloth, wood


def _carton(c: Canvas, front: str = "#c39a63") -> None:
    c.oval(166, 204, (118, 16), "#000", opacity=0.25)
    c.path("M60 78L206 70L206 200L60 202z", front)
    c.path("M206 70L266 54L266 174L206 200z", "#a67f4c")
    c.path("M60 78L118 54L266 54L206 70z", "#d4ae78")
    c.path("M122 74L150 73L208 54L182 54z", "#e9dfc4", opacity=0.9)
    c.path("M122 74L150 73L150 104L122 105z", "#e9dfc4", opacity=0.75)


def _slip(c: Canvas, x: float, y: float) -> None:
    c.box(x, y, (62, 44), "#fff")
    for bar in range(14):
        c.box(x + 5 + bar * 3.8, y + 5, (c.chance(1, 2.6), 15), "#222")
    for line in range(3):
        c.box(x + 5, y + 25 + line * 6, (c.chance(30, 50), 2.4), "#888")


def crushed_box(c: Canvas) -> None:
    """A carton with a corner pushed in and the side torn."""
    wood(c, "#8f8f8a", "#7f7f7a")
    _carton(c)
    _slip(c, 72, 140)
    c.path("M60 78L104 60L126 92L92 118L60 108z", "#8a6a40")
    c.path(
        "M104 60L112 84L126 92M60 92L92 100L92 118M78 70L92 100", stroke="#5f4728", stroke_width=3
    )
    c.path("M206 128l22-14 8 20 20-10-10 28-26 10z", "#3b2c19")
    c.path("M206 128l22-14 8 20 20-10", stroke="#e3c391", stroke_width=3)
    c.path("M150 202l10-26 14 12 8-20", stroke="#6f5330", stroke_width=3)


def wet_parcel(c: Canvas) -> None:
    """A carton soaked from below, with drops."""
    wood(c, "#9a9c9d", "#8a8c8d")
    c.oval(160, 206, (140, 22), "#5d6f7a", opacity=0.5)
    _carton(c)
    _slip(c, 140, 112)
    c.path("M60 150q20-22 44-6t40-4 62 4L206 200L60 202z", "#6d4f2b", opacity=0.75)
    c.path("M206 144q22-20 60-14L266 174L206 200z", "#5b4022", opacity=0.75)
    for _ in range(10):
        x, y = c.chance(66, 200), c.chance(126, 192)
        c.path(f"M{x:.0f} {y:.0f}q-4 7 0 9q4-2 0-9z", "#dfeaf0", opacity=0.85)


def sealed_box(c: Canvas) -> None:
    """A carton as it was packed: tape whole, seal unbroken."""
    wood(c)
    _carton(c)
    _slip(c, 72, 140)
    c.dot(136, 90, 13, "#c62f2f")
    c.path("M129 90l5 5 9-10", stroke="#fff", stroke_width=3)


def shipping_label(c: Canvas) -> None:
    """A label on a carton; name and number are smudged."""
    c.box(0, 0, (WIDTH, HEIGHT), "#c09a66")
    c.path("M0 34h320M0 206h320", stroke="#a98350", stroke_width=2)
    c.open("rotate(-4 160 120)")
    c.box(48, 26, (224, 188), "#fdfdfb", rx=3)
    c.box(48, 26, (224, 26), "#2d2d2d", rx=3)
    c.text(60, 45, "EXPRESS", 15, fill="#fff", font_weight="bold")
    c.box(206, 33, (54, 12), "#fff", opacity=0.9)
    x = 62.0
    while x < 256:
        width = c.chance(1, 4.5)
        c.box(x, 60, (width, 42), "#111")
        x += width + c.chance(1.5, 4)
    for line, width in enumerate((150, 176, 120)):
        c.box(62, 114 + line * 16, (width, 7), "#777")
    c.box(62, 130, (90, 8), "#bbb", opacity=0.9)
    c.path("M48 164h224M170 164v50", stroke="#999")
    for i in range(36):
        if c.chance(0, 1) > 0.45:
            c.box(186 + i % 6 * 7, 169 + i // 6 * 7, (7, 7), "#111")
    for line in range(3):
        c.box(62, 174 + line * 12, (c.chance(60, 96), 5), "#999")
    c.close()


def wrong_item(c: Canvas) -> None:
    """An opened parcel: the slip shows a blue cup, in the box lies a red one."""
    wood(c)
    c.path("M44 96h150v112H44z", "#a67f4c")
    c.path("M44 96L22 62h150l22 34z", "#d4ae78")
    c.path("M56 108h126v90H56z", "#5f4728")
    c.path("M92 126h50v52q-25 12-50 0z", "#c8393b")
    c.path("M142 136q22 2 18 22t-20 12", stroke="#c8393b", stroke_width=8)
    c.oval(117, 126, (25, 6), "#8f2325")
    c.open("rotate(7 250 120)")
    c.box(208, 58, (88, 122), "#fdfdfa")
    c.path("M234 76h28v30q-14 7-28 0z", "#2f63b5")
    c.path("M262 82q13 1 11 13t-12 7", stroke="#2f63b5", stroke_width=5)
    for line in range(6):
        c.box(218, 124 + line * 8, (c.chance(38, 68), 3), "#999")
    c.close()


def leaking_bottle(c: Canvas) -> None:
    """A bottle on its side, its cap loose, in a puddle."""
    wood(c, "#d8d4cc", "#c9c4ba")
    c.path("M30 176q30-26 92-16t120 6q70 8 40 34t-132 12T30 176z", "#d7a93f", opacity=0.6)
    c.open("rotate(-8 160 130)")
    c.box(112, 94, (146, 70), "#7a4a1c", rx=16)
    c.path("M112 112L78 118v22l34 8z", "#7a4a1c")
    c.box(146, 96, (74, 66), "#f3ecd8")
    for line in range(4):
        c.box(154, 108 + line * 12, (c.chance(34, 58), 4), "#9a8a66")
    c.box(48, 112, (24, 34), "#2c2c2c", rx=4, transform="rotate(-24 60 128)")
    c.close()
    c.path("M84 148q-10 16-24 22", stroke="#d7a93f", stroke_width=7, opacity=0.8)
    for _ in range(6):
        c.dot(c.chance(36, 120), c.chance(186, 214), c.chance(2, 5), "#c4932c", opacity=0.7)


def invoice(c: Canvas) -> None:
    """An invoice with its stamp; the figures are too small to read."""
    cloth(c, "#8f857a")
    c.open("rotate(-3 160 120)")
    c.box(40, 18, (240, 204), "#fffdf6")
    c.text(108, 42, "发 票  INVOICE", 14, fill="#9a2b22", font_weight="bold")
    c.path("M96 48h128", stroke="#9a2b22", stroke_width=1.5)
    c.box(54, 62, (212, 108), "none", stroke="#b5655c")
    c.path("M54 84h212M54 148h212M124 62v108M186 62v86M228 62v86", stroke="#b5655c")
    for row in range(4):
        for x, width in ((60, 52), (130, 40), (192, 24), (233, 24)):
            c.box(x, 70 + row * 20, (c.chance(width / 2, width), 4), "#777")
    for line in range(3):
        c.box(56, 182 + line * 10, (c.chance(60, 110), 4), "#999")
    c.oval(222, 184, (38, 25), "none", stroke="#c8322a", stroke_width=3, opacity=0.85)
    c.path("M222 172l4 9 10 1-7 6 2 10-9-5-9 5 2-10-7-6 10-1z", "#c8322a", opacity=0.85)
    c.close()
