"""The shipped scenarios and personas: no faults, and names by their language."""

from __future__ import annotations

from pathlib import Path

import pytest

from rubrics.yaml_file import read_yaml
from scenarios.checks.checked import Shelves, shelves
from scenarios.checks.persona import persona_faults
from scenarios.checks.scenario import scenario_faults
from scenarios.load import LIBRARY, PERSONAS, load_scenario

SCENARIOS = sorted(LIBRARY.glob("*.yaml"))
ENDS = {"en": "-en", "zh-Hant": "-hant"}


@pytest.fixture(scope="module")
def known() -> Shelves:
    return shelves()


@pytest.mark.parametrize("path", SCENARIOS, ids=lambda path: path.stem)
def test_a_scenario_has_no_faults(path: Path, known: Shelves) -> None:
    assert not scenario_faults(read_yaml(path), known)


@pytest.mark.parametrize("path", sorted(PERSONAS.glob("*.yaml")), ids=lambda path: path.stem)
def test_a_persona_has_no_faults(path: Path) -> None:
    assert not persona_faults(read_yaml(path))


@pytest.mark.parametrize("path", SCENARIOS, ids=lambda path: path.stem)
def test_names_tell_the_language(path: Path) -> None:
    lang = load_scenario(path).variants[0].lang
    ending = ENDS.get(lang, "")
    assert path.stem.endswith(ending)
    assert ending or not path.stem.endswith(tuple(ENDS.values()))
