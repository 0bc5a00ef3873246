"""`kefu export`: the cards of the data folder as JSON Lines, CSV or XLSX."""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from kefu.convert import STANDARD
from kefu.data import DataOption, data_folder, now
from kefu.part import Part
from kefu.sinks import FileSink, Sink, StreamSink, check_output
from transcripts.errors import UnreadableInput

if TYPE_CHECKING:
    from collections.abc import Iterator

    from store.database import Store
    from store.quality import Filter
    from store.reviewed import Reviewed

ImportOption = Annotated[int | None, typer.Option("--import", help="Only this import.")]
AgentOption = Annotated[str | None, typer.Option("--agent", help="Only this agent.")]


def export(
    output: Annotated[
        str,
        typer.Option(
            "--output", "-o", help="File ending in .jsonl, .csv or .xlsx; - is standard output."
        ),
    ] = STANDARD,
    number: ImportOption = None,
    agent: AgentOption = None,
    data: DataOption = None,
) -> None:
    """Cards of imported conversations, with what people made of them beside the grader's scores."""
    from store.audit import note_deed

    if output != STANDARD:
        check_output(Path(output), (), None)
    with data_folder({"data": data}) as (_, store):
        wanted = chosen(store, number, agent)
        note_deed(store, None, "export", None if number is None else f"import {number}", now())
        count = 0
        if output == STANDARD:
            count = _write(store, wanted, StreamSink())
        else:
            with Part(Path(output), {}, restart=True) as part:
                sink = FileSink(part, Path(output), criteria_of(store, wanted), reviewed=True)
                count = _write(store, wanted, sink)
    typer.echo(f"{count} cards", err=True)


def chosen(store: Store, number: int | None, agent: str | None) -> Filter:
    """The conversations that the options name. `UnreadableInput` if there are none."""
    from store.imports import imported
    from store.quality import Filter, count

    if number is not None:
        imported(store, number)
    wanted = Filter(source="import", number=number, agent=agent)
    if not count(store, wanted):
        raise UnreadableInput(
            "there are no such conversations in the data folder; kefu import FILE brings some"
        )
    return wanted


def criteria_of(store: Store, wanted: Filter) -> tuple[str, ...]:
    """The criteria of all rubrics that were graded by, as first met."""
    from store.contents import rubric_at
    from store.quality import rubrics_of

    found = [rubric_at(store, version) for version in rubrics_of(store, wanted)]
    return tuple(dict.fromkeys(name for rubric in found for name in rubric.criteria))


def judged(store: Store, wanted: Filter) -> Iterator[tuple[dict[str, Any], Reviewed]]:
    """Each card, and what it says with people's words on it."""
    from store.contents import rubric_at
    from store.quality import graded
    from store.reviewed import reviewed

    rubrics: dict[str, Any] = {}
    for kept in graded(store, wanted):
        if kept.card is not None:
            version = kept.card["rubric"]["version"]
            if version not in rubrics:
                rubrics[version] = rubric_at(store, version)
            yield kept.card, reviewed(kept.card, rubrics[version], kept.words)


def _write(store: Store, wanted: Filter, sink: Sink) -> int:
    count = 0
    for card, now_says in judged(store, wanted):
        if now_says.by_hand:
            card["reviewed"] = {
                "overall": now_says.overall,
                "passed": now_says.passed,
                "critical": list(now_says.critical),
                "criteria": dict(now_says.criteria),
            }
        sink.write(json.dumps(card, ensure_ascii=False, allow_nan=False))
        count += 1
    sink.finish()
    return count
