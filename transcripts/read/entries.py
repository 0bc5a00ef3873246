"""One message of a table before it is known to which side and conversation it belongs."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from hashlib import blake2b
from typing import Any

from transcripts.read.sides import Sides, looks_like_shop, role_of
from transcripts.times import DayOrder, order_of, order_signs


@dataclass(slots=True)
class Entry:
    """A row by its meanings; "" where a cell is empty. `key` groups rows to conversations.

    `weak`: the id is one only if it repeats, else it numbers the messages.
    """

    line: int
    text: str
    id: str = ""
    at: Any = ""
    role: str = ""
    sender: str = ""
    customer: str = ""
    agent: str = ""
    sheet: str | None = None
    raw: str = ""
    fault: str | None = None
    key: str = ""
    weak: bool = False
    extra: dict[str, Any] = field(default_factory=dict)


@dataclass(slots=True)
class Survey:
    """What only the whole file can tell; gathered in a first pass, row by row."""

    contiguous: bool = True
    order: DayOrder = "day-first"
    names_in_roles: bool = False
    fill_down: bool = False
    has_ids: bool = False
    has_customers: bool = False
    marked: bool = False
    entries: int = 0
    sides: Sides = field(default_factory=Sides)


def fingerprint(text: str) -> int:
    """64 bits that stand for a text in sets that must stay small."""
    return int.from_bytes(blake2b(text.encode("utf-8", "replace"), digest_size=8).digest(), "big")


def survey(entries: Iterable[Entry]) -> Survey:
    """Look over a whole file once, keeping fingerprints only."""
    found = Survey()
    seen: set[int] = set()
    signs: set[str] = set()
    current: int | None = None
    filled = blank = known = unknown = 0
    repeated = weak = False
    for entry in entries:
        found.entries += 1
        if isinstance(entry.at, str):
            signs |= order_signs(entry.at) if entry.at[4:5] not in ("-", "年") else set()
        weak = weak or entry.weak
        if entry.id:
            filled += 1
        else:
            blank += 1
        found.has_customers = found.has_customers or bool(entry.customer)
        if entry.role:
            known, unknown = (known + 1, unknown) if role_of(entry.role) else (known, unknown + 1)
        if name := entry.id or entry.customer:
            mark = fingerprint(name)
            repeated = repeated or (bool(entry.id) and mark in seen)
            if mark != current and mark in seen:
                found.contiguous = False
            seen.add(mark)
            current = mark
        if (sender := entry.sender or entry.role) and not role_of(entry.role):
            found.marked = found.marked or looks_like_shop(sender)
            found.sides.heard(sender, current or 0)
    found.has_ids = filled > 0 and (repeated or not weak or filled == 1)
    found.fill_down = found.has_ids and not repeated and blank >= filled
    found.names_in_roles = unknown > known
    found.order = order_of(signs)
    return found


def keyed(entries: Iterable[Entry], about: Survey) -> Iterator[Entry]:
    """Give each entry the key of its conversation, by id, by customer, or by who speaks.

    An entry that should have an id and has none gets a fault and the key of the one before.
    """
    key, number, customer, sheet = "", 0, "", None
    for entry in entries:
        if entry.id and not about.has_ids:
            entry.extra["id"], entry.id = entry.id, ""
        if entry.id:
            key = "id:" + entry.id
        elif about.has_ids:
            if not about.fill_down or not key:
                entry.fault = entry.fault or (
                    "has no conversation id: fill in that column in each row"
                )
        elif about.has_customers:
            key = "customer:" + entry.customer if entry.customer else key
        else:
            speaker = _customer(entry, about)
            if entry.sheet != sheet or (speaker and customer and speaker != customer):
                number += 1
                customer = ""
            customer = speaker or customer
            key = f"part:{number}"
        sheet = entry.sheet
        entry.key = key
        yield entry


def _customer(entry: Entry, about: Survey) -> str:
    """The customer's name if this entry is plainly a customer's."""
    role = role_of(entry.role)
    if role is not None:
        return entry.sender if role == "customer" else ""
    name = entry.sender or entry.role
    if not about.marked or looks_like_shop(name) or role_of(name):
        return ""
    return name
