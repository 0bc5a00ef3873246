"""Zendesk tickets: one with its comments, a list of them, or an export under `tickets`."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Final

from transcripts.errors import BadRecord
from transcripts.notes import Notes
from transcripts.read.html import body_text, to_text
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

WRAPPERS: Final = ("tickets", "results", "data")
RECORD_KEYS: Final = ("comments", "ticket", "requester_id", "audits")
_ROLES: Final[dict[str, Role]] = {
    "end-user": "customer", "end_user": "customer", "agent": "agent", "admin": "agent",
    "bot": "bot", "system": "system",
}  # fmt: skip
_KEPT: Final = ("subject", "status", "priority", "tags")


def zendesk_reader(source: Source, options: ReadOptions, notes: Notes) -> Reader:
    """A reader of Zendesk JSON. Private notes are left out."""
    return ticket_reader(
        source, Kind(WRAPPERS, RECORD_KEYS, _ticket), Clock(zone(options.timezone))
    )


def _ticket(obj: Mapping[str, Any], around: People, clock: Clock) -> Transcript:
    inner = obj.get("ticket")
    ticket: Mapping[str, Any] = inner if isinstance(inner, Mapping) else obj
    people = People(dict(around.names), dict(around.roles)) if _has_people(obj) else around
    if people is not around:
        people.add_all(obj.get("users"))
        for key in ("requester", "assignee", "submitter"):
            people.add(ticket.get(key))
    requester = text_of(ticket.get("requester_id")) or _id(ticket.get("requester"))
    comments = ticket.get("comments", obj.get("comments"))
    if isinstance(comments, Mapping):
        comments = comments.get("comments")
    if comments is None and isinstance(description := ticket.get("description"), str):
        comments = [
            {"author_id": requester, "body": description, "created_at": ticket.get("created_at")}
        ]
    if not isinstance(comments, list):
        raise BadRecord("has no `comments`: export the tickets together with their comments")
    opener = requester or next((_author(c) for c in comments if isinstance(c, Mapping)), "")
    messages = [
        message
        for index, comment in enumerate(comments)
        if (message := _comment(comment, index, people, opener, clock)) is not None
    ]
    via = ticket.get("via")
    extra = {key: ticket.get(key) for key in _KEPT if isinstance(ticket.get(key), str | list)}
    extra["channel"] = text_of(via.get("channel")) if isinstance(via, Mapping) else None
    extra["tags"] = [tag for tag in extra.get("tags") or () if isinstance(tag, str)]
    name = people.names.get(requester)
    return conversation(text_of(ticket.get("id")), messages, extra, customer=name)


def _has_people(obj: Mapping[str, Any]) -> bool:
    inner = obj.get("ticket")
    keys = {"users", "requester", "assignee", "submitter"}
    return bool(keys & set(obj)) or (isinstance(inner, Mapping) and bool(keys & set(inner)))


def _id(person: Any) -> str:
    return text_of(person.get("id")) if isinstance(person, Mapping) else ""


def _author(comment: Mapping[str, Any]) -> str:
    return text_of(comment.get("author_id")) or _id(comment.get("author"))


def _comment(comment: Any, index: int, people: People, opener: str, clock: Clock) -> Message | None:
    """The message of a comment; None for a private note."""
    if not isinstance(comment, Mapping):
        raise BadRecord(f"comments[{index}] must be an object {{…}}")
    if comment.get("public") is False:
        return None
    author = comment.get("author")
    identity = _author(comment)
    own: Mapping[str, Any] = author if isinstance(author, Mapping) else {}
    named = (text_of(own.get("role")) or people.roles.get(identity, "")).lower()
    role = _ROLES.get(named) or ("customer" if identity == opener else "agent")
    sender = text_of(own.get("name")) or people.names.get(identity) or identity
    try:
        at = when(comment.get("created_at"), clock)
    except BadRecord as bad:
        raise BadRecord(f"comments[{index}]: {bad.reason}") from None
    return Message(role, _text(comment, index), at, sender or None)


def _text(comment: Mapping[str, Any], index: int) -> str:
    html, plain, body = (comment.get(key) for key in ("html_body", "plain_body", "body"))
    if isinstance(html, str) and html.strip():
        text = to_text(html)
    elif isinstance(plain, str) and plain.strip():
        text = body_text(plain)
    elif isinstance(body, str):
        text = body_text(body)
    else:
        text = ""
    files = attachments(comment.get("attachments"))
    text = "\n".join(part for part in (text, files) if part)
    if not text and not any(isinstance(value, str) for value in (html, plain, body)):
        raise BadRecord(f"comments[{index}] has no `body`: export the comments with their texts")
    return text
