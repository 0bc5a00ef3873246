"""What came in through the web app: read by lease, masked, deleted; nothing lost, nothing twice."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta
from functools import partial
from pathlib import Path
from typing import Any

import pytest

from grader.batch import grade_each
from kefu import attend
from kefu.attend import PAUSE, Attendant
from kefu.spooled import read_off
from kefu.worker import LEASE, work_off
from store.database import Store
from store.imports import claim, imported, rejects, start_import, stop_import, waits
from store.opening import open_store
from store.people import people
from store.reading import Spool
from store.temporary import FOLDER, UPLOADS
from tests.kefu.test_importing import MAIL, NICK, PHONE, RUBRIC, chats, fake
from transcripts.read import ReadOptions

ROOT = Path(__file__).parents[2]
NOW = datetime(2026, 3, 2, tzinfo=UTC)


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    with open_store(tmp_path / "data") as opened:
        yield opened


def spool(data: Path, count: int, name: str = "chats.jsonl", token: str = "ab") -> Spool:
    """A file as it came in."""
    folder = data / UPLOADS / f"1-{token}"
    folder.mkdir(parents=True)
    chats(folder / name, count)
    return Spool((f"{UPLOADS}/1-{token}/{name}",), ReadOptions())


def begun(store: Store, count: int = 150, name: str = "chats.jsonl") -> int:
    waits = spool(store.path.parent, count, name)
    return start_import(store, "key", [name], RUBRIC, None, NOW, spool=waits.text()).id


def read(store: Store, alive: Callable[[], None] = lambda: None) -> int:
    return read_off(store, store.path.parent, lambda: NOW, alive=alive)


def test_files_are_read_once_and_deleted(store: Store) -> None:
    number = begun(store)
    assert waits(store, NOW)
    assert read(store) == 1
    job = imported(store, number)
    assert (job.state, job.total, job.rejected, job.spooled) == ("grading", 150, 1, False)
    assert not list((store.path.parent / UPLOADS).iterdir())
    assert rejects(store, number)[0].file == "chats.jsonl"
    assert read(store) == 0
    assert waits(store, NOW)
    work_off(store, lambda _: fake(), grade_each, lambda: NOW)
    assert imported(store, number).state == "done"
    assert not waits(store, NOW)


def test_a_stopped_reading_goes_on_where_it_was(store: Store) -> None:
    number = begun(store, 250)
    seen = []

    def stop() -> None:
        seen.append(1)
        if len(seen) == 2:
            stop_import(store, number, True)

    read(store, stop)
    job = imported(store, number)
    assert (job.state, job.worker, job.total) == ("stopped", None, 99)  # and the reject
    assert not waits(store, NOW)
    stop_import(store, number, False)
    assert imported(store, number).state == "reading"
    read(store)
    assert (imported(store, number).state, imported(store, number).total) == ("grading", 250)


def test_a_worker_that_is_ended_lets_go(store: Store) -> None:
    number = begun(store)

    def end() -> None:
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        read(store, end)
    job = imported(store, number)
    assert (job.state, job.worker) == ("reading", None)


def test_the_lease_of_a_reader_runs_out(store: Store) -> None:
    number = begun(store)
    assert claim(store, "dead", NOW, NOW + LEASE, reading=True) is not None
    assert not waits(store, NOW)
    assert read(store) == 0
    assert read_off(store, store.path.parent, lambda: NOW + LEASE) == 1
    assert imported(store, number).total == 150


def test_files_that_are_gone_or_broken_stop_the_import_in_words(
    store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    number = begun(store, name=f"{PHONE}.jsonl")
    (path,) = (store.path.parent / UPLOADS).glob("*/*")
    path.write_text("a,b\n")
    read(store)
    job = imported(store, number)
    assert job.state == "stopped"
    assert job.fault is not None
    assert "is in no format" in job.fault
    assert PHONE not in job.fault
    assert str(store.path.parent) not in job.fault
    path.unlink()
    stop_import(store, number, False)
    read(store)
    assert "no longer there" in str(imported(store, number).fault)

    def breaks(*_: Any, **__: Any) -> None:
        raise RuntimeError(PHONE)

    monkeypatch.setattr("kefu.spooled._read", breaks)
    stop_import(store, number, False)
    read(store)
    assert "cannot be read" in str(imported(store, number).fault)
    assert imported(store, number).state == "stopped"


def test_nothing_personal_is_left_of_what_came_in(
    store: Store, capsys: pytest.CaptureFixture[str]
) -> None:
    """From the upload to the export: neither in any file of the data folder nor in the logs."""
    from tests.web.served import Kept, Server
    from transcripts.times import zone
    from web.quality.incoming import Intake
    from web.server import make_app
    from web.services import Folders, Later, Services
    from web.text import t

    data, logs = store.path.parent, Kept()
    model: Later[Any] = Later(object)
    services = Services(store, model, lambda: NOW, zone("Asia/Shanghai"), Folders(data), logs)
    app, house = make_app(services, ())
    browser = Server(app, house, services).inside("lead", "lead")
    content = chats(data / "made", 150).read_bytes()
    (data / "made").unlink()
    sent = browser.post("/quality/files", params={"name": f"{PHONE}.jsonl"}, content=content)
    (lead,) = people(store, ("lead",))
    intake = Intake(services, "zh", partial(t, "zh"))
    looked = intake.look(lead, {"files": [sent.json()["token"]]})
    assert PHONE not in str(looked)
    number = intake.start(lead, {"files": [sent.json()["token"]]}, "cd")["import"]
    read(store)
    work_off(store, lambda _: fake(), grade_each, lambda: NOW)
    assert imported(store, number).graded == 150
    assert browser.get("/quality/export.xlsx").status_code == 200
    assert browser.get(f"/quality/rejects.csv?import={number}").status_code == 200
    told = capsys.readouterr()
    everything = {"logs": f"{logs.events} {told.out} {told.err}".encode()}
    everything |= {str(p): p.read_bytes() for p in data.rglob("*") if p.is_file()}
    assert any(name.endswith("kefu.db") for name in everything)
    for name, content in everything.items():
        for secret in (PHONE, NICK, MAIL):
            for encoding in ("utf-8", "utf-16-le"):
                assert secret.encode(encoding) not in content, (name, secret)


class Process:
    """A worker that is none."""

    pid = 0

    def __init__(self) -> None:
        self.code: int | None = None

    def poll(self) -> int | None:
        return self.code


def test_a_worker_is_started_when_there_is_work(
    store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    started: list[Process] = []

    def start(data: Path) -> Process:
        started.append(Process())
        return started[-1]

    monkeypatch.setattr(attend, "start_worker", start)
    attendant = Attendant(store, store.path.parent)
    at = datetime.now(UTC)
    attendant.look(at)
    assert not started
    begun(store)
    attendant.look(at)
    attendant.look(at)
    assert len(started) == 1
    started[0].code = -9  # killed; its fault may stay
    attendant.look(at)
    assert len(started) == 1
    attendant.look(at + PAUSE)
    assert len(started) == 2
    started[1].code = 0
    attendant.look(at + PAUSE)
    assert len(started) == 3, "something is left to do"


def test_files_that_nobody_made_an_import_of_are_swept(store: Store) -> None:
    data = store.path.parent
    begun(store)
    spool(data, 1, token="left")
    attendant = Attendant(store, data)
    attendant.sweep(datetime.now(UTC) - timedelta(hours=1))
    assert len(list((data / UPLOADS).iterdir())) == 2
    attendant.sweep(datetime.now(UTC) + timedelta(hours=1))
    assert [path.name for path in (data / UPLOADS).iterdir()] == ["1-ab"]


def test_a_spool_is_kept_as_it_was() -> None:
    told = ReadOptions("csv", "Asia/Tokyo", (("甲", "text"), ("乙", None)))
    one = Spool(("a", "b"), told, "c")
    assert Spool.of(one.text()) == one
    assert one.paths == ("a", "b", "c")


WORKER = """
import sys
from datetime import UTC, datetime
from pathlib import Path
from grader.batch import grade_each
from kefu import worker
from kefu.spooled import read_off
from store import imports, reading
from store.opening import open_store
from tests.kefu.test_importing import fake

