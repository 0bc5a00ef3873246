"""Invitations and resets: links that let somebody choose a password, once."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Final, Literal

from store.database import Store, Transaction
from store.declined import Declined
from store.passwords import digest, hashed
from store.people import Person, person
from store.times import text_of

Purpose = Literal["invite", "reset"]
LASTS: Final = {"invite": timedelta(days=7), "reset": timedelta(hours=2)}
_ALIVE: Final = """SELECT people.id FROM links JOIN people ON people.id = links.person
                   WHERE links.hash = ? AND links.expires_at > ? AND people.active = 1"""


def make_link(
    store: Store, whom: int, purpose: Purpose, token: str, by: int | None, at: datetime
) -> None:
    """Let `token` (random, 32 bytes or more, shown once) choose a password. Older ones die."""
    row = {
        "hash": digest(token),
        "person": whom,
        "purpose": purpose,
        "made_by": by,
        "made_at": text_of(at),
        "expires_at": text_of(at + LASTS[purpose]),
    }

    def change(transaction: Transaction) -> None:
        if not transaction.value("SELECT active FROM people WHERE id = ?", (whom,)):
            raise Declined("shut", "this account is shut; let it in again first")
        transaction.run("DELETE FROM links WHERE person = ?", (whom,))
        transaction.insert("links", row)

    store.write(change)


def whom(store: Store, token: str, at: datetime) -> Person:
    """Whose link it is. `Declined` if it cannot be used."""
    row = store.row(_ALIVE, (digest(token), text_of(at)))
    if row is None:
        raise _gone()
    return person(store, row["id"])


def choose_password(store: Store, token: str, password: str, at: datetime) -> Person:
    """Use a link up. Whoever was logged in by the old password is logged out."""
    owner = whom(store, token, at)
    kept = hashed(password, owner.login)

    def change(transaction: Transaction) -> None:
        if transaction.row(_ALIVE, (digest(token), text_of(at))) is None:
            raise _gone()
        transaction.run("UPDATE people SET password = ? WHERE id = ?", (kept, owner.id))
        transaction.run("DELETE FROM links WHERE person = ?", (owner.id,))
        transaction.run("DELETE FROM logins WHERE person = ?", (owner.id,))

    store.write(change)
    return person(store, owner.id)


def _gone() -> Declined:
    return Declined("link_gone", "this link was used or is too old; ask for a new one")
