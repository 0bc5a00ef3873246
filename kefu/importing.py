"""`kefu import`: real conversations into the data folder, masked, then graded there."""

from __future__ import annotations

import hashlib
import json
import re
import sys
import time
from collections.abc import Callable, Iterable
from contextlib import ExitStack
from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any, BinaryIO, Final

import typer

from kefu.convert import format_named, inputs, masking
from kefu.data import DataOption, data_folder, now
from kefu.grade import INTERRUPTED, copied, graders, hash_of_input, progress
from kefu.order import Order, prepare
from kefu.settings import Configured
from kefu.sinks import check_rejects
from transcripts.errors import UnreadableInput
from transcripts.notes import Notes
from transcripts.read import FORMATS, ReadOptions, Reject, read_many
from transcripts.rejects import RejectFiles
from transcripts.types import Transcript

if TYPE_CHECKING:
    from grader.batch import Work
    from rubrics.schema import Rubric
    from store.database import Store
    from store.imports import Import

AT_ONCE: Final = 100
"""Conversations that are read before they are kept."""
WAIT: Final = 1.0
Found = Iterable[tuple[str, Transcript | Reject]]
Complete = Callable[[Transcript], Transcript]
_QUOTED: Final = re.compile(r"'[^']*'|\"(?!(?:role|text|customer|…)\")[^\"]*\"")


def import_chats(
    files: Annotated[list[str], typer.Argument(help="Chat logs; - is standard input.")],
    format: Annotated[str, typer.Option("--format", help=f"auto, {', '.join(FORMATS)}.")] = "auto",
    rubric: Annotated[
        str | None, typer.Option("--rubric", help="Name or file of a rubric; general by default.")
    ] = None,
    facts: Annotated[
        Path | None, typer.Option("--facts", help="Library of facts (YAML, JSON, JSONL).")
    ] = None,
    rejects: Annotated[
        Path | None, typer.Option("--rejects", help="One file for all records not read.")
    ] = None,
    timezone: Annotated[
        str | None, typer.Option("--timezone", help="Zone of times that are written without one.")
    ] = None,
    jobs: Annotated[int | None, typer.Option("--jobs", "-j", help="Processes that grade.")] = None,
    data: DataOption = None,
) -> None:
    """Keep conversations in the data folder, masked, and grade them. The same command goes on."""
    from store.retention import prune

    if rejects is not None:
        check_rejects(rejects, files)
    asked = {"data": data, "rubric": rubric, "timezone": timezone, "jobs": jobs}
    with data_folder(asked) as (found, store):
        if found.settings.keep_days:
            prune(store, now() - timedelta(days=found.settings.keep_days))
        order = Order(
            files=tuple(files),
            format=format_named(format),
            timezone=found.settings.timezone,
            rejects=rejects,
            jobs=found.settings.jobs,
        )
        raise typer.Exit(run(store, order, found, facts))


def run(store: Store, order: Order, found: Configured, facts: Path | None) -> int:
    """Read what is not read, grade what is not graded; the exit status."""
    work, _, _ = prepare(found, facts, None)
    # Facts are kept in each conversation, where the grader finds them.
    work = replace(work, facts=None, facts_hash=None, mask=True)
    try:
        job, bad = read_in(store, order, work.rubric, facts)
        with progress() as advance, graders(order) as each:
            _grade(store, job, lambda rubric: replace(work, rubric=rubric), each, advance)
    except KeyboardInterrupt:
        typer.echo("Stopped. What was read and graded is kept; the same command goes on.", err=True)
        return INTERRUPTED
    return _told(store, job.id, bad)


def read_in(
    store: Store, order: Order, rubric: Rubric, facts: Path | None = None
) -> tuple[Import, int]:
    """Read files into the store; the import, and how many records could not be read."""
    from store.imports import all_read, start_import

    notes = Notes()
    with ExitStack() as stack:
        given = [
            one if isinstance(one, Path) else copied(one, stack) for one in inputs([*order.files])
        ]
        read = read_many(given, ReadOptions(order.format, order.timezone), notes)
        shown = [masking()(Path(name).name) for name in order.files]
        job = start_import(store, _key(order, given, rubric, facts), shown, rubric, None, now())
        rejected = stack.enter_context(
            RejectFiles(order.files, target=order.rejects, mask=masking(), stream=sys.stderr)
        )
        if job.state == "reading":
            keep_all(store, job.id, read, _complete(facts), rejected)
            all_read(store, job.id)
        else:
            for _, item in read:
                if isinstance(item, Reject):
                    rejected.add(item)
    for note in notes:
        typer.echo(note, err=True)
    return job, rejected.count


