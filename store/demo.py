"""The mark of a database whose people are invented: without it no demo account can be there."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from store.database import Store, Transaction
from store.folder import prepare
from store.opening import bring_up_to_date
from store.times import maybe, text_of, time_of
from transcripts.errors import UnreadableInput


@dataclass(frozen=True, slots=True)
class Demo:
    """`password` opens every invented account; `filled_at` is None until everything is there."""

    seed: int
    password: str
    begun_at: datetime
    filled_at: datetime | None


def demo_of(store: Store) -> Demo | None:
    """The mark; None in a database of real people."""
    row = store.row("SELECT seed, password, begun_at, filled_at FROM demo")
    if row is None:
        return None
    times = {"begun_at": time_of(row["begun_at"]), "filled_at": maybe(row["filled_at"])}
    return Demo(**{**row, **times})


def no_demo(store: Store) -> None:
    """`UnreadableInput` where invented people are about to be served as if they were real."""
    if demo_of(store) is not None:
        folder = store.path.parent
        raise UnreadableInput(
            f"{folder}: holds demo data, invented people with a printed password. Start it with "
            f"kefu serve --demo --data {folder.parent}, or name another folder with --data."
        )


def demo_in(store: Store, seed: int, password: str, at: datetime) -> Demo:
    """The demo that is there, or a new one with this seed and password, still to be filled.

    One whose filling was cut short is begun anew. `UnreadableInput` among real accounts.
    """
    found = demo_of(store)
    if found is not None and found.filled_at is not None:
        return found
    if found is not None:
        begin_anew(store)
    return mark_demo(store, seed, password, at)


def mark_demo(store: Store, seed: int, password: str, at: datetime) -> Demo:
    """Mark an empty database. `UnreadableInput` if anybody has an account in it."""
    row = {"id": 1, "seed": seed, "password": password, "begun_at": text_of(at)}

    def mark(transaction: Transaction) -> None:
        if transaction.value("SELECT 1 FROM people LIMIT 1"):
            raise UnreadableInput(
                f"{store.path.parent}: real accounts are there, and demo data never goes among "
                "them. Move this folder away, or name another one with --data."
            )
        transaction.insert("demo", row)

    store.write(mark)
    return Demo(seed, password, at, None)


def demo_filled(store: Store, at: datetime) -> None:
    """Everything is there; the next start adds nothing."""
    store.write(lambda t: t.run("UPDATE demo SET filled_at = ?", (text_of(at),)))


def begin_anew(store: Store) -> None:
    """Empty a database whose filling was cut short. Never one without the mark."""
    if demo_of(store) is None:
        raise UnreadableInput(f"{store.path}: holds no demo data, so nothing is deleted.")
    store.close()
    for ending in ("", "-wal", "-shm"):
        store.path.with_name(store.path.name + ending).unlink(missing_ok=True)
    prepare(store.path.parent)
    bring_up_to_date(store)
