"""Readers for labelled files: what a person said about replies, messages and conversations.

The kind of a file is told by the keys of its first record. Every fault of a file is reported at
once, with its line. Nothing here grades.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Final, Literal, TypeGuard, TypeVar

from rubrics.ids import ACTS, CRITICALS
from transcripts import canonical
from transcripts.errors import BadRecord, Fault, InvalidFile, UnreadableInput
from transcripts.language import recognise
from transcripts.types import LANGUAGES, Language, Transcript

_T = TypeVar("_T")
Kind = Literal[
    "replies", "sentences", "context", "customers", "conversations", "ratings", "pii", "critical"
]
_MOST_FAULTS: Final = 20


@dataclass(frozen=True, slots=True)
class ReplyRow:
    """One labelled agent reply. `history`, `customer` and `facts` are empty where unknown.

    Ratings are 0–4; None where the labellers said that the rating does not apply. `rated` is False
    for files that carry acts alone (sentences, context). `unit` is `sentence` or `reply`.
    """

    id: str
    line: int
    lang: Language
    reply: str
    acts: frozenset[str]
    disputed: frozenset[str] = frozenset()
    customer: str = ""
    history: tuple[str, ...] = ()
    facts: tuple[str, ...] = ()
    situation: str = ""
    empathy: float | None = None
    accuracy: float | None = None
    emotion: float | None = None
    rated: bool = False
    unit: str = "reply"


@dataclass(frozen=True, slots=True)
class CustomerRow:
    """One labelled customer message: emotion 0–4."""

    id: str
    line: int
    lang: Language
    text: str
    emotion: float
    intent: str = ""


@dataclass(frozen=True, slots=True)
class ReplyLabel:
    """Labels of the reply that begins at message `message`."""

    message: int
    acts: frozenset[str]
    empathy: float | None
    disputed: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class ConversationRow:
    """A labelled conversation: what was labelled is there, what was not is empty or None.

    `ratings` are 0–4 by criterion (order, resolution, empathy, accuracy); a key that is there with
    None was judged not to apply. `critical` is None where nobody looked for critical errors.
    """

    line: int
    transcript: Transcript
    overall: float | None = None
    ratings: Mapping[str, float | None] = field(default_factory=dict)
    critical: frozenset[str] | None = None
    replies: tuple[ReplyLabel, ...] = ()
    emotions: Mapping[int, float] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class RatedRow:
    """A conversation with a team's ratings by criterion id or `overall`, on its own scale."""

    line: int
    transcript: Transcript
    ratings: Mapping[str, float]


@dataclass(frozen=True, slots=True)
class PlainRow:
    """A record that another module measures as it stands: personal data, critical cases."""

    line: int
    record: Mapping[str, Any]


Row = ReplyRow | CustomerRow | ConversationRow | RatedRow | PlainRow


@dataclass(frozen=True, slots=True)
class LabelFile:
    """A whole file of labels of one kind."""

    file: str
    kind: Kind
    rows: tuple[Row, ...]


_KEYS: Final[tuple[tuple[Kind, frozenset[str]], ...]] = (
    ("ratings", frozenset({"messages", "ratings"})),
    ("conversations", frozenset({"messages", "overall"})),
    ("conversations", frozenset({"messages", "customer_labels"})),
    ("pii", frozenset({"text", "spans"})),
    ("critical", frozenset({"about", "critical", "reply"})),
    ("context", frozenset({"history", "reply", "acts"})),
    ("replies", frozenset({"customer", "reply", "acts"})),
    ("customers", frozenset({"text", "emotion"})),
)
_COLUMNS: Final = ("lang", "unit", "acts", "acts_disputed", "text")


def kind_of(keys: frozenset[str]) -> Kind | None:
    """The kind of a record with these keys, or None."""
    return next((kind for kind, needed in _KEYS if needed <= keys), None)


