"""The studio as plain functions: drafts, versions, checks, publication."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from rubrics.load import load_rubric
from scenarios.load import load_scenario
from store.declined import Declined
from store.people import Person
from store.published import lay_out, published
from store.versions import in_use, versions
from tests.web.studio.conftest import CLEAN, Told
from web.services import Services
from web.studio.shelf import Kind, entries, entry, heading
from web.studio.writing import Writing, begin_copy
from web.teaching.library import compared

Make = Callable[[Kind], Writing]
NAME = "storm-notice"


def saved(studio: Writing, me: Person, **changes: str) -> dict[str, Any]:
    """The text with some words replaced, saved."""
    opened = studio.open(me, {"name": NAME})
    text = opened["text"]
    for old, new in changes.items():
        assert old in text
        text = text.replace(old, new)
    return studio.save(me, {"name": NAME, "text": text, "basis": opened["basis"]})


def test_a_draft_outlives_the_page(writing: Make, services: Services, me: Person) -> None:
    studio = writing("scenario")
    opened = studio.open(me, {"name": NAME})
    assert (opened["origin"], opened["newest"], opened["begun_at"]) == ("shipped", 0, None)
    body = {"name": NAME, "text": opened["text"] + "# 未完", "saved": opened["saved"], "basis": 0}
    assert studio.draft(me, body)["at"] == "03-02 10:00:00"
    again = writing("scenario").open(me, {"name": NAME})
    assert again["text"].endswith("# 未完")
    assert not again["saved"].endswith("# 未完")
    assert writing("scenario").discard(me, {"name": NAME})["text"] == opened["text"]


def test_a_draft_is_ones_own(writing: Make, me: Person, other: Person) -> None:
    studio = writing("scenario")
    studio.draft(me, {"name": NAME, "text": "x", "saved": "", "basis": 0})
    assert studio.open(other, {"name": NAME})["text"] != "x"


def test_a_first_change_keeps_what_came_along(
    writing: Make, services: Services, me: Person
) -> None:
    answer = saved(writing("scenario"), me, beginner="advanced")
    assert answer["number"] == 2
    old = versions(services.store, "scenario", NAME)[1]
    assert (old.number, old.remark) == (1, "随附的内容")
    assert "beginner" in old.text


def test_nobody_saves_over_somebody_else(writing: Make, me: Person, other: Person) -> None:
    studio = writing("scenario")
    saved(studio, me, beginner="advanced")
    opened = studio.open(other, {"name": NAME})
    saved(studio, me, advanced="intermediate")
    late = {"name": NAME, "text": opened["text"] + "\n", "basis": opened["basis"]}
    assert "第 3 版" in studio.save(other, late)["refused"]


def test_published_is_what_is_practised(
    writing: Make, services: Services, me: Person, proofs: Told
) -> None:
    studio = writing("scenario")
    saved(studio, me, beginner="advanced")
    search = services.folders.scenarios
    assert load_scenario(NAME, search).variants[0].level == "beginner"

    proofs.result = None
    assert studio.publish(me, {"name": NAME, "number": 2}) == {"done": 2, "all": 5}
    proofs.result = CLEAN
    assert studio.publish(me, {"name": NAME, "number": 2})["published"] == 2
    assert load_scenario(NAME, search).variants[0].level == "advanced"
    assert entry(services, "scenario", NAME).origin == "studio"

    assert studio.publish(me, {"name": NAME, "number": 1})["published"] == 1
    assert load_scenario(NAME, search).variants[0].level == "beginner"


def test_only_a_clean_check_is_published(
    writing: Make, services: Services, me: Person, proofs: Told
) -> None:
    studio = writing("scenario")
    saved(studio, me, **{"level: beginner": "levl: beginner"})
    answer = studio.publish(me, {"name": NAME, "number": 2})
    assert "refused" in answer
    assert {(one["line"], one["text"]) for one in answer["faults"]} >= {(9, "levl: beginner")}
    fault = {"line": 80, "text": "", "cure": "variant 1: path 'good' scores 12.0, expected 85"}
    proofs.result = {**CLEAN, "paths": [{**CLEAN["paths"][0], "faults": [fault]}]}
    saved(studio, me, **{"levl: beginner": "level: beginner"})
    assert "1 处问题" in studio.publish(me, {"name": NAME, "number": 3})["refused"]
    assert in_use(services.store, "scenario") == []


def test_the_files_are_made_from_the_store(writing: Make, services: Services, me: Person) -> None:
    studio = writing("scenario")
    saved(studio, me, beginner="advanced")
    studio.publish(me, {"name": NAME, "number": 2})
    folder = published(services.folders.data, "scenario")
    (folder / f"{NAME}.yaml").unlink()
    (folder / "stray.yaml").write_text("x")
    lay_out(services.store, services.folders.data)
    assert [path.name for path in folder.iterdir()] == [f"{NAME}.yaml"]


def test_a_rubric_with_wrong_weights_is_not_published(
    writing: Make, services: Services, me: Person
) -> None:
    studio = writing("rubric")
    opened = studio.open(me, {"name": "presale"})
    wrong = opened["text"].replace("weight: 0.08", "weight: 0.18", 1)
    checked = studio.check(me, {"name": "presale", "text": wrong})
    assert not checked["measures"]["whole"]
    assert "1.1" in checked["faults"][0]["cure"]
    studio.save(me, {"name": "presale", "text": wrong, "basis": 0})
    assert "refused" in studio.publish(me, {"name": "presale", "number": 2})
    right = opened["text"].replace("pass_mark: 60", "pass_mark: 70")
    studio.save(me, {"name": "presale", "text": right, "basis": 2})
    assert studio.publish(me, {"name": "presale", "number": 3})["published"] == 3
    assert load_rubric("presale", services.folders.rubrics).pass_mark == 70


def test_states_in_sentences(writing: Make, me: Person) -> None:
    studio = writing("scenario")
    checked = studio.check(me, {"name": NAME, "text": studio.open(me, {"name": NAME})["text"]})
    first = checked["story"][0]
    assert first["first"]
    assert first["rules"][0]["text"].startswith("当客服说到“台风停运包裹要晚两天到”")
    assert len(checked["variants"]) == 4


def test_help_where_the_cursor_stands(writing: Make, me: Person) -> None:
    answer = writing("scenario").help(me, {"text": "format: 1\nlevel: x\n", "line": 2})
    level = next(one for one in answer["keys"] if one["name"] == "level")
    assert (answer["here"], level["meaning"], level["needed"]) == ("level", "难度", True)


def test_an_unknown_name_is_told(writing: Make, me: Person) -> None:
    assert "refused" in writing("scenario").open(me, {})
    assert "refused" in writing("scenario").draft(me, {"name": "../x", "text": "x"})


def test_a_copy_has_its_own_name(services: Services, me: Person) -> None:
    begin_copy(services, "scenario", NAME, "late-cake", me)
    found = {one.name: one for one in entries(services, "scenario")}
    assert not found["late-cake"].in_use
    assert heading(found["late-cake"].text)["id"] == "late-cake"
    with pytest.raises(Declined):
        begin_copy(services, "scenario", NAME, "late-cake", me)
    with pytest.raises(Declined):
        begin_copy(services, "scenario", NAME, "Späte Torte", me)


def test_a_comparison_has_the_numbers_of_both() -> None:
    lines = compared("a\nb\nc\n", "a\nB\nc\n")
    assert [(one["sign"], one["old"], one["new"], one["text"]) for one in lines[1:]] == [
        (" ", 1, 1, "a"), ("-", 2, "", "b"), ("+", "", 2, "B"), (" ", 3, 3, "c"),
    ]  # fmt: skip
