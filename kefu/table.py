"""Scorecards as rows: CSV and XLSX files, and the table on the screen."""

from __future__ import annotations

import csv
import json
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any, Final

from rich.box import SIMPLE_HEAD
from rich.console import Console
from rich.table import Table
from rich.text import Text

COLUMNS: Final = (
    "transcript", "rubric", "rubric_version", "overall", "passed", "critical", "coverage", "review",
    "confidence",
)  # fmt: skip
SHEET_ROWS: Final = 1_048_576
CELL_CHARS: Final = 32_767
SCREEN_ROWS: Final = 500
WIDE: Final = 130
_FORMULA: Final = ("=", "+", "-", "@", "\t", "\r")
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


class ScreenTable:
    """Cards as a table on the terminal; beyond `SCREEN_ROWS` they are counted only."""

    def __init__(self, criteria: Sequence[str]) -> None:
        self._criteria = criteria
        self._rows: list[tuple[list[Text], str]] = []
        self._more = 0

    def add(self, card: dict[str, Any]) -> None:
        """One card more."""
        if len(self._rows) == SCREEN_ROWS:
            self._more += 1
            return
        scores = [_number(card["criteria"].get(id, {}).get("score")) for id in self._criteria]
        cells = [
            Text(str(card["transcript"]), overflow="fold"),
            _number(card["overall"]),
            _PASSED[card["passed"]].copy(),
            *scores,
            Text(", ".join(card["critical"]), style="red"),
            Text("yes" if card["review"] else "", style="yellow"),
        ]
        self._rows.append((cells, one_advice(card)))

    def show(self, console: Console) -> None:
        """Print the table and how many cards it leaves out; on a narrow screen advice is last."""
        wide = console.width >= WIDE
        table = Table(header_style="bold", box=SIMPLE_HEAD, padding=(0, 1, 0, 0), pad_edge=False)
        for title in ("transcript", "overall", "passed", *self._criteria, "critical", "review"):
            number = title == "overall" or title in self._criteria
            table.add_column(title, justify="right" if number else "left")
        if wide:
            table.add_column("advice", ratio=1)
        for cells, advice in self._rows:
            line = [Text(advice, overflow="ellipsis", no_wrap=True)] if wide else []
            table.add_row(*cells, *line)
        console.print(table)
        for cells, advice in self._rows:
            if advice and not wide:
                console.print(Text.assemble(cells[0], ": ", advice))
        if self._more:
            console.print(f"… and {self._more} more: write all of them with --output FILE")


_PASSED: Final = {
    True: Text("yes", style="green"),
    False: Text("no", style="red"),
    None: Text("–", style="dim"),
}


def _number(score: float | None) -> Text:
    return Text("–", style="dim") if score is None else Text(f"{score:.1f}")


def one_advice(card: dict[str, Any]) -> str:
    """The advice of the criterion that costs this card most, on one line."""
    told = [
        (result["weight"] * (100 - (result.get("score") or 0)), result["advice"])
        for result in card["criteria"].values()
        if result.get("advice")
    ]
    return " ".join(max(told, key=lambda pair: pair[0])[1].split()) if told else ""
