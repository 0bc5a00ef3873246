"""`kefu import` and what comes after, around a fake grader: nothing lost, nothing twice, nothing
personal kept."""

from __future__ import annotations

import csv
import json
import os
import signal
import subprocess
import sys
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from openpyxl import load_workbook
from typer.testing import CliRunner

from grader.batch import grade_each
from kefu.commands import commands
from kefu.importing import read_in
from kefu.order import Order
from kefu.worker import LEASE, free_dead, work_off
from rubrics.load import load_rubric
from store import reading
from store.database import Store
from store.imports import claim, imported, rejects
from store.opening import open_store
from store.overrides import override_score
from store.people import first_person
from store.published import lay_out, published
from store.retention import forget_import, prune
from store.versions import publish, save_version
from transcripts.errors import KefuError

ROOT = Path(__file__).parents[2]
RUBRIC = load_rubric("general")
NOW = datetime(2026, 3, 2, tzinfo=UTC)
PHONE, NICK, MAIL = "13987654321", "蓝色妖姬88", "liu@mail.example"


@dataclass
class Fake:
    """Grades by echo; notes the ids it graded, and what happens `on` one of them."""

    graded: list[str]
    on: dict[str, Callable[[], Any]]
    key: str = ""

    def open(self) -> Callable[[str], str]:
        def make(text: str) -> str:
            row = json.loads(text)
            if row["id"] in self.on:
                self.on[row["id"]]()
            self.graded.append(row["id"])
            return json.dumps(card(row["id"], row["messages"][0]["text"]), ensure_ascii=False)

        return make


def fake(**on: Callable[[], Any]) -> Fake:
    return Fake([], on, key=f"fake {id(on)}")


def card(id: str, quote: str = "") -> dict[str, Any]:
    result = {"kind": "x", "score": 80.0, "confidence": 0.9, "advice": quote, "rating": None}
    return {
        "transcript": id,
        "rubric": {"id": "general", "version": RUBRIC.version},
        "grader": {"version": "1", "encoder": "e", "model": "m"},
        "overall": 80.0, "passed": True, "critical": [], "coverage": 1.0,
        "criteria": {name: result | {"weight": s.weight} for name, s in RUBRIC.criteria.items()},
        "agents": {"小李": {"overall": 80.0, "criteria": {"empathy": 80.0}}},
        "confidence": 0.9, "review": False,
    }  # fmt: skip


def chats(path: Path, count: int) -> Path:
    """Conversations full of personal data, and one record that cannot be read."""
    rows = [
        json.dumps({"id": f"c{n}", "customer": NICK, "phone": PHONE, "messages": [
            {"role": "customer", "sender": NICK, "text": f"我是{NICK}，电话{PHONE}"},
            {"role": "agent", "sender": "小李", "text": f"邮箱{MAIL}对吗"}]}, ensure_ascii=False)
        for n in range(count)
    ]  # fmt: skip
    rows.insert(1, json.dumps({"id": f"{NICK}", "messages": PHONE}, ensure_ascii=False))
    path.write_text("\n".join(rows) + "\n", encoding="utf-8")
    return path


@pytest.fixture
def store(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Store]:
    monkeypatch.setenv("KEFU_DATA", str(tmp_path / "data"))
    with open_store(tmp_path / "data") as opened:
        yield opened


@pytest.fixture
def order(tmp_path: Path) -> Order:
    return Order(files=(str(chats(tmp_path / f"{PHONE}.jsonl", 150)),))


def work(store: Store, made: Fake, only: int | None = None) -> int:
    return work_off(store, lambda _: made, grade_each, lambda: NOW, only=only)


ALL = [f"c{n}" for n in range(150)]


def test_everything_is_read_and_graded_once(store: Store, order: Order) -> None:
    job, bad = read_in(store, order, RUBRIC)
    first = fake()
    assert work(store, first) == 1
    assert first.graded == ALL
    done = imported(store, job.id)
    assert (done.state, done.total, done.graded, done.rejected, bad) == ("done", 150, 150, 1, 1)
    again, bad = read_in(store, order, RUBRIC)
    assert (again.id, bad) == (job.id, 1)
    assert work(store, fake()) == 0
    assert store.value("SELECT count(*) FROM conversations") == 150


def test_another_rubric_is_another_import(store: Store, order: Order) -> None:
    one, _ = read_in(store, order, RUBRIC)
    other, _ = read_in(store, order, load_rubric("complaint"))
    zone, _ = read_in(store, replace(order, timezone="Asia/Taipei"), RUBRIC)
    assert len({one.id, other.id, zone.id}) == 3


