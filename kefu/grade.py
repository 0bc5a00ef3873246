"""`kefu grade`: scorecards of real conversations, from any readable chat log."""

from __future__ import annotations

import hashlib
import shutil
import stat
import sys
import tempfile
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import AbstractContextManager, ExitStack, contextmanager
from pathlib import Path
from typing import Annotated, Any, BinaryIO, Final

import typer

from grader.batch import Graded, Item, Work, grade_each, line_of
from kefu.convert import STANDARD, format_named, masking
from kefu.logs import log, start_logs
from kefu.order import Order, prepare, stamp_of
from kefu.part import Part, part_of
from kefu.settings import configure
from kefu.sinks import FileSink, ScreenSink, Sink, StreamSink, check_output, check_rejects
from transcripts.errors import Refused, UnreadableInput
from transcripts.notes import Notes
from transcripts.read import FORMATS, ReadOptions, Reject, read_many
from transcripts.rejects import RejectFiles
from transcripts.types import Transcript

INTERRUPTED: Final = 130
Found = Iterable[tuple[str, Transcript | Reject]]
Grade = Callable[[Iterable[Item], Work], Iterator[Graded]]
Advance = Callable[[], None]


def grade(
    files: Annotated[list[str], typer.Argument(help="Chat logs; - is standard input.")],
    format: Annotated[str, typer.Option("--format", help=f"auto, {', '.join(FORMATS)}.")] = "auto",
    rubric: Annotated[
        str | None, typer.Option("--rubric", help="Name or file of a rubric; general by default.")
    ] = None,
    facts: Annotated[
        Path | None, typer.Option("--facts", help="Library of facts (YAML, JSON, JSONL).")
    ] = None,
    calibration: Annotated[
        Path | None, typer.Option("--calibration", help="File made by kefu calibrate.")
    ] = None,
    encoder: Annotated[
        str | None,
        typer.Option("--encoder", help="embedded, or sentence-transformers:NAME|PATH."),
    ] = None,
    output: Annotated[
        str | None,
        typer.Option(
            "--output", "-o", help="File ending in .jsonl, .csv or .xlsx; - is standard output."
        ),
    ] = None,
    rejects: Annotated[
        Path | None, typer.Option("--rejects", help="One file for all records not graded.")
    ] = None,
    timezone: Annotated[
        str | None, typer.Option("--timezone", help="Zone of times that are written without one.")
    ] = None,
    no_mask: Annotated[
        bool, typer.Option("--no-mask", help="Leave personal data in quotes readable.")
    ] = False,
    jobs: Annotated[int | None, typer.Option("--jobs", "-j", help="Processes that grade.")] = None,
    cluster: Annotated[
        str | None, typer.Option("--cluster", help="Dask scheduler, e.g. tcp://HOST:8786.")
    ] = None,
    restart: Annotated[
        bool, typer.Option("--restart", help="Begin anew instead of going on with OUTPUT.part.")
    ] = False,
) -> None:
    """Grade conversations: every score with its reasons. Goes on where a stopped run ended."""
    found = configure(
        {"rubric": rubric, "timezone": timezone, "encoder": encoder, "jobs": jobs}
        | ({"mask": False} if no_mask else {})
    )
    start_logs(found.settings.log_level)
    if files.count(STANDARD) > 1:
        raise UnreadableInput("- stands twice: standard input can be read once only.")
    order = Order(
        files=tuple(files),
        output=None if output in (None, STANDARD) else Path(str(output)),
        screen=output is None and sys.stdout.isatty(),
        format=format_named(format),
        timezone=found.settings.timezone,
        rejects=rejects,
        mask=found.settings.mask,
        jobs=found.settings.jobs,
        cluster=cluster,
        restart=restart,
    )
    check_order(order)
    work, criteria = prepare(found, facts, calibration)
    stamp = {} if order.output is None else stamp_of(work)
    raise typer.Exit(run(order, work, criteria, stamp))


def check_order(order: Order) -> None:
    """What can be said to be impossible before anything is loaded."""
    if order.output is not None:
        check_output(order.output, order.files, order.rejects)
    if order.rejects is not None:
        check_rejects(order.rejects, order.files)


def run(order: Order, work: Work, criteria: tuple[str, ...], stamp: Mapping[str, Any]) -> int:
    """Grade as ordered; the exit status. Raises `KefuError` for what cannot be done.

    `stamp` is what decides over the bytes beside the input and the order's own options.
    """
    told = log("grade")
    notes = Notes()
    try:
        with ExitStack() as stack:
            inputs, marks = _inputs(order, stack)
            found = read_many(inputs, ReadOptions(order.format, order.timezone), notes)
            each = stack.enter_context(graders(order))
            sink = stack.enter_context(_sink(order, criteria, {**stamp, **_asked(order, marks)}))
            rejected = stack.enter_context(
                RejectFiles(
                    order.files,
                    target=order.rejects,
                    mask=masking() if order.mask else str,
                    stream=sys.stderr,
                )
            )
            advance = stack.enter_context(progress())
            told.info("started", inputs=len(order.files), jobs=order.jobs)
            count = pump(to_do(found, rejected, sink.done(), advance), work, each, (sink, rejected))
            sink.finish()
    except KeyboardInterrupt:
        typer.echo(_stopped(order), err=True)
        return INTERRUPTED
    for note in notes:
        typer.echo(note, err=True)
    told.info("finished", graded=count, rejected=rejected.count)
    if rejected.count:
        typer.echo(_told(rejected.count, order), err=True)
    return 1 if rejected.count else 0


