"""The unfinished output of a run, and whether another run may go on with it.

`OUTPUT.part` holds a finished scorecard a line, `OUTPUT.part.state` what decides over their bytes,
`OUTPUT.part.lock` is there while a run writes.
"""

from __future__ import annotations

import json
import os
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path
from types import TracebackType
from typing import Any, BinaryIO, Final, Self

from kefu.lock import Lock
from transcripts.errors import Refused, UnreadableInput

FORMAT: Final = 1
_BLOCK: Final = 1 << 20
State = Mapping[str, Any]


class Part:
    """Opens the part of an output: a new one, or what an equal run left, up to its last whole line.

    Raises `Refused` if it was left by a run whose `state` differs, unless `restart`;
    `UnreadableInput` if nothing can be written there, or another run is writing. The file stays
    when an error ends the run.
    """

    def __init__(self, output: Path, state: State, *, restart: bool = False) -> None:
        self._output = output
        self._part = part_of(output)
        self._state_file = state_of(output)
        self._lock = Lock(
            output.with_name(output.name + ".part.lock"),
            f"{output}: another kefu grade is writing it now. Wait until it ends, or give another "
            "--output.",
            f"{output}: cannot be written. Choose another --output.",
        )
        try:
            self._open({"format": FORMAT, **state}, restart)
        except BaseException:
            self._lock.release()
            raise

    def _open(self, wanted: State, restart: bool) -> None:
        kept = 0 if restart else self._left(wanted)
        self.resumed = kept > 0
        try:
            if kept == 0:
                self._start(wanted)
            self._file: BinaryIO = self._part.open("r+b")
        except OSError as error:
            raise UnreadableInput(
                f"{self._output}: cannot be written ({error.strerror}). Choose another --output."
            ) from error
        self._file.truncate(kept)
        self._file.seek(kept)
        self._kept = kept

    def _left(self, wanted: State) -> int:
        """Bytes of whole lines that an equal run left; 0 without any."""
        if not self._part.exists() or self._part.stat().st_size == 0:
            return 0
        try:
            left = json.loads(self._state_file.read_text("utf-8"))
            changed = [key for key in wanted if left.get(key) != wanted[key]]
        except (OSError, ValueError, AttributeError):
            raise Refused(
                f"{self._part}: was left by a run of which nothing is known "
                f"({self._state_file.name} is missing or broken). Add --restart to begin anew."
            ) from None
        if changed:
            raise Refused(
                f"{self._part}: was left by a run with another {', another '.join(changed)}. "
                "Give the same as then to go on, or add --restart to begin anew."
            )
        return whole_lines(self._part)

    def _start(self, wanted: State) -> None:
        """State first: a part without one could never be gone on with."""
        self._part.unlink(missing_ok=True)
        draft = self._state_file.with_name(self._state_file.name + ".new")
        draft.write_text(json.dumps(wanted, ensure_ascii=False, indent=1) + "\n", "utf-8")
        os.replace(draft, self._state_file)
        self._part.touch()

    def ids(self) -> Iterator[str]:
        """The transcripts whose scorecards were there at the start, in order, read as it goes."""
        with self._part.open("rb") as file:
            while file.tell() < self._kept:
                yield json.loads(file.readline())["transcript"]

    def write(self, line: str) -> None:
        """Add one scorecard; it is in the file when this returns."""
        self._file.write(line.encode("utf-8", "replace") + b"\n")
        self._file.flush()

    def finish(self, make: Callable[[Path, Path], None] | None = None) -> None:
        """Replace the output by the complete part, or by what `make(part, target)` makes of it."""
        self._file.flush()
        os.fsync(self._file.fileno())
        self._file.close()
        done = self._part
        if make is not None:
            done = self._output.with_name(self._output.name + ".new")
            try:
                make(self._part, done)
            except BaseException:
                done.unlink(missing_ok=True)
                raise
        os.replace(done, self._output)
        self._part.unlink(missing_ok=True)
        self._state_file.unlink(missing_ok=True)
        self._lock.release()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self._file.close()
        self._lock.release()


def part_of(output: Path) -> Path:
    """Where finished cards of an output wait."""
    return output.with_name(output.name + ".part")


def state_of(output: Path) -> Path:
    """What the waiting cards were made with."""
    return output.with_name(output.name + ".part.state")


def whole_lines(path: Path) -> int:
    """Bytes up to the last line that is whole: ended, and JSON (a crash may leave zero bytes)."""
    with path.open("rb") as file:
        end = path.stat().st_size
        while end > 0:
            start = _start_of_last_line(file, end)
            file.seek(start)
            line = file.read(end - start)
            if line.endswith(b"\n") and _is_json(line):
                return end
            end = start
    return 0


def _start_of_last_line(file: BinaryIO, end: int) -> int:
    """Offset of the line that ends before `end`, its own line break not counted."""
    at = end - 1
    while at > 0:
        size = min(_BLOCK, at)
        file.seek(at - size)
        found = file.read(size).rfind(b"\n")
        if found >= 0:
            return at - size + found + 1
        at -= size
    return 0


def _is_json(line: bytes) -> bool:
    try:
        return isinstance(json.loads(line), dict)
    except ValueError:
        return False