def test_nothing_personal_lies_anywhere_in_the_data_folder(store: Store, order: Order) -> None:
    job, _ = read_in(store, order, RUBRIC)
    work(store, fake())
    kefu("backup", str(store.path.parent / "copy.db"))
    secrets = (PHONE, NICK, MAIL)
    searched = [path for path in store.path.parent.rglob("*") if path.is_file()]
    assert {"kefu.db", "copy.db"} <= {path.name for path in searched}
    for path in searched:
        data = path.read_bytes()
        assert [secret for secret in secrets if secret.encode() in data] == [], path
        assert [secret for secret in secrets if secret.encode("utf-16-le") in data] == [], path
    assert PHONE not in imported(store, job.id).names[0]
    (reject,) = rejects(store, job.id)
    assert (reject.line, reject.n) == (2, 1)
    assert "must be a list" in reject.reason


def test_a_stopped_reading_goes_on_where_it_was(
    store: Store, order: Order, monkeypatch: pytest.MonkeyPatch
) -> None:
    real = reading.masked
    seen: list[str] = []

    def masked(transcript: Any, fallback: str) -> Any:
        if len(seen) == 120:
            raise KeyboardInterrupt
        seen.append(fallback)
        return real(transcript, fallback)

    monkeypatch.setattr(reading, "masked", masked)
    with pytest.raises(KeyboardInterrupt):
        read_in(store, order, RUBRIC)
    assert store.value("SELECT count(*) FROM conversations") == 99  # and the reject
    seen[:] = [""]
    job, bad = read_in(store, order, RUBRIC)
    assert len(seen) == 1 + 51
    assert (imported(store, job.id).total, imported(store, job.id).rejected, bad) == (150, 1, 1)


def stop() -> None:
    raise KeyboardInterrupt


def test_a_stopped_grading_goes_on_and_lets_go_of_the_lease(store: Store, order: Order) -> None:
    job, _ = read_in(store, order, RUBRIC)
    with pytest.raises(KeyboardInterrupt):
        work(store, fake(c70=stop))
    assert imported(store, job.id).worker is None
    kept = imported(store, job.id).graded
    assert kept == 64
    second = fake()
    work(store, second)
    assert second.graded == ALL[kept:]
    assert imported(store, job.id).state == "done"


def test_a_conversation_that_breaks_the_grader_costs_only_itself(
    store: Store, order: Order
) -> None:
    job, _ = read_in(store, order, RUBRIC)
    work(store, fake(c3=lambda: 1 / 0))
    done = imported(store, job.id)
    assert (done.state, done.graded, done.faulty) == ("done", 149, 1)
    fault = store.value("SELECT fault FROM conversations WHERE fault IS NOT NULL")
    assert "ZeroDivisionError" in fault


def test_a_lost_lease_ends_the_work_without_harm(store: Store, order: Order) -> None:
    job, _ = read_in(store, order, RUBRIC)

    def takes_over() -> None:
        later = NOW + 2 * LEASE
        assert claim(store, "other", later, later + LEASE) is not None

    assert work(store, fake(c40=takes_over), only=job.id) == 1
    assert imported(store, job.id).worker == "other"
    assert imported(store, job.id).graded == 32
    assert store.value("SELECT count(*) FROM scorecards") == 32


KILLED = """
import os, sys
from datetime import UTC, datetime
from pathlib import Path
from grader.batch import grade_each
from kefu import importing, worker
from kefu.order import Order
from store import reading
from store.opening import open_store
from tests.kefu.test_importing import RUBRIC, fake

folder, file = map(Path, sys.argv[1:3])
now = lambda: datetime.now(UTC)
store = open_store(folder)
real_read, real_graded = reading.keep_read, worker.keep_graded

def keep_read(store, number, taken, refused, at):
    real_read(store, number, taken, refused, at)
    print("read", *(one.position for one in taken), flush=True)

def keep_graded(store, number, name, done, span):
    real_graded(store, number, name, done, span)
    print("graded", *(one.conversation for one in done), flush=True)

reading.keep_read, worker.keep_graded = keep_read, keep_graded
importing.read_in(store, Order(files=(str(file),)), RUBRIC)
worker.work_off(store, lambda _: fake(), grade_each, now)
print("end", flush=True)
"""


