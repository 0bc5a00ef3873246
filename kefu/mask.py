"""`kefu mask`: personal data out of a file of texts, line by line."""

from __future__ import annotations

import json
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Annotated, Any, BinaryIO

import typer

from transcripts.errors import UnreadableInput
from transcripts.masking import Masked, Masker


def mask(
    file: Annotated[
        Path | None,
        typer.Argument(help="Lines of text, or JSON Lines with a `text`; `-` is standard input."),
    ] = None,
) -> None:
    """Replace personal data by its kind and a number; one JSON line for each line of the input."""
    if file is None or str(file) == "-":
        _write(masked_lines(sys.stdin.buffer))
        return
    try:
        with file.open("rb") as source:
            _write(masked_lines(source))
    except OSError as error:
        raise UnreadableInput(
            f"{file}: cannot be read ({error.strerror}). Give the path of a text or JSONL file."
        ) from error


def masked_lines(source: BinaryIO) -> Iterator[str]:
    """One JSON line for each line of `source`; bytes that are not UTF-8 are read as U+FFFD."""
    masker = Masker()
    for number, raw in enumerate(source):
        line = raw.decode("utf-8-sig" if number == 0 else "utf-8", errors="replace")
        yield json.dumps(masked_line(line.rstrip("\r\n"), masker), ensure_ascii=False)


def masked_line(line: str, masker: Masker) -> dict[str, Any]:
    """The answer to one line: an object with `text` keeps its other keys, all else is text."""
    record = _record(line)
    text = line if record is None else record["text"]
    masked = masker.mask(text)
    return {**(record or {}), "text": masked.text, "spans": _spans(masked)}


def _record(line: str) -> dict[str, Any] | None:
    if not line.lstrip().startswith("{"):
        return None
    try:
        value = json.loads(line)
    except (ValueError, RecursionError):
        return None
    return value if isinstance(value, dict) and isinstance(value.get("text"), str) else None


def _spans(masked: Masked) -> list[dict[str, Any]]:
    return [{"start": span.start, "end": span.end, "kind": span.kind} for span in masked.spans]


def _write(lines: Iterator[str]) -> None:
    for line in lines:
        sys.stdout.buffer.write(line.encode("utf-8", errors="replace") + b"\n")
    sys.stdout.flush()
