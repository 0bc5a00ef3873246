"""`kefu import`: real conversations into the data folder, masked, then graded there."""

from __future__ import annotations

import sys
import time
from collections.abc import Callable
from contextlib import ExitStack
from dataclasses import replace
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any, Final

import typer

from kefu.convert import format_named, inputs, masking
from kefu.data import DataOption, data_folder, delete_old, now
from kefu.grade import INTERRUPTED, copied, graders, hash_of_input, progress
from kefu.order import Order, grading_for
from kefu.settings import Configured
from kefu.sinks import check_rejects
from rubrics.load import load_rubric
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

WAIT: Final = 1.0


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
    if rejects is not None:
        check_rejects(rejects, files)
    asked = {"data": data, "rubric": rubric, "timezone": timezone, "jobs": jobs}
    with data_folder(asked) as (found, store):
        delete_old(found, store)
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
    rubric = load_rubric(found.settings.rubric, found.rubric_folders)
    try:
        job, bad = read_in(store, order, rubric, facts)
        with progress() as advance, graders(order) as each:
            _grade(store, job, partial(grading_for, found.settings), each, advance)
    except KeyboardInterrupt:
        typer.echo("Stopped. What was read and graded is kept; the same command goes on.", err=True)
        return INTERRUPTED
    return _told(store, job.id, bad)


def read_in(
    store: Store, order: Order, rubric: Rubric, facts: Path | None = None
) -> tuple[Import, int]:
    """Read files into the store; the import, and how many records could not be read."""
    from grader.batch import hash_of
    from store.imports import start_import
    from store.reading import key_of, read_into, shown

    notes = Notes()
    options = ReadOptions(order.format, order.timezone)
    with ExitStack() as stack:
        given = [
            one if isinstance(one, Path) else copied(one, stack) for one in inputs([*order.files])
        ]
        read = read_many(given, options, notes)
        with_facts = completing(facts)
        files = [
            (Path(name).stem, hash_of_input(one))
            for name, one in zip(order.files, given, strict=True)
        ]
        key = key_of(files, options, rubric, None if facts is None else hash_of(facts))
        job = start_import(store, key, [*map(shown, order.files)], rubric, None, now())
        rejected = stack.enter_context(
            RejectFiles(order.files, target=order.rejects, mask=masking(), stream=sys.stderr)
        )
        if job.state == "reading":
            read_into(store, job.id, read, now, complete=with_facts, refused=rejected.add)
        else:  # the file of rejects is written again
            for _, item in read:
                if isinstance(item, Reject):
                    rejected.add(item)
    for note in notes:
        typer.echo(note, err=True)
    return job, rejected.count


def completing(facts: Path | None) -> Callable[[Transcript], Transcript]:
    """Adds the facts of a library that hold for a conversation."""
    if facts is None:
        return lambda transcript: transcript
    from grader.facts.library import load_library

    known = load_library(facts)
    return lambda transcript: replace(transcript, facts=known.facts_for(transcript))


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
