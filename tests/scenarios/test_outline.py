"""The few lines of a file that a shelf shows are the same as in the whole of it."""

from __future__ import annotations

from pathlib import Path

import pytest

from scenarios.load import known_scenarios, load_scenario
from scenarios.outline import outline, outlines
from transcripts.errors import InvalidFile

PARTS = ("id", "lang", "shelf", "topic", "level", "minutes", "rubric")


@pytest.mark.parametrize("name", ["rotten-fruit", "delayed-delivery-en", "price-haggler"])
def test_it_says_what_the_whole_file_says(name: str) -> None:
    whole = load_scenario(name)
    short = outline(whole.path)
    assert short.variants == len(whole.variants)
    for part in PARTS:
        assert getattr(short.head, part) == getattr(whole.variants[0], part)


def test_every_scenario_of_the_library_has_one() -> None:
    found, broken = outlines()
    assert broken == []
    assert {one.head.id for one in found} == set(known_scenarios())


def test_a_broken_one_is_named_and_hides_no_other(tmp_path: Path) -> None:
    (tmp_path / "mine.yaml").write_text("id: mine\nlevel: beginner\n", encoding="utf-8")
    found, broken = outlines([tmp_path])
    assert broken == ["mine"]
    assert len(found) == len(known_scenarios())


def test_a_file_is_read_again_when_it_was_changed(tmp_path: Path) -> None:
    text = (
        "id: mine\nlang: zh\nshelf: \"{words}\"\ntopic: {zh: 快递, en: Parcel}\nlevel: beginner\n"
        "minutes: 4\nvary:\n  - {words: 在吗}\n  - {words: 你好}\nrules: {nothing: of this}\n"
    )  # fmt: skip
    path = tmp_path / "mine.yaml"
    path.write_text(text, encoding="utf-8")
    assert (outline(path).head.shelf, outline(path).variants) == ("在吗", 2)
    path.write_text(text.replace("在吗", "有人在吗"), encoding="utf-8")
    assert outline(path).head.shelf == "有人在吗"
    path.write_text(text.replace("vary", "- vary"), encoding="utf-8")
    with pytest.raises(InvalidFile):
        outline(path)
