"""`kefu convert`: any readable chat log to canonical transcripts, a conversation a line."""

from __future__ import annotations

import json
import os
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Annotated, BinaryIO, Final, TextIO

import typer

from transcripts.canonical import to_json
from transcripts.errors import UnreadableInput
from transcripts.notes import Notes
from transcripts.read import FORMATS, Format, ReadOptions, Reject, read_many
from transcripts.rejects import RejectFiles
from transcripts.times import DEFAULT_ZONE

STANDARD: Final = "-"
_AUTO: Final = "auto"


def convert(
    files: Annotated[list[str], typer.Argument(help="Chat logs; - is standard input.")],
    format: Annotated[
        str, typer.Option("--format", help=f"{_AUTO}, {', '.join(FORMATS)}.")
    ] = _AUTO,
    output: Annotated[
        str, typer.Option("--output", "-o", help="JSON Lines; - is standard output.")
    ] = STANDARD,
    rejects: Annotated[
        Path | None, typer.Option("--rejects", help="One file for all records not read.")
    ] = None,
    timezone: Annotated[
        str, typer.Option("--timezone", help="Zone of times that are written without one.")
    ] = DEFAULT_ZONE,
    no_mask: Annotated[
        bool, typer.Option("--no-mask", help="Leave personal data in the rejects file readable.")
    ] = False,
) -> None:
    """Convert chat logs to canonical transcripts (JSON Lines). Texts stay as they are."""
    notes = Notes()
    options = ReadOptions(format=format_named(format), timezone=timezone)
    items = read_many(inputs(files), options, notes)
    collected = RejectFiles(
        files, target=rejects, mask=str if no_mask else masking(), stream=sys.stderr
    )
    with collected, writing(output) as out:
        for _, item in items:
            if isinstance(item, Reject):
                collected.add(item)
            else:
                out.write(json.dumps(to_json(item), ensure_ascii=False, allow_nan=False) + "\n")
    for note in notes:
        typer.echo(note, err=True)
    if collected.count:
        typer.echo(_told(collected.count, files, rejects), err=True)
        raise typer.Exit(1)


def format_named(name: str) -> Format | None:
    """The format of an option; None for auto. Raises `UnreadableInput` for any other name."""
    for known in FORMATS:
        if name == known:
            return known
    if name == _AUTO:
        return None
    raise UnreadableInput(f"--format {name}: is not known. Write {_AUTO}, {', '.join(FORMATS)}.")


def inputs(files: list[str]) -> list[Path | BinaryIO]:
    """The inputs that arguments name; - is standard input and may stand once."""
    if files.count(STANDARD) > 1:
        raise UnreadableInput("- stands twice: standard input can be read once only.")
    return [sys.stdin.buffer if name == STANDARD else Path(name) for name in files]


def masking() -> Callable[[str], str]:
    """A function that masks personal data, with numbers that hold for the whole run."""
    from transcripts.masking import Masker  # loaded late: most runs have nothing to mask

    masker = Masker()
    return lambda text: masker.mask(text).text


@contextmanager
def writing(output: str) -> Iterator[TextIO]:
    """Where results go: standard output, or a file that is replaced only when it is complete."""
    if output == STANDARD:
        sys.stdout.reconfigure(encoding="utf-8", newline="\n")  # type: ignore[union-attr]
        yield sys.stdout
        sys.stdout.flush()
        return
    target = Path(output)
    part = target.with_name(target.name + ".part")
    try:
        file = part.open("w", encoding="utf-8", newline="\n")
    except OSError as error:
        raise UnreadableInput(
            f"{output}: cannot be written ({error.strerror}). Choose another --output."
        ) from error
    try:
        with file:
            yield file
        os.replace(part, target)
    except BaseException:
        part.unlink(missing_ok=True)
        raise


def _told(count: int, files: list[str], rejects: Path | None) -> str:
    if rejects is not None:
        place = str(rejects)
    else:
        places = [f"{name}.rejects.jsonl" for name in files if name != STANDARD]
        place = ", ".join(places[:3]) or "the lines above"
    return f"{count} record(s) could not be read; see {place} for why and what to do."
