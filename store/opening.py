"""Opening a data folder: its database is brought to this version, after a backup, by one at a time.

Steps go forward only. A database of a newer kefu is refused by the steps that are unknown here.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Sequence
from functools import cache
from itertools import count
from pathlib import Path
from typing import Final

from sqlite_utils import Database

from store.copying import APPLICATION, copy_in, copy_out, opened_copy
from store.database import Store
from store.folder import BACKUPS, prepare
from store.tables import STEPS
from transcripts.errors import Refused, UnreadableInput

_APPLIED: Final = f"SELECT name FROM {STEPS.migrations_table} WHERE migration_set = ? ORDER BY id"


def open_store(folder: Path, *, full: bool = False) -> Store:
    """The store of a data folder, made or brought up to date where needed.

    `Refused` for a network drive or a database of a newer kefu; `UnreadableInput` for a folder that
    cannot be written or a file that is no database.
    """
    path = prepare(folder)
    store = Store(path, full=full)
    try:
        bring_up_to_date(store)
    except sqlite3.DatabaseError as error:
        store.close()
        raise UnreadableInput(
            f"{path}: cannot be used as a database ({error}). Move it away, then put a backup in "
            "its place with kefu restore."
        ) from error
    except BaseException:
        store.close()
        raise
    return store


def bring_up_to_date(store: Store) -> tuple[str, ...]:
    """Take the steps that are missing, all or none; their names.

    Another process that opens the database at the same moment waits, then finds nothing to do.
    What was there before is kept in the folder of backups.
    """
    database = store.mine()
    _not_newer(applied(database.conn), store.path)
    if not STEPS.pending(database):
        return ()
    conn = database.conn
    conn.execute("BEGIN IMMEDIATE")
    try:
        names = _missing(database)
        _not_newer(applied(conn), store.path)
        if names and applied(conn):
            _keep(store, names[0])
        STEPS.apply(database)
        conn.execute(f"PRAGMA application_id = {APPLICATION}")
        conn.execute("COMMIT")
    except BaseException:
        conn.rollback()
        raise
    return names


def applied(conn: sqlite3.Connection) -> tuple[str, ...]:
    """The steps that a database has taken, in the order in which it took them."""
    known = conn.execute(
        "SELECT 1 FROM sqlite_master WHERE name = ?", (STEPS.migrations_table,)
    ).fetchone()
    if known is None:
        return ()
    return tuple(row[0] for row in conn.execute(_APPLIED, (STEPS.name,)).fetchall())


def backup(store: Store, target: Path) -> None:
    """Write a copy of the database to one file, while everybody goes on."""
    if target.resolve() == store.path.resolve():
        raise UnreadableInput(f"{target}: is the database itself. Name another file.")
    if not target.parent.is_dir():
        raise UnreadableInput(f"{target}: there is no folder {target.parent}. Make it.")
    copy_out(store.mine().conn, target)


def restore(store: Store, source: Path) -> Path:
    """Put a backup in place of what is there; where that was kept. Everybody sees the old or the
    new content, never a mixture. A backup of an older kefu is brought up to date.
    """
    copy = opened_copy(source)
    try:
        _not_newer(applied(copy), source)
    finally:
        copy.close()
    kept = _keep(store, "restore")
    copy_in(source, store.mine().conn)
    bring_up_to_date(store)
    return kept


@cache
def known_steps() -> tuple[str, ...]:
    """The names of all steps, in order."""
    with Database(memory=True) as empty:
        return _missing(empty)


def _missing(database: Database) -> tuple[str, ...]:
    return tuple(step.name for step in STEPS.pending(database))


def _keep(store: Store, before: str) -> Path:
    """A copy of what is acknowledged, under the name of what comes next; no older one is lost."""
    folder = store.path.parent / BACKUPS
    folder.mkdir(mode=0o700, exist_ok=True)
    names = (f"before-{before}{'' if n == 1 else f'-{n}'}.db" for n in count(1))
    target = next(folder / name for name in names if not (folder / name).exists())
    with Store(store.path) as other:
        copy_out(other.mine().conn, target)
    return target


def _not_newer(found: Sequence[str], place: Path) -> None:
    unknown = [name for name in found if name not in known_steps()]
    if unknown:
        raise Refused(
            f"{place}: was written by a newer kefu (it has {', '.join(unknown)}). Install that "
            "version, or restore a backup that is older."
        )
