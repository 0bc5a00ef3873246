"""`kefu grade` around a fake grader: order, going on after a kill, exit status, files."""

from __future__ import annotations

import csv
import io
import json
import subprocess
import sys
from collections.abc import Callable
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import pytest
from openpyxl import load_workbook

from kefu.grade import check_order, run
from kefu.order import Order, model_folder
from store.sheets import plain
from transcripts.errors import KefuError, Refused, UnreadableInput

ROOT = Path(__file__).parents[2]
CRITERIA = ("empathy", "order")
STAMP = {"rubric": "sha256:a", "model": "sha256:b", "calibration": None}


def card(id: str, advice: str = "先道歉。") -> dict[str, Any]:
    """A scorecard with what tables read."""
    result = {"score": 61.5, "weight": 0.5, "advice": advice}
    return {
        "transcript": id,
        "rubric": {"id": "general", "version": "sha256:a"},
        "overall": 61.5,
        "passed": True,
        "critical": ["rude", "coerce"],
        "coverage": 0.9,
        "confidence": 0.8,
        "review": False,
        "criteria": {"empathy": result, "order": {"score": None, "weight": 0.5, "advice": None}},
    }


@dataclass
class Fake:
    """Grades by writing the id back; `on` says what happens at one of them."""

    on: dict[str, Callable[[], Any]]
    graded: list[str]
    key: str = "fake"

    def open(self) -> Callable[[str], str]:
        def make(text: str) -> str:
            id = json.loads(text)["id"]
            if id in self.on:
                self.on[id]()
            self.graded.append(id)
            return json.dumps(card(id), ensure_ascii=False)

        return make


def fake(**on: Callable[[], Any]) -> Fake:
    return Fake(on, [], key=f"fake {len(on)} {id(on)}")


def stop() -> None:
    raise KeyboardInterrupt


def line(id: str) -> str:
    return json.dumps({"id": id, "messages": [{"role": "agent", "text": "您好 13800138000"}]})


@pytest.fixture
def chats(tmp_path: Path) -> Path:
    """Ten conversations, one bad record in the middle."""
    path = tmp_path / "chats.jsonl"
    rows = [line(f"t{n}") for n in range(10)]
    rows.insert(5, '{"id": "bad", "phone": "13912345678"}')
    path.write_text("\n".join(rows) + "\n", encoding="utf-8")
    return path


@pytest.fixture
def order(chats: Path, tmp_path: Path) -> Order:
    return Order(files=(str(chats),), output=tmp_path / "out.jsonl")


def ids(path: Path) -> list[str]:
    return [json.loads(row)["transcript"] for row in path.read_text("utf-8").splitlines()]


ALL = [f"t{n}" for n in range(10)]


def test_results_stand_in_input_order_and_rejects_beside(order: Order, chats: Path) -> None:
    assert order.output is not None
    assert run(order, fake(), CRITERIA, STAMP) == 1
    assert ids(order.output) == ALL
    (reject,) = Path(f"{chats}.rejects.jsonl").read_text("utf-8").splitlines()
    assert json.loads(reject)["line"] == 6
    assert "13912345678" not in reject
    assert sorted(path.name for path in chats.parent.iterdir()) == [
        "chats.jsonl", "chats.jsonl.rejects.jsonl", "out.jsonl",
    ]  # fmt: skip


def test_without_rejects_the_status_is_0_and_an_old_file_goes(chats: Path, order: Order) -> None:
    chats.write_text(line("a") + "\n", encoding="utf-8")
    old = Path(f"{chats}.rejects.jsonl")
    old.write_text("old", encoding="utf-8")
    assert run(order, fake(), CRITERIA, STAMP) == 0
    assert not old.exists()


