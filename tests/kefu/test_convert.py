"""`kefu convert`: exit codes, files, masking of rejects, and that converting twice is once."""

from __future__ import annotations

import io
import json
import sys
from pathlib import Path

import pytest
import typer

from kefu.convert import convert
from transcripts.errors import KefuError

TABLE = """会话ID,时间,角色,内容
a,2026-03-02 10:00:00,客户,我的电话13800138000
a,昨天,客服,打13912345678
b,2026-03-02 10:00:00,客户,在吗
"""


@pytest.fixture
def table(tmp_path: Path) -> Path:
    path = tmp_path / "chats.csv"
    path.write_text(TABLE, encoding="utf-8")
    return path


def test_texts_stay_and_rejects_are_masked(table: Path, tmp_path: Path) -> None:
    out = tmp_path / "out.jsonl"
    with pytest.raises(typer.Exit) as done:
        convert([str(table)], output=str(out))
    assert done.value.exit_code == 1
    rows = [json.loads(row) for row in out.read_text("utf-8").splitlines()]
    assert [row["id"] for row in rows] == ["a", "b"]
    assert rows[0]["incomplete"] is True
    assert rows[0]["messages"][0]["text"] == "我的电话13800138000"
    (reject,) = (tmp_path / "chats.csv.rejects.jsonl").read_text("utf-8").splitlines()
    assert json.loads(reject)["line"] == 3
    assert "13912345678" not in reject
    with pytest.raises(typer.Exit):
        convert([str(table)], output=str(out), no_mask=True)
    assert "13912345678" in (tmp_path / "chats.csv.rejects.jsonl").read_text("utf-8")


def test_converting_twice_is_converting_once(table: Path, tmp_path: Path) -> None:
    once, twice = tmp_path / "once.jsonl", tmp_path / "twice.jsonl"
    with pytest.raises(typer.Exit):
        convert([str(table)], output=str(once))
    convert([str(once)], output=str(twice))
    assert once.read_bytes() == twice.read_bytes()
    assert not (tmp_path / "once.jsonl.rejects.jsonl").exists()


def test_rejects_may_go_elsewhere(table: Path, tmp_path: Path) -> None:
    place = tmp_path / "bad.jsonl"
    with pytest.raises(typer.Exit):
        convert([str(table)], output=str(tmp_path / "out.jsonl"), rejects=place)
    assert len(place.read_text("utf-8").splitlines()) == 1
    assert not (tmp_path / "chats.csv.rejects.jsonl").exists()


def test_from_standard_input_to_standard_output(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(TABLE.encode())))
    out = io.TextIOWrapper(io.BytesIO(), encoding="ascii")
    monkeypatch.setattr(sys, "stdout", out)
    with pytest.raises(typer.Exit):
        convert(["-"])
    written = out.buffer.getvalue().decode("utf-8")  # type: ignore[attr-defined]
    assert [json.loads(row)["id"] for row in written.splitlines()] == ["a", "b"]
    assert '"line": 3' in capsys.readouterr().err


@pytest.mark.parametrize(
    ("files", "options", "told"),
    [
        (["none.csv"], {}, "no such file"),
        (["-", "-"], {}, "stands twice"),
        (["none.csv"], {"format": "doc"}, "--format doc"),
        (["none.csv"], {"timezone": "Mars"}, "Asia/Shanghai"),
    ],
)
def test_what_cannot_be_done_is_said_before_any_work(
    files: list[str], options: dict[str, str], told: str, tmp_path: Path
) -> None:
    out = tmp_path / "out.jsonl"
    with pytest.raises(KefuError, match=told):
        convert(files, output=str(out), **options)  # type: ignore[arg-type]
    assert list(tmp_path.iterdir()) == []


def test_an_output_that_cannot_be_written(table: Path, tmp_path: Path) -> None:
    with pytest.raises(KefuError, match="--output"):
        convert([str(table)], output=str(tmp_path / "no" / "folder.jsonl"))
    assert [path.name for path in tmp_path.iterdir()] == ["chats.csv"]
