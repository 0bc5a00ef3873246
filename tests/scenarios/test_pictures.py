"""Evidence pictures: drawn by the script, small, and without anything that could be a fact."""

from __future__ import annotations

import xml.etree.ElementTree as ET

import pytest

from scenarios.pictures.draw import FOLDER, PICTURES, drawn

MOST_BYTES = 6_000
WORDS = {"EXPRESS", "发 票  INVOICE", "2021 07 16", "1", "2", "3", "4"}


@pytest.mark.parametrize("picture", PICTURES, ids=lambda picture: picture.__name__)
def test_a_picture_is_what_the_script_draws(picture: object) -> None:
    name, svg = drawn(picture)  # type: ignore[arg-type]
    assert (FOLDER / name).read_text(encoding="utf-8") == svg
    assert len(svg.encode()) <= MOST_BYTES
    shapes = list(ET.fromstring(svg).iter())
    assert len(shapes) > 10
    assert {shape.text for shape in shapes if shape.text} <= WORDS


def test_no_picture_is_left_over() -> None:
    names = {drawn(picture)[0] for picture in PICTURES}
    assert {path.name for path in FOLDER.glob("*.svg")} == names
    assert len(names) == len(PICTURES)
