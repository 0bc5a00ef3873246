"""Assignments and exams: which scenarios, for whom, how often, until when, and how good."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Literal

from store.database import Row, Store, Transaction
from store.declined import Declined
from store.times import maybe, text_of, time_of
from transcripts.errors import UnreadableInput

Kind = Literal["practice", "exam"]


@dataclass(frozen=True, slots=True)
class Order:
    """What a trainer asks for. `tries` a scenario; None: any number, the rubric's own pass mark."""

    kind: Kind
    title: str
    scenarios: tuple[str, ...]
    people: tuple[int, ...] = ()
    groups: tuple[int, ...] = ()
    tries: int | None = None
    pass_mark: float | None = None
    due_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class Assignment:
    """An order that was given."""

    id: int
    order: Order
    made_by: int | None
    made_at: datetime
    closed_at: datetime | None


def assign(store: Store, order: Order, by: int, at: datetime) -> int:
    """Give an order; its id. `UnreadableInput` if it names no scenario or nobody."""
    if not order.scenarios or not (order.people or order.groups):
        raise UnreadableInput("an assignment needs a scenario, and somebody or a group")
    row = {
        "kind": order.kind, "title": order.title.strip() or order.scenarios[0],
        "tries": order.tries, "pass_mark": order.pass_mark,
        "due_at": None if order.due_at is None else text_of(order.due_at),
        "made_by": by, "made_at": text_of(at),
    }  # fmt: skip

    def make(transaction: Transaction) -> int:
        number = transaction.insert("assignments", row)
        for position, scenario in enumerate(dict.fromkeys(order.scenarios)):
            one = {"assignment": number, "position": position, "scenario": scenario}
            transaction.insert("assigned_scenarios", one)
        for person in set(order.people):
            transaction.insert("assigned_people", {"assignment": number, "person": person})
        for group in set(order.groups):
            transaction.insert("assigned_groups", {"assignment": number, "grp": group})
        return number

    return store.write(make)


def close_assignment(store: Store, number: int, at: datetime) -> None:
    """Take an assignment off everybody's list; what was done for it stays."""
    sql = "UPDATE assignments SET closed_at = ? WHERE id = ? AND closed_at IS NULL"
    store.write(lambda t: t.run(sql, (text_of(at), number)))


def assignments(store: Store, *, before: int | None = None, most: int = 50) -> list[Assignment]:
    """All assignments, the newest first; `before` is the last id of the page before."""
    sql = "SELECT * FROM assignments WHERE ?1 IS NULL OR id < ?1 ORDER BY id DESC LIMIT ?2"
    return [_assignment(store, row) for row in store.rows(sql, (before, most))]


def assigned_to(store: Store, person: int) -> list[Assignment]:
    """What is open for somebody, alone or in a group: the most urgent first, undated last."""
    rows = store.rows(
        """SELECT * FROM assignments WHERE closed_at IS NULL AND (
             id IN (SELECT assignment FROM assigned_people WHERE person = ?1) OR
             id IN (SELECT assignment FROM assigned_groups JOIN members USING (grp)
                    WHERE person = ?1))
           ORDER BY due_at IS NULL, due_at, id""",
        (person,),
    )
    return [_assignment(store, row) for row in rows]


def exams_of(store: Store, person: int) -> list[Assignment]:
    """Every exam that was given to somebody or that they took, the newest first."""
    rows = store.rows(
        """SELECT * FROM assignments WHERE kind = 'exam' AND (
             id IN (SELECT assignment FROM assigned_people WHERE person = ?1) OR
             id IN (SELECT assignment FROM assigned_groups JOIN members USING (grp)
                    WHERE person = ?1) OR
             id IN (SELECT assignment FROM practices WHERE person = ?1))
           ORDER BY id DESC""",
        (person,),
    )
    return [_assignment(store, row) for row in rows]


def check_try(
    transaction: Transaction, number: int, person: int, scenario: str, at: datetime
) -> None:
    """`Declined` unless this person may begin this scenario of an assignment now."""
    row = transaction.row(
        """SELECT kind, tries, due_at, closed_at FROM assignments
           JOIN assigned_scenarios ON assignment = id AND scenario = ?
           WHERE id = ? AND (
             id IN (SELECT assignment FROM assigned_people WHERE person = ?) OR
             id IN (SELECT assignment FROM assigned_groups JOIN members USING (grp)
                    WHERE person = ?))""",
        (scenario, number, person, person),
    )
    if row is None or row["closed_at"] is not None:
        raise Declined("not_assigned", "this is not, or no longer, assigned to you")
    if row["kind"] == "exam" and row["due_at"] is not None and row["due_at"] < text_of(at):
        raise Declined("too_late", "the time for this exam is over")
    begun = transaction.row(
        """SELECT count(*) AS n, ifnull(sum(state = 'open'), 0) AS under_way FROM practices
           WHERE assignment = ? AND person = ? AND scenario = ?""",
        (number, person, scenario),
    ) or {"n": 0, "under_way": 0}  # fmt: skip
    if row["kind"] == "exam" and begun["under_way"]:
        raise Declined("under_way", "a try of this exam is under way; go on with it")
    if row["tries"] is not None and begun["n"] >= row["tries"]:
        raise Declined("no_tries_left", "all {n} tries are used up", n=row["tries"])


def drawn_seed(assignment: int, person: int, scenario: str, nth: int, variants: int) -> int:
    """The seed of somebody's `nth` try (from 1) in an exam: not chosen, and the same again.

    The first variant is drawn; each further try is another one while there are.

    >>> sorted(drawn_seed(1, 2, "late", nth, 3) % 3 for nth in (1, 2, 3))
    [0, 1, 2]
    """
    first, seed = (_drawn(f"{assignment}/{person}/{scenario}/{n}") for n in (1, nth))
    return seed - seed % variants + (first + nth - 1) % variants


def _drawn(told: str) -> int:
    return int.from_bytes(hashlib.sha256(told.encode()).digest()[:4]) >> 1


def _assignment(store: Store, row: Row) -> Assignment:
    number = row["id"]

    def column(sql: str) -> tuple[Any, ...]:
        return tuple(next(iter(one.values())) for one in store.rows(sql, (number,)))

    order = Order(
        row["kind"],
        row["title"],
        column("SELECT scenario FROM assigned_scenarios WHERE assignment = ? ORDER BY position"),
        column("SELECT person FROM assigned_people WHERE assignment = ? ORDER BY person"),
        column("SELECT grp FROM assigned_groups WHERE assignment = ? ORDER BY grp"),
        row["tries"],
        row["pass_mark"],
        maybe(row["due_at"]),
    )
    return Assignment(
        number, order, row["made_by"], time_of(row["made_at"]), maybe(row["closed_at"])
    )