def test_an_interrupted_run_says_how_to_go_on_and_goes_on(
    order: Order, chats: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert order.output is not None
    order.output.write_text("what was there before", encoding="utf-8")
    assert run(order, fake(t7=stop), CRITERIA, STAMP) == 130
    (told,) = capsys.readouterr().err.splitlines()
    assert "out.jsonl.part" in told
    assert order.output.read_text("utf-8") == "what was there before"
    assert not Path(f"{chats}.rejects.jsonl").exists()
    second = fake()
    assert run(order, second, CRITERIA, STAMP) == 1
    assert second.graded == ALL[7:]
    assert ids(order.output) == ALL
    assert len(Path(f"{chats}.rejects.jsonl").read_text("utf-8").splitlines()) == 1


@pytest.mark.parametrize("torn", [b'{"transcript": "t7", "ru', b"\0" * 40, b"\0\0\n"])
def test_a_torn_last_line_is_cut(order: Order, torn: bytes) -> None:
    assert order.output is not None
    run(order, fake(t7=stop), CRITERIA, STAMP)
    with Path(f"{order.output}.part").open("ab") as file:
        file.write(torn)
    second = fake()
    run(order, second, CRITERIA, STAMP)
    assert second.graded == ALL[7:]
    assert ids(order.output) == ALL


@pytest.mark.parametrize(
    ("what", "change", "stamp"),
    [
        ("rubric", {}, {"rubric": "sha256:other"}),
        ("model", {}, {"model": "sha256:other"}),
        ("calibration", {}, {"calibration": "sha256:c"}),
        ("options", {"mask": False}, {}),
    ],
)
def test_another_run_is_refused_unless_restarted(
    order: Order, what: str, change: dict[str, Any], stamp: dict[str, Any]
) -> None:
    assert order.output is not None
    run(order, fake(t7=stop), CRITERIA, STAMP)
    changed = replace(order, **change)
    untouched = fake()
    with pytest.raises(Refused, match=f"another {what}.*--restart"):
        run(changed, untouched, CRITERIA, STAMP | stamp)
    assert untouched.graded == []
    run(replace(changed, restart=True), untouched, CRITERIA, STAMP | stamp)
    assert untouched.graded == ALL
    assert ids(order.output) == ALL


def test_a_changed_input_is_refused(order: Order, chats: Path) -> None:
    run(order, fake(t7=stop), CRITERIA, STAMP)
    chats.write_text(chats.read_text("utf-8") + line("new") + "\n", encoding="utf-8")
    with pytest.raises(Refused, match="another input"):
        run(order, fake(), CRITERIA, STAMP)


@pytest.mark.parametrize("state", [None, "{", "[]", '{"format": 1}'])
def test_a_part_of_unknown_origin_is_refused(order: Order, state: str | None) -> None:
    run(order, fake(t7=stop), CRITERIA, STAMP)
    file = Path(f"{order.output}.part.state")
    file.unlink()
    if state is not None:
        file.write_text(state, encoding="utf-8")
    with pytest.raises(Refused, match="--restart"):
        run(order, fake(), CRITERIA, STAMP)


def test_a_conversation_that_breaks_the_grader_is_a_reject(order: Order, chats: Path) -> None:
    assert order.output is not None
    work = fake(t2=lambda: 1 / 0, t7=stop)
    assert run(order, work, CRITERIA, STAMP) == 130
    assert run(order, fake(t2=lambda: 1 / 0), CRITERIA, STAMP) == 1
    assert ids(order.output) == [id for id in ALL if id != "t2"]
    rejects = Path(f"{chats}.rejects.jsonl").read_text("utf-8").splitlines()
    assert len(rejects) == 2
    broken = json.loads(rejects[0])
    assert "ZeroDivisionError" in broken["reason"]
    assert json.loads(broken["record"])["id"] == "t2"
    assert "13800138000" not in rejects[0]


HOLDS = """
import sys
from pathlib import Path
from kefu.part import Part

with Part(Path(sys.argv[1]), {"rubric": "a"}) as part:
    part.write('{"transcript": "t0"}')
    print("writing", flush=True)
    sys.stdin.read()
"""


def test_a_second_run_for_one_output_is_refused(order: Order) -> None:
    assert order.output is not None
    command = [sys.executable, "-c", HOLDS, str(order.output)]
    pipes = {"stdin": subprocess.PIPE, "stdout": subprocess.PIPE}
    with subprocess.Popen(command, cwd=ROOT, text=True, **pipes) as first:  # type: ignore[call-overload]
        assert first.stdout.readline() == "writing\n"
        untouched = fake()
        for restart in (False, True):
            with pytest.raises(UnreadableInput, match=r"out\.jsonl: another kefu grade is writing"):
                run(replace(order, restart=restart), untouched, CRITERIA, STAMP)
        assert untouched.graded == []
        assert ids(Path(f"{order.output}.part")) == ["t0"]
        first.kill()
    # The killed run left its lock file behind; the system has taken the lock back.
    assert Path(f"{order.output}.part.lock").exists()
    run(replace(order, restart=True), fake(), CRITERIA, STAMP)
    assert ids(order.output) == ALL
    assert not Path(f"{order.output}.part.lock").exists()


KILLED = """
import json, os, sys
from pathlib import Path
from kefu.grade import run
from kefu.order import Order

class Deadly:
    key = "deadly"
    def open(self):
        def make(text):
            id = json.loads(text)["id"]
            if id == sys.argv[3]:
                os.kill(os.getpid(), 9)
            return json.dumps({"transcript": id, "advice": "句" * 5000}, ensure_ascii=False)
        return make

order = Order(files=(sys.argv[1],), output=Path(sys.argv[2]))
sys.exit(run(order, Deadly(), (), {"rubric": "a"}))
"""


@pytest.mark.slow
def test_a_killed_run_goes_on_to_the_same_bytes(chats: Path, tmp_path: Path) -> None:
    def start(output: str, dies_at: str) -> int:
        command = [sys.executable, "-c", KILLED, str(chats), str(tmp_path / output), dies_at]
        return subprocess.run(command, cwd=ROOT, check=False, stderr=subprocess.DEVNULL).returncode

    assert start("whole.jsonl", "") == 1
    assert start("killed.jsonl", "t6") == -9
    assert ids(tmp_path / "killed.jsonl.part") == ALL[:6]
    assert start("killed.jsonl", "") == 1
    assert (tmp_path / "killed.jsonl").read_bytes() == (tmp_path / "whole.jsonl").read_bytes()
    left = {path.name for path in tmp_path.iterdir()}
    assert left == {"chats.jsonl", "chats.jsonl.rejects.jsonl", "whole.jsonl", "killed.jsonl"}


TITLES = [
    "transcript", "rubric", "rubric_version", "overall", "passed", "critical", "coverage", "review",
    "confidence", "empathy_score", "empathy_advice", "order_score", "order_advice",
]  # fmt: skip


def test_a_csv_of_cards(order: Order, tmp_path: Path) -> None:
    output = tmp_path / "out.csv"
    run(replace(order, output=output), fake(t7=stop), CRITERIA, STAMP)
    run(replace(order, output=output), fake(), CRITERIA, STAMP)
    with output.open(encoding="utf-8", newline="") as file:
        rows = list(csv.reader(file))
    assert rows[0] == TITLES
    assert rows[1] == [
        "t0", "general", "sha256:a", "61.5", "true", "rude;coerce", "0.9", "false", "0.8", "61.5",
        "先道歉。", "", "",
    ]  # fmt: skip
    assert [row[0] for row in rows[1:]] == ALL
    assert not (tmp_path / "out.csv.part").exists()


def test_an_xlsx_of_cards(order: Order, tmp_path: Path) -> None:
    output = tmp_path / "out.xlsx"
    run(replace(order, output=output), fake(), CRITERIA, STAMP)
    rows = list(load_workbook(output, read_only=True).worksheets[0].values)
    assert list(rows[0]) == TITLES
    assert [row[0] for row in rows[1:]] == ALL
    assert rows[1][3:5] == (61.5, True)


@pytest.mark.parametrize("text", ["=1+1", "+86", "-2", "@x", "\t=1", "\r=1"])
def test_cells_are_never_formulas(text: str) -> None:
    assert plain(text) == "'" + text
    assert plain("您好" + text) == "您好" + text
    assert plain(-2.0) == -2.0
    assert plain("a\0b") == "ab"


def test_an_xlsx_keeps_formulas_as_text(order: Order, chats: Path, tmp_path: Path) -> None:
    chats.write_text(line("=HYPERLINK(1)") + "\n", encoding="utf-8")
    output = tmp_path / "out.xlsx"
    run(replace(order, output=output), fake(), CRITERIA, STAMP)
    cell = load_workbook(output).worksheets[0]["A2"]
    assert (cell.value, cell.data_type) == ("'=HYPERLINK(1)", "s")


def test_standard_input_to_standard_output(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], chats: Path
) -> None:
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(chats.read_bytes())))
    out = io.TextIOWrapper(io.BytesIO(), encoding="ascii")
    monkeypatch.setattr(sys, "stdout", out)
    assert run(Order(files=("-",)), fake(), CRITERIA, STAMP) == 1
    written = out.buffer.getvalue().decode("utf-8")
    assert [json.loads(row)["transcript"] for row in written.splitlines()] == ALL
    assert '"line": 6' in capsys.readouterr().err