def read_labels(path: Path) -> LabelFile:
    """All rows of a label file. Raises `UnreadableInput`, or `InvalidFile` with every fault."""
    text = _text(path)
    lines = [(number, line) for number, line in enumerate(text.split("\n"), 1) if line.strip()]
    if not lines:
        raise UnreadableInput(f"{path}: the file is empty; it needs at least one labelled record")
    if tuple(lines[0][1].rstrip("\r").split("\t")) == _COLUMNS:
        return LabelFile(str(path), "sentences", _all(path, lines[1:], _sentence))
    records = list(_records(path, lines))
    kind = kind_of(frozenset(records[0][1]))
    if kind is None:
        raise UnreadableInput(
            f"{path}:{records[0][0]}: cannot tell what is labelled here from the keys "
            f"{', '.join(sorted(records[0][1])) or '(none)'}. A reply has customer, reply and "
            "acts; a customer message text and emotion; a conversation messages, and overall or "
            "ratings"
        )
    return LabelFile(str(path), kind, _all(path, records, _READERS[kind]))


def _text(path: Path) -> str:
    try:
        return path.read_text(encoding="utf-8-sig")
    except OSError as error:
        raise UnreadableInput(f"{path}: cannot be read ({error.strerror})") from error
    except UnicodeDecodeError as error:
        raise UnreadableInput(f"{path}: is not UTF-8; save it as UTF-8 and try again") from error


def _records(path: Path, lines: Sequence[tuple[int, str]]) -> Iterator[tuple[int, dict[str, Any]]]:
    faults: list[Fault] = []
    for number, line in lines:
        try:
            record = json.loads(line)
        except (ValueError, RecursionError) as error:
            faults.append(Fault(str(path), number, f"is no JSON object: {error}"))
            continue
        if isinstance(record, dict):
            yield number, record
        else:
            faults.append(Fault(str(path), number, "is no JSON object; write one {…} a line"))
    if faults:
        raise InvalidFile(faults[:_MOST_FAULTS])


def _all(
    path: Path, records: Sequence[tuple[int, _T]], read: Callable[[int, _T], Row]
) -> tuple[Row, ...]:
    rows: list[Row] = []
    faults: list[Fault] = []
    for number, record in records:
        try:
            rows.append(read(number, record))
        except BadRecord as error:
            faults.append(Fault(str(path), number, error.reason))
    if faults:
        raise InvalidFile(faults[:_MOST_FAULTS])
    return tuple(rows)


def _sentence(number: int, line: str) -> ReplyRow:
    cells = line.rstrip("\r").split("\t")
    if len(cells) != len(_COLUMNS):
        raise BadRecord(f"has {len(cells)} columns; needs {len(_COLUMNS)}: {', '.join(_COLUMNS)}")
    lang, unit, acts, disputed, text = cells
    return ReplyRow(
        id=str(number),
        line=number,
        lang=_language(lang, text),
        reply=text,
        acts=_acts([] if acts == "-" else acts.split(","), "acts"),
        disputed=_acts([] if disputed in ("-", "") else disputed.split(","), "acts_disputed"),
        unit=unit,
    )


def _reply(number: int, record: Mapping[str, Any]) -> ReplyRow:
    reply = _string(record, "reply")
    return ReplyRow(
        id=str(record.get("id", number)),
        line=number,
        lang=_language(record.get("lang"), reply),
        reply=reply,
        acts=_acts(record.get("acts"), "acts"),
        disputed=_acts(record.get("acts_disputed", []), "acts_disputed"),
        customer=str(record.get("customer") or ""),
        history=tuple(str(line) for line in record.get("history") or ()),
        facts=tuple(_fact(fact) for fact in record.get("facts") or ()),
        situation=str(record.get("situation") or ""),
        empathy=_rating(record, "empathy"),
        accuracy=_rating(record, "accuracy"),
        emotion=_rating(record, "customer_emotion"),
        rated="empathy" in record or "accuracy" in record,
    )


def _fact(fact: Any) -> str:
    return str(fact["text"]) if isinstance(fact, Mapping) and "text" in fact else str(fact)


def _customer(number: int, record: Mapping[str, Any]) -> CustomerRow:
    text = _string(record, "text")
    emotion = _rating(record, "emotion")
    if emotion is None:
        raise BadRecord("`emotion` is missing; write 0 (pleased) to 4 (furious)")
    return CustomerRow(
        id=str(record.get("id", number)),
        line=number,
        lang=_language(record.get("lang"), text),
        text=text,
        emotion=emotion,
        intent=str(record.get("intent") or ""),
    )


