"""`kefu train`: every head fitted from the labelled corpus, and written as model files."""

from __future__ import annotations

import os
import re
import shutil
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Final

import typer

from grader.encoder import Cached, Encoder
from grader.encoders import open_encoder
from grader.specs import EMBEDDED, check_spec
from kefu.order import model_folder
from kefu.settings import configure
from transcripts.errors import UnreadableInput

if TYPE_CHECKING:
    from grader.model import Model
    from grader.training import Corpus

LINEAR: Final = "linear"
TRANSFORMERS: Final = "transformers:"
FILES: Final = ("model.safetensors", "model.json")
HEAD: Final = "head"

_ROOT: Final = Path(__file__).parents[1]


def train(
    encoder: Annotated[
        str | None,
        typer.Option("--encoder", help="embedded, or sentence-transformers:NAME|PATH."),
    ] = None,
    head: Annotated[
        str, typer.Option("--head", help="linear, or transformers:NAME|PATH to fine-tune.")
    ] = LINEAR,
    output: Annotated[
        Path | None,
        typer.Option("--output", "-o", help="Folder for the model; default: where grade looks."),
    ] = None,
    corpus: Annotated[
        Path | None,
        typer.Option("--corpus", help="Folder of labelled files in place of the project's own."),
    ] = None,
    epochs: Annotated[
        int, typer.Option("--epochs", min=1, max=100, help="Rounds of fine-tuning.")
    ] = 5,
    batch: Annotated[
        int, typer.Option("--batch", min=1, max=512, help="Replies a step of fine-tuning.")
    ] = 16,
) -> None:
    """Fit the model from the labelled corpus. Minutes; a fine-tuned head takes longer."""
    started = time.monotonic()
    found = configure({"encoder": encoder})
    spec, tuned = found.settings.encoder, tuned_from(head)
    rows = labelled(corpus)
    from grader.training import KEPT

    opened = Cached(open_encoder(spec), KEPT)
    folder = (output or default_folder(found.settings.data, spec, opened.name, tuned)).expanduser()
    with staged(folder) as stage:
        model = fitted(rows, opened, tuned, (epochs, batch), stage)
    typer.echo(_told(rows, model, head))
    typer.echo(f"model    {model.hash}")
    typer.echo(f"files    {folder} ({_megabytes(folder):.1f} MB)")
    typer.echo(f"seconds  {time.monotonic() - started:.0f}")
    _hint(found.settings.data, folder, opened.name)


def tuned_from(head: str) -> str | None:
    """The transformers model that a head is made of; None for linear ones. `UnreadableInput`."""
    if head == LINEAR:
        return None
    name = head.removeprefix(TRANSFORMERS).strip()
    if not head.startswith(TRANSFORMERS) or not name:
        raise UnreadableInput(
            f"head {head!r} is not known: write {LINEAR}, or {TRANSFORMERS}NAME with the name or "
            "folder of a transformers model"
        )
    return name


def default_folder(data: Path, spec: str, encoder: str, tuned: str | None) -> Path:
    """The package's own model in a checkout; for other encoders and heads a place in DATA/models.

    There is one place an encoder: `kefu grade` uses what was trained last.
    """
    from grader.model import FOLDER

    if check_spec(spec) == EMBEDDED and tuned is None and (_ROOT / "pyproject.toml").is_file():
        return FOLDER
    name = encoder.partition("@")[0].replace("+batched", "")
    return data / "models" / re.sub(r"[^\w.-]+", "-", name)


def fitted(
    corpus: Corpus, encoder: Encoder, tuned: str | None, rounds: tuple[int, int], stage: Path
) -> Model:
    """The model, saved in the folder `stage`. `rounds` are epochs and batch of fine-tuning."""
    from grader.model import save_model
    from grader.training import train as fit

    if tuned is not None:
        from grader.neural.head import source_of

        source_of(tuned)  # what is missing is said before minutes of work
    typer.echo("fitting the heads …", err=True)
    model = fit(corpus, encoder)
    if tuned is not None:
        from grader.neural.classifier import Recipe
        from grader.neural.head import train_head

        recipe = Recipe(epochs=rounds[0], batch=rounds[1])

        def told(epoch: int, loss: float) -> None:
            typer.echo(f"epoch {epoch + 1} of {rounds[0]}: loss {loss:.2f}", err=True)

        typer.echo(f"fine-tuning {tuned} …", err=True)
        model = train_head(model, corpus, tuned, stage, recipe, told)
    save_model(model, stage)
    return model


@contextmanager
def staged(folder: Path) -> Iterator[Path]:
    """A folder beside this one, whose model files take the place of the old ones if all goes well.

    Other files in `folder` stay. Raises `UnreadableInput` before any work if it cannot be written.
    """
    try:
        folder.mkdir(parents=True, exist_ok=True)
        stage = Path(tempfile.mkdtemp(prefix=f".{folder.name}-", dir=folder.parent))
    except OSError as error:
        raise UnreadableInput(
            f"{folder}: cannot be written ({error.strerror}). Choose another --output."
        ) from error
    try:
        yield stage
        if (folder / HEAD / "config.json").is_file():
            shutil.rmtree(folder / HEAD)
        for name in (HEAD, *FILES):
            if (stage / name).exists():
                os.replace(stage / name, folder / name)
    finally:
        shutil.rmtree(stage, ignore_errors=True)


def labelled(folder: Path | None) -> Corpus:
    """The corpus of a folder, by default the project's own. Raises `UnreadableInput`."""
    from grader.training import CORPUS, read_corpus

    place = folder or CORPUS
    try:
        return read_corpus(place)
    except FileNotFoundError as error:
        name = Path(str(error.filename)).name
        cure = "name a folder with all files of grader/corpus"
        if folder is None:
            cure = "an installed kefu has no corpus; give --corpus the grader/corpus of a checkout"
        raise UnreadableInput(f"{place}: there is no {name}; {cure}") from error


def _told(corpus: Corpus, model: Model, head: str) -> str:
    return (
        f"corpus   {len(corpus.replies):,} replies, {len(corpus.customers):,} customer messages, "
        f"{len(corpus.critical):,} critical cases, {len(corpus.conversations):,} conversations\n"
        f"encoder  {model.encoder.name}\n"
        f"head     {head}"
    )


def _megabytes(folder: Path) -> float:
    files = [folder / name for name in FILES]
    files += [path for path in (folder / HEAD).rglob("*") if path.is_file()]
    return sum(path.stat().st_size for path in files) / 1e6


def _hint(data: Path, folder: Path, encoder: str) -> None:
    """Say so where `kefu grade` will use other heads than these."""
    from grader.model import FOLDER

    used = model_folder(data, encoder)
    used_path = FOLDER if used is None else Path(used)
    if used_path.resolve() != folder.resolve():
        typer.echo(
            f"kefu grade uses {used_path} for this encoder; to use these files, put their folder "
            f"in {data / 'models'} in its place",
            err=True,
        )
