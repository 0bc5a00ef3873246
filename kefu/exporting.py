"""`kefu export`: the cards of the data folder as JSON Lines, CSV or XLSX."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from kefu.convert import STANDARD
from kefu.data import DataOption, data_folder, now
from kefu.sinks import StreamSink, check_output
from transcripts.errors import UnreadableInput

if TYPE_CHECKING:
    from store.database import Store
    from store.quality import Filter

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
    from store.exports import export_to, lines

    if output != STANDARD:
        check_output(Path(output), (), None)
    with data_folder({"data": data}) as (_, store):
        wanted = chosen(store, number, agent)
        note_deed(store, None, "export", None if number is None else f"import {number}", now())
        if output != STANDARD:
            typer.echo(f"{export_to(store, wanted, Path(output))} cards", err=True)
            return
        sink = StreamSink()
        for line in lines(store, wanted):
            sink.write(line)
        sink.finish()


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
