"""A backup while others write is a whole moment of the database; restoring it brings it back."""

from __future__ import annotations

import sqlite3
import threading
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

import pytest
from sqlite_utils import Database

from store.copying import APPLICATION
from store.database import Store, Transaction
from store.opening import backup, known_steps, open_store, restore
from store.tables import STEPS
from transcripts.errors import Refused, UnreadableInput


def pair(number: int) -> dict[str, object]:
    return {"login": f"p{number}", "name": "王小明", "role": "agent", "made_at": "t"}


def both(number: int) -> Callable[[Transaction], None]:
    """A person and a group in one transaction: a copy holds as many of the one as of the other."""

    def work(transaction: Transaction) -> None:
        transaction.insert("people", pair(number))
        transaction.insert("groups", {"name": f"g{number}", "made_at": "t"})

    return work


def content(conn: sqlite3.Connection) -> list[str]:
    return list(conn.iterdump())


def counts(path: Path) -> tuple[int, int]:
    with closing(sqlite3.connect(path)) as copy:
        people = copy.execute("SELECT count(*) FROM people").fetchone()[0]
        return people, copy.execute("SELECT count(*) FROM groups").fetchone()[0]


def test_backups_during_writes_are_whole(store: Store, tmp_path: Path) -> None:
    stop = threading.Event()

    def work() -> None:
        number = 0
        while not stop.is_set():
            store.write(both(number))
            number += 1

    thread = threading.Thread(target=work)
    thread.start()
    copies = [tmp_path / f"{n}.db" for n in range(10)]
    for copy in copies:
        backup(store, copy)
    stop.set()
    thread.join()
    found = [counts(copy) for copy in copies]
    assert all(people == groups for people, groups in found)
    assert found == sorted(found)


def test_a_restored_backup_has_equal_content_while_others_are_connected(
    store: Store, tmp_path: Path
) -> None:
    for number in range(30):
        store.write(both(number))
    before = content(store.mine().conn)
    backup(store, tmp_path / "copy.db")
    with Store(store.path) as server:
        assert server.value("SELECT count(*) FROM people") == 30
        store.write(both(30))
        later = content(store.mine().conn)
        kept = restore(store, tmp_path / "copy.db")
        assert server.value("SELECT count(*) FROM people") == 30
        server.write(both(31))
        server.write(lambda t: t.run("DELETE FROM people WHERE login = 'p31'"))
        server.write(lambda t: t.run("DELETE FROM groups WHERE name = 'g31'"))
        server.write(lambda t: t.run("UPDATE sqlite_sequence SET seq = 30"))
    restore(store, tmp_path / "copy.db")
    assert content(store.mine().conn) == before
    assert store.value("PRAGMA journal_mode") == "wal"
    restore(store, kept)
    assert store.value("SELECT count(*) FROM people") == 31
    assert len(later) > len(before)


def test_what_was_there_before_a_restore_is_kept(store: Store, tmp_path: Path) -> None:
    backup(store, tmp_path / "empty.db")
    store.write(both(1))
    kept = restore(store, tmp_path / "empty.db")
    assert store.value("SELECT count(*) FROM people") == 0
    again = restore(store, tmp_path / "empty.db")
    assert (counts(kept), counts(again)) == ((1, 1), (0, 0))


def test_an_old_backup_is_brought_up_to_date(tmp_path: Path) -> None:
    source = tmp_path / "old.db"
    with closing(sqlite3.connect(source)) as conn:
        STEPS.apply(Database(conn), stop_before=known_steps()[1])
        conn.execute(f"PRAGMA application_id = {APPLICATION}")
        conn.commit()
    with open_store(tmp_path / "data") as store:
        restore(store, source)
        assert store.value("SELECT count(*) FROM conversations") == 0


def test_what_is_no_backup_is_refused_and_nothing_changes(store: Store, tmp_path: Path) -> None:
    store.write(both(1))
    other = tmp_path / "other.db"
    with closing(sqlite3.connect(other)) as conn:
        conn.execute("CREATE TABLE t (x)")
        conn.commit()
    noise = tmp_path / "noise.db"
    noise.write_bytes(b"nothing of the kind " * 500)
    for source in (other, noise, tmp_path / "missing.db"):
        with pytest.raises(UnreadableInput, match=source.name):
            restore(store, source)
    assert store.value("SELECT count(*) FROM people") == 1


def test_a_damaged_backup_is_refused(store: Store, tmp_path: Path) -> None:
    for number in range(200):
        store.write(both(number))
    copy = tmp_path / "copy.db"
    backup(store, copy)
    data = bytearray(copy.read_bytes())
    root = store.value("SELECT rootpage FROM sqlite_master WHERE name = 'people'")
    data[(root - 1) * 4096 : root * 4096] = b"\xff" * 4096
    copy.write_bytes(bytes(data))
    with pytest.raises((Refused, UnreadableInput), match=r"copy\.db"):
        restore(store, copy)
    assert store.value("SELECT count(*) FROM people") == 200


def test_a_backup_of_a_newer_kefu_is_refused(store: Store, tmp_path: Path) -> None:
    copy = tmp_path / "copy.db"
    backup(store, copy)
    with closing(sqlite3.connect(copy)) as conn:
        row = ("kefu", "step_99_moon", "2030")
        sql = "INSERT INTO _sqlite_migrations (migration_set, name, applied_at) VALUES (?, ?, ?)"
        conn.execute(sql, row)
        conn.commit()
    with pytest.raises(Refused, match="step_99_moon"):
        restore(store, copy)


@pytest.mark.parametrize("name", ["kefu.db", "nowhere/copy.db"])
def test_a_backup_never_overwrites_the_database_itself(store: Store, name: str) -> None:
    with pytest.raises(UnreadableInput):
        backup(store, store.path.parent / name)