data = Path(sys.argv[1])
now = lambda: datetime.now(UTC)
store = open_store(data)
kept_read, kept_graded = reading.keep_read, worker.keep_graded

def keep_read(store, number, taken, refused, at):
    kept_read(store, number, taken, refused, at)
    print("read", len(taken), flush=True)

def keep_graded(store, number, name, done, span):
    kept_graded(store, number, name, done, span)
    print("graded", *(one.conversation for one in done), flush=True)

reading.keep_read, worker.keep_graded = keep_read, keep_graded
worker.free_dead(store, now())
read_off(store, data, now)
worker.work_off(store, lambda _: fake(), grade_each, now)
print("end", flush=True)
"""


@pytest.mark.skipif(sys.platform == "win32", reason="no kill -9 there")
@pytest.mark.slow
@pytest.mark.parametrize("lines", [1, 2, 4, 7])
def test_kill_9_in_mid_import_loses_nothing_and_grades_nothing_twice(
    tmp_path: Path, lines: int
) -> None:
    data = tmp_path / "data"
    with open_store(data) as store:
        number = begun(store, 300)
    command = [sys.executable, "-c", WORKER, str(data)]
    surroundings = os.environ | {"PYTHONPATH": str(ROOT)}
    graded: set[int] = set()
    with subprocess.Popen(
        command, cwd=ROOT, env=surroundings, text=True, stdout=subprocess.PIPE
    ) as first:
        assert first.stdout is not None
        for _ in range(lines):
            what, *numbers = first.stdout.readline().split()
            graded |= set(map(int, numbers)) if what == "graded" else set()
        first.send_signal(signal.SIGKILL)
    with open_store(data) as store:
        there = {row["conversation"] for row in store.rows("SELECT conversation FROM scorecards")}
        assert graded <= there
    subprocess.run(command, cwd=ROOT, env=surroundings, check=True, capture_output=True)
    with open_store(data) as store:
        job = imported(store, number)
        assert (job.state, job.total, job.graded, job.rejected) == ("done", 300, 300, 1)
        sql = "SELECT count(DISTINCT conversation) AS n, count(*) AS all_ FROM scorecards"
        assert store.rows(sql) == [{"n": 300, "all_": 300}]
    assert not list((data / UPLOADS).iterdir())


@pytest.mark.slow
def test_the_worker_reads_grades_and_ends(tmp_path: Path) -> None:
    """`kefu work` itself, with the real grader, under an attendant."""
    data = tmp_path / "data"
    with open_store(data) as store:
        number = begun(store, 2)
        (data / FOLDER).mkdir(exist_ok=True)
        with attend.attended(store, data):
            until = time.monotonic() + 240
            while imported(store, number).state != "done" and time.monotonic() < until:
                time.sleep(0.2)
        job = imported(store, number)
        assert (job.state, job.graded, job.rejected) == ("done", 2, 1)
