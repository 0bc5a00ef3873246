"""`kefu check` and `kefu schema`."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
import typer
from typer.testing import CliRunner

from grader.scorecard import CriterionResult, Evidence, Scorecard, to_json
from grader.shape import CriterionShape, ScorecardShape
from kefu.check import Bench, check, files_of
from kefu.file_kind import UNTOLD, kind_of
from kefu.fix import fix_file
from kefu.schema import KINDS, schema
from rubrics.load import LIBRARY
from rubrics.yaml_file import parse_yaml
from scenarios.checks.checked import shelves
from transcripts.errors import UnreadableInput
from transcripts.shape import TranscriptShape

GOLD = Path(__file__).parents[2] / ".." / "shared" / "gold" / "conversations_dev.jsonl"

GOOD = """\
format: 1
id: mine
name: {zh: 本店, en: Ours}
description: {zh: 本店, en: Ours}
criteria:
  conduct:
    kind: conduct
    weight: 1
    name: {zh: 规范, en: Conduct}
    description: {zh: 规范, en: Conduct}
    acts: {stall: 30}
"""
PARTS = Path(__file__).parents[1] / "scenarios"
SCENARIO = (PARTS / "valid.yaml").read_text(encoding="utf-8")
PERSONA = (PARTS / "plain-buyer.yaml").read_text(encoding="utf-8")
BAD = GOOD.replace("weight:", "wieght:").replace("stall", "stal").replace("kind: c", "kind: k")


@pytest.fixture
def app() -> typer.Typer:
    app = typer.Typer()
    app.command()(check)
    app.command()(schema)
    return app


def run(app: typer.Typer, *words: str) -> tuple[int, str]:
    result = CliRunner().invoke(app, list(words))
    if result.exception is not None and not isinstance(result.exception, SystemExit):
        raise result.exception
    return result.exit_code, result.stdout


@pytest.fixture(autouse=True)
def no_data_folder(
    tmp_path_factory: pytest.TempPathFactory, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("KEFU_DATA", str(tmp_path_factory.mktemp("data")))


def test_the_rubrics_have_no_faults(app: typer.Typer) -> None:
    assert run(app, "check", str(LIBRARY)) == (0, "")


def test_every_fault_of_every_file_is_printed(app: typer.Typer, tmp_path: Path) -> None:
    (tmp_path / "mine.yaml").write_text(GOOD, encoding="utf-8")
    (tmp_path / "bad.yaml").write_text(GOOD.replace("weight: 1", "weight: 0.9"), encoding="utf-8")
    (tmp_path / "tab.yml").write_text("format: 1\n\tid: x\n", encoding="utf-8")
    (tmp_path / "notes.txt").write_text("not a rubric", encoding="utf-8")
    status, printed = run(app, "check", str(tmp_path))
    assert status == 1
    lines = printed.splitlines()
    assert lines == [
        f"{tmp_path}/bad.yaml:2: id 'mine' and file name differ; name the file mine.yaml",
        f"{tmp_path}/bad.yaml:5: the weights sum to 0.9 (0.9); change them to sum to 1",
        f"{tmp_path}/tab.yml:2: a tab where YAML wants spaces; replace tabs by spaces",
    ]


def test_an_id_has_the_name_of_its_file(app: typer.Typer, tmp_path: Path) -> None:
    (tmp_path / "other.yaml").write_text(GOOD, encoding="utf-8")
    status, printed = run(app, "check", str(tmp_path / "other.yaml"))
    assert status == 1
    assert "other.yaml:2: id 'mine' and file name differ; name the file mine.yaml" in printed


def test_fix_corrects_names_and_tabs(app: typer.Typer, tmp_path: Path) -> None:
    path = tmp_path / "mine.yaml"
    path.write_bytes(BAD.replace("kind: k", "kind:   k").replace("\n", "\r\n").encode())
    status, printed = run(app, "check", "--fix", str(path))
    assert (status, path.read_bytes().decode()) == (
        0, GOOD.replace("kind: c", "kind:   c").replace("\n", "\r\n"),
    )  # fmt: skip
    assert "fixed: wieght is now weight" in printed
    assert fix_file(path, Bench(shelves()).faults) == []
    path.write_text(GOOD.replace("    kind", "\tkind").replace("    weight", "\tweight"))
    run(app, "check", "--fix", str(path))
    assert "\t" not in path.read_text()


def test_fix_leaves_what_it_cannot_cure(app: typer.Typer, tmp_path: Path) -> None:
    path = tmp_path / "mine.yaml"
    text = GOOD.replace("weight: 1", "weight: many")
    path.write_text(text, encoding="utf-8")
    status, printed = run(app, "check", "--fix", str(path))
    assert status == 1
    assert "mine.yaml:8: criteria.conduct.weight: a number is wanted, not 'many'" in printed
    assert path.read_text(encoding="utf-8") == text


def test_wrong_usage_is_said_before_any_work(tmp_path: Path) -> None:
    with pytest.raises(UnreadableInput, match=r"not found: .*none\.yaml"):
        files_of([tmp_path, tmp_path / "none.yaml"])
    with pytest.raises(UnreadableInput, match=r"no \.yaml file in this folder"):
        files_of([tmp_path])


@pytest.mark.parametrize("kind", sorted(KINDS))
def test_schemas_are_json(app: typer.Typer, kind: str) -> None:
    status, printed = run(app, "schema", kind)
    assert status == 0
    assert json.loads(printed)["title"] == f"kefu {kind}"


def test_an_unknown_kind_of_schema_is_refused() -> None:
    with pytest.raises(UnreadableInput, match="did you mean 'rubric'"):
        schema("rubrik")


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        (GOOD, "rubric"),
        (SCENARIO, "scenario"),
        (PERSONA, "persona"),
        ("criterai: {}", "rubric"),
        ("goals: {}\nformat: 1", "scenario"),
        ("line: {}\npatience: 3", "persona"),
        ("format: 1\nid: x\nname: {zh: x, en: x}", None),
        ("- a", None),
    ],
)
def test_the_kind_of_a_file_is_told_by_its_keys(text: str, kind: str | None) -> None:
    assert kind_of(parse_yaml(text, "x.yaml").data) == kind


def test_scenarios_rubrics_and_personas_of_one_folder(app: typer.Typer, tmp_path: Path) -> None:
    """A persona beside the scenario counts; a file that is none of them is named."""
    (tmp_path / "valid.yaml").write_text(SCENARIO, encoding="utf-8")
    status, printed = run(app, "check", "--no-paths", str(tmp_path))
    assert (status, "no persona 'plain-buyer'" in printed) == (1, True)
    (tmp_path / "plain-buyer.yaml").write_text(PERSONA, encoding="utf-8")
    (tmp_path / "mine.yaml").write_text(GOOD, encoding="utf-8")
    assert run(app, "check", "--no-paths", str(tmp_path)) == (0, "")
    (tmp_path / "what.yaml").write_text("a: 1\n", encoding="utf-8")
    assert run(app, "check", "--no-paths", str(tmp_path)) == (
        1, f"{tmp_path}/what.yaml:1: {UNTOLD}\n",
    )  # fmt: skip


def test_fix_corrects_scenarios(app: typer.Typer, tmp_path: Path) -> None:
    (tmp_path / "plain-buyer.yaml").write_text(PERSONA.replace("so:", "soo:"), encoding="utf-8")
    path = tmp_path / "valid.yaml"
    wrong = SCENARIO.replace("go: start", "go: strat").replace("market:", "markt:")
    path.write_text(wrong.replace('"尾号 {order}"', '"尾号 {ordr}"'), encoding="utf-8")
    status, printed = run(app, "check", "--no-paths", "--fix", str(tmp_path))
    assert (status, path.read_text(encoding="utf-8")) == (0, SCENARIO), printed
    assert (tmp_path / "plain-buyer.yaml").read_text(encoding="utf-8") == PERSONA


@pytest.mark.slow
def test_a_path_that_misses_its_ending_or_score_is_a_fault(
    app: typer.Typer, tmp_path: Path
) -> None:
    (tmp_path / "plain-buyer.yaml").write_text(PERSONA, encoding="utf-8")
    path = tmp_path / "valid.yaml"
    path.write_text(SCENARIO.replace("at_most: 59,", "at_most: 0,"), "utf-8")
    status, printed = run(app, "check", str(tmp_path))
    assert status == 1
    line = next(n for n, row in enumerate(SCENARIO.splitlines(), 1) if "name: over" in row)
    assert f"valid.yaml:{line}: variant 1: path 'over' scores " in printed
    assert "expected at most 0" in printed


def test_a_scorecard_has_the_described_shape() -> None:
    result = CriterionResult(
        "conduct", 1.0, 80.0, 0.9, (Evidence(0, "您好", 80.0, "…"),), rating=3.2
    )
    card = Scorecard(
        transcript="a", rubric_id="r", rubric_version="sha256:0", grader={}, overall=80.0,
        passed=True, critical=(), critical_evidence=(), coverage=1.0, gates=(),
        criteria={"conduct": result}, replies=(), customer=(), agents={}, unverified=(),
        confidence=0.9, review=False, incomplete=False,
    )  # fmt: skip
    row = to_json(card)
    ScorecardShape.model_validate(row)
    optional = {"overall_raw", "calibration", "because"}
    assert list(row) == [name for name in ScorecardShape.model_fields if name not in optional]
    assert set(row["criteria"]["conduct"]) <= set(CriterionShape.model_fields)


@pytest.mark.skipif(not GOLD.exists(), reason="no shared data beside the repository")
def test_transcripts_have_the_described_shape() -> None:
    for line in GOLD.read_text(encoding="utf-8").splitlines():
        TranscriptShape.model_validate_json(line)
