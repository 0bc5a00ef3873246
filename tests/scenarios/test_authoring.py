"""What the guide for trainers shows is what the program does, and its scenario proves itself."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from pydantic import BaseModel
from typer import Typer
from typer.testing import CliRunner

from kefu.check import check
from scenarios.parts import Change, When
from scenarios.schema import Persona, Scenario

ROOT = Path(__file__).parents[2]
GUIDES = {
    name: (ROOT / "docs" / name).read_text(encoding="utf-8")
    for name in ("authoring.md", "authoring.zh.md")
}
LINE = re.compile(r"^\| `([^`]+)` \| ", re.MULTILINE)


def example(guide: str) -> str:
    found = re.search(r"```yaml\n(format: 1\n.*?)```", guide, re.DOTALL)
    assert found is not None
    return found[1]


def test_both_guides_show_the_same_scenario() -> None:
    assert len({example(guide) for guide in GUIDES.values()}) == 1


@pytest.mark.slow
def test_the_scenario_shown_has_no_fault_and_its_paths_hold(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("KEFU_DATA", str(tmp_path / "data"))
    path = tmp_path / "broken-cup.yaml"
    path.write_text(example(GUIDES["authoring.md"]), encoding="utf-8")
    app = Typer()
    app.command()(check)
    result = CliRunner().invoke(app, [str(path)])
    assert (result.exit_code, result.stdout) == (0, "")


@pytest.mark.parametrize("guide", GUIDES)
@pytest.mark.parametrize("model", [When, Change])
def test_every_key_of_a_condition_is_described(guide: str, model: type[BaseModel]) -> None:
    assert set(model.model_fields) <= set(LINE.findall(GUIDES[guide]))


def test_the_english_guide_describes_keys_as_the_schema_does() -> None:
    for model in (When, Change):
        for name, field in model.model_fields.items():
            assert f"| `{name}` | {field.description} |" in GUIDES["authoring.md"]


@pytest.mark.parametrize("guide", GUIDES)
def test_every_part_of_a_file_is_spoken_of(guide: str) -> None:
    wanted = {*Scenario.model_fields, "insists", "below_law", "mistaken", "patience", "then"} - {
        "mood"
    }
    text = GUIDES[guide]
    assert not [name for name in sorted(wanted) if not re.search(rf"\b{name}\b", text)]
    assert {"insists", "patience", "then"} <= set(Persona.model_fields)


@pytest.mark.parametrize("guide", GUIDES)
def test_messages_shown_are_those_of_the_program(guide: str) -> None:
    """The words between names and numbers stand in the source as they are shown."""
    rooms = [ROOT / "scenarios" / "checks", ROOT / "simulator"]
    files = [path for room in rooms for path in room.glob("*.py")]
    source = " ".join(path.read_text(encoding="utf-8") for path in files)
    source = re.sub(r'"\s*f?"', "", source)
    shown = [found for found in LINE.findall(GUIDES[guide]) if " " in found]
    assert len(shown) >= 8
    for message in shown:
        for words in re.split(r"'\w+'|\d+\.?\d*|…|CN: ", message):
            assert words.strip() in source, (message, words)
