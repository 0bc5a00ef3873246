"""What is deleted: a person with all they did, or what is older than the house keeps.

Deleted content is overwritten in the file (`secure_delete`) and leaves the write-ahead log at once.
Backups that were made before still hold it.
"""

from __future__ import annotations

import json
from datetime import datetime
from typing import Final

from store.database import MOST_ROWS, Store, Transaction
from store.declined import Declined
from store.times import text_of

_AT_ONCE: Final = 100
"""Conversations of one transaction: each takes its scores, notes and questions along."""


def forget_person(store: Store, number: int, at: datetime) -> int:
    """Delete an account and everything practised under it; how many conversations that were.

    What they wrote for others (versions, assignments, notes) stays, without their name. `Declined`
    for the last admin.
    """
    row = store.row("SELECT role FROM people WHERE id = ?", (number,))
    others = "SELECT 1 FROM people WHERE role = 'admin' AND active = 1 AND id <> ?"
    if row is not None and row["role"] == "admin" and not store.value(others, (number,)):
        raise Declined("last_admin", "that is the last admin; make somebody else an admin first")
    gone = 0
    while ids := _ids(store, "SELECT id FROM practices WHERE person = ? LIMIT ?", number):
        gone += store.write(lambda t, ids=ids: _delete(t, "practices", ids))  # type: ignore[misc]
    store.write(lambda t: t.run("DELETE FROM people WHERE id = ?", (number,)))
    sweep(store)
    return gone


def forget_import(store: Store, number: int) -> int:
    """Delete an import with its conversations and cards; how many conversations that were."""
    gone = 0
    while ids := _ids(store, "SELECT id FROM conversations WHERE import = ? LIMIT ?", number):
        gone += store.write(lambda t, ids=ids: _delete(t, "conversations", ids))  # type: ignore[misc]
    store.write(lambda t: t.run("DELETE FROM imports WHERE id = ?", (number,)))
    sweep(store)
    return gone


def prune(store: Store, before: datetime) -> int:
    """Delete conversations, log lines and links from before a time; how many conversations."""
    limit = text_of(before)
    gone = 0
    for table, column in (("practices", "kept_at"), ("conversations", "kept_at")):
        sql = f"SELECT id FROM {table} WHERE {column} < ? LIMIT ?"
        while ids := _ids(store, sql, limit):
            gone += store.write(lambda t, n=table, ids=ids: _delete(t, n, ids))  # type: ignore[misc]
    old = (
        "DELETE FROM imports WHERE made_at < ?1 AND state = 'done' "
        "AND id NOT IN (SELECT import FROM conversations WHERE import IS NOT NULL)",
        "DELETE FROM shifts WHERE started_at < ?1 "
        "AND id NOT IN (SELECT shift FROM practices WHERE shift IS NOT NULL)",
        "DELETE FROM moment_rounds WHERE started_at < ?1",
        "DELETE FROM audit WHERE at < ?1",
        "DELETE FROM links WHERE expires_at < ?1",
        "DELETE FROM logins WHERE expires_at < ?1",
        "DELETE FROM failures WHERE at < ?1",
    )
    for sql in old:
        store.write(lambda t, sql=sql: t.run(sql, (limit,)))  # type: ignore[misc]
    sweep(store)
    return gone


def sweep(store: Store) -> None:
    """Bring all that was written into the file, so that the log beside it holds nothing old."""
    store.rows("PRAGMA wal_checkpoint(TRUNCATE)")


def _ids(store: Store, sql: str, value: object) -> list[int]:
    return [row["id"] for row in store.rows(sql, (value, min(_AT_ONCE, MOST_ROWS)))]


def _delete(transaction: Transaction, table: str, ids: list[int]) -> int:
    sql = f"DELETE FROM {table} WHERE id IN (SELECT value FROM json_each(?))"
    return transaction.run(sql, (json.dumps(ids),))
