"""The canonical form of a conversation: one JSON object, as the contract words it.

`parse` and `to_json` are inverse to each other up to the spelling of times and languages: unknown
keys are kept, in their order, behind the known ones.
"""

from __future__ import annotations

import math
import re
from collections.abc import Mapping
from datetime import date, datetime
from functools import lru_cache
from typing import Any, Final

from transcripts.errors import BadRecord
from transcripts.language import recognise
from transcripts.notes import Notes
from transcripts.times import DEFAULT_ZONE, Clock, UnknownZone, UnreadableTime, zone
from transcripts.types import LANGUAGES, ROLES, Fact, Language, Message, Role, Transcript

_MESSAGE_KEYS: Final = ("role", "at", "text", "sender", "data")
_FACT_KEYS: Final = ("id", "text", "kind", "value", "unit", "scope", "valid_from", "valid_to")
_TEXT_KEYS: Final = ("agent", "customer", "currency", "timezone", "market")
# Where unknown keys of the contract's own example stand; every other one comes last.
_BEFORE_MESSAGES: Final = ("channel", "situation", "scenario")
_KNOWN: Final = frozenset(
    ("id", "lang", "facts", "messages", "authority", "note_form", "incomplete", *_TEXT_KEYS)
)
_DEEPEST: Final = 50
_SURROGATE: Final = re.compile("[\ud800-\udfff]")
_ALL_FAULTS: Final = 5


def parse(
    obj: Mapping[str, Any],
    *,
    notes: Notes | None = None,
    clock: Clock | None = None,
    fallback_id: str | None = None,
) -> Transcript:
    """Read one canonical object. Raises `BadRecord` that lists every fault and its cure.

    An unknown role is read as system, kept in the message's `role_given` and remarked once in
    `notes`. Times without an offset are in the object's own `timezone`, else in `clock`'s.
    `fallback_id` stands in for a missing id; without it a missing id is a fault.
    """
    return _Parser(notes, clock or _default_clock()).transcript(obj, fallback_id)


def to_json(transcript: Transcript) -> dict[str, Any]:
    """The canonical object of a transcript, ready for `json.dumps(..., ensure_ascii=False)`."""
    extra = dict(transcript.extra)
    found: dict[str, Any] = {"id": transcript.id}
    if transcript.lang is not None:
        found["lang"] = transcript.lang
    for key in ("channel", "situation", "agent", "customer", "scenario"):
        if key in extra:
            found[key] = extra.pop(key)
        elif getattr(transcript, key, None) is not None:
            found[key] = getattr(transcript, key)
    for key in ("currency", "timezone", "market"):
        if getattr(transcript, key) is not None:
            found[key] = getattr(transcript, key)
    for key in ("authority", "note_form"):
        if getattr(transcript, key) is not None:
            found[key] = dict(getattr(transcript, key))
    if transcript.facts:
        found["facts"] = [_fact_json(fact) for fact in transcript.facts]
    found["messages"] = [_message_json(message) for message in transcript.messages]
    if transcript.incomplete:
        found["incomplete"] = True
    return found | extra


def _message_json(message: Message) -> dict[str, Any]:
    found: dict[str, Any] = {"role": message.role}
    if message.at is not None:
        found["at"] = message.at.isoformat()
    found["text"] = message.text
    if message.sender is not None:
        found["sender"] = message.sender
    if message.data is not None:
        found["data"] = dict(message.data)
    return found | dict(message.extra)


def _fact_json(fact: Fact) -> str | dict[str, Any]:
    found: dict[str, Any] = {}
    for key in _FACT_KEYS:
        value = getattr(fact, key)
        if value is not None:
            found[key] = value.isoformat() if isinstance(value, date) else value
    found |= dict(fact.extra)
    return fact.text if list(found) == ["text"] else found


@lru_cache(maxsize=1)
def _default_clock() -> Clock:
    return Clock(zone(DEFAULT_ZONE))


