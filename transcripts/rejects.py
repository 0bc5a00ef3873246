"""The file of records that could not be read: `FILE.rejects.jsonl`, or one file for all inputs.

Put in place at the end of the run, whole: no rejects, no file, and an old one is removed.
"""

from __future__ import annotations

import json
import os
from collections.abc import Callable, Sequence
from pathlib import Path
from types import TracebackType
from typing import Any, Self, TextIO

from transcripts.errors import UnreadableInput
from transcripts.read.options import Reject

STANDARD_INPUT = "-"


def beside(file: str) -> Path:
    """Where the rejects of an input go unless told otherwise."""
    return Path(f"{file}.rejects.jsonl")


def to_json(reject: Reject, mask: Callable[[str], str]) -> dict[str, Any]:
    """The contract's object of a reject, its record masked. A reason may quote, so it is too."""
    found: dict[str, Any] = {"file": reject.file, "line": reject.line}
    if reject.sheet is not None:
        found["sheet"] = reject.sheet
    return found | {"reason": mask(reject.reason), "record": mask(reject.record)}


class RejectFiles:
    """Collects the rejects of a run; `with` puts the files in place at the end, on an error none.

    `target` None: beside each input; those of standard input go to `stream`. `count` says how many.
    """

    def __init__(
        self,
        inputs: Sequence[str],
        *,
        target: Path | None,
        mask: Callable[[str], str],
        stream: TextIO,
    ) -> None:
        self._places = {name: _place(name, target) for name in inputs}
        self._mask = mask
        self._stream = stream
        self._open: dict[Path, TextIO] = {}
        self.count = 0

    def add(self, reject: Reject) -> None:
        """Write one reject to where those of its file go."""
        self.count += 1
        line = json.dumps(to_json(reject, self._mask), ensure_ascii=False)
        place = self._places.get(reject.file)
        if place is None:
            self._stream.write(line + "\n")
        else:
            self._writer(place).write(line + "\n")

    def _writer(self, place: Path) -> TextIO:
        if place not in self._open:
            try:
                self._open[place] = _part(place).open("w", encoding="utf-8", newline="\n")
            except OSError as error:
                raise UnreadableInput(
                    f"{place}: rejects cannot be written here ({error.strerror}). "
                    "Name another place with --rejects FILE."
                ) from error
        return self._open[place]

    def commit(self) -> list[Path]:
        """Put the files in place, remove old ones of inputs without rejects; the files written."""
        for place, file in self._open.items():
            file.close()
            os.replace(_part(place), place)
        for empty in self._places.values():
            if empty is not None and empty not in self._open:
                empty.unlink(missing_ok=True)
        written = list(self._open)
        self._open = {}
        return written

    def discard(self) -> None:
        """Leave everything as it was before the run."""
        for place, file in self._open.items():
            file.close()
            _part(place).unlink(missing_ok=True)
        self._open = {}

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        if kind is None:
            self.commit()
        else:
            self.discard()


def _place(name: str, target: Path | None) -> Path | None:
    if target is not None:
        return target
    return None if name == STANDARD_INPUT else beside(name)


def _part(place: Path) -> Path:
    return place.with_name(place.name + ".part")