@pytest.mark.skipif(sys.platform == "win32", reason="no kill -9 there")
@pytest.mark.slow
@pytest.mark.parametrize("lines", [1, 3, 6, 9])
def test_kill_9_loses_nothing_acknowledged_and_grades_nothing_twice(
    tmp_path: Path, lines: int
) -> None:
    folder, file = tmp_path / "data", chats(tmp_path / "many.jsonl", 300)
    command = [sys.executable, "-c", KILLED, str(folder), str(file)]
    environment = os.environ | {"PYTHONPATH": str(ROOT)}
    acknowledged: dict[str, set[int]] = {"read": set(), "graded": set()}

    def note(line: str) -> bool:
        what, *numbers = line.split()
        if what != "end":
            acknowledged[what] |= set(map(int, numbers))
        return what != "end"

    with subprocess.Popen(
        command, cwd=ROOT, env=environment, text=True, stdout=subprocess.PIPE
    ) as first:
        assert first.stdout is not None
        for _ in range(lines):
            note(first.stdout.readline())
        first.send_signal(signal.SIGKILL)
        for line in first.stdout.read().splitlines():
            note(line)
    with open_store(folder) as store:
        there = {row["position"] for row in store.rows("SELECT position FROM conversations")}
        assert acknowledged["read"] <= there
        cards = {row["conversation"] for row in store.rows("SELECT conversation FROM scorecards")}
        assert acknowledged["graded"] <= cards
    subprocess.run(command, cwd=ROOT, env=environment, check=True, capture_output=True)
    with open_store(folder) as store:
        job = imported(store, 1)
        assert (job.state, job.total, job.graded, job.rejected) == ("done", 300, 300, 1)
        sql = "SELECT count(DISTINCT conversation) AS n, count(*) AS all_ FROM scorecards"
        assert store.rows(sql) == [{"n": 300, "all_": 300}]
        assert cards <= {
            r["conversation"] for r in store.rows("SELECT conversation FROM scorecards")
        }


def test_the_lease_of_a_dead_process_is_free_at_once(store: Store, order: Order) -> None:
    import socket

    job, _ = read_in(store, order, RUBRIC)
    gone = subprocess.Popen([sys.executable, "-c", ""])
    gone.wait()
    host = socket.gethostname()
    claim(store, f"{host}:{gone.pid}:x", NOW, NOW + LEASE)
    if sys.platform != "win32":
        free_dead(store, NOW)
        assert imported(store, job.id).worker is None
    for living in (f"{host}:{os.getpid()}:x", f"elsewhere:{gone.pid}:x"):
        claim(store, living, NOW, NOW + LEASE)
        free_dead(store, NOW)
        assert imported(store, job.id).worker == living
        store.write(lambda t: t.run("UPDATE imports SET worker = NULL, lease_until = NULL"))


# --- export and report


def kefu(*arguments: str) -> Any:
    found = CliRunner().invoke(commands(arguments[0]), arguments)
    if isinstance(found.exception, KefuError):
        raise found.exception
    assert found.exit_code == 0, found.output
    return found


@pytest.fixture
def full(store: Store, order: Order) -> Store:
    first_person(store, "boss", NOW)
    read_in(store, order, RUBRIC)
    work(store, fake())
    override_score(store, 1, "empathy", 10, "没有安抚", 1, NOW)
    return store


def test_exports_hold_every_card_and_what_people_made_of_it(full: Store, tmp_path: Path) -> None:
    for suffix in ("jsonl", "csv", "xlsx"):
        kefu("export", "--output", str(tmp_path / f"out.{suffix}"))
    lines = (tmp_path / "out.jsonl").read_text("utf-8").splitlines()
    cards = [json.loads(line) for line in lines]
    assert [one["transcript"] for one in cards] == ALL
    assert (cards[0]["overall"], "reviewed" in cards[1]) == (80.0, False)
    assert cards[0]["reviewed"]["criteria"]["empathy"] == 10
    assert lines[1] == full.value("SELECT line FROM scorecards WHERE id = 2")
    with (tmp_path / "out.csv").open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    assert (rows[0]["overall"], rows[0]["empathy_score"], rows[0]["empathy_reviewed"]) == (
        "80.0", "80.0", "10.0",
    )  # fmt: skip
    assert float(rows[0]["reviewed_overall"]) == cards[0]["reviewed"]["overall"]
    assert rows[1]["reviewed_overall"] == ""
    sheet = load_workbook(tmp_path / "out.xlsx").active
    assert sheet is not None
    assert sheet.max_row == 151