class _Parser:
    """Reads one object and gathers its faults, so that all are told at once."""

    def __init__(self, notes: Notes | None, clock: Clock) -> None:
        self._notes = notes
        self._clock = clock
        self._faults: list[str] = []

    def transcript(self, obj: Any, fallback_id: str | None) -> Transcript:
        if not isinstance(obj, Mapping):
            raise BadRecord(
                "a conversation must be a JSON object {…} with `id` and `messages`, "
                f"not {_kind(obj)}"
            )
        identity = self._id(obj.get("id"), fallback_id)
        texts = {key: self._text(obj.get(key), f"`{key}`") for key in _TEXT_KEYS}
        self._own_zone(texts["timezone"])
        messages = self._messages(obj.get("messages"))
        found = Transcript(
            id=identity,
            messages=messages,
            lang=self._language(obj.get("lang"), messages),
            facts=self._facts(obj.get("facts")),
            agent=texts["agent"],
            customer=texts["customer"],
            currency=texts["currency"],
            timezone=texts["timezone"],
            market=texts["market"],
            authority=self._authority(obj.get("authority")),
            note_form=self._mapping(obj.get("note_form"), "`note_form`"),
            incomplete=obj.get("incomplete") is True,
            extra=self._extra(obj, _KNOWN, "the conversation"),
        )
        self._complain()
        return found

    def _complain(self) -> None:
        if self._faults:
            told = self._faults[:_ALL_FAULTS]
            if len(self._faults) > len(told):
                told.append(f"and {len(self._faults) - len(told)} more faults of this kind")
            raise BadRecord("; ".join(told))

    def _id(self, value: Any, fallback: str | None) -> str:
        if value is None or value == "":
            if fallback is None:
                self._faults.append("`id` is missing: give each conversation an id of its own")
            return fallback or ""
        found = self._text(value, "`id`")
        return found or ""

    def _own_zone(self, name: str | None) -> None:
        if name:
            try:
                self._clock = Clock(zone(name))
            except UnknownZone as unknown:
                self._faults.append(str(unknown))

    def _messages(self, value: Any) -> tuple[Message, ...]:
        if not isinstance(value, list | tuple):
            self._faults.append(
                '`messages` must be a list of {"role": "customer", "text": "…"}, '
                f"not {_kind(value)}"
            )
            return ()
        return tuple(
            message
            for index, item in enumerate(value)
            if (message := self._message(item, f"messages[{index}]")) is not None
        )

    def _message(self, item: Any, where: str) -> Message | None:
        if not isinstance(item, Mapping):
            self._faults.append(
                f'{where} must be an object {{"role": …, "text": …}}, not {_kind(item)}'
            )
            return None
        text = item.get("text")
        if not isinstance(text, str):
            self._faults.append(f"{where}.text must be a string, not {_kind(text)}")
            return None
        role, given = self._role(item.get("role"), where)
        extra = self._extra(item, _MESSAGE_KEYS, where)
        return Message(
            role=role,
            text=_clean(text),
            at=self._time(item.get("at"), where),
            sender=self._text(item.get("sender"), f"{where}.sender"),
            data=self._mapping(item.get("data"), f"{where}.data"),
            extra={**extra, "role_given": given} if given else extra,
        )

    def _role(self, value: Any, where: str) -> tuple[Role, str | None]:
        if not isinstance(value, str) or not value:
            self._faults.append(f"{where}.role is missing: write one of {', '.join(ROLES)}")
            return "system", None
        for role in ROLES:
            if value == role:
                return role, None
        if self._notes is not None:
            self._notes.once(
                f"Role {value[:40]!r} is not known and is read as system. "
                f"Known roles: {', '.join(ROLES)}."
            )
        return "system", _clean(value)

    def _time(self, value: Any, where: str) -> datetime | None:
        if value is None or value == "":
            return None
        try:
            return self._clock.read(value)
        except UnreadableTime as unreadable:
            self._faults.append(f"{where}.at: {unreadable}")
            return None

    def _text(self, value: Any, where: str) -> str | None:
        if value is None or isinstance(value, str):
            return _clean(value) if value else None
        if isinstance(value, bool) or not isinstance(value, int):
            self._faults.append(f"{where} must be a string, not {_kind(value)}")
            return None
        return str(value)

    def _language(self, value: Any, messages: tuple[Message, ...]) -> Language:
        known = _language(value) if isinstance(value, str) else None
        if known is None and value not in (None, "") and self._notes is not None:
            self._notes.once(
                f"Language {str(value)[:20]!r} is not known; it is recognised from the text. "
                f"Known languages: {', '.join(LANGUAGES)}."
            )
        return known or recognise(message.text for message in messages)

    def _facts(self, value: Any) -> tuple[Fact, ...]:
        if value is None:
            return ()
        if not isinstance(value, list | tuple):
            self._faults.append(f"`facts` must be a list, not {_kind(value)}")
            return ()
        facts = (self._fact(item, f"facts[{index}]") for index, item in enumerate(value))
        return tuple(fact for fact in facts if fact is not None)

    def _fact(self, item: Any, where: str) -> Fact | None:
        if isinstance(item, str):
            return Fact(_clean(item))
        if not isinstance(item, Mapping) or not isinstance(item.get("text"), str):
            self._faults.append(f'{where} must be a string or an object with "text": "…"')
            return None
        scope = item.get("scope")
        return Fact(
            text=_clean(item["text"]),
            id=self._text(item.get("id"), f"{where}.id"),
            kind=self._text(item.get("kind"), f"{where}.kind"),
            value=self._plain(item.get("value"), f"{where}.value"),
            unit=self._text(item.get("unit"), f"{where}.unit"),
            scope=self._mapping(scope, f"{where}.scope")
            if isinstance(scope, Mapping)
            else self._text(scope, f"{where}.scope"),
            valid_from=self._date(item.get("valid_from"), f"{where}.valid_from"),
            valid_to=self._date(item.get("valid_to"), f"{where}.valid_to"),
            extra=self._extra(item, _FACT_KEYS, where),
        )

    def _date(self, value: Any, where: str) -> date | None:
        if value is None or value == "":
            return None
        try:
            return self._clock.read(value).date()
        except UnreadableTime:
            self._faults.append(f"{where} must be a date such as 2026-03-02")
            return None

    def _authority(self, value: Any) -> Mapping[str, float] | None:
        found = self._mapping(value, "`authority`")
        for key, limit in (found or {}).items():
            if isinstance(limit, bool) or not isinstance(limit, int | float) or limit < 0:
                self._faults.append(f"`authority.{key}` must be a number, 0 or more")
        return found

    def _mapping(self, value: Any, where: str) -> Mapping[str, Any] | None:
        if value is None:
            return None
        if not isinstance(value, Mapping):
            self._faults.append(f"{where} must be an object {{…}}, not {_kind(value)}")
            return None
        plain: dict[str, Any] = self._plain(value, where)
        return plain

    def _extra(self, obj: Mapping[str, Any], known: Any, where: str) -> Mapping[str, Any]:
        return {
            _clean(str(key)): self._plain(value, f"{where}: `{key}`")
            for key, value in obj.items()
            if key not in known
        }

    def _plain(self, value: Any, where: str) -> Any:
        try:
            return plain_value(value)
        except ValueError as fault:
            self._faults.append(f"{where} {fault}")
            return None


