"""What Zendesk and Intercom files share: people known by id, bodies in HTML, records one by one."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, Final

from transcripts.canonical import plain_value
from transcripts.errors import BadRecord
from transcripts.language import recognise
from transcripts.read.elements import Element, elements, load, shape_of
from transcripts.read.options import Found, Reader, Reject
from transcripts.read.source import Source
from transcripts.read.text import broken, encoding_of, head_of, lines, readable, wrong_bytes
from transcripts.times import Clock, UnreadableTime
from transcripts.types import Message, Transcript

_PEOPLE_KEYS: Final = ("users", "contacts", "admins", "teammates", "agents")


@dataclass(slots=True)
class People:
    """Names and roles by id, from lists that stand beside the tickets."""

    names: dict[str, str] = field(default_factory=dict)
    roles: dict[str, str] = field(default_factory=dict)

    def add(self, person: Any, role: str = "") -> None:
        """Learn a person; anything that is none is passed."""
        if not isinstance(person, Mapping) or not (identity := text_of(person.get("id"))):
            return
        if name := text_of(person.get("name")) or text_of(person.get("email")):
            self.names[identity] = name
        if role := text_of(person.get("role")) or text_of(person.get("type")) or role:
            self.roles[identity] = role.lower()

    def add_all(self, people: Any, role: str = "") -> None:
        """Learn a list of people, also one wrapped in an object."""
        if isinstance(people, Mapping):
            inner = (people.get(key) for key in _PEOPLE_KEYS)
            people = next((found for found in inner if isinstance(found, list)), [])
        for person in people if isinstance(people, list) else []:
            self.add(person, role)


# From one decoded record and the people of the file to a transcript without a language.
Convert = Callable[[Mapping[str, Any], People], Transcript]


@dataclass(frozen=True, slots=True)
class Kind:
    """How a platform's file is laid out: keys around lists of records, keys that tell a record."""

    wrappers: tuple[str, ...]
    record_keys: tuple[str, ...]
    convert: Callable[[Mapping[str, Any], People, Clock], Transcript]


def ticket_reader(source: Source, kind: Kind, clock: Clock) -> Reader:
    """A reader of one platform's records; users are gathered in a first pass."""
    encoding = encoding_of(source)
    shape = shape_of(head_of(source, encoding), kind.wrappers, kind.record_keys)

    def records() -> Iterable[Element]:
        return elements(lines(source, encoding), shape)

    def run() -> Iterator[Found | Reject]:
        people = People()
        if shape == "wrapper":
            for element in records():
                if element.key in _PEOPLE_KEYS:
                    people.add(_person(element.text))
        for element in records():
            if shape != "wrapper" or element.key in kind.wrappers:
                yield _read(source, encoding, element, lambda obj: kind.convert(obj, people, clock))

    return run


def _person(text: str) -> Any:
    try:
        return load(text)
    except BadRecord:  # a nameless user costs a name, not a ticket
        return None


def _read(
    source: Source,
    encoding: str,
    element: Element,
    convert: Callable[[Mapping[str, Any]], Transcript],
) -> Found | Reject:
    try:
        if broken(element.text):
            raise BadRecord(wrong_bytes(encoding))
        obj = load(element.text.lstrip("\ufeff"))
        if not isinstance(obj, Mapping):
            raise BadRecord("must be a JSON object {…}: one ticket or conversation")
        if "\\ud" in element.text.lower():
            obj = _whole(obj)
        return Found(convert(obj), element.line, element.text)
    except BadRecord as bad:
        return Reject(source.name, element.line, bad.reason, readable(element.text))


def _whole(obj: Mapping[str, Any]) -> Mapping[str, Any]:
    try:
        found: Mapping[str, Any] = plain_value(obj)
    except ValueError as fault:
        raise BadRecord(str(fault)) from None
    return found


def conversation(
    identity: str,
    messages: list[Message],
    extra: Mapping[str, Any],
    *,
    customer: str | None = None,
    incomplete: bool = False,
) -> Transcript:
    """A transcript whose messages are sorted by time where all have one."""
    if not messages:
        raise BadRecord("has no public message with a text: export it with its comments")
    if all(message.at is not None for message in messages):
        messages = sorted(messages, key=lambda message: message.at or datetime.min)  # noqa: DTZ901
    agent = next((m.sender for m in messages if m.role == "agent" and m.sender), None)
    spoken = next((m.sender for m in messages if m.role == "customer" and m.sender), None)
    return Transcript(
        id=identity,
        messages=tuple(messages),
        lang=recognise(message.text for message in messages),
        agent=agent,
        customer=customer or spoken,
        incomplete=incomplete,
        extra={key: value for key, value in extra.items() if value not in (None, "", [])},
    )


def when(value: Any, clock: Clock) -> datetime | None:
    """A time of a record; absent is None. Raises `BadRecord`."""
    if value is None or value == "":
        return None
    try:
        return clock.read(value)
    except UnreadableTime as unreadable:
        raise BadRecord(str(unreadable)) from None


def text_of(value: Any) -> str:
    """A text or a whole number as text; "" for anything else."""
    if isinstance(value, str):
        return value.encode("utf-8", "replace").decode("utf-8").strip()
    return str(value) if isinstance(value, int) and not isinstance(value, bool) else ""


def attachments(value: Any) -> str:
    """Placeholders for attached files: [图片] or [附件：name]."""
    marks = []
    for item in value if isinstance(value, list) else []:
        if isinstance(item, Mapping):
            kind = text_of(item.get("content_type"))
            name = text_of(item.get("file_name")) or text_of(item.get("name"))
            marks.append("[图片]" if kind.startswith("image/") else f"[附件：{name}]")
    return "".join(marks)
