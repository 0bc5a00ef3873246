"""Rows of a delimited text file, so that a stray quote costs one row and not the rest of the file.

Python's own reader would swallow everything up to the next quote, and stops at long fields.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from functools import lru_cache
from typing import Any, Final

DELIMITERS: Final = (",", "\t", ";", "|", "，")
# A quoted message of more lines than this is a quote that was never closed.
_LONGEST_QUOTE: Final = 500
_UNCLOSED: Final = (
    'opens a quote that is never closed: close it, or write a quote inside a cell as ""'
)


@dataclass(slots=True)
class Row:
    """One row. `fault` says why it cannot be used; `filled` are the cells of merged ranges."""

    line: int
    cells: list[Any]
    raw: str = ""
    fault: str | None = None
    sheet: str | None = None
    filled: frozenset[int] = field(default_factory=frozenset)


@lru_cache(maxsize=8)
def _cell(delimiter: str) -> re.Pattern[str]:
    d = re.escape(delimiter)
    return re.compile(rf'[ ]*"((?:[^"]|"")*)"[ ]*(?={d}|\Z)|([^{d}"][^{d}]*|)(?={d}|\Z)')


def split(text: str, delimiter: str) -> list[str] | None:
    """The cells of a row, or None where its quotes do not fit (open, or text behind them)."""
    if '"' not in text:
        return text.split(delimiter)
    cells: list[str] = []
    position = 0
    pattern = _cell(delimiter)
    while True:
        found = pattern.match(text, position)
        if found is None:
            return None
        quoted = found[1]
        cells.append(found[2] if quoted is None else quoted.replace('""', '"'))
        position = found.end()
        if position >= len(text):
            return cells
        position += 1  # the delimiter


def rows(lines: Iterable[tuple[int, str]], delimiter: str) -> Iterator[Row]:
    """All rows that are not blank, with the line each begins on."""
    source = iter(lines)
    waiting: list[tuple[int, str]] = []  # lines looked at in vain for a closing quote

    def following() -> tuple[int, str] | None:
        return waiting.pop() if waiting else next(source, None)

    while (entry := following()) is not None:
        number, text = entry
        if not text.strip():
            continue
        if (cells := split(text, delimiter)) is not None:
            yield Row(number, cells, text)
            continue
        taken: list[tuple[int, str]] = []
        whole = _closed(text, delimiter, following, taken) if _open(text, delimiter) else None
        if whole is not None:
            yield Row(number, split(whole, delimiter) or [whole], whole)
            continue
        waiting.extend(reversed(taken))
        fault = _UNCLOSED if _open(text, delimiter) else None
        yield Row(number, text.split(delimiter), text, fault)


def _open(text: str, delimiter: str) -> bool:
    """Whether the row's last cell begins with a quote that this line does not close."""
    position = 0
    pattern = _cell(delimiter)
    while found := pattern.match(text, position):
        if found.end() >= len(text):
            return False
        position = found.end() + 1
    rest = text[position:].lstrip(" ")
    return rest.startswith('"') and not re.search(r'(?<!")(?:"")*"(?!")', rest[1:])


def _closed(text: str, delimiter: str, following: Any, taken: list[tuple[int, str]]) -> str | None:
    """The row with the lines that its open cell goes on over, or None if it never closes well.

    `taken` receives the lines that were looked at.
    """
    parts = [text]
    while len(taken) < _LONGEST_QUOTE and (entry := following()) is not None:
        taken.append(entry)
        parts.append(entry[1])
        if '"' not in entry[1]:
            continue
        whole = "\n".join(parts)
        if split(whole, delimiter) is not None:
            return whole
        if not _open(whole, delimiter):
            return None
    return None
