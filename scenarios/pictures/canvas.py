"""The paper that pictures are drawn on."""

from __future__ import annotations

import hashlib
from typing import Final

WIDTH: Final = 320
HEIGHT: Final = 240


class Canvas:
    """Shapes in the order they are drawn; `chance` is the same for every run."""

    def __init__(self, name: str) -> None:
        self._name = name
        self._drawn = 0
        self._parts: list[str] = []

    def chance(self, low: float, high: float) -> float:
        """A number between two others."""
        self._drawn += 1
        digest = hashlib.sha256(f"{self._name} {self._drawn}".encode()).digest()
        return low + (high - low) * int.from_bytes(digest[:4], "big") / 2**32

    def add(self, tag: str, /, **attributes: float | str) -> None:
        """A shape; `_` in a name stands for `-`, and `words` stand inside."""
        words = attributes.pop("words", "")
        pairs = " ".join(f'{k.replace("_", "-")}="{_short(v)}"' for k, v in attributes.items())
        self._parts.append(f"<{tag} {pairs}>{words}</{tag}>" if words else f"<{tag} {pairs}/>")

    def path(self, d: str, fill: str = "none", **more: float | str) -> None:
        """A path."""
        self.add("path", d=d, fill=fill, **more)

    def dot(self, x: float, y: float, r: float, fill: str, **more: float | str) -> None:
        """A circle."""
        self.add("circle", cx=x, cy=y, r=r, fill=fill, **more)

    def oval(
        self, x: float, y: float, size: tuple[float, float], fill: str, **more: float | str
    ) -> None:
        """An ellipse."""
        self.add("ellipse", cx=x, cy=y, rx=size[0], ry=size[1], fill=fill, **more)

    def box(
        self, x: float, y: float, size: tuple[float, float], fill: str, **more: float | str
    ) -> None:
        """A rectangle."""
        self.add("rect", x=x, y=y, width=size[0], height=size[1], fill=fill, **more)

    def text(self, x: float, y: float, words: str, size: float, **more: float | str) -> None:
        """Words."""
        self.add("text", words=words, x=x, y=y, font_size=size, font_family="sans-serif", **more)

    def open(self, transform: str) -> None:
        """Turn, move or scale what follows."""
        self._parts.append(f'<g transform="{transform}">')

    def close(self) -> None:
        """End of what was turned."""
        self._parts.append("</g>")

    def define(self, name: str, inner: str) -> None:
        """Something that is drawn more than once."""
        self._parts.append(f'<defs><g id="{name}">{inner}</g></defs>')

    def use(self, name: str, x: float, y: float, turn: float, fill: str) -> None:
        """Draw it here, in this colour where it has none of its own."""
        move = f"translate({x:.0f} {y:.0f}) rotate({turn:.0f})"
        self._parts.append(f'<use href="#{name}" transform="{move}" fill="{fill}"/>')

    def svg(self) -> str:
        """The picture, with the light of a lamp and a darker rim as phones make them."""
        light = (
            '<defs><radialGradient id="l" cx=".4" cy=".3" r=".9"><stop offset="0" '
            'stop-color="#fff" stop-opacity=".25"/><stop offset=".6" stop-opacity="0"/>'
            '<stop offset="1" stop-opacity=".35"/></radialGradient></defs>'
        )
        lit = f'<rect width="{WIDTH}" height="{HEIGHT}" fill="url(#l)"/>'
        head = f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDTH} {HEIGHT}">'
        return head + light + "".join(self._parts) + lit + "</svg>\n"


def _short(value: float | str) -> str:
    return value if isinstance(value, str) else f"{round(value, 1):g}"


def wood(c: Canvas, colour: str = "#b98a5a", line: str = "#a2764a") -> None:
    """A table top."""
    c.box(0, 0, (WIDTH, HEIGHT), colour)
    for row in range(6):
        y = 20 + row * 42 + c.chance(-4, 4)
        c.path(f"M0 {y:.0f}q80 {c.chance(-6, 6):.0f} 160 0t160 0", stroke=line, stroke_width=1.5)


def cloth(c: Canvas, colour: str) -> None:
    """A plain ground."""
    c.box(0, 0, (WIDTH, HEIGHT), colour)
    for row in range(8):
        c.path(f"M0 {row * 32}l320 {c.chance(-3, 3):.0f}", stroke="#000", stroke_opacity=0.05)
