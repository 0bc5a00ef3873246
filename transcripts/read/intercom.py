"""Intercom conversations: the opening `source` and the `conversation_parts` behind it."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Final

from transcripts.errors import BadRecord
from transcripts.notes import Notes
from transcripts.read.html import body_text
from transcripts.read.options import Reader, ReadOptions
from transcripts.read.source import Source
from transcripts.read.tickets import (
    Kind,
    People,
    attachments,
    conversation,
    text_of,
    ticket_reader,
    when,
)
from transcripts.times import Clock, zone
from transcripts.types import Message, Role, Transcript

WRAPPERS: Final = ("conversations", "data")
RECORD_KEYS: Final = ("conversation_parts", "source", "conversation_message")
_ROLES: Final[dict[str, Role]] = {
    "user": "customer", "lead": "customer", "contact": "customer", "visitor": "customer",
    "admin": "agent", "teammate": "agent", "team": "agent", "bot": "bot", "system": "system",
}  # fmt: skip
# Seen by the customer when they carry a body; notes and hand-overs are between colleagues.
_PUBLIC: Final = frozenset(("", "comment", "open", "close", "quick_reply", "message", "snoozed"))


def intercom_reader(source: Source, options: ReadOptions, notes: Notes) -> Reader:
    """A reader of Intercom JSON. Notes and state changes without words are left out."""
    kind = Kind(WRAPPERS, RECORD_KEYS, _conversation)
    return ticket_reader(source, kind, Clock(zone(options.timezone)))


def _conversation(obj: Mapping[str, Any], around: People, clock: Clock) -> Transcript:
    people = People(dict(around.names), dict(around.roles))
    for key, role in (("users", "user"), ("contacts", "user"), ("admins", "admin")):
        people.add_all(obj.get(key), role)
    people.add_all(obj.get("teammates"), "admin")
    people.add(obj.get("user"), "user")
    holder = obj.get("conversation_parts")
    parts = holder.get("conversation_parts") if isinstance(holder, Mapping) else holder
    if parts is not None and not isinstance(parts, list):
        raise BadRecord("`conversation_parts` must be a list: export the conversation again")
    messages: list[Message] = []
    opening = obj.get("source") or obj.get("conversation_message")
    if isinstance(opening, Mapping):
        first = {"created_at": obj.get("created_at"), **opening, "part_type": "comment"}
        _keep(messages, first, "source", people, clock)
    for index, part in enumerate(parts or []):
        _keep(messages, part, f"conversation_parts[{index}]", people, clock)
    total = holder.get("total_count") if isinstance(holder, Mapping) else None
    extra = {
        "subject": body_text(text_of(obj.get("title")) or _subject(opening)) or None,
        "status": text_of(obj.get("state")) or None,
        "channel": _channel(opening),
    }
    missing = isinstance(total, int) and total > len(parts or [])
    return conversation(text_of(obj.get("id")), messages, extra, incomplete=missing)


def _subject(opening: Any) -> str:
    return text_of(opening.get("subject")) if isinstance(opening, Mapping) else ""


def _channel(opening: Any) -> str | None:
    return text_of(opening.get("type")) or None if isinstance(opening, Mapping) else None


def _keep(messages: list[Message], part: Any, where: str, people: People, clock: Clock) -> None:
    if not isinstance(part, Mapping):
        raise BadRecord(f"{where} must be an object {{…}}")
    body = part.get("body")
    if body is not None and not isinstance(body, str):
        raise BadRecord(f"{where}.body must be text")
    files = attachments(part.get("attachments"))
    text = "\n".join(piece for piece in (body_text(body or ""), files) if piece)
    if not text or text_of(part.get("part_type")) not in _PUBLIC:
        return
    author = part.get("author")
    own: Mapping[str, Any] = author if isinstance(author, Mapping) else {}
    identity = text_of(own.get("id")) or text_of(part.get("author_id"))
    kind = (text_of(own.get("type")) or people.roles.get(identity, "")).lower()
    role = _ROLES.get(kind)
    if role is None:
        role = "customer" if not messages else "agent"
    sender = text_of(own.get("name")) or people.names.get(identity) or text_of(own.get("email"))
    try:
        at = when(part.get("created_at"), clock)
    except BadRecord as bad:
        raise BadRecord(f"{where}: {bad.reason}") from None
    messages.append(Message(role, text, at, sender or identity or None))
