"""Where scorecards go: a file that can be gone on with, standard output, or a screen table."""

from __future__ import annotations

import json
import sys
from collections.abc import Callable, Iterator, Sequence
from functools import partial
from pathlib import Path
from typing import Final, Protocol

from kefu.part import Part
from store.sheets import TABLES
from transcripts.errors import UnreadableInput

SUFFIXES: Final = (".jsonl", *TABLES)


class Sink(Protocol):
    """Takes the lines of scorecards in order."""

    def done(self) -> Iterator[str]:
        """Ids of the transcripts that an earlier run has dealt with, in order."""
        ...

    def write(self, line: str) -> None: ...

    def finish(self) -> None:
        """All lines have been written."""
        ...


class FileSink:
    """A JSONL, CSV or XLSX file, complete or not there; see `kefu.part`."""

    def __init__(self, part: Part, output: Path, criteria: Sequence[str]) -> None:
        self._part = part
        table = TABLES.get(output.suffix.lower())
        self._make: Callable[[Path, Path], None] | None = (
            None if table is None else partial(table, criteria=criteria)
        )

    def done(self) -> Iterator[str]:
        return self._part.ids()

    def write(self, line: str) -> None:
        self._part.write(line)

    def finish(self) -> None:
        self._part.finish(self._make)


class StreamSink:
    """JSON Lines on standard output."""

    def __init__(self) -> None:
        sys.stdout.reconfigure(encoding="utf-8", newline="\n")  # type: ignore[union-attr]

    def done(self) -> Iterator[str]:
        return iter(())

    def write(self, line: str) -> None:
        sys.stdout.write(line + "\n")

    def finish(self) -> None:
        sys.stdout.flush()


class ScreenSink:
    """A table on the terminal, once all is graded."""

    def __init__(self, criteria: Sequence[str]) -> None:
        from kefu.table import ScreenTable  # loads rich, which only a screen needs

        self._table = ScreenTable(criteria)

    def done(self) -> Iterator[str]:
        return iter(())

    def write(self, line: str) -> None:
        self._table.add(json.loads(line))

    def finish(self) -> None:
        from rich.console import Console

        self._table.show(Console())


def check_output(output: Path, inputs: Sequence[str], rejects: Path | None) -> None:
    """Raises `UnreadableInput` for an output that cannot be, or that would overwrite an input."""
    if output.suffix.lower() not in SUFFIXES:
        raise UnreadableInput(
            f"--output {output}: must end in {', '.join(SUFFIXES)}, or be - for standard output"
        )
    if not output.parent.is_dir():
        raise UnreadableInput(f"--output {output}: there is no folder {output.parent}. Make it.")
    if output.is_dir():
        raise UnreadableInput(f"--output {output}: is a folder. Name a file in it.")
    if output.resolve() in _places(inputs):
        raise UnreadableInput(f"--output {output}: is an input as well. Name another file.")
    if rejects is not None and rejects.resolve() == output.resolve():
        raise UnreadableInput(f"--rejects {rejects}: is the output as well. Name another file.")


def check_rejects(rejects: Path, inputs: Sequence[str]) -> None:
    """Raises `UnreadableInput` where rejects would overwrite an input."""
    if rejects.resolve() in _places(inputs):
        raise UnreadableInput(f"--rejects {rejects}: is an input as well. Name another file.")


def _places(inputs: Sequence[str]) -> set[Path]:
    return {Path(name).resolve() for name in inputs}
