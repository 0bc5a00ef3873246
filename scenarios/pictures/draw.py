"""Draws the evidence that customers send: `python -m scenarios.pictures.draw` writes every picture.

The same bytes each time: what looks accidental is drawn from the picture's name. Nothing in a
picture can be read as a fact: no sums, names or numbers of orders.
"""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Final

from scenarios.pictures import fruit, goods, parcels
from scenarios.pictures.canvas import Canvas

FOLDER: Final = Path(__file__).parent
PICTURES: Final[tuple[Callable[[Canvas], None], ...]] = (
    fruit.mouldy_strawberries, fruit.soft_cherries, fruit.black_mangoes, fruit.black_bananas,
    fruit.mouldy_blueberries, fruit.short_weight_scale, fruit.reused_photo, parcels.crushed_box,
    parcels.wet_parcel, parcels.sealed_box, parcels.shipping_label, parcels.wrong_item,
    parcels.leaking_bottle, parcels.invoice, goods.cracked_screen, goods.rash_arm,
    goods.torn_shirt, goods.scratched_furniture, goods.broken_cup, goods.measuring_tape,
)  # fmt: skip


def drawn(picture: Callable[[Canvas], None]) -> tuple[str, str]:
    """(file name, SVG text) of a picture."""
    name = picture.__name__.replace("_", "-")
    canvas = Canvas(name)
    picture(canvas)
    return f"{name}.svg", canvas.svg()


def main() -> None:
    """Write every picture beside this file."""
    for picture in PICTURES:
        name, svg = drawn(picture)
        (FOLDER / name).write_text(svg, encoding="utf-8", newline="\n")


if __name__ == "__main__":
    main()
