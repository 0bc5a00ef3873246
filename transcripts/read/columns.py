"""The columns of a table as a person looks them over before it is read."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Final

from transcripts.errors import UnreadableInput
from transcripts.read.csvrows import DELIMITERS, split
from transcripts.read.detect import format_of
from transcripts.read.header import (
    HEADER_ROWS,
    NONE,
    Chosen,
    Layout,
    Meaning,
    find_layout,
    layout_of,
    names_of,
)
from transcripts.read.options import Format
from transcripts.read.source import Source
from transcripts.read.table import delimiter_of
from transcripts.read.text import encoding_of, head_of
from transcripts.read.xlsxrows import check, is_workbook, sheets, text_of

SHOWN: Final = 3
"""Rows that are shown below the header."""
MOST_COLUMNS: Final = 60


@dataclass(frozen=True, slots=True)
class Table:
    """`names` as in the header, `meanings` beside them (None: nothing), and the first `rows`."""

    names: tuple[str, ...]
    meanings: tuple[Meaning | None, ...]
    rows: tuple[tuple[str, ...], ...]


@dataclass(frozen=True, slots=True)
class Looked:
    """The format of a file; `table` where it has columns."""

    format: Format
    table: Table | None


def look(source: Source, chosen: Chosen = NONE) -> Looked:
    """What a file is. A table whose columns nobody could guess comes with its first row as header.

    Raises `UnreadableInput` if it is in no format that can be read.
    """
    if is_workbook(source.head(4)):
        check(source)
        return Looked("xlsx", _of_workbook(source, chosen))
    try:
        found = format_of(source, chosen)
    except UnreadableInput:
        unknown = _unknown(_first_lines(source))
        if unknown is None:
            raise
        return Looked("csv", unknown)
    lines = _first_lines(source)
    if found == "qianniu":  # rows with times in them read like chats, too
        return Looked(found, _unknown(lines))
    if found != "csv":
        return Looked(found, None)
    delimiter = delimiter_of("\n".join(lines), chosen) or ","
    return Looked(found, _table([split(line, delimiter) or [] for line in lines], chosen))


def _first_lines(source: Source) -> list[str]:
    head = head_of(source, encoding_of(source)).lstrip("\ufeff")
    return [line for line in head.split("\n") if line.strip()][: HEADER_ROWS + SHOWN]


def _of_workbook(source: Source, chosen: Chosen) -> Table | None:
    """The first sheet with a header, or else the first that has columns at all."""
    spare: Table | None = None
    for _, rows in sheets(source):
        cells = [row.cells for row in rows[: HEADER_ROWS + SHOWN]]
        table = _table(cells, chosen)
        if table is not None and any(table.meanings):
            return table
        spare = spare or table
    return spare


def _table(rows: Sequence[Sequence[Any]], chosen: Chosen) -> Table | None:
    found = find_layout(rows, chosen)
    if found is None:
        return _bare(rows)
    position, layout = found
    return Table(layout.names, _meanings(layout), _texts(rows[position + 1 :], len(layout.names)))


def _bare(rows: Sequence[Sequence[Any]]) -> Table | None:
    """The first row with several names as the header of columns without a meaning."""
    for position, cells in enumerate(rows[:HEADER_ROWS]):
        names = names_of(cells)
        if 2 <= len(names) <= MOST_COLUMNS and sum(map(bool, names)) * 2 > len(names):
            below = rows[position + 1 :]
            return Table(names, (None,) * len(names), _texts(below, len(names))) if below else None
    return None


def _unknown(lines: Sequence[str]) -> Table | None:
    """The columns of a text whose lines have the same number of cells under one delimiter."""
    best: tuple[int, list[list[str]]] | None = None
    for delimiter in DELIMITERS:
        rows = [split(line, delimiter) or [] for line in lines]
        width = len(rows[0]) if rows else 0
        even = sum(len(row) == width for row in rows)
        if (
            width > 1
            and len(rows) > 1
            and even * 10 >= len(rows) * 9
            and (best is None or width > best[0])
        ):
            best = (width, rows)
    return None if best is None else _bare(best[1])


def _meanings(layout: Layout) -> tuple[Meaning | None, ...]:
    by_column = {column: meaning for meaning, column in layout.columns.items()}
    return tuple(by_column.get(number) for number in range(len(layout.names)))


def _texts(rows: Sequence[Sequence[Any]], width: int) -> tuple[tuple[str, ...], ...]:
    below = [row for row in rows if layout_of(row) is None][:SHOWN]
    return tuple(tuple(text_of(cell).strip() for cell in row[:width]) for row in below)
