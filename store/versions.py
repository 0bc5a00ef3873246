"""Versions of own scenarios, personas and rubrics: each saved text stays, one of them is in use."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Final

from store.contents import Kind
from store.database import Row, Store, Transaction
from store.declined import Declined
from store.times import text_of, time_of

_SELECT: Final = """SELECT v.id, v.kind, v.name, v.number, v.text, v.author, v.at, v.remark,
    v.id = (SELECT version FROM publications AS p WHERE p.kind = v.kind AND p.name = v.name
            ORDER BY p.id DESC LIMIT 1) AS used FROM versions AS v"""


@dataclass(frozen=True, slots=True)
class Version:
    """A text as it was saved. `number` counts from 1 for each name; `used`: it is in use."""

    id: int
    kind: Kind
    name: str
    number: int
    text: str
    author: int | None
    at: datetime
    remark: str | None
    used: bool


def save_version(
    store: Store, kind: Kind, name: str, text: str, author: int, at: datetime,
    *, basis: int | None = None, remark: str | None = None,
) -> int:  # fmt: skip
    """Save a text; its number. `basis` is the number that was edited: `Declined` if somebody saved
    a newer one meanwhile. The same text as the newest is not saved again.
    """

    def save(transaction: Transaction) -> int:
        newest = transaction.row(
            "SELECT number, text FROM versions WHERE kind = ? AND name = ? ORDER BY number DESC",
            (kind, name),
        ) or {"number": 0, "text": None}
        if newest["text"] == text:
            return int(newest["number"])
        if basis is not None and basis != newest["number"]:
            raise Declined(
                "newer_version", "version {n} was saved meanwhile; compare before you save",
                n=newest["number"],
            )  # fmt: skip
        row = {"kind": kind, "name": name, "number": newest["number"] + 1, "text": text,
               "author": author, "at": text_of(at), "remark": remark}  # fmt: skip
        transaction.insert("versions", row)
        return int(row["number"])

    return store.write(save)


def publish(store: Store, kind: Kind, name: str, number: int, by: int, at: datetime) -> None:
    """Take a version into use; an older one rolls back. Whoever calls this has checked its text."""

    def change(transaction: Transaction) -> None:
        sql = "SELECT id FROM versions WHERE kind = ? AND name = ? AND number = ?"
        version = transaction.value(sql, (kind, name, number))
        if version is None:
            raise Declined("no_version", "there is no version {n} of {name}", n=number, name=name)
        row = {"kind": kind, "name": name, "version": version, "person": by, "at": text_of(at)}
        transaction.insert("publications", row)

    store.write(change)


def versions(store: Store, kind: Kind, name: str) -> list[Version]:
    """All versions of a name, the newest first."""
    sql = f"{_SELECT} WHERE v.kind = ? AND v.name = ? ORDER BY v.number DESC"
    return [_version(row) for row in store.rows(sql, (kind, name))]


def in_use(store: Store, kind: Kind) -> list[Version]:
    """The version in use of each name."""
    found = [_version(row) for row in store.rows(f"{_SELECT} WHERE v.kind = ? AND used", (kind,))]
    return sorted(found, key=lambda version: version.name)


def _version(row: Row) -> Version:
    return Version(**{**row, "at": time_of(row["at"]), "used": bool(row["used"])})
