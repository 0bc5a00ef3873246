"""Many writers at once: nobody is turned away, nothing is lost, nothing stands half."""

from __future__ import annotations

import signal
import sqlite3
import subprocess
import sys
import threading
from pathlib import Path

import pytest

from store.database import Store, Transaction
from store.opening import open_store
from transcripts.errors import Refused

ROOT = Path(__file__).parents[2]
THREADS, WRITES = 8, 50


def count_up(transaction: Transaction) -> None:
    """Read, then change what was read: what a plain BEGIN loses."""
    now = transaction.value("SELECT label FROM logins WHERE hash = 'n'")
    transaction.run("UPDATE logins SET label = ? WHERE hash = 'n'", (str(int(now) + 1),))


@pytest.fixture
def counting(store: Store) -> Store:
    person = {"login": "a", "name": "a", "role": "agent", "made_at": "t"}
    login = {"hash": "n", "id": 1, "person": 1, "kind": "api", "label": "0"}
    times = {"made_at": "t", "seen_at": "t", "expires_at": "t"}
    store.write(lambda t: t.insert("people", person))
    store.write(lambda t: t.insert("logins", login | times))
    return store


def test_eight_threads_read_and_write_without_a_locked_database(counting: Store) -> None:
    faults: list[BaseException] = []

    def work() -> None:
        try:
            for _ in range(WRITES):
                counting.write(count_up)
        except BaseException as error:  # noqa: BLE001 - told below
            faults.append(error)

    threads = [threading.Thread(target=work) for _ in range(THREADS)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert not faults
    assert counting.value("SELECT label FROM logins") == str(THREADS * WRITES)


def test_connections_of_ended_threads_are_closed(counting: Store) -> None:
    for _ in range(20):
        thread = threading.Thread(target=lambda: counting.write(count_up))
        thread.start()
        thread.join()
    assert len(counting._open) <= 2


def test_a_failed_write_leaves_nothing(counting: Store) -> None:
    def fails(transaction: Transaction) -> None:
        count_up(transaction)
        raise KeyError("in the middle")

    with pytest.raises(KeyError):
        counting.write(fails)
    assert counting.value("SELECT label FROM logins") == "0"
    counting.write(count_up)
    assert counting.value("SELECT label FROM logins") == "1"


def test_a_write_inside_a_write_is_a_fault_of_the_program(counting: Store) -> None:
    with pytest.raises(RuntimeError, match="pass the transaction on"):
        counting.write(lambda _: counting.write(count_up))
    assert counting.value("SELECT label FROM logins") == "0"


def test_a_full_disk_is_told_and_costs_nothing(counting: Store) -> None:
    counting.write(count_up)
    conn = counting.mine().conn
    pages = conn.execute("PRAGMA page_count").fetchone()[0]
    conn.execute(f"PRAGMA max_page_count = {pages}")
    big = {"at": "t", "action": "x" * 100_000}
    with pytest.raises(Refused, match="the disk is full; make room"):
        counting.write(lambda t: t.insert("audit", big))
    assert counting.value("SELECT label FROM logins") == "1"
    conn.execute(f"PRAGMA max_page_count = {pages + 1000}")
    counting.write(lambda t: t.insert("audit", big))


def test_a_program_that_does_not_let_go_is_told(
    counting: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("store.database.TIMEOUT", 0.05)
    with Store(counting.path) as other:
        counting.mine().conn.execute("BEGIN IMMEDIATE")
        with pytest.raises(Refused, match="another program holds it"):
            other.write(count_up)
        counting.mine().conn.execute("ROLLBACK")
        other.write(count_up)


def test_a_fault_of_the_program_stays_one(counting: Store) -> None:
    with pytest.raises(sqlite3.OperationalError, match="no such table"):
        counting.write(lambda t: t.run("DELETE FROM absent"))


def test_foreign_keys_hold(store: Store) -> None:
    with pytest.raises(sqlite3.IntegrityError):
        store.write(lambda t: t.insert("members", {"grp": 1, "person": 1, "leads": 0}))


WRITER = """
import sys
from pathlib import Path
from store.opening import open_store
from transcripts.errors import Refused

store = open_store(Path(sys.argv[1]))
for n in range(100_000):
    row = {"login": f"p{n}", "name": "x", "role": "agent", "made_at": "t"}
    store.write(lambda t: t.insert("people", row))
    print(n, flush=True)
"""


@pytest.mark.skipif(sys.platform == "win32", reason="no kill -9 there")
def test_a_killed_writer_loses_nothing_that_was_acknowledged(tmp_path: Path) -> None:
    folder = tmp_path / "data"
    command = [sys.executable, "-c", WRITER, str(folder)]
    with subprocess.Popen(command, cwd=ROOT, text=True, stdout=subprocess.PIPE) as writer:
        assert writer.stdout is not None
        seen = [int(writer.stdout.readline()) for _ in range(200)]
        writer.send_signal(signal.SIGKILL)
        seen += [int(line) for line in writer.stdout.read().split("\n") if line]
    with open_store(folder) as store:
        there = {row["login"] for row in store.rows("SELECT login FROM people")}
        assert {f"p{n}" for n in seen} <= there
        assert store.value("PRAGMA integrity_check") == "ok"