def test_standard_input_can_be_gone_on_with(
    monkeypatch: pytest.MonkeyPatch, chats: Path, tmp_path: Path
) -> None:
    order = Order(files=("-",), output=tmp_path / "out.jsonl")
    for work, left in ((fake(t7=stop), ALL[:7]), (second := fake(), ALL[7:])):
        monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(chats.read_bytes())))
        run(order, work, CRITERIA, STAMP)
        assert work.graded == left
    assert ids(tmp_path / "out.jsonl") == ALL
    assert second.graded == ALL[7:]


@pytest.mark.parametrize("width", ["80", "160"])
def test_a_table_on_the_screen(
    width: str,
    chats: Path,
    capsys: pytest.CaptureFixture[str],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setenv("COLUMNS", width)
    assert run(Order(files=(str(chats),), screen=True), fake(), CRITERIA, STAMP) == 1
    shown = capsys.readouterr().out
    assert all(
        word in shown for word in ("transcript", "overall", "review", "t9", "61.5", "先道歉。")
    )


@pytest.mark.parametrize(
    ("change", "told"),
    [
        ({"output": Path("out.doc")}, "must end in .jsonl, .csv, .xlsx"),
        ({"output": Path("nowhere/out.jsonl")}, "no folder"),
        ({"output": Path("in.jsonl"), "files": ("in.jsonl",)}, "is an input as well"),
        ({"rejects": Path("in.jsonl"), "files": ("in.jsonl",)}, "is an input as well"),
        ({"output": Path("o.jsonl"), "rejects": Path("o.jsonl")}, "is the output as well"),
    ],
)
def test_places_that_cannot_be(change: dict[str, Any], told: str) -> None:
    with pytest.raises(UnreadableInput, match=told):
        check_order(replace(Order(files=("x",)), **change))


def test_unreadable_inputs_are_said_before_any_work(tmp_path: Path) -> None:
    order = Order(files=(str(tmp_path / "none.csv"),), output=tmp_path / "out.jsonl")
    with pytest.raises(KefuError, match="no such file"):
        run(order, fake(), CRITERIA, STAMP)
    assert list(tmp_path.iterdir()) == []


def test_heads_of_another_encoder_are_found_in_the_data_folder(tmp_path: Path) -> None:
    folder = tmp_path / "models" / "minilm"
    folder.mkdir(parents=True)
    (folder / "model.json").write_text('{"encoder": "sentence-transformers:x@0"}', encoding="utf-8")
    assert model_folder(tmp_path, "sentence-transformers:x@0") == str(folder)
    assert model_folder(tmp_path, "embedded") is None
