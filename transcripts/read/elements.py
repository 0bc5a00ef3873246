"""Splitting a large JSON file into its records without building it: tickets, conversations, lines.

A broken record costs only itself, and the raw text of each is at hand for the rejects file, which
an event parser of the whole file cannot give.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any, Final, Literal, NoReturn

from transcripts.errors import BadRecord

Shape = Literal["lines", "array", "wrapper", "documents"]

# An unclosed string runs to the end of its line, so that no line is gone over twice.
_TOKEN: Final = re.compile(r'"(?:[^"\\\n]|\\.)*(?:"|\\?$)|[{}\[\]]|[^\s"{}\[\]:,]+')
_KEY: Final = re.compile(r'"((?:[^"\\]|\\.)*)"\s*:')
_LONGEST_RECORD: Final = 256 << 20


@dataclass(frozen=True, slots=True)
class Element:
    """One JSON value of a file: the key it stands under ("" if none), its line and raw text."""

    key: str
    line: int
    text: str


def load(text: str) -> Any:
    """The value of a JSON text. Raises `BadRecord` with place and cure, whatever the text."""
    try:
        return json.loads(text, parse_constant=_no_constant)
    except json.JSONDecodeError as error:
        raise BadRecord(
            f"is not valid JSON ({error.msg} at character {error.pos + 1}): "
            "check quotes, commas and brackets there"
        ) from None
    except RecursionError:
        raise BadRecord("is nested too deeply: flatten it") from None
    except ValueError as error:  # a number of more than 4,300 digits
        raise BadRecord(f"holds a number that cannot be read ({error})"[:160]) from None


def _no_constant(name: str) -> NoReturn:
    raise BadRecord(f"holds {name}, which is not JSON: write null or a number instead")


def shape_of(head: str, wrappers: Iterable[str], records: Iterable[str]) -> Shape:
    """How records stand in a JSON text that begins with `head`.

    `wrappers` are keys of an object around a list of records, `records` keys that tell a record.
    """
    start = head.lstrip()
    if start.startswith("["):
        return "array"
    if any(_is_record(line, records) for line in start.split("\n")[:20]):
        return "lines"
    if set(top_keys(start)) & set(wrappers):
        return "wrapper"
    first = start.split("\n", 1)[0].rstrip()
    return "documents" if first.endswith(("{", "[", ",", ":")) or first == "{" else "lines"


def _is_record(line: str, records: Iterable[str]) -> bool:
    if not line.startswith("{"):
        return False
    try:
        found = load(line)
    except BadRecord:
        return False
    return bool(set(found) & set(records))


def top_keys(head: str) -> list[str]:
    """The keys of the first object of a JSON text, as far as the text goes."""
    found: list[str] = []
    depth = 0
    for token in _TOKEN.finditer(head):
        mark = token[0]
        if mark in "{[":
            depth += 1
        elif mark in "}]":
            depth -= 1
            if depth == 0:
                break
        elif depth == 1 and mark[0] == '"' and (key := _KEY.match(head, token.start())):
            found.append(key[1])
    return found


def elements(lines: Iterable[tuple[int, str]], shape: Shape) -> Iterator[Element]:
    """The records of a JSON text of this shape, in order. A cut-off last one comes as it is."""
    if shape == "lines":
        return (Element("", number, text) for number, text in lines if text.strip())
    if shape == "array":
        return _Splitter(1).run(lines)
    return _Splitter(2).run(lines) if shape == "wrapper" else _Splitter(0).run(lines)


class _Splitter:
    """Cuts out the values at one depth: 0 whole documents, 1 items, 2 items of lists under keys."""

    def __init__(self, depth: int) -> None:
        self._at = depth
        self._depth = 0
        self._parts: list[str] = []
        self._size = 0
        self._line = 0
        self._key = ""
        self._in_list = depth < 2

    def run(self, lines: Iterable[tuple[int, str]]) -> Iterator[Element]:
        for number, line in lines:
            yield from self._feed(number, line)
            if self._parts and self._size > _LONGEST_RECORD:
                yield self._take()
        if self._parts and "".join(self._parts).strip():
            yield self._take()

    def _feed(self, number: int, line: str) -> Iterator[Element]:
        begin = 0  # where the part of the current value on this line begins
        for token in _TOKEN.finditer(line):
            mark = token[0]
            if mark in "{[":
                if self._depth == self._at and not self._parts:
                    begin, self._line = token.start(), number
                    self._parts.append("")
                if self._at == 2 and self._depth == 1:
                    self._in_list = mark == "["
                self._depth += 1
            elif mark in "}]":
                self._depth = max(0, self._depth - 1)
                if self._depth == self._at and self._parts:
                    self._keep(line[begin : token.end()])
                    begin = token.end()
                    yield self._take()
            elif self._at == 2 and self._depth == 1 and mark[0] == '"':
                key = _KEY.match(line, token.start())
                self._key = key[1] if key else self._key
            elif self._depth == self._at and not self._parts and self._in_list:
                yield Element(self._key, number, mark)  # a bare word where a record should be
        if self._parts:
            self._keep(line[begin:] + "\n")

    def _keep(self, text: str) -> None:
        self._parts.append(text)
        self._size += len(text)

    def _take(self) -> Element:
        text = "".join(self._parts).strip()
        self._parts.clear()
        self._size = 0
        return Element(self._key, self._line, text)
