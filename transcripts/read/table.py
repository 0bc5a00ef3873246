"""Tables with one message a row: CSV, TSV, semicolon CSV and Excel workbooks."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from typing import Any, Final

from transcripts.errors import UnreadableInput
from transcripts.notes import Notes
from transcripts.read.conversations import Assembler
from transcripts.read.csvrows import DELIMITERS, Row, rows, split
from transcripts.read.entries import Entry
from transcripts.read.header import HEADER_ROWS, NONE, Chosen, Layout, find_layout, layout_of
from transcripts.read.options import Reader, ReadOptions
from transcripts.read.source import Source
from transcripts.read.text import encoding_of, head_of, lines
from transcripts.read.xlsxrows import check, is_workbook, sheets, text_of
from transcripts.times import Clock, zone

_TIME_ONLY: Final = re.compile(r"\s*(?:[上下]午\s*)?\d{1,2}[:：]\d{2}")
_EXPECTED: Final = (
    "A row near the top must name the columns, e.g. 会话ID,时间,角色,发送人,内容 or "
    "conversation_id,timestamp,sender_type,sender_name,message."
)


def table_reader(source: Source, options: ReadOptions, notes: Notes) -> Reader:
    """A reader of a delimited text or of a workbook. Raises `UnreadableInput` without a header."""
    clock = Clock(zone(options.timezone))
    chosen = options.chosen
    if is_workbook(source.head(4)):
        check(source)
        _check_sheets(source, notes, chosen)
        assembler = Assembler(source.name, "utf-8", clock, notes)
        return lambda: assembler.run(lambda: _workbook_entries(source, chosen))
    encoding = encoding_of(source)
    delimiter = delimiter_of(head_of(source, encoding), chosen)
    if delimiter is None:
        raise UnreadableInput(f"{source.name}: no header found. {_EXPECTED}")
    _check_columns(source.name, _layout_in(head_of(source, encoding), delimiter, chosen))
    assembler = Assembler(source.name, encoding, clock, notes)
    return lambda: assembler.run(
        lambda: _entries(rows(lines(source, encoding), delimiter), delimiter, chosen)
    )


def delimiter_of(head: str, chosen: Chosen = NONE) -> str | None:
    """The delimiter under which the first rows of a text show a header, or None."""
    best: tuple[int, str] | None = None
    for delimiter in DELIMITERS:
        layout = _layout_in(head, delimiter, chosen)
        if layout is not None and (best is None or len(layout.columns) > best[0]):
            best = (len(layout.columns), delimiter)
    return best[1] if best else None


def _layout_in(head: str, delimiter: str, chosen: Chosen) -> Layout | None:
    first = [line for line in head.split("\n") if line.strip()][:HEADER_ROWS]
    found = find_layout([split(line.lstrip("\ufeff"), delimiter) or [] for line in first], chosen)
    return found[1] if found else None


def _check_columns(name: str, layout: Layout | None) -> None:
    if layout is not None and not {"role", "sender"} & set(layout.columns):
        raise UnreadableInput(
            f"{name}: the header {', '.join(filter(None, layout.names))[:120]} has no column that "
            "says who speaks. Add one named 角色 (客户/客服) or 发送人."
        )


def _check_sheets(source: Source, notes: Notes, chosen: Chosen) -> None:
    found = 0
    for name, sheet_rows in sheets(source):
        layout = find_layout([row.cells for row in sheet_rows[:HEADER_ROWS]], chosen)
        if layout is None:
            notes.once(f"{source.name}: sheet {name!r} has no header of a chat table; left out.")
        else:
            _check_columns(f"{source.name} ({name})", layout[1])
            found += 1
    if not found:
        raise UnreadableInput(f"{source.name}: no sheet has a header. {_EXPECTED}")


def _workbook_entries(source: Source, chosen: Chosen) -> Iterator[Entry]:
    for _, sheet_rows in sheets(source):
        yield from _entries(sheet_rows, "\t", chosen)


def _entries(table: Iterable[Row], delimiter: str, chosen: Chosen) -> Iterator[Entry]:
    """Entries of the rows under the header; titles above it and repetitions of it are passed."""
    columns: _Columns | None = None
    above = 0
    for row in table:
        if columns is None:
            above += 1
            if (layout := layout_of(row.cells, chosen)) is not None:
                columns = _Columns(layout, delimiter)
            elif above >= HEADER_ROWS:
                return
        elif not columns.is_header(row.cells):
            yield columns.entry(row)


class _Columns:
    """Where the cells of an entry stand in the rows under one header."""

    def __init__(self, layout: Layout, delimiter: str) -> None:
        self._layout = layout
        self._delimiter = delimiter
        self._width = len(layout.names)
        self._text = layout.columns["text"]
        self._at = layout.columns.get("at", -1)
        self._day = layout.columns.get("day", -1)
        self._others = tuple(layout.others().items())
        self._meanings = tuple(
            (meaning, column)
            for meaning, column in layout.columns.items()
            if meaning not in ("text", "at", "day")
        )

    def is_header(self, cells: list[Any]) -> bool:
        """Whether a row repeats the header, as exports that were joined do."""
        names = self._layout.names
        if len(cells) != self._width or text_of(cells[self._text]).strip() != names[self._text]:
            return False
        return tuple(text_of(cell).strip() for cell in cells) == names

    def entry(self, row: Row) -> Entry:
        """The entry of a row."""
        cells, fault, width = row.cells, row.fault, self._width
        if len(cells) > width and any(not _blank(cell) for cell in cells[width:]):
            if self._text == width - 1 and row.sheet is None:
                # A comma in an unquoted last column: the rest of the line is the message.
                cells = [*cells[: width - 1], self._delimiter.join(cells[width - 1 :])]
            else:
                fault = fault or (
                    f"has {len(cells)} cells under a header of {width}: put the text in quotes"
                )
        if len(cells) < width:
            cells = cells + [""] * (width - len(cells))
        return Entry(
            line=row.line,
            text="" if self._text in row.filled else text_of(cells[self._text]),
            at=self._when(cells),
            sheet=row.sheet,
            raw=row.raw,
            fault=fault,
            weak=self._layout.weak_id,
            extra={n: text_of(cells[c]).strip() for c, n in self._others if not _blank(cells[c])},
            **{name: text_of(cells[column]).strip() for name, column in self._meanings},
        )

    def _when(self, cells: list[Any]) -> Any:
        """The cell with the time, as it is; a time of day is joined with the column of the day."""
        value = cells[self._at] if self._at >= 0 else None
        if self._day < 0 or _blank(cells[self._day]):
            return value
        time_of_day = text_of(value)
        if _blank(value) or _TIME_ONLY.match(time_of_day):
            day = text_of(cells[self._day]).strip().removesuffix(" 00:00:00")
            return f"{day} {time_of_day}".strip()
        return value


def _blank(value: Any) -> bool:
    return value is None or (isinstance(value, str) and not value.strip())
