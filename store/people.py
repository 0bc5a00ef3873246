"""People, their roles and their groups."""

from __future__ import annotations

import sqlite3
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Final, Literal, get_args

from store.database import Row, Store, Transaction
from store.declined import Declined
from store.times import text_of
from transcripts.errors import UnreadableInput

Role = Literal["agent", "team_leader", "trainer", "lead", "admin"]
ROLES: Final[tuple[Role, ...]] = get_args(Role)
LONGEST: Final = 60
COLUMNS: Final = """people.id, people.login, people.name, people.role, people.active, people.lang,
                   people.password IS NOT NULL AS ready"""
"""What `person_of` needs of a row."""


@dataclass(frozen=True, slots=True)
class Person:
    """Somebody with an account. `ready` once a password was chosen."""

    id: int
    login: str
    name: str
    role: Role
    active: bool
    lang: str | None
    ready: bool


@dataclass(frozen=True, slots=True)
class Group:
    """A team: its members, and which of them lead it."""

    id: int
    name: str
    members: tuple[int, ...]
    leaders: tuple[int, ...]


def login_of(text: str) -> str:
    """The one writing of a login name: no matter how wide, how big, with which spaces around."""
    return unicodedata.normalize("NFKC", text).strip().casefold()


def add_person(store: Store, login: str, name: str, role: Role, at: datetime) -> Person:
    """A new account without password; an invitation lets its owner choose one."""
    plain = login_of(login)
    if not plain or len(plain) > LONGEST or any(sign.isspace() for sign in plain):
        raise UnreadableInput(
            f"{login!r} cannot be a login name: 1 to {LONGEST} characters without spaces"
        )
    row = {"login": plain, "name": name.strip() or plain, "role": role, "made_at": text_of(at)}
    try:
        number = store.write(lambda t: t.insert("people", row))
    except sqlite3.IntegrityError:
        raise Declined(
            "login_taken", "{login} is there already; take another name", login=plain
        ) from None
    return person(store, number)


def first_person(store: Store, login: str, at: datetime) -> Person | None:
    """The admin of a new data folder; None if anybody is there already."""
    row = {"login": login_of(login), "name": login, "role": "admin", "made_at": text_of(at)}

    def make(transaction: Transaction) -> int | None:
        if transaction.value("SELECT 1 FROM people LIMIT 1"):
            return None
        return transaction.insert("people", row)

    number = store.write(make)
    return None if number is None else person(store, number)


def person(store: Store, number: int) -> Person:
    """The person of an id. `UnreadableInput` if there is none."""
    row = store.row(f"SELECT {COLUMNS} FROM people WHERE id = ?", (number,))
    if row is None:
        raise UnreadableInput(f"there is no person {number}")
    return person_of(row)


def named(store: Store, login: str) -> Person:
    """The person of a login name. `UnreadableInput`, with how to see all, if there is none."""
    row = store.row(f"SELECT {COLUMNS} FROM people WHERE login = ?", (login_of(login),))
    if row is None:
        raise UnreadableInput(f"nobody is called {login}; kefu user list shows everybody")
    return person_of(row)


def people(store: Store, roles: Sequence[Role] = ROLES) -> list[Person]:
    """Everybody with one of these roles, by login name."""
    marks = ", ".join("?" * len(roles))
    sql = f"SELECT {COLUMNS} FROM people WHERE role IN ({marks}) ORDER BY login"
    return [person_of(row) for row in store.rows(sql, tuple(roles))]


def set_role(store: Store, number: int, role: Role) -> None:
    """Give another role. `Declined` for the last admin."""

    def change(transaction: Transaction) -> None:
        transaction.run("UPDATE people SET role = ? WHERE id = ?", (role, number))
        _an_admin_stays(transaction)

    store.write(change)


def set_active(store: Store, number: int, active: bool) -> None:
    """Shut out, which ends all logins and links at once, or let in again."""

    def change(transaction: Transaction) -> None:
        transaction.run("UPDATE people SET active = ? WHERE id = ?", (int(active), number))
        if not active:
            _an_admin_stays(transaction)
            transaction.run("DELETE FROM logins WHERE person = ?", (number,))
            transaction.run("DELETE FROM links WHERE person = ?", (number,))

    store.write(change)


def set_name(store: Store, number: int, name: str) -> None:
    """Change the name that others see; an empty one changes nothing."""
    shown = name.strip()
    sql = "UPDATE people SET name = ? WHERE id = ? AND ? <> ''"
    store.write(lambda t: t.run(sql, (shown, number, shown)))


def set_lang(store: Store, number: int, lang: str) -> None:
    """Remember the language that somebody works in."""
    store.write(lambda t: t.run("UPDATE people SET lang = ? WHERE id = ?", (lang, number)))


def _an_admin_stays(transaction: Transaction) -> None:
    if not transaction.value("SELECT 1 FROM people WHERE role = 'admin' AND active = 1"):
        raise Declined("last_admin", "that is the last admin; make somebody else an admin first")


def set_group(store: Store, name: str, members: Sequence[int], leaders: Sequence[int],
              at: datetime) -> int:  # fmt: skip
    """Make a group, or give the one of that name these members; its id."""
    row = {"name": name.strip(), "made_at": text_of(at)}
    leads = set(leaders)

    def change(transaction: Transaction) -> int:
        transaction.insert_new("groups", row)
        number = int(transaction.value("SELECT id FROM groups WHERE name = ?", (row["name"],)))
        transaction.run("DELETE FROM members WHERE grp = ?", (number,))
        for one in {*members, *leaders}:
            transaction.insert("members", {"grp": number, "person": one, "leads": one in leads})
        return number

    return store.write(change)


def remove_group(store: Store, number: int) -> None:
    """Take a group apart; its people stay."""
    store.write(lambda t: t.run("DELETE FROM groups WHERE id = ?", (number,)))


def groups(store: Store) -> list[Group]:
    """All groups by name."""
    sql = "SELECT grp, person, leads FROM members ORDER BY grp, person"
    rows = store.rows(sql)
    return [
        Group(
            row["id"],
            row["name"],
            tuple(one["person"] for one in rows if one["grp"] == row["id"]),
            tuple(one["person"] for one in rows if one["grp"] == row["id"] and one["leads"]),
        )
        for row in store.rows("SELECT id, name FROM groups ORDER BY name")
    ]


def led_by(store: Store, leader: int) -> set[int]:
    """Everybody in the groups that somebody leads."""
    sql = """SELECT DISTINCT mine.person FROM members AS own
             JOIN members AS mine ON mine.grp = own.grp
             WHERE own.person = ? AND own.leads = 1"""
    return {row["person"] for row in store.rows(sql, (leader,))}


def person_of(row: Row) -> Person:
    """The person of a row with `COLUMNS`."""
    return Person(
        row["id"], row["login"], row["name"], row["role"], bool(row["active"]), row["lang"],
        bool(row["ready"]),
    )  # fmt: skip
