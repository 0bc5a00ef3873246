"""`kefu report`: who stands where by criterion, with how many conversations behind each number."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Final

import typer
from rich.box import SIMPLE_HEAD
from rich.console import Console
from rich.table import Table

from kefu.data import DataOption, data_folder, now
from kefu.exporting import AgentOption, ImportOption, chosen
from transcripts.errors import UnreadableInput

if TYPE_CHECKING:
    from store.summary import Line, Mean, Summary

SUFFIXES: Final = (".txt", ".xlsx")
WIDTH: Final = 140
"""Columns of a report where no terminal says how many."""
Cell = str | float | int | None


def report(
    output: Annotated[
        Path | None, typer.Option("--output", "-o", help="File ending in .txt or .xlsx.")
    ] = None,
    number: ImportOption = None,
    agent: AgentOption = None,
    data: DataOption = None,
) -> None:
    """Imported conversations by agent and criterion, people's corrections counted in."""
    from store.audit import note_deed
    from store.exports import judged
    from store.summary import summarise

    if output is not None and output.suffix.lower() not in SUFFIXES:
        raise UnreadableInput(f"--output {output}: must end in {' or '.join(SUFFIXES)}")
    with data_folder({"data": data}) as (_, store):
        wanted = chosen(store, number, agent)
        note_deed(store, None, "report", None if number is None else f"import {number}", now())
        summary = summarise(judged(store, wanted))
    if output is None:
        console = Console()
        show(summary, console if console.is_terminal else Console(width=WIDTH))
    else:
        write(summary, output)


def show(summary: Summary, console: Console) -> None:
    """The summary as a table."""
    table = Table(box=SIMPLE_HEAD, header_style="bold", padding=(0, 1, 0, 0), pad_edge=False)
    for title in titles(summary):
        table.add_column(title, justify="left" if title == "agent" else "right", overflow="fold")
    for line in summary.agents:
        table.add_row(*map(_shown, cells(line, summary)), style="dim" if line.few else None)
    table.add_section()
    table.add_row(*map(_shown, cells(summary.all, summary)), style="bold")
    console.print(table)
    if any(line.few for line in summary.agents):
        console.print("* fewer than 5 conversations: too few to judge by", style="dim")


def write(summary: Summary, output: Path) -> None:
    """The summary as a text file or a workbook, which also says how many each mean stands on."""
    try:
        if output.suffix.lower() == ".txt":
            with output.open("w", encoding="utf-8") as file:
                show(summary, Console(file=file, width=WIDTH, no_color=True))
        else:
            _workbook(summary, output)
    except OSError as error:
        raise UnreadableInput(
            f"{output}: cannot be written ({error.strerror}). Choose another --output."
        ) from error


def titles(summary: Summary) -> list[str]:
    """The columns of a report; `passed` in percent."""
    return ["agent", "chats", "overall", "passed", *summary.criteria, "critical", "review"]


def cells(line: Line, summary: Summary) -> list[Cell]:
    """A line in the order of `titles`."""
    name = line.agent if line is not summary.all else "all"
    means = [_mean(line.criteria.get(criterion)) for criterion in summary.criteria]
    few = "*" if line.few and line is not summary.all else ""
    return [name + few, line.conversations, line.overall.value, line.passed.value, *means,
            line.critical, line.review]  # fmt: skip


def _mean(mean: Mean | None) -> float | None:
    return None if mean is None else mean.value


def _shown(cell: Cell) -> str:
    if isinstance(cell, float):
        return f"{cell:.0f}"
    return "–" if cell is None else str(cell)


def _workbook(summary: Summary, output: Path) -> None:
    from openpyxl import Workbook

    from store.sheets import plain

    book = Workbook(write_only=True)
    means = book.create_sheet("means")
    counts = book.create_sheet("counts")
    for sheet in (means, counts):
        sheet.freeze_panes = "B2"
    means.append(titles(summary))
    counts.append(["agent", *summary.criteria])
    for line in (*summary.agents, summary.all):
        row = cells(line, summary)
        means.append([plain(cell) for cell in row])
        found = (line.criteria.get(name) for name in summary.criteria)
        counts.append([plain(row[0]), *(0 if one is None else one.n for one in found)])
    book.save(output)
