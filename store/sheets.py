"""Scorecards as rows of CSV and XLSX files."""

from __future__ import annotations

import csv
import json
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any, Final

COLUMNS: Final = (
    "transcript", "rubric", "rubric_version", "overall", "passed", "critical", "coverage", "review",
    "confidence",
)  # fmt: skip
SHEET_ROWS: Final = 1_048_576
CELL_CHARS: Final = 32_767
_FORMULA: Final = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠")
_ILLEGAL: Final = {code: None for code in range(32) if chr(code) not in "\t\n\r"}
Cell = str | float | bool | None


def header(criteria: Sequence[str], reviewed: bool = False) -> list[str]:
    """The columns of a table of cards with these criteria; `reviewed`: what people made of them."""
    found = [*COLUMNS, *(f"{id}_{what}" for id in criteria for what in ("score", "advice"))]
    people = ("reviewed_overall", "reviewed_passed", *(f"{id}_reviewed" for id in criteria))
    return [*found, *people] if reviewed else found


def row_of(card: dict[str, Any], criteria: Sequence[str], reviewed: bool = False) -> list[Cell]:
    """One card (its JSON object) as cells in the order of `header`."""
    found: list[Cell] = [
        card["transcript"],
        card["rubric"]["id"],
        card["rubric"]["version"],
        card["overall"],
        card["passed"],
        ";".join(card["critical"]),
        card["coverage"],
        card["review"],
        card["confidence"],
    ]
    for id in criteria:
        result = card["criteria"].get(id, {})
        found += [result.get("score"), result.get("advice")]
    if reviewed:
        now = card.get("reviewed") or {}
        scores = now.get("criteria", {})
        found += [now.get("overall"), now.get("passed"), *(scores.get(id) for id in criteria)]
    return [plain(cell) for cell in found]


def plain(cell: Cell) -> Cell:
    """A cell that a spreadsheet shows and never computes: text like a formula gets a ' in front."""
    if not isinstance(cell, str):
        return cell
    text = cell.translate(_ILLEGAL)
    return "'" + text if text.startswith(_FORMULA) else text


def write_csv(cards: Path, target: Path, criteria: Sequence[str], reviewed: bool = False) -> None:
    """A JSONL file of cards as CSV (UTF-8, comma)."""
    with target.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file, lineterminator="\n")
        writer.writerow(header(criteria, reviewed))
        for card in read_cards(cards):
            writer.writerow([_csv_cell(cell) for cell in row_of(card, criteria, reviewed)])


def _csv_cell(cell: Cell) -> Cell:
    return str(cell).lower() if isinstance(cell, bool) else cell


def write_xlsx(cards: Path, target: Path, criteria: Sequence[str], reviewed: bool = False) -> None:
    """A JSONL file of cards as a workbook, row by row; a full sheet is followed by another one."""
    from openpyxl import Workbook

    book = Workbook(write_only=True)
    titles = header(criteria, reviewed)
    left = 0
    for card in read_cards(cards):
        if left == 0:
            sheet = _sheet(book, titles)
            left = SHEET_ROWS - 1
        sheet.append([cell[:CELL_CHARS] if isinstance(cell, str) else cell
                      for cell in row_of(card, criteria, reviewed)])  # fmt: skip
        left -= 1
    if not book.worksheets:
        _sheet(book, titles)
    book.save(target)


def _sheet(book: Any, titles: list[str]) -> Any:
    sheet = book.create_sheet(f"scorecards {len(book.worksheets) + 1}")
    sheet.freeze_panes = "B2"
    sheet.append(titles)
    return sheet


def read_cards(path: Path) -> Iterator[dict[str, Any]]:
    """The cards of a JSONL file, one in memory at a time."""
    with path.open(encoding="utf-8") as file:
        for line in file:
            yield json.loads(line)


TABLES: Final = {".csv": write_csv, ".xlsx": write_xlsx}
"""The writer of a table by the ending of its file."""
