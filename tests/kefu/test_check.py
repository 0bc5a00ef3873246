"""`kefu check` and `kefu schema`."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
import typer
from typer.testing import CliRunner

from grader.scorecard import CriterionResult, Evidence, Scorecard, to_json
from grader.shape import CriterionShape, ScorecardShape
from kefu.check import check, files_of, fix_file
from kefu.schema import KINDS, schema
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


def test_the_library_has_no_faults(app: typer.Typer) -> None:
    assert run(app, "check") == (0, "")


def test_every_fault_of_every_file_is_printed(app: typer.Typer, tmp_path: Path) -> None:
    (tmp_path / "mine.yaml").write_text(GOOD, encoding="utf-8")
    (tmp_path / "bad.yaml").write_text(GOOD.replace("weight: 1", "weight: 0.9"), encoding="utf-8")
    (tmp_path / "tab.yml").write_text("format: 1\n\tid: x\n", encoding="utf-8")
    (tmp_path / "notes.txt").write_text("not a rubric", encoding="utf-8")
    status, printed = run(app, "check", str(tmp_path))
    assert status == 1
    lines = printed.splitlines()
    assert lines == [
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
    assert fix_file(path) == []
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


@pytest.mark.parametrize("kind", ["scenario", "persona"])
def test_schemas_of_later_versions_are_refused(kind: str) -> None:
    with pytest.raises(UnreadableInput, match="not available in this version"):
        schema(kind)
    with pytest.raises(UnreadableInput, match="did you mean 'rubric'"):
        schema("rubrik")


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