def to_do(
    found: Found, rejected: RejectFiles, done: Iterator[str], advance: Advance
) -> Iterator[Item]:
    """The conversations that have no scorecard yet, in order; what could not be read is put aside.

    `done` are the ids of those that have one, a subsequence of the input.
    """
    passed = next(done, None)
    for file, item in found:
        if isinstance(item, Reject):
            rejected.add(item)
        elif item.id == passed:
            passed = next(done, None)
            advance()
        else:
            yield Item(file, line_of(item))
            advance()
    if passed is not None:
        raise Refused(
            f"the unfinished output has a scorecard of {passed!r}, which the input lacks there. "
            "Add --restart to begin anew."
        )


def pump(items: Iterator[Item], work: Work, each: Grade, ends: tuple[Sink, RejectFiles]) -> int:
    """Grade items into the sink, faults into the rejects; how many were graded."""
    sink, rejected = ends
    count = 0
    for done in each(items, work):
        if done.line is None:
            rejected.add(Reject(done.item.file, None, done.fault or "", done.item.text))
        else:
            sink.write(done.line)
            count += 1
    return count


@contextmanager
def graders(order: Order) -> Iterator[Grade]:
    """Who grades: this process, local workers, or a cluster."""
    if order.cluster is None and order.jobs == 1:
        yield grade_each
        return
    from grader.cluster import cluster_at, grade_on, local_workers  # Dask, for those who ask for it

    place: AbstractContextManager[Any] = (
        local_workers(order.jobs) if order.cluster is None else cluster_at(order.cluster)
    )
    with place as client:
        yield lambda items, work: grade_on(client, items, work)


@contextmanager
def progress() -> Iterator[Advance]:
    """A bar on standard error, on a terminal only. How much there is to read is not known."""
    if not sys.stderr.isatty():
        yield lambda: None
        return
    from rich.console import Console
    from rich.progress import BarColumn, Progress, TextColumn, TimeElapsedColumn

    bar = Progress(
        BarColumn(),
        TextColumn("{task.completed} conversations"),
        TimeElapsedColumn(),
        console=Console(stderr=True),
        transient=True,
    )
    with bar:
        task = bar.add_task("grading", total=None)
        yield lambda: bar.advance(task)


@contextmanager
def _sink(order: Order, criteria: tuple[str, ...], state: Mapping[str, Any]) -> Iterator[Sink]:
    if order.output is None:
        yield ScreenSink(criteria) if order.screen else StreamSink()
        return
    with Part(order.output, state, restart=order.restart) as part:
        yield FileSink(part, order.output, criteria)


def _asked(order: Order, marks: list[list[str]]) -> dict[str, Any]:
    options = {"format": order.format, "timezone": order.timezone, "mask": order.mask}
    return {"input": marks, "options": options}


def _inputs(order: Order, stack: ExitStack) -> tuple[list[Path | BinaryIO], list[list[str]]]:
    """The inputs to read, and stem and hash of each where the run can be gone on with.

    A stream is first copied: it has to be hashed before it is read.
    """
    inputs: list[Path | BinaryIO] = []
    marks: list[list[str]] = []
    for name in order.files:
        given: Path | BinaryIO = sys.stdin.buffer if name == STANDARD else Path(name)
        if order.output is not None and not isinstance(given, Path):
            given = copied(given, stack)
        inputs.append(given)
        if order.output is not None:
            marks.append([Path(name).stem, hash_of_input(given)])
    return inputs, marks


def copied(stream: BinaryIO, stack: ExitStack) -> BinaryIO:
    """A stream as a file without a name, which can be read twice."""
    copy = stack.enter_context(tempfile.TemporaryFile(prefix="kefu-"))  # noqa: SIM115
    shutil.copyfileobj(stream, copy)
    copy.seek(0)
    return copy


def hash_of_input(given: Path | BinaryIO) -> str:
    """sha256 of an input; "" for a file that is no file, of which the reader tells the reason."""
    if isinstance(given, Path):
        try:
            if not stat.S_ISREG(given.stat().st_mode):
                return ""
            with given.open("rb") as file:
                return hashlib.file_digest(file, "sha256").hexdigest()
        except OSError:
            return ""
    found = hashlib.file_digest(given, "sha256").hexdigest()  # type: ignore[arg-type]
    given.seek(0)
    return found


def _told(count: int, order: Order) -> str:
    places = [str(order.rejects)] if order.rejects else [
        f"{name}.rejects.jsonl" for name in order.files if name != STANDARD
    ]  # fmt: skip
    place = ", ".join(places[:3]) or "the lines above"
    return f"{count} record(s) could not be graded; see {place} for why and what to do."


def _stopped(order: Order) -> str:
    if order.output is None:
        return "Stopped. With --output FILE a stopped run can be gone on with."
    return f"Stopped. What is graded is in {part_of(order.output)}; the same command goes on."
