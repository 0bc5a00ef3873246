"""YAML files that people write: plain values with the line of every one, and nothing dangerous.

The parser's events are read in a loop, so nesting costs no stack; aliases, tags and further
documents are refused, so a small file cannot become a large one and a value stands on one line. All
faults of a file are reported at once, up to the first place where it stops being YAML.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Final, TypeVar

import yaml
from pydantic import BaseModel, ValidationError
from yaml import events as ev

from rubrics.faults import Place, faults_of
from rubrics.own_yaml import PARSER
from transcripts.errors import Fault, InvalidFile

MAX_BYTES: Final = 500_000
MAX_DEPTH: Final = 40
MAX_VALUES: Final = 10_000

Model = TypeVar("Model", bound=BaseModel)


@dataclass(frozen=True, slots=True)
class Document:
    """A parsed file: plain dicts, lists, strings, numbers, booleans, None.

    `lines` maps the path of every value, such as ("criteria", "empathy", "weight"), to the line,
    from 1, on which it (or its key) begins.
    """

    file: str
    data: Any
    lines: Mapping[Place, int]

    def line(self, place: Place) -> int | None:
        """The line of a place, or of the nearest part around it that stands in the file."""
        while place and place not in self.lines:
            place = place[:-1]
        return self.lines.get(place)

    def fault(self, place: Place, message: str) -> Fault:
        """A fault at a place of this file."""
        return Fault(self.file, self.line(place), message)

    def build(self, model: type[Model]) -> Model:
        """The document as a model; InvalidFile with every fault of shape."""
        if not isinstance(self.data, dict):
            raise InvalidFile([Fault(self.file, 1, "the file must hold keys and values")])
        try:
            return model.model_validate(self.data)
        except ValidationError as error:
            found = faults_of(error, self.data, model)
            faults = [self.fault(place, message) for place, message in found]
            raise InvalidFile(sorted(faults, key=lambda fault: fault.line or 0)) from None


def read_yaml(path: Path) -> Document:
    """Read a file. InvalidFile if it is missing, too large, not UTF-8 or not plain YAML."""
    file = str(path)
    try:
        size = path.stat().st_size
        if size > MAX_BYTES:
            raise InvalidFile(
                [
                    Fault(
                        file, None, f"{size:,} bytes are too many (at most {MAX_BYTES:,}); split it"
                    )
                ]
            )
        raw = path.read_bytes()
    except OSError as error:
        reason = error.strerror or str(error)
        raise InvalidFile([Fault(file, None, f"cannot be read: {reason}")]) from None
    try:
        text = raw.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = raw[: error.start].count(b"\n") + 1
        raise InvalidFile([Fault(file, line, "not UTF-8; save the file as UTF-8")]) from None
    return parse_yaml(text, file)


def parse_yaml(text: str, file: str, size: int = MAX_BYTES, values: int = MAX_VALUES) -> Document:
    """Parse text as one YAML document of at most so many characters and values.

    `file` is named in faults.
    """
    builder = _Builder(file, values)
    try:
        if len(text) > size:
            builder.stop(None, f"the text is too long (at most {size:,} characters); split it")
        for event in yaml.parse(text, Loader=PARSER):
            builder.take(event)
    except yaml.MarkedYAMLError as error:
        mark = error.problem_mark or error.context_mark
        line = None if mark is None else mark.line + 1
        builder.fault(line, _syntax(str(error.problem or error.context), text, line))
    except (yaml.YAMLError, ValueError) as error:
        builder.fault(None, f"not YAML: {str(error).splitlines()[0]}")
    except _Stop:
        pass
    if not builder.faults and builder.root is _NOTHING:
        builder.fault(1, "the file is empty")
    if builder.faults:
        raise InvalidFile(builder.faults)
    return Document(file, builder.root, builder.lines)


def _syntax(problem: str, text: str, line: int | None) -> str:
    here = text.splitlines()[line - 1] if line and line <= len(text.splitlines()) else ""
    if "\t" in here[: len(here) - len(here.lstrip())] or r"'\t'" in problem:
        return "a tab where YAML wants spaces; replace tabs by spaces"
    return f"not YAML: {problem}; check indentation, colons and quotes here and just above"


class _Stop(Exception):
    """Nothing after this place is worth reading."""


_NOTHING: Final = object()
_KEY: Final = object()

_NULL = {"", "~", "null", "Null", "NULL"}
_TRUE = {"true", "True", "TRUE"}
_FALSE = {"false", "False", "FALSE"}
_INT = re.compile(r"[-+]?[0-9]{1,15}")
_FLOAT = re.compile(r"[-+]?(\.[0-9]+|[0-9]+(\.[0-9]*)?)([eE][-+]?[0-9]{1,3})?")


def _plain(value: str) -> Any:
    """A plain scalar by the core schema of YAML 1.2; dates and times stay text."""
    if value in _NULL:
        return None
    if value in _TRUE or value in _FALSE:
        return value in _TRUE
    if _INT.fullmatch(value):
        return int(value)
    if len(value) <= 40 and _FLOAT.fullmatch(value):
        return float(value)
    return value


@dataclass(slots=True)
class _Open:
    """A mapping or list that is being filled. `key` is _KEY while the next scalar is a key."""

    value: dict[Any, Any] | list[Any]
    place: Place
    key: Any = _KEY
    known: dict[Any, int] = field(default_factory=dict)


class _Builder:
    def __init__(self, file: str, most: int) -> None:
        self.faults: list[Fault] = []
        self.root: Any = _NOTHING
        self.lines: dict[Place, int] = {}
        self._file = file
        self._open: list[_Open] = []
        self._most = most
        self._values = 0

    def fault(self, line: int | None, message: str) -> None:
        self.faults.append(Fault(self._file, line, message))

    def stop(self, line: int | None, message: str) -> None:
        self.fault(line, message)
        raise _Stop

    def take(self, event: ev.Event) -> None:
        line = event.start_mark.line + 1
        if isinstance(event, ev.AliasEvent):
            self.fault(line, f"aliases (*{event.anchor}) are not available; write the value out")
            self._put(None, line)
        elif isinstance(event, ev.ScalarEvent):
            self._check_tag(event, line)
            plain = event.implicit[0] and not event.style
            self._put(_plain(event.value) if plain else event.value, line)
        elif isinstance(event, ev.MappingStartEvent | ev.SequenceStartEvent):
            self._check_tag(event, line)
            self._begin({} if isinstance(event, ev.MappingStartEvent) else [], line)
        elif isinstance(event, ev.MappingEndEvent | ev.SequenceEndEvent):
            self._open.pop()
        elif isinstance(event, ev.DocumentStartEvent) and self.root is not _NOTHING:
            self.stop(line, "a second document (---); keep one document a file")

    def _check_tag(self, event: Any, line: int) -> None:
        if event.tag not in (None, "", "!"):
            self.fault(line, f"tags ({event.tag}) are not available; write the plain value")

    def _begin(self, value: dict[Any, Any] | list[Any], line: int) -> None:
        if len(self._open) >= MAX_DEPTH:
            self.stop(line, f"nested more than {MAX_DEPTH} deep; flatten it")
        if self._open and self._open[-1].key is _KEY and isinstance(self._open[-1].value, dict):
            self.stop(line, "a list or mapping stands where a key is wanted; put a word before ':'")
        self._open.append(_Open(value, self._put(value, line)))

    def _put(self, value: Any, line: int) -> Place:
        """Put a value into the part that is open; its place."""
        self._values += 1
        if self._values > self._most:
            self.stop(line, f"more than {self._most:,} values; split the file")
        if not self._open:
            self.root = value
            self.lines[()] = line
            return ()
        part = self._open[-1]
        if isinstance(part.value, list):
            part.value.append(value)
            place = (*part.place, len(part.value) - 1)
        elif part.key is _KEY:
            return self._put_key(part, value, line)
        else:
            part.value[part.key] = value
            place = (*part.place, part.key)
            line = part.known[part.key]
            part.key = _KEY
        self.lines[place] = line
        return place

    def _put_key(self, part: _Open, key: Any, line: int) -> Place:
        if not isinstance(key, str | int) or isinstance(key, bool):
            self.fault(line, f"{key!r} is no key; put it in quotes")
            key = str(key)
        if key in part.known:
            self.fault(line, f"the key {key!r} stands twice (first in line {part.known[key]})")
        part.known.setdefault(key, line)
        part.key = key
        return part.place