def keep_all(
    store: Store, number: int, found: Found, complete: Complete, rejected: RejectFiles
) -> None:
    """Mask and keep what is not kept yet, some at a time."""
    from store.imports import keep_read, read_so_far
    from store.masked import masked

    sheet = _Sheet(*read_so_far(store, number))
    for file, item in found:
        if isinstance(item, Reject):
            rejected.add(item)
            sheet.refuse(item)
        elif sheet.next_is_new():
            name = f"{masking()(Path(file).stem)}#{sheet.position}"
            sheet.take(masked(complete(item), name))
        if sheet.full:
            keep_read(store, number, *sheet.turn(), now())
    keep_read(store, number, *sheet.turn(), now())


class _Sheet:
    """What was read and not kept yet. Positions and rejects count from 1 over all files."""

    def __init__(self, positions: int, refused: int) -> None:
        self._kept = (positions, refused)
        self.position = 0
        self._n = 0
        self._taken: list[Any] = []
        self._refused: list[Any] = []

    def next_is_new(self) -> bool:
        """Count a conversation; whether it is not kept yet."""
        self.position += 1
        return self.position > self._kept[0]

    def take(self, transcript: Transcript) -> None:
        from store.imports import Taken

        self._taken.append(Taken(self.position, transcript))

    def refuse(self, item: Reject) -> None:
        from store.imports import Refuse

        self._n += 1
        if self._n > self._kept[1]:
            mask = masking()
            # A reason may quote the record, and nothing of the record is kept.
            reason = mask(_QUOTED.sub("'…'", item.reason))
            name = mask(Path(item.file).name)
            self._refused.append(Refuse(self._n, name, item.line, item.sheet, reason))

    @property
    def full(self) -> bool:
        return len(self._taken) + len(self._refused) >= AT_ONCE

    def turn(self) -> tuple[list[Any], list[Any]]:
        """What is to be kept now; the sheet is empty again."""
        found = (self._taken, self._refused)
        self._taken, self._refused = [], []
        return found


def _complete(facts: Path | None) -> Complete:
    """Adds the facts of a library that hold for a conversation."""
    if facts is None:
        return lambda transcript: transcript
    from grader.facts.library import load_library

    known = load_library(facts)
    return lambda transcript: replace(transcript, facts=known.facts_for(transcript))


def _key(order: Order, given: list[Path | BinaryIO], rubric: Rubric, facts: Path | None) -> str:
    """The same for the same files asked for in the same way."""
    from grader.batch import hash_of

    files = [
        [Path(name).stem, hash_of_input(one)] for name, one in zip(order.files, given, strict=True)
    ]
    library = None if facts is None else hash_of(facts)
    asked = [files, order.format, order.timezone, rubric.version, library]
    return hashlib.sha256(json.dumps(asked).encode()).hexdigest()


def _grade(
    store: Store, job: Import, work_for: Callable[[Rubric], Work], each: Any,
    advance: Callable[[], None],
) -> None:  # fmt: skip
    """Grade this import; where another process does so, wait for it."""
    from kefu.worker import work_off
    from store.imports import imported

    while imported(store, job.id).state == "grading":
        if not work_off(store, work_for, each, now, only=job.id, advance=advance):
            time.sleep(WAIT)


def _told(store: Store, number: int, bad: int) -> int:
    from store.imports import imported

    done = imported(store, number)
    typer.echo(
        f"import {done.id}: {done.total} conversations, {done.graded} graded, "
        f"{done.faulty} could not be graded, {done.rejected} records could not be read"
    )
    if done.state == "stopped":
        raise UnreadableInput(f"import {done.id} was stopped in the web app; let it go on there.")
    return 1 if bad or done.faulty else 0
