"""The format of the JDDC challenge: tab-separated, no header, no times.

Columns: session, user, side (0 customer, 1 agent), transferred, repeated, in newer files one more,
and last the text.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from typing import Final

from transcripts.errors import UnreadableInput
from transcripts.notes import Notes
from transcripts.read.conversations import Assembler
from transcripts.read.entries import Entry
from transcripts.read.options import Reader, ReadOptions
from transcripts.read.source import Source
from transcripts.read.text import encoding_of, head_of, lines
from transcripts.times import Clock, zone

_SIDES: Final = {"0": "customer", "1": "agent"}
_FEWEST: Final = 6
_SAMPLE: Final = 50
_NOTHING: Final = ("", "0", "nan", "null", "None")


def looks_like_jddc(head: str) -> bool:
    """Whether most lines have six columns or more with 0 or 1 in the third to fifth."""
    rows = [line.split("\t") for line in head.split("\n")[:_SAMPLE] if line.strip()]
    fitting = sum(_fits(row) for row in rows)
    return bool(rows) and fitting * 10 >= len(rows) * 6


def jddc_reader(source: Source, options: ReadOptions, notes: Notes) -> Reader:
    """A reader of JDDC sessions. Raises `UnreadableInput` if no line has its columns."""
    encoding = encoding_of(source)
    head = head_of(source, encoding)
    widths = Counter(
        len(row) for line in head.split("\n") if _fits(row := line.split("\t"))
    ).most_common(1)
    if not widths:
        raise UnreadableInput(
            f"{source.name}: no line has the columns session, user, 0/1, 0/1, 0/1, …, text "
            "separated by tabs. Leave --format out, or export the chats in that form."
        )
    width = min(widths[0][0], _FEWEST + 1)
    assembler = Assembler(source.name, encoding, Clock(zone(options.timezone)), notes)

    def entries() -> Iterator[Entry]:
        for number, line in lines(source, encoding):
            if line.strip() and not _is_header(number, line):
                yield _entry(number, line, width)

    return lambda: assembler.run(entries)


def _fits(row: list[str]) -> bool:
    return len(row) >= _FEWEST and all(flag.strip() in ("0", "1") for flag in row[2:5])


def _is_header(number: int, line: str) -> bool:
    return number == 1 and "session" in line.lower() and not _fits(line.split("\t"))


def _entry(number: int, line: str, width: int) -> Entry:
    cells = line.split("\t", width - 1)
    if len(cells) < width:
        fault = f"has {len(cells)} of {width} columns separated by tabs: complete the line"
        return Entry(number, "", id=cells[0].strip(), raw=line, fault=fault)
    side = _SIDES.get(cells[2].strip())
    extra = {
        name: cell
        for name, cell in zip(("transferred", "repeated", "item"), cells[3:-1], strict=False)
        if cell.strip() not in _NOTHING
    }
    return Entry(
        line=number,
        text=cells[-1],
        id=cells[0].strip(),
        role=side or "",
        customer=cells[1].strip(),
        raw=line,
        fault=None if side else "has neither 0 (customer) nor 1 (agent) in the third column",
        extra=extra,
    )
