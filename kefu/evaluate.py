"""`kefu evaluate`: how well the grader agrees with labels."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from dataclasses import replace
from pathlib import Path
from typing import Annotated, Any

import typer
from rich.console import Console
from rich.table import Table

from grader.encoder import Cached
from grader.encoders import open_encoder
from grader.evaluate import Example, cross_validate
from grader.evaluate import evaluate as measure
from grader.grade import grade
from grader.labels import LabelFile, read_labels
from grader.model import Model
from grader.predictor import Grade, ModelPredictor, in_folds, trainer
from grader.report import Report
from grader.scorecard import Scorecard
from grader.training import KEPT, read_corpus
from kefu.order import model_for
from kefu.settings import Settings, configure
from rubrics.load import load_rubric
from transcripts.errors import Refused
from transcripts.types import Transcript

LEARNT_FROM = ("replies", "sentences", "context", "customers")
"""Kinds of labels that a model can be refitted to."""


def evaluate(
    labels: Annotated[list[Path], typer.Argument(help="Label files of any kind.")],
    cv: Annotated[
        int | None,
        typer.Option("--cv", min=2, max=50, help="Refit the model in K folds of this file."),
    ] = None,
    as_json: Annotated[bool, typer.Option("--json", help="One JSON object a file.")] = False,
    rubric: Annotated[
        str | None, typer.Option("--rubric", help="The rubric that conversations are graded by.")
    ] = None,
    encoder: Annotated[
        str | None,
        typer.Option("--encoder", help="embedded, or sentence-transformers:NAME|PATH."),
    ] = None,
) -> None:
    """Agreement with labelled data, with 95 % intervals. The kind of a file is told by its keys."""
    files = [read_labels(path) for path in labels]
    found = configure({"rubric": rubric, "encoder": encoder})
    measured_by = load_rubric(found.settings.rubric, found.rubric_folders)

    def graded(transcript: Transcript, model: Model) -> Scorecard:
        return grade(transcript, measured_by, model)

    errors = Console(stderr=True)
    refused = False
    for file in files:
        try:
            report = _report(file, cv, graded, found.settings, errors)
        except Refused as error:
            typer.echo(str(error), err=True)
            refused = True
            continue
        if as_json:
            typer.echo(json.dumps(report.to_json(), ensure_ascii=False, allow_nan=False))
        else:
            for table in tables(report):
                Console().print(table)
    if refused:
        raise typer.Exit(1)


def _report(
    file: LabelFile, cv: int | None, graded: Grade, settings: Settings, errors: Console
) -> Report:
    if cv is not None and file.kind in LEARNT_FROM:
        corpus = read_corpus()
        fit = trainer(corpus, Cached(open_encoder(settings.encoder), KEPT), graded)

        def told(fold: int) -> None:
            errors.print(f"{file.file}: fold {fold + 1} of {cv} done", highlight=False)

        rows: list[Example] = [*corpus.replies, *corpus.customers]
        return cross_validate(file, rows, fit, folds=cv, progress=told)
    if cv is not None and file.kind == "critical":
        learnt, encoder = read_corpus().critical, Cached(open_encoder(settings.encoder), KEPT)
        return replace(in_folds(file.rows, learnt, encoder, cv), file=file.file)
    if cv is not None and file.kind != "pii":
        errors.print(f"{file.file}: no model learns from such a file, so --cv changes nothing")
    _, _, model = model_for(settings)
    return measure(file, ModelPredictor(model, graded))


def tables(report: Report) -> Iterator[Table]:
    """The figures of a report, as tables for a person."""
    shown = report.to_json()
    title = f"{report.file}: {report.n} rows"
    if report.refused:
        title += f" ({report.refused} left out, the model was trained on them)"
    table = Table(title=title, title_justify="left")
    for heading in ("", "value", "95 %", "n", "applies"):
        table.add_column(heading, justify="left" if not heading else "right")
    figures: dict[str, tuple[Any, Any]] = {"acts, micro-F1": (shown["acts"]["micro_f1"], {})}
    for name in ("empathy", "accuracy", "emotion", "order", "resolution"):
        if name in shown:
            figures[f"{name}, quadratic kappa"] = (shown[name]["kappa"], shown[name])
    figures["overall, Spearman"] = (shown["overall"]["spearman"], shown["overall"])
    for name, (figure, more) in figures.items():
        if figure["value"] is not None:
            table.add_row(name, *_cells(figure, more))
    yield table
    if report.per_act:
        yield _acts(report.per_act)
    yield from _findings(report, shown)


def _cells(figure: Mapping[str, float], more: Mapping[str, Any]) -> tuple[str, str, str, str]:
    applies = more.get("applies")
    return (
        f"{figure['value']:.3f}",
        f"{figure['low']:.3f} – {figure['high']:.3f}",
        str(more.get("n", "")),
        "" if applies is None else f"{applies:.2f}",
    )


def _acts(per_act: Mapping[str, Mapping[str, Any]]) -> Table:
    table = Table(title="acts", title_justify="left")
    for heading in ("act", "precision", "recall", "F1", "support"):
        table.add_column(heading, justify="left" if heading == "act" else "right")
    for act, row in per_act.items():
        shares = ["–" if row[k] is None else f"{row[k]:.2f}" for k in ("precision", "recall", "f1")]
        table.add_row(act, *shares, str(row["support"]))
    return table


def _findings(report: Report, shown: Mapping[str, Any]) -> Iterator[Table]:
    rows = [("missed", *pair) for pair in report.missed] + [("false", *p) for p in report.false]
    rows += [("wrong side of the pass mark", name, "") for name in report.overall.wrong]
    if rows:
        table = Table("what", "conversation", "critical error", title="to look at")
        for row in rows:
            table.add_row(*row)
        yield table
    for name in report.more:
        table = Table(title=name, title_justify="left")
        for key, value in shown[name].items():
            if not isinstance(value, list):
                table.add_row(str(key), str(value))
        yield table
