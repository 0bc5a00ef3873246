"""Scorecards as a table on the screen."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, Final

from rich.box import SIMPLE_HEAD
from rich.console import Console
from rich.table import Table
from rich.text import Text

SCREEN_ROWS: Final = 500
WIDE: Final = 130


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
