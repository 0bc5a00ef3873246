"""From rows to conversations: grouping, order, sides; one conversation in memory at a time."""

from __future__ import annotations

import pickle
import sqlite3
import tempfile
from collections.abc import Callable, Iterable, Iterator
from contextlib import closing
from dataclasses import astuple
from datetime import datetime
from itertools import groupby
from pathlib import Path
from typing import Final

from transcripts.language import recognise
from transcripts.notes import Notes
from transcripts.read.entries import Entry, Survey, keyed, survey
from transcripts.read.options import Found, Reject
from transcripts.read.sides import role_of
from transcripts.read.text import broken, readable, wrong_bytes
from transcripts.times import Clock, UnreadableTime
from transcripts.types import Message, Role, Transcript

_BATCH: Final = 50
_OWN_KEYS: Final = frozenset(("role", "at", "text", "sender", "data"))


class Assembler:
    """Turns the rows of one file into conversations. `file` and `encoding` serve the rejects."""

    def __init__(self, file: str, encoding: str, clock: Clock, notes: Notes) -> None:
        self._file = file
        self._encoding = encoding
        self._clock = clock
        self._notes = notes

    def run(self, entries: Callable[[], Iterable[Entry]]) -> Iterator[Found | Reject]:
        """Conversations in order of first appearance, each behind the rejects of its rows.

        `entries` is called twice, first for the survey. Rows that stand apart are sorted on disk.
        """
        about = survey(entries())
        self._clock = Clock(self._clock.zone, about.order)
        if about.names_in_roles:
            self._notes.once(
                f"{self._file}: the role column holds names; sides are told from the names."
            )
        rows = keyed(entries(), about)
        for _, group in groupby(rows if about.contiguous else gathered(rows), _key):
            yield from self._conversation(list(group), about)

    def _conversation(self, group: list[Entry], about: Survey) -> Iterator[Found | Reject]:
        senders = frozenset(name for entry in group if (name := _speaker(entry, about)))
        opener = next((name for entry in group if (name := _speaker(entry, about))), None)
        messages: list[Message] = []
        lost = False
        for entry in group:
            made = self._message(entry, about, opener, senders)
            if isinstance(made, str):
                lost = True
                yield Reject(self._file, entry.line, made, readable(entry.raw), entry.sheet)
            else:
                messages.append(made)
        if messages:
            yield Found(self._transcript(group, messages, lost), group[0].line)

    def _message(
        self, entry: Entry, about: Survey, opener: str | None, senders: frozenset[str]
    ) -> Message | str:
        """The message, or the reason why there is none."""
        if entry.fault:
            return entry.fault
        if broken(entry.raw):
            return wrong_bytes(self._encoding)
        if not entry.text.strip():
            return "has no text: fill in the content column, or delete the row"
        try:
            at = self._time(entry)
        except UnreadableTime as unreadable:
            return str(unreadable)
        role, given = self._role(entry, about, opener, senders)
        if role is None:
            return "has neither role nor sender: fill in one of them (e.g. 客户 or 客服)"
        extra = {name + "_" if name in _OWN_KEYS else name: v for name, v in entry.extra.items()}
        if given:
            extra["role_given"] = given
        sender = entry.sender or (entry.role if about.names_in_roles else "")
        return Message(role, entry.text, at, sender or None, None, extra)

    def _time(self, entry: Entry) -> datetime | None:
        if entry.at is None or (isinstance(entry.at, str) and not entry.at.strip()):
            return None
        return self._clock.read(entry.at)

    def _role(
        self, entry: Entry, about: Survey, opener: str | None, senders: frozenset[str]
    ) -> tuple[Role | None, str | None]:
        if entry.role and not about.names_in_roles:
            role = role_of(entry.role)
            if role is not None:
                return role, None
            self._notes.once(
                f"Role {entry.role[:40]!r} is not known and is read as system. "
                "Known are 客户, 客服, 机器人, 系统 and their usual synonyms."
            )
            return "system", entry.role
        name = _speaker(entry, about)
        if not name:
            return None, None
        if name == entry.customer:
            return "customer", None
        if name == entry.agent:
            return "agent", None
        return about.sides.role(name, opener, senders), None

    def _transcript(self, group: list[Entry], messages: list[Message], lost: bool) -> Transcript:
        timed = [message.at for message in messages if message.at is not None]
        if len(timed) == len(messages):
            messages = [m for _, m in sorted(zip(timed, messages, strict=True), key=_time_of)]
        first_agent = next((m.sender for m in messages if m.role == "agent" and m.sender), None)
        customer = next((m.sender for m in messages if m.role == "customer" and m.sender), None)
        return Transcript(
            id=readable(next((entry.id for entry in group if entry.id), "")),
            messages=tuple(messages),
            lang=recognise(message.text for message in messages),
            agent=next((readable(e.agent) for e in group if e.agent), first_agent),
            customer=next((readable(e.customer) for e in group if e.customer), customer),
            incomplete=lost,
        )


def gathered(entries: Iterable[Entry]) -> Iterator[Entry]:
    """Entries brought together by key, keys in order of first appearance; sorted on disk."""
    with tempfile.TemporaryDirectory(prefix="kefu-") as folder:
        path = Path(folder) / "rows.sqlite"
        with closing(sqlite3.connect(path, isolation_level=None)) as store:
            store.execute("PRAGMA journal_mode=OFF")
            store.execute("PRAGMA synchronous=OFF")
            store.execute("CREATE TABLE entry (key TEXT, number INTEGER, body BLOB)")
            store.execute("BEGIN")
            store.executemany(
                "INSERT INTO entry VALUES (?, ?, ?)",
                (
                    (readable(entry.key), number, pickle.dumps(astuple(entry), 5))
                    for number, entry in enumerate(entries)
                ),
            )
            store.execute("CREATE INDEX place ON entry (key, number)")
            store.execute("COMMIT")
            found = store.execute(
                "SELECT entry.body FROM (SELECT key, MIN(number) AS first FROM entry GROUP BY key)"
                " AS heads JOIN entry ON entry.key = heads.key ORDER BY heads.first, entry.number"
            )
            while rows := found.fetchmany(_BATCH):
                for (body,) in rows:
                    yield Entry(*pickle.loads(body))


def _key(entry: Entry) -> str:
    return entry.key


def _time_of(pair: tuple[datetime, Message]) -> datetime:
    return pair[0]


def _speaker(entry: Entry, about: Survey) -> str:
    return entry.sender or (entry.role if about.names_in_roles else "")
