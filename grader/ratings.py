"""A team's ratings: in the conversations themselves, or in a table beside them."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Iterator, Mapping
from pathlib import Path

from grader.labels import RatedRow, numbers, read_labels
from transcripts import canonical
from transcripts.errors import BadRecord, Fault, InvalidFile, UnreadableInput
from transcripts.types import Transcript

ID = "transcript"


def read_ratings(labels: Path, transcripts: Path | None) -> list[RatedRow]:
    """Rated conversations: JSON Lines with `ratings`, or a CSV with `transcripts` beside it.

    The CSV has a column `transcript` and one column a criterion. Raises `UnreadableInput`, or
    `InvalidFile` with every fault.
    """
    if transcripts is None:
        found = read_labels(labels)
        rows = [row for row in found.rows if isinstance(row, RatedRow)]
        if not rows:
            raise UnreadableInput(
                f"{labels}: holds no conversations with `ratings`; give a table of ratings "
                "together with --transcripts FILE, or conversations with ratings"
            )
        return rows
    return _joined(labels, transcripts)


def _joined(labels: Path, transcripts: Path) -> list[RatedRow]:
    talks = _transcripts(transcripts)
    rows: list[RatedRow] = []
    faults: list[Fault] = []
    for line, cells in _table(labels):
        name = (cells.pop(ID) or "").strip()
        try:
            if name not in talks:
                raise BadRecord(f"transcript {name!r} is not in {transcripts}")
            rows.append(RatedRow(line, talks[name], numbers(cells)))
        except BadRecord as error:
            faults.append(Fault(str(labels), line, error.reason))
    if faults:
        raise InvalidFile(faults)
    return rows


def _table(path: Path) -> Iterator[tuple[int, dict[str, str | None]]]:
    """The rows of a CSV by column, with the line each ends on."""
    try:
        text = path.read_text(encoding="utf-8-sig")
    except OSError as error:
        raise UnreadableInput(f"{path}: cannot be read ({error.strerror})") from error
    except UnicodeDecodeError as error:
        raise UnreadableInput(f"{path}: is not UTF-8; save it as CSV UTF-8") from error
    reader = csv.DictReader(io.StringIO(text, newline=""), restval=None)
    if reader.fieldnames is None or ID not in reader.fieldnames:
        raise UnreadableInput(
            f"{path}: has no column `{ID}`; its first line must be: {ID},overall or more criteria"
        )
    for row in reader:
        row.pop(None, None)
        if any(row.values()):
            yield reader.line_num, dict(row)


def _transcripts(path: Path) -> Mapping[str, Transcript]:
    found: dict[str, Transcript] = {}
    faults: list[Fault] = []
    try:
        lines = path.read_text(encoding="utf-8-sig").split("\n")
    except (OSError, UnicodeDecodeError) as error:
        raise UnreadableInput(f"{path}: cannot be read as UTF-8 text") from error
    for number, line in enumerate(lines, 1):
        if not line.strip():
            continue
        try:
            talk = canonical.parse(json.loads(line))
        except (ValueError, RecursionError, BadRecord) as error:
            faults.append(Fault(str(path), number, str(error)))
        else:
            found[talk.id] = talk
    if faults:
        raise InvalidFile(faults)
    return found
