"""The database: one connection a thread, and one function through which everything is written."""

from __future__ import annotations

import sqlite3
import threading
from collections.abc import Callable, Mapping, Sequence
from contextlib import closing, suppress
from pathlib import Path
from typing import Any, Final, Self, TypeVar

from sqlite_utils import Database

from transcripts.errors import Refused

TIMEOUT: Final = 30.0
"""Seconds that a writer waits for another one."""
MOST_ROWS: Final = 500
"""Rows that one transaction writes at most, so that nobody waits long."""
_OLDEST: Final = (3, 37, 0)
Row = dict[str, Any]
Values = Sequence[Any]
Result = TypeVar("Result")


class Store:
    """A database that any number of threads and processes use at once.

    Opening it does not make its tables; see `opening.open_store`. `full` waits for the disk at
    every write, so that a power cut loses nothing either (a killed process loses nothing anyway).
    """

    def __init__(self, path: Path, *, full: bool = False) -> None:
        self.path = path
        self._full = full
        self._guard = threading.Lock()
        self._open: dict[threading.Thread, Database] = {}

    def rows(self, sql: str, values: Values = ()) -> list[Row]:
        """All rows of a query; page by key where there can be many."""
        return _rows(self._mine().conn, sql, values)

    def row(self, sql: str, values: Values = ()) -> Row | None:
        """The first row of a query."""
        found = self.rows(sql, values)
        return found[0] if found else None

    def value(self, sql: str, values: Values = ()) -> Any:
        """The first column of the first row; None without any."""
        with closing(self._mine().conn.execute(sql, values)) as cursor:
            found = cursor.fetchone()
        return None if found is None else found[0]

    def write(self, work: Callable[[Transaction], Result]) -> Result:
        """Do `work` in one transaction that holds the right to write from its first moment.

        So what it reads is what it changes. All of it stands when this returns, or none. `work`
        computes nothing: whatever takes time is done before. `Refused`, with the cure, where the
        disk is full or may not be written, or another program does not let go.
        """
        conn = self._mine().conn
        if conn.in_transaction:
            raise RuntimeError("a write inside a write: pass the transaction on")
        try:
            conn.execute("BEGIN IMMEDIATE")
            found = work(Transaction(conn))
            conn.execute("COMMIT")
        except sqlite3.OperationalError as error:
            conn.rollback()
            cure = _cure(error)
            if cure is None:
                raise
            raise Refused(f"{self.path}: {cure} ({error})") from error
        except BaseException:
            conn.rollback()
            raise
        return found

    def mine(self) -> Database:
        """This thread's own connection, for copying and migrations."""
        return self._mine()

    def close(self) -> None:
        """Close every connection; the next use opens a new one."""
        with self._guard:
            for database in self._open.values():
                database.close()
            self._open.clear()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def _mine(self) -> Database:
        me = threading.current_thread()
        found = self._open.get(me)
        if found is None:
            found = connect(self.path, full=self._full)
            with self._guard:
                for gone in [thread for thread in self._open if not thread.is_alive()]:
                    self._open.pop(gone).close()
                self._open[me] = found
        return found


class Transaction:
    """What a piece of work may do to the database."""

    def __init__(self, conn: sqlite3.Connection) -> None:
        self._conn = conn

    def run(self, sql: str, values: Values = ()) -> int:
        """Run a statement; how many rows it changed."""
        with closing(self._conn.execute(sql, values)) as cursor:
            return cursor.rowcount

    def insert(self, table: str, row: Mapping[str, Any]) -> int:
        """Insert a row; its id, in tables that have one."""
        with closing(self._conn.execute(_inserting(table, row), tuple(row.values()))) as cursor:
            return cursor.lastrowid or 0

    def insert_new(self, table: str, row: Mapping[str, Any]) -> int | None:
        """Insert a row unless one like it is there: then None, else as `insert`."""
        sql = f"{_inserting(table, row)} ON CONFLICT DO NOTHING"
        with closing(self._conn.execute(sql, tuple(row.values()))) as cursor:
            return (cursor.lastrowid or 0) if cursor.rowcount else None

    def row(self, sql: str, values: Values = ()) -> Row | None:
        """The first row of a query."""
        found = self.rows(sql, values)
        return found[0] if found else None

    def rows(self, sql: str, values: Values = ()) -> list[Row]:
        """All rows of a query."""
        return _rows(self._conn, sql, values)

    def value(self, sql: str, values: Values = ()) -> Any:
        """The first column of the first row; None without any."""
        with closing(self._conn.execute(sql, values)) as cursor:
            found = cursor.fetchone()
        return None if found is None else found[0]


def _cure(error: sqlite3.OperationalError) -> str | None:
    """What to do where the machine is at fault; None where the program itself is."""
    cures = {
        "SQLITE_BUSY": "another program holds it; end that program, then try again",
        "SQLITE_FULL": "the disk is full; make room, then try again. Nothing that was kept is lost",
        "SQLITE_READONLY": "it may not be written; give this user the right to write it",
        "SQLITE_IOERR": "the disk cannot be read or written; look after it, then restore a backup",
    }
    found = (cure for code, cure in cures.items() if error.sqlite_errorname.startswith(code))
    return next(found, None)


def _inserting(table: str, row: Mapping[str, Any]) -> str:
    marks = ", ".join("?" * len(row))
    return f"INSERT INTO {table} ({', '.join(row)}) VALUES ({marks})"


def _rows(conn: sqlite3.Connection, sql: str, values: Values) -> list[Row]:
    with closing(conn.execute(sql, values)) as cursor:
        names = [column[0] for column in cursor.description]
        return [dict(zip(names, row, strict=True)) for row in cursor.fetchall()]


def connect(path: Path, *, full: bool = False) -> Database:
    """A new connection. It serves one thread at a time; `Store` keeps one for each."""
    if sqlite3.sqlite_version_info < _OLDEST:
        raise Refused(
            f"this Python comes with SQLite {sqlite3.sqlite_version}; kefu needs 3.37 or newer. "
            "Use a newer Python or system."
        )
    # Closed from another thread only once its own has ended.
    conn = sqlite3.connect(path, timeout=TIMEOUT, isolation_level=None, check_same_thread=False)
    try:
        conn.execute("PRAGMA journal_mode = WAL")
        conn.execute(f"PRAGMA synchronous = {'FULL' if full else 'NORMAL'}")
        conn.execute("PRAGMA foreign_keys = ON")
        conn.execute("PRAGMA secure_delete = ON")
        return Database(conn, execute_plugins=False)
    except BaseException:
        with suppress(sqlite3.Error):
            conn.close()
        raise
