"""Copies of a database that is in use, and putting one back: SQLite's own backup, page by page.

A copy is one file, complete or not there, and holds what was acknowledged when it began.
"""

from __future__ import annotations

import os
import sqlite3
from contextlib import closing
from pathlib import Path
from typing import Final

from transcripts.errors import Refused, UnreadableInput

APPLICATION: Final = 0x6B656675
"""Stands in the head of the file: the letters kefu."""


def copy_out(conn: sqlite3.Connection, target: Path) -> None:
    """Write what the database holds to `target`, whole or not at all, while it goes on."""
    part = target.with_name(target.name + ".part")
    try:
        part.unlink(missing_ok=True)
        part.touch(mode=0o600)
        with closing(sqlite3.connect(part)) as copy:
            conn.backup(copy)
            copy.execute("PRAGMA journal_mode = DELETE")
        os.replace(part, target)
    except (OSError, sqlite3.Error) as error:
        part.unlink(missing_ok=True)
        raise UnreadableInput(
            f"{target}: the backup cannot be written ({error}). Name another file."
        ) from error


def copy_in(source: Path, conn: sqlite3.Connection) -> None:
    """Put the content of a copy in place of the database's own, in one step for all who use it."""
    with closing(opened_copy(source)) as copy:
        copy.backup(conn)


def opened_copy(source: Path) -> sqlite3.Connection:
    """A copy, opened for reading only. `UnreadableInput` if it is none, or is damaged."""
    if not source.is_file():
        raise UnreadableInput(f"{source}: is not there. Name a file that kefu backup wrote.")
    conn = sqlite3.connect(f"{source.resolve().as_uri()}?mode=ro", uri=True)
    try:
        mark = conn.execute("PRAGMA application_id").fetchone()[0]
        if mark != APPLICATION:
            raise UnreadableInput(f"{source}: is no database of kefu.")
        fault = conn.execute("PRAGMA quick_check(1)").fetchone()[0]
        if fault != "ok":
            raise Refused(f"{source}: is damaged ({fault}). Take another backup.")
    except sqlite3.DatabaseError as error:
        conn.close()
        raise UnreadableInput(f"{source}: is no database of kefu ({error}).") from None
    except BaseException:
        conn.close()
        raise
    return conn
