"""Logging in: rate limit, password, and sessions that expire. Tokens are kept as hashes only."""

from __future__ import annotations

import math
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final, Literal

from store.database import Store, Transaction
from store.declined import Declined
from store.lockout import BY_ADDRESS, BY_LOGIN, Limit, shut_until
from store.passwords import digest, fits, hashed
from store.people import COLUMNS, Person, login_of, person, person_of
from store.times import text_of, time_of

Kind = Literal["browser", "api"]
LASTS: Final = timedelta(hours=12)
"""A login at most; a shift with its breaks."""
IDLE: Final = timedelta(hours=2)
SEEN_EVERY: Final = timedelta(minutes=1)
"""How exact `seen_at` is: not every page is a write."""


@dataclass(frozen=True, slots=True)
class Login:
    """An open session or an API token."""

    id: int
    kind: Kind
    label: str | None
    made_at: datetime
    seen_at: datetime
    expires_at: datetime


def log_in(
    store: Store, login: str, password: str, address: str, token: str, at: datetime
) -> Person:
    """Open a browser session under `token`. `Declined` without saying which of the two was wrong.

    While shut out even the right password does not open, and the time left is told. A try counts
    as failed until it has not: many at the same moment are as many.
    """
    plain = login_of(login)
    tries = _count_try(store, plain, address, at)
    row = store.row("SELECT id, password, active FROM people WHERE login = ?", (plain,))
    if not fits(password, row["password"] if row else None) or row is None or not row["active"]:
        raise Declined("wrong_login", "wrong login name or password")
    session = _row(row["id"], "browser", token, None, (at, at + LASTS))

    def change(transaction: Transaction) -> None:
        transaction.run("DELETE FROM failures WHERE key = ?", (_key("login", plain),))
        transaction.run("DELETE FROM failures WHERE id = ?", (tries[-1],))
        transaction.run("DELETE FROM logins WHERE expires_at <= ?", (text_of(at),))
        _open(transaction, session)

    store.write(change)
    return person(store, row["id"])


def change_password(store: Store, owner: int, old: str, new: str, token: str) -> None:
    """Change one's own password; every other session ends. `Declined` if the old one is wrong."""
    row = store.row("SELECT login, password FROM people WHERE id = ?", (owner,))
    if row is None or not fits(old, row["password"]):
        raise Declined("wrong_password", "that is not your password")
    kept = hashed(new, row["login"])

    def change(transaction: Transaction) -> None:
        transaction.run("UPDATE people SET password = ? WHERE id = ?", (kept, owner))
        sql = "DELETE FROM logins WHERE person = ? AND hash <> ?"
        transaction.run(sql, (owner, digest(token)))

    store.write(change)


def make_api_token(
    store: Store, owner: int, label: str, token: str, at: datetime, lasts: timedelta
) -> None:
    """A token for programs, with the role of its owner."""
    row = _row(owner, "api", token, label, (at, at + lasts))
    store.write(lambda t: _open(t, row))


def who(store: Store, token: str, kind: Kind, at: datetime) -> Person | None:
    """Whose session it is; None if it is unknown, expired, idle too long, or its owner shut out."""
    row = store.row(
        f"""SELECT {COLUMNS}, logins.seen_at FROM logins JOIN people ON people.id = person
            WHERE hash = ? AND kind = ? AND expires_at > ? AND active = 1""",
        (digest(token), kind, text_of(at)),
    )
    if row is None:
        return None
    seen = time_of(row["seen_at"])
    if kind == "browser" and seen <= at - IDLE:
        return None
    if seen <= at - SEEN_EVERY:
        sql = "UPDATE logins SET seen_at = ? WHERE hash = ?"
        store.write(lambda t: t.run(sql, (text_of(at), digest(token))))
    return person_of(row)


def log_out(store: Store, token: str) -> None:
    """End one session."""
    store.write(lambda t: t.run("DELETE FROM logins WHERE hash = ?", (digest(token),)))


def end_login(store: Store, owner: int, number: int) -> None:
    """End one of somebody's own sessions or tokens, by its number in the list."""
    sql = "DELETE FROM logins WHERE person = ? AND id = ?"
    store.write(lambda t: t.run(sql, (owner, number)))


def logins(store: Store, owner: int) -> list[Login]:
    """Somebody's sessions and tokens, the newest first."""
    rows = store.rows("SELECT * FROM logins WHERE person = ? ORDER BY id DESC", (owner,))
    return [
        Login(row["id"], row["kind"], row["label"], time_of(row["made_at"]),
              time_of(row["seen_at"]), time_of(row["expires_at"]))
        for row in rows
    ]  # fmt: skip


def _row(owner: int, kind: Kind, token: str, label: str | None,
         span: tuple[datetime, datetime]) -> dict[str, object]:  # fmt: skip
    made, ends = (text_of(one) for one in span)
    return {
        "hash": digest(token), "person": owner, "kind": kind, "label": label, "made_at": made,
        "seen_at": made, "expires_at": ends,
    }  # fmt: skip


def _open(transaction: Transaction, row: dict[str, object]) -> None:
    number = transaction.value("SELECT coalesce(max(id), 0) + 1 FROM logins")
    transaction.insert("logins", row | {"id": number})


def _count_try(store: Store, login: str, address: str, at: datetime) -> tuple[int, ...]:
    """Refuse whoever is shut out, else write the try down; its rows, the address's last."""
    keys = ((_key("login", login), BY_LOGIN), (_key("address", address), BY_ADDRESS))
    old = text_of(at - max(BY_LOGIN.within, BY_ADDRESS.within))

    def change(transaction: Transaction) -> tuple[int, ...]:
        transaction.run("DELETE FROM failures WHERE at <= ?", (old,))
        for key, limit in keys:
            _not_shut(transaction, key, limit, at)
        rows = ({"key": key, "at": text_of(at)} for key, _ in keys)
        return tuple(transaction.insert("failures", row) for row in rows)

    return store.write(change)


def _not_shut(transaction: Transaction, key: str, limit: Limit, at: datetime) -> None:
    rows = transaction.rows("SELECT at FROM failures WHERE key = ?", (key,))
    until = shut_until([time_of(row["at"]) for row in rows], limit, at)
    if until is not None:
        minutes = max(1, math.ceil((until - at) / timedelta(minutes=1)))
        raise Declined("shut_out", "too many failures; try again in {minutes} min", minutes=minutes)


def _key(kind: str, value: str) -> str:
    """Neither names that were mistyped nor addresses are kept readable."""
    return digest(f"{kind}:{value}")