def test_an_export_is_noted(full: Store, tmp_path: Path) -> None:
    kefu("export", "--import", "1", "--output", str(tmp_path / "out.csv"))
    kefu("report", "--import", "1")
    rows = full.rows("SELECT action, subject FROM audit ORDER BY id")
    assert rows == [{"action": one, "subject": "import 1"} for one in ("export", "report")]


def test_a_report_counts_corrections_in(full: Store, tmp_path: Path) -> None:
    shown = kefu("report").stdout
    assert "小李" in shown
    kefu("report", "--output", str(tmp_path / "r.txt"))
    assert "all" in (tmp_path / "r.txt").read_text("utf-8")
    kefu("report", "--output", str(tmp_path / "r.xlsx"))
    means, counts = load_workbook(tmp_path / "r.xlsx").worksheets
    titles, li, everybody = [[cell.value for cell in row] for row in means.iter_rows()]
    # 149 conversations at 80 and one at 10
    assert li[titles.index("empathy")] == 79.5
    assert li[:2] == ["小李", 150]
    assert everybody[0] == "all"
    assert [cell.value for cell in counts[2]][1] == 150


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (("export", "--import", "7"), "no import 7"),
        (("export", "--agent", "nobody"), "kefu import FILE"),
        (("report", "--output", "r.pdf"), "must end in"),
        (("export", "--output", "out.pdf"), "must end in"),
        (("import", "missing.jsonl"), "missing.jsonl"),
        (("import", "-", "-"), "stands twice"),
        (("backup", "nowhere/x.db"), "no folder"),
        (("restore", "--yes", "missing.db"), "is not there"),
    ],
)
def test_what_cannot_be_is_said(full: Store, arguments: tuple[str, ...], message: str) -> None:
    with pytest.raises(KefuError, match=message):
        kefu(*arguments)


def test_backup_and_restore_from_the_shell(full: Store, tmp_path: Path) -> None:
    kefu("backup", str(tmp_path / "copy.db"))
    forget_import(full, 1)
    assert full.value("SELECT count(*) FROM scorecards") == 0
    kefu("restore", "--yes", str(tmp_path / "copy.db"))
    assert full.value("SELECT count(*) FROM scorecards") == 150
    refused = CliRunner().invoke(
        commands("restore"), ["restore", str(tmp_path / "copy.db")], input="n\n"
    )
    assert refused.exit_code == 1


def test_the_versions_in_use_are_those_of_the_copy(full: Store, tmp_path: Path) -> None:
    data = tmp_path / "data"
    file = published(data, "rubric") / "own.yaml"
    kefu("backup", str(tmp_path / "copy.db"))
    number = save_version(full, "rubric", "own", "format: 1\n", 1, NOW)
    publish(full, "rubric", "own", number, 1, NOW)
    lay_out(full, data)
    assert file.exists()
    kefu("restore", "--yes", str(tmp_path / "copy.db"))
    assert not file.exists()


def test_what_is_older_than_the_house_keeps_is_deleted(full: Store) -> None:
    assert prune(full, NOW - timedelta(days=30)) == 0
    assert prune(full, datetime(2100, 1, 1, tzinfo=UTC)) == 150
    for table in ("conversations", "scorecards", "scores", "overrides", "rejects", "imports"):
        assert full.value(f"SELECT count(*) FROM {table}") == 0


@pytest.mark.slow
def test_real_grading_of_the_sample(store: Store, tmp_path: Path) -> None:
    sample = ROOT / "kefu" / "samples" / "transcripts.jsonl"
    shown = kefu("import", str(sample), "--rejects", str(tmp_path / "r.jsonl"))
    assert shown.stdout.startswith("import 1: 9 conversations, 9 graded, 0")
    kefu("export", "--output", str(tmp_path / "out.jsonl"))
    assert len((tmp_path / "out.jsonl").read_text("utf-8").splitlines()) == 9


@pytest.mark.slow
def test_a_worker_beside_the_web_app_grades_what_was_read(store: Store, order: Order) -> None:
    sample = ROOT / "kefu" / "samples" / "transcripts.jsonl"
    job, _ = read_in(store, replace(order, files=(str(sample),)), RUBRIC)
    command = [sys.executable, "-m", "kefu", "work", "--once", "--data", str(store.path.parent)]
    subprocess.run(command, cwd=ROOT, check=True, capture_output=True)
    assert imported(store, job.id).state == "done"
    assert imported(store, job.id).graded == 9