def plain_value(value: Any, depth: int = _DEEPEST) -> Any:
    """A JSON value that any JSON writer can write: finite, not too deep, no half surrogates.

    Raises `ValueError` with the fault and its cure.
    """
    if isinstance(value, str):
        return _clean(value)
    if isinstance(value, float) and not math.isfinite(value):
        raise ValueError("holds a number that JSON cannot hold (NaN or infinite): take it out")
    if value is None or isinstance(value, bool | int | float):
        return value
    if depth == 0:
        raise ValueError(f"is nested more than {_DEEPEST} levels deep: flatten it")
    if isinstance(value, Mapping):
        return {_clean(str(key)): plain_value(item, depth - 1) for key, item in value.items()}
    if isinstance(value, list | tuple):
        return [plain_value(item, depth - 1) for item in value]
    raise ValueError(f"is {_kind(value)}, which JSON cannot hold")


def _clean(text: str) -> str:
    """Half of a surrogate pair cannot be written as UTF-8; the replacement character can."""
    if text.isascii() or not _SURROGATE.search(text):
        return text
    return text.encode("utf-16", "surrogatepass").decode("utf-16", "replace")


def _language(tag: str) -> Language | None:
    parts = tag.strip().replace("_", "-").lower().split("-")
    if parts[0] == "en":
        return "en"
    if parts[0] in ("zh", "cmn", "yue"):
        return "zh-Hant" if {"hant", "tw", "hk", "mo"} & set(parts) else "zh"
    return None


def _kind(value: Any) -> str:
    if value is None:
        return "missing or null"
    names = {str: "text", bool: "true/false", int: "a number", float: "a number", list: "a list"}
    return names.get(type(value), "an object" if isinstance(value, Mapping) else "another value")
