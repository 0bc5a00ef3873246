"""Small pictures of scores: where things stand on a field of points, for templates to draw."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

WIDTH: Final = 240
HEIGHT: Final = 72
EDGE: Final = 6
"""Points left free around the line, so that no dot is cut off."""


@dataclass(frozen=True, slots=True)
class Line:
    """Dots from left to right on a field of `WIDTH` × `HEIGHT`; `mark` is the height of the pass
    mark. `path` joins the dots.
    """

    dots: tuple[tuple[float, float], ...]
    path: str
    mark: float


def line(scores: Sequence[float], pass_mark: float) -> Line:
    """The line of scores, 0 at the foot and 100 at the top; a single one stands at the right.

    >>> line([0, 100], 50).path
    '6,66 234,6'
    """
    step = (WIDTH - 2 * EDGE) / max(1, len(scores) - 1)
    left = WIDTH - EDGE - step * (len(scores) - 1)
    dots = tuple((round(left + step * n, 1), _up(score)) for n, score in enumerate(scores))
    path = " ".join(f"{x:g},{y:g}" for x, y in dots)
    return Line(dots, path, _up(pass_mark))


def _up(score: float) -> float:
    return round(HEIGHT - EDGE - (HEIGHT - 2 * EDGE) * score / 100, 1)
