"""What somebody has begun to write and not saved as a version yet: one text a person and name."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from store.contents import Kind
from store.database import Row, Store, Transaction
from store.times import text_of, time_of
from transcripts.errors import UnreadableInput

LONGEST = 500_000
"""Characters of a text at most."""


@dataclass(frozen=True, slots=True)
class Beginning:
    """A text in the making. `basis` is the number of the version that it began from, 0: of none."""

    kind: Kind
    name: str
    person: int
    text: str
    basis: int
    at: datetime


def keep_beginning(store: Store, one: Beginning) -> None:
    """Keep a text as it stands, in place of what this person kept before."""
    if len(one.text) > LONGEST:
        raise UnreadableInput(f"the text is longer than {LONGEST:,} characters; split it")
    row = {"kind": one.kind, "name": one.name, "person": one.person, "text": one.text,
           "basis": one.basis, "at": text_of(one.at)}  # fmt: skip

    def keep(transaction: Transaction) -> None:
        _drop(transaction, one.kind, one.name, one.person)
        transaction.insert("beginnings", row)

    store.write(keep)


def drop_beginning(store: Store, kind: Kind, name: str, person: int) -> None:
    """Throw away what somebody has begun; nothing happens if there is nothing."""
    store.write(lambda t: _drop(t, kind, name, person))


def beginning(store: Store, kind: Kind, name: str, person: int) -> Beginning | None:
    """What somebody has begun to write under a name."""
    sql = "SELECT * FROM beginnings WHERE kind = ? AND name = ? AND person = ?"
    row = store.row(sql, (kind, name, person))
    return None if row is None else _beginning(row)


def beginnings(store: Store, kind: Kind) -> list[Beginning]:
    """Everybody's, by name."""
    sql = "SELECT * FROM beginnings WHERE kind = ? ORDER BY name, person"
    return [_beginning(row) for row in store.rows(sql, (kind,))]


def _drop(transaction: Transaction, kind: Kind, name: str, person: int) -> None:
    sql = "DELETE FROM beginnings WHERE kind = ? AND name = ? AND person = ?"
    transaction.run(sql, (kind, name, person))


def _beginning(row: Row) -> Beginning:
    return Beginning(**{**row, "at": time_of(row["at"])})