def _conversation(number: int, record: Mapping[str, Any]) -> ConversationRow:
    transcript = canonical.parse(record, fallback_id=str(number))
    size = len(transcript.messages)
    critical = record.get("critical")
    return ConversationRow(
        line=number,
        transcript=transcript,
        overall=_rating(record, "overall", most=100),
        ratings={
            key: _rating(record, key)
            for key in ("order", "resolution", "empathy", "accuracy")
            if key in record
        },
        critical=None if critical is None else _ids(critical, CRITICALS, "critical"),
        replies=tuple(_reply_label(label, size) for label in record.get("replies") or ()),
        emotions=dict(_emotion(label, size) for label in record.get("customer_labels") or ()),
    )


def _reply_label(label: Mapping[str, Any], size: int) -> ReplyLabel:
    return ReplyLabel(
        message=_index(label, size),
        acts=_acts(label.get("acts"), "replies[].acts"),
        empathy=_rating(label, "empathy"),
        disputed=_acts(label.get("acts_disputed", []), "replies[].acts_disputed"),
    )


def _emotion(label: Mapping[str, Any], size: int) -> tuple[int, float]:
    emotion = _rating(label, "emotion")
    if emotion is None:
        raise BadRecord("a customer label has no `emotion`; write 0 (pleased) to 4 (furious)")
    return _index(label, size), emotion


def _index(label: Mapping[str, Any], size: int) -> int:
    index = label.get("message")
    if not isinstance(index, int) or not 0 <= index < size:
        raise BadRecord(f"a label names message {index!r}; the messages count from 0 to {size - 1}")
    return index


def _rated(number: int, record: Mapping[str, Any]) -> RatedRow:
    ratings = record["ratings"]
    if not isinstance(ratings, Mapping) or not ratings:
        raise BadRecord('`ratings` must be an object such as {"overall": 80}')
    return RatedRow(number, canonical.parse(record, fallback_id=str(number)), numbers(ratings))


def numbers(ratings: Mapping[str, Any]) -> dict[str, float]:
    """The ratings that are there, as numbers; blank ones are left out. Raises `BadRecord`."""
    found: dict[str, float] = {}
    for key, value in ratings.items():
        if value is None or value == "":
            continue
        try:
            found[str(key)] = _finite(float(value))
        except (TypeError, ValueError):
            raise BadRecord(f"the rating {key} is {value!r}; write a number") from None
    return found


def _finite(value: float) -> float:
    if not abs(value) < 1e12:
        raise ValueError(value)
    return value


def _plain(number: int, record: Mapping[str, Any]) -> PlainRow:
    return PlainRow(number, dict(record))


_READERS: Final[Mapping[Kind, Callable[[int, Mapping[str, Any]], Row]]] = {
    "replies": _reply,
    "context": _reply,
    "customers": _customer,
    "conversations": _conversation,
    "ratings": _rated,
    "pii": _plain,
    "critical": _plain,
}


def _string(record: Mapping[str, Any], key: str) -> str:
    value = record.get(key)
    if not isinstance(value, str) or not value.strip():
        raise BadRecord(f"`{key}` must be a text that is not blank")
    return value


def _is_language(lang: Any) -> TypeGuard[Language]:
    return lang in LANGUAGES


def _language(lang: Any, text: str) -> Language:
    return lang if _is_language(lang) else recognise([text])


def _acts(value: Any, where: str) -> frozenset[str]:
    return _ids(value, ACTS, where)


def _ids(value: Any, known: Sequence[str], where: str) -> frozenset[str]:
    if not isinstance(value, list):
        raise BadRecord(f"`{where}` must be a list of ids, [] for none")
    unknown = [str(item) for item in value if item not in known]
    if unknown:
        raise BadRecord(f"`{where}` has {', '.join(unknown)}; known are {', '.join(known)}")
    return frozenset(value)


def _rating(record: Mapping[str, Any], key: str, most: float = 4) -> float | None:
    value = record.get(key)
    if value is None:
        return None
    if isinstance(value, bool) or not isinstance(value, int | float) or not 0 <= value <= most:
        raise BadRecord(f"`{key}` is {value!r}; write a number from 0 to {most:g}, or null")
    return float(value)
