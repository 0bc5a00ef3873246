"""Other wordings of the good paths reach the same endings; they were written before any was tried.

How they were written and what they showed at first: docs/paraphrases.md.
"""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Any

import pytest

from benchmarks.paraphrases import (
    FOLDER,
    WAYS,
    Run,
    good_path,
    known,
    play,
    reworded,
    runs,
    share,
    ways_of,
    wordings,
)
from rubrics.yaml_file import read_yaml
from scenarios.load import known_scenarios
from simulator.paths import Prover
from tests.shipped import shipped_model

AT_LEAST = 0.9
"""The share of all that must end as the good path does."""


@pytest.fixture(scope="module")
def prover() -> Prover:
    return Prover(shipped_model())


def template(name: str) -> list[dict[str, Any]]:
    """The entries of a good path before `vary` fills them."""
    says: list[dict[str, Any]] = good_path(read_yaml(known_scenarios()[name]))["says"]
    return says


def test_there_are_enough_scenarios() -> None:
    assert len(known()) >= 14
    assert any(name.endswith("-en") for name in known())


@pytest.mark.parametrize("name", known())
def test_every_line_is_said_in_five_other_ways(name: str) -> None:
    lines = wordings(FOLDER / f"{name}.yaml")
    said = {number: entry["text"] for number, entry in enumerate(template(name)) if "text" in entry}
    assert set(lines) == set(said)
    for number, ways in lines.items():
        texts = {way if isinstance(way, str) else "\n".join(way) for way in ways}
        assert len(texts | {said[number]}) == WAYS + 1


@pytest.mark.parametrize("name", known())
def test_every_way_fits_the_scenario(name: str) -> None:
    for shelf in ways_of(name):
        assert shelf.id == name


def test_two_messages_are_two_entries() -> None:
    path = Path(known_scenarios()["rotten-fruit"])
    document = read_yaml(path)
    shelf = reworded(document, path, {0: ["对不起", "{fruit}怎么了？"], 3: "退 {due} 元"})
    entries = next(one for one in shelf.variants[0].paths if one.name == "good").says
    assert [entry.text for entry in entries[:2]] == ["对不起", "草莓怎么了？"]
    assert entries[1].after == 2
    assert entries[4].text == "退 30 元"
    first = template("rotten-fruit")[0]["text"]
    assert first != "对不起"  # the file read is left as it was


def held(found: Sequence[Run]) -> str:
    """What ended elsewhere."""
    return ", ".join(
        f"{run.scenario} way {run.way + 1} variant {run.variant + 1}: {run.ending}"
        for run in found
        if not run.reached
    )


@pytest.mark.slow
def test_a_sample_reaches_the_endings(prover: Prover) -> None:
    found = []
    for number, name in enumerate(known()[::3]):
        way = number % WAYS
        shelf = ways_of(name)[way]
        found.append(play(shelf, way, number % len(shelf.variants), prover))
    assert share(found) >= AT_LEAST - 0.1, held(found)


@pytest.mark.slow
def test_other_wordings_reach_the_same_endings(prover: Prover) -> None:
    found = [run for name in known() for run in runs(name, prover)]
    assert share(found) >= AT_LEAST, held(found)
