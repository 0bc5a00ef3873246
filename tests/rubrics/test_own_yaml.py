"""The package's own YAML files, read quickly, hold what the careful reader finds in them."""

from __future__ import annotations

from pathlib import Path

import pytest

from rubrics.load import LIBRARY, known_rubrics, load_rubric, rubric_of
from rubrics.own_yaml import own_yaml
from rubrics.yaml_file import parse_yaml, read_yaml

ROOT = Path(__file__).parents[2]
FOLDERS = ("rubrics", "rubrics/library", "grader/wording", "web/text")
FILES = sorted(path for folder in FOLDERS for path in (ROOT / folder).glob("*.yaml"))
FLOOR = ROOT / "rubrics" / "legal_floor.yaml"
"""Has aliases, which the reader of people's files refuses."""


@pytest.mark.parametrize(
    "path",
    [path for path in FILES if path != FLOOR],
    ids=lambda path: f"{path.parent.name}/{path.name}",
)
def test_both_readers_find_the_same(path: Path) -> None:
    text = path.read_text(encoding="utf-8")
    assert own_yaml(text) == parse_yaml(text, path.name).data


def test_plain_values_are_those_of_files_that_people_write() -> None:
    text = (
        "a: [yes, No, on, 12:30, 2026-03-02, 1_000, 0x10, .5, -1., +3, 1e3, ~, null, True]\n"
        "b: 'true'\nc:\nno: \"7\"\n"
    )
    quick, careful = own_yaml(text), parse_yaml(text, "x").data
    careful["a"][careful["a"].index(1000.0)] = "1e3"  # a point makes a number a fraction here
    assert quick == careful
    assert list(map(type, quick["a"])) == list(map(type, careful["a"]))


def test_the_library_is_sound_by_the_careful_reader() -> None:
    for name, path in known_rubrics().items():
        assert path.parent == LIBRARY
        assert rubric_of(read_yaml(path)) == load_rubric(name)
