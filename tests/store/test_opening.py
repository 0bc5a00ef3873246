"""A database of any age is brought up to date, kept before, and never harmed by a refusal."""

from __future__ import annotations

import sqlite3
import threading
from contextlib import closing
from pathlib import Path

import pytest

from store.copying import APPLICATION
from store.database import Store, connect
from store.folder import DATABASE, kind_of_mount, prepare
from store.opening import known_steps, open_store
from store.tables import STEPS
from transcripts.errors import Refused, UnreadableInput

PERSON = {"login": "wang", "name": "王", "role": "agent", "made_at": "2026-03-02T02:00:00.000Z"}


def schema(store: Store) -> list[tuple[str, str]]:
    found = store.rows("SELECT name, sql FROM sqlite_master WHERE sql IS NOT NULL ORDER BY name")
    return [(row["name"], row["sql"]) for row in found]


@pytest.mark.parametrize("taken", range(1, len(known_steps())))
def test_a_database_of_each_older_version_comes_up_to_date(taken: int, tmp_path: Path) -> None:
    folder = tmp_path / "old"
    folder.mkdir()
    with connect(folder / DATABASE) as old:
        STEPS.apply(old, stop_before=known_steps()[taken])
        old.conn.execute(f"PRAGMA application_id = {APPLICATION}")
        with Store(folder / DATABASE) as used:
            used.write(lambda t: t.insert("people", PERSON))
    with open_store(folder) as store, open_store(tmp_path / "new") as fresh:
        assert schema(store) == schema(fresh)
        assert store.value("SELECT name FROM people") == "王"
        assert store.rows("PRAGMA foreign_key_check") == []
    kept = folder / "backups" / f"before-{known_steps()[taken]}.db"
    with closing(sqlite3.connect(kept)) as before:
        assert before.execute("SELECT login FROM people").fetchall() == [("wang",)]


def test_opening_again_changes_nothing(store: Store) -> None:
    before = schema(store)
    with open_store(store.path.parent) as again:
        assert schema(again) == before
    assert not (store.path.parent / "backups").exists()


def test_a_newer_database_is_refused_by_name_and_left_alone(store: Store) -> None:
    row = {"migration_set": "kefu", "name": "step_99_moon", "applied_at": "2030"}
    store.write(lambda t: t.insert("_sqlite_migrations", row))
    with pytest.raises(Refused, match=r"newer kefu .*step_99_moon"):
        open_store(store.path.parent)
    assert store.value("SELECT count(*) FROM _sqlite_migrations") == len(known_steps()) + 1


def test_a_step_that_fails_leaves_the_old_version(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder = tmp_path / "old"
    folder.mkdir()
    with connect(folder / DATABASE) as old:
        STEPS.apply(old, stop_before=known_steps()[1])
        old.conn.execute("CREATE TABLE shifts (id INTEGER)")  # in the way of a later step
    with pytest.raises(UnreadableInput, match="shifts already exists"):
        open_store(folder)
    with Store(folder / DATABASE) as store:
        names = [row["name"] for row in store.rows("SELECT name FROM _sqlite_migrations")]
        assert names == [known_steps()[0]]


def test_a_file_that_is_no_database_is_told_apart(tmp_path: Path) -> None:
    (tmp_path / DATABASE).write_bytes(b"PK\x03\x04 a workbook, not a database" * 200)
    with pytest.raises(UnreadableInput, match="cannot be used as a database"):
        open_store(tmp_path)


def test_a_folder_that_cannot_be_made_is_told(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("", encoding="utf-8")
    with pytest.raises(UnreadableInput, match="--data or KEFU_DATA"):
        prepare(tmp_path / "file" / "data")


MOUNTS = """\
/dev/sda1 / ext4 rw 0 0
server:/share /mnt/team nfs4 rw 0 0
//nas/box /mnt/our\\040box cifs rw 0 0
/dev/sdb1 /mnt/team/local xfs rw 0 0
"""


@pytest.mark.parametrize(
    ("folder", "kind"),
    [
        ("/home/li/kefu", "ext4"),
        ("/mnt/team/kefu", "nfs4"),
        ("/mnt/teams/kefu", "ext4"),
        ("/mnt/our box/kefu", "cifs"),
        ("/mnt/team/local/kefu", "xfs"),
    ],
)
def test_the_innermost_mount_decides(folder: str, kind: str) -> None:
    assert kind_of_mount(folder, MOUNTS) == kind


def test_a_network_drive_is_refused_with_the_reason(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    mounts = tmp_path / "mounts"
    mounts.write_text(f"nas:/x {tmp_path.as_posix()} nfs rw 0 0\n", encoding="utf-8")
    monkeypatch.setattr("store.folder._MOUNTS", mounts)
    with pytest.raises(Refused, match=r"network or shared drive .nfs.*SQLite"):
        open_store(tmp_path / "data")
    assert not (tmp_path / "data" / DATABASE).exists()


def test_many_may_open_a_new_folder_at_the_same_moment(tmp_path: Path) -> None:
    """Threads with stores of their own, as processes would have."""
    together = threading.Barrier(8)
    faults: list[BaseException] = []

    def start() -> None:
        together.wait()
        try:
            with open_store(tmp_path / "data") as store:
                assert store.value("SELECT count(*) FROM people") == 0
        except BaseException as error:  # noqa: BLE001 - told below
            faults.append(error)

    threads = [threading.Thread(target=start) for _ in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert not faults
