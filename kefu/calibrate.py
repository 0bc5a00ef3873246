"""`kefu calibrate`: scores fitted to a team's own ratings, if that is proven to help."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Annotated

import typer
from rich.console import Console
from rich.progress import track
from rich.table import Table

from grader.calibration import Rated, Trial, describe, fit_calibration, save
from grader.folds import text_key
from grader.grade import grade
from grader.labels import RatedRow
from grader.model import Model
from grader.ratings import read_ratings
from kefu.order import model_for
from kefu.settings import configure
from rubrics.load import load_rubric
from rubrics.schema import Rubric
from transcripts.errors import Refused, UnreadableInput


def calibrate(
    labels: Annotated[Path, typer.Argument(help="Rated conversations, or a CSV of ratings.")],
    output: Annotated[Path, typer.Option("--output", "-o", help="The calibration to write.")],
    transcripts: Annotated[
        Path | None, typer.Option("--transcripts", help="The conversations that a CSV rates.")
    ] = None,
    scale: Annotated[
        str | None, typer.Option("--scale", help="LOW:HIGH of the ratings; default: those seen.")
    ] = None,
    rubric: Annotated[
        str | None, typer.Option("--rubric", help="The rubric whose scores are calibrated.")
    ] = None,
    encoder: Annotated[
        str | None, typer.Option("--encoder", help="As in kefu grade, which must use the same.")
    ] = None,
) -> None:
    """Fit scores to your team's own ratings. Refused where it would not help."""
    ends = _scale(scale)
    settings = (found := configure({"rubric": rubric, "encoder": encoder})).settings
    measured_by = load_rubric(settings.rubric, found.rubric_folders)
    _writable(output)
    rows = read_ratings(labels, transcripts)
    console = Console(stderr=True)
    _, _, model = model_for(settings)
    rated = rated_rows(rows, measured_by, model, console)
    try:
        calibration, trials = fit_calibration(rated, output.stem, ends)
    except Refused as refused:
        typer.echo(str(refused), err=True)
        raise typer.Exit(1) from None
    output.write_bytes(save(calibration))
    console.print(_shown(trials))
    for name, trial in trials.items():
        if trial.refused:
            console.print(f"{name}: {trial.refused}", highlight=False)
    unknown = sorted({key for row in rows for key in row.ratings} - set(trials))
    if unknown:
        console.print(f"Not a criterion of {measured_by.id}, left out: {', '.join(unknown)}")


def rated_rows(
    rows: Sequence[RatedRow], rubric: Rubric, model: Model, console: Console
) -> list[Rated]:
    """Each rated conversation graded and described; progress goes to the console."""
    rated: list[Rated] = []
    for row in track(rows, "Grading", console=console, disable=not console.is_terminal):
        card = grade(row.transcript, rubric, model)
        features = describe(row.transcript, card, model.encoder)
        said = "".join(m.text for m in row.transcript.messages if m.role == "customer")
        rated.append(Rated(card, features, row.ratings, text_key(said)))
    return rated


def _scale(text: str | None) -> tuple[float, float] | None:
    if text is None:
        return None
    low, colon, high = text.partition(":")
    try:
        ends = float(low), float(high)
    except ValueError:
        ends = (0.0, 0.0)
    if not colon or not ends[0] < ends[1]:
        raise UnreadableInput(f"--scale {text}: write the lowest and the highest rating, as in 1:5")
    return ends


def _writable(output: Path) -> None:
    if not output.parent.is_dir():
        raise UnreadableInput(f"--output {output}: the folder {output.parent} does not exist")


def _shown(trials: dict[str, Trial]) -> Table:
    table = Table(title="Out of fold: ratings that the fit had not seen")
    for heading in ("score", "rated", "points off before", "after", "gain", "mean shift", "rank"):
        table.add_column(heading, justify="left" if heading == "score" else "right")
    for name, trial in trials.items():
        before, after = trial.spearman_raw.value, trial.spearman.value
        table.add_row(
            name,
            str(trial.n),
            f"{trial.error_raw:.1f}",
            f"{trial.error:.1f}",
            "left as it is" if trial.refused else f"{trial.gain:+.1f}",
            f"{trial.shift:+.1f}",
            "–" if before is None or after is None else f"{before:.2f} → {after:.2f}",
        )
    return table
