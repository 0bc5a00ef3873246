"""Sheets of an Excel file: rows with merged cells filled, within limits that stop a bomb."""

from __future__ import annotations

import zipfile
import zlib
from collections.abc import Iterator
from datetime import date, datetime, time, timedelta
from typing import Any, Final

from transcripts.errors import UnreadableInput
from transcripts.read.csvrows import Row
from transcripts.read.source import Source

ZIP_MAGIC: Final = b"PK\x03\x04"
OLD_EXCEL_MAGIC: Final = b"\xd0\xcf\x11\xe0"
_LARGEST_UNPACKED: Final = 1 << 30
_LARGEST_CELLS: Final = 50_000_000
_CHUNK: Final = 1 << 20
_CURE: Final = "Open it in Excel or WPS and save it again as .xlsx or as CSV (UTF-8)."


def is_workbook(head: bytes) -> bool:
    """Whether a file begins like an Excel file."""
    return head.startswith((ZIP_MAGIC, OLD_EXCEL_MAGIC))


def check(source: Source) -> None:
    """Raises `UnreadableInput` for a broken file and for one that unpacks to over 1 GB."""
    if not source.head(4).startswith(ZIP_MAGIC):
        return
    left = _LARGEST_UNPACKED
    try:
        with zipfile.ZipFile(source.path) as archive:
            for entry in archive.infolist():
                with archive.open(entry) as file:
                    while chunk := file.read(_CHUNK):
                        left -= len(chunk)
                        if left < 0:
                            raise UnreadableInput(
                                f"{source.name}: unpacks to more than 1 GB. Split the workbook, or "
                                "save the sheet as CSV."
                            )
    except (zipfile.BadZipFile, zlib.error, OSError, EOFError, RuntimeError, ValueError) as error:
        raise _unreadable(source, error) from error
    except NotImplementedError as error:
        raise _unreadable(source, error) from error


def sheets(source: Source) -> Iterator[tuple[str, list[Row]]]:
    """The name and the rows of each sheet that is not empty. One sheet is in memory at a time.

    Raises `UnreadableInput` if the file is damaged, locked by a password, or no workbook.
    """
    import python_calamine

    try:
        book = python_calamine.CalamineWorkbook.from_path(str(source.path))
        names = book.sheet_names
    except BaseException as error:
        raise _known(source, error) from error
    for name in names:
        try:
            sheet = book.get_sheet_by_name(name)
            if (sheet.total_height or 0) * (sheet.total_width or 0) > _LARGEST_CELLS:
                raise UnreadableInput(
                    f"{source.name}: sheet {name!r} spans more than {_LARGEST_CELLS:,} cells. "
                    "Delete the empty rows and columns around the table, or save it as CSV."
                )
            cells = sheet.to_python(skip_empty_area=False)
            merged = _merged(sheet)
        except BaseException as error:
            raise _known(source, error) from error
        if rows := _rows(name, cells, merged):
            yield name, rows


def _merged(sheet: Any) -> list[tuple[tuple[int, int], tuple[int, int]]]:
    return list(sheet.merged_cell_ranges or ())


def _rows(
    name: str, cells: list[list[Any]], merged: list[tuple[tuple[int, int], tuple[int, int]]]
) -> list[Row]:
    filled: dict[int, set[int]] = {}
    for (top, left), (bottom, right) in merged:
        if top >= len(cells) or left >= len(cells[top]):
            continue
        value = cells[top][left]
        for row in range(top, min(bottom + 1, len(cells))):
            for column in range(left, min(right + 1, len(cells[row]))):
                if (row, column) != (top, left):
                    cells[row][column] = value
                    filled.setdefault(row, set()).add(column)
    found = []
    for number, values in enumerate(cells):
        own = filled.get(number, set())
        if any(not _empty(value) for column, value in enumerate(values) if column not in own):
            raw = "\t".join(text_of(value) for value in values)
            found.append(Row(number + 1, values, raw, None, name, frozenset(own)))
    return found


def _empty(value: Any) -> bool:
    return value is None or (isinstance(value, str) and not value.strip())


def text_of(value: Any) -> str:
    """A cell as text: whole numbers without a point, dates as ISO."""
    if isinstance(value, str):
        return value
    if value is None:
        return ""
    if isinstance(value, float) and value.is_integer() and abs(value) < 1e16:
        return str(int(value))
    if isinstance(value, datetime | date | time):
        return value.isoformat(" ") if isinstance(value, datetime) else value.isoformat()
    if isinstance(value, timedelta):
        return str(value)
    return str(value)


def _known(source: Source, error: BaseException) -> BaseException:
    """What to raise for an error of the workbook reader, whose panics are no `Exception`."""
    if isinstance(error, UnreadableInput | KeyboardInterrupt | SystemExit | MemoryError):
        return error
    return _unreadable(source, error)


def _unreadable(source: Source, error: BaseException) -> UnreadableInput:
    if "assword" in f"{type(error).__name__} {error}":
        return UnreadableInput(
            f"{source.name}: is locked with a password. Save it without one and try again."
        )
    return UnreadableInput(
        f"{source.name}: is no readable Excel file ({str(error)[:100]}). {_CURE}"
    )
