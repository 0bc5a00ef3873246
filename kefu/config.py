"""`kefu config` and `kefu doctor`: what is set, from where, and whether the house is in order."""

from __future__ import annotations

import os
import platform
import sys
from contextlib import closing
from importlib.util import find_spec
from pathlib import Path
from typing import Annotated, Final

import typer

from grader.identity import identity, version_of
from kefu.order import model_for
from kefu.settings import FILE, Configured, configure
from rubrics.load import known_rubrics
from transcripts.errors import KefuError

EXTRAS: Final = {"cluster": "distributed", "neural": "sentence_transformers"}
_DataOption = Annotated[Path | None, typer.Option("--data", help="The data folder.")]


def config(data: _DataOption = None) -> None:
    """Each setting, its value and where it came from."""
    found = configure({"data": data})
    rows = [
        (name, str(value), found.origins[name])
        for name, value in found.settings.model_dump(mode="json").items()
    ]
    widths = [max(len(row[column]) for row in rows) for column in (0, 1)]
    for name, value, origin in rows:
        typer.echo(f"{name:<{widths[0]}}  {value:<{widths[1]}}  {origin}")


def doctor(data: _DataOption = None) -> None:
    """Versions, folders, model and extras; exit 1 if something is not in order."""
    found = configure({"data": data})
    rows, faults = examined(found)
    width = max(len(name) for name, _ in rows)
    for name, value in rows:
        typer.echo(f"{name:<{width}}  {value}")
    for fault in faults:
        typer.echo(fault, err=True)
    if faults:
        raise typer.Exit(1)


def examined(found: Configured) -> tuple[list[tuple[str, str]], list[str]]:
    """What there is, one pair a line, and what is not in order."""
    folder, faults = _folder(found.settings.data)
    database, broken = _database(found.settings.data)
    model, missing = _model(found)
    rubrics = ", ".join(sorted(known_rubrics(found.rubric_folders)))
    mine = {name: value for name, value in identity().items() if name != "python"}
    rows = [
        ("python", f"{platform.python_version()} {sys.executable}"),
        ("platform", f"{platform.platform()}, {os.cpu_count()} processors"),
        *mine.items(),
        ("data folder", folder),
        ("database", database),
        ("settings file", str(_existing(found.settings.data / FILE))),
        ("rubrics", rubrics),
        *model,
        *((f"extra {name}", _extra(module)) for name, module in EXTRAS.items()),
    ]
    return rows, faults + broken + missing


def _existing(path: Path) -> str:
    return str(path) if path.exists() else f"{path} (none)"


def _folder(data: Path) -> tuple[str, list[str]]:
    """The data folder is made when something is first kept, so it may be missing."""
    place = data
    while not place.exists() and place != place.parent:
        place = place.parent
    if place.is_dir() and os.access(place, os.W_OK):
        return _existing(data), []
    return str(data), [f"{data}: cannot be written. Name another folder with --data or KEFU_DATA."]


def _database(data: Path) -> tuple[str, list[str]]:
    """The database is looked at, never changed or made here."""
    from store.copying import opened_copy
    from store.folder import DATABASE
    from store.opening import applied, known_steps

    path = data / DATABASE
    if not path.exists():
        return _existing(path), []
    try:
        with closing(opened_copy(path)) as conn:
            taken = applied(conn)
    except KefuError as error:
        return str(path), [str(error)]
    unknown = [name for name in taken if name not in known_steps()]
    faults = [f"{path}: was written by a newer kefu ({', '.join(unknown)})"] if unknown else []
    return f"{path} ({path.stat().st_size / 1e6:.1f} MB, {taken[-1] if taken else 'empty'})", faults


def _model(found: Configured) -> tuple[list[tuple[str, str]], list[str]]:
    spec = found.settings.encoder
    try:
        folder, _, model = model_for(found.settings)
    except KefuError as error:
        return [("encoder", spec), ("model", "missing")], [str(error)]
    place = "shipped" if folder is None else folder
    return [("encoder", model.encoder.name), ("model", f"{model.hash} ({place})")], []


def _extra(module: str) -> str:
    if find_spec(module) is None:
        return "not installed"
    return f"installed ({version_of(module.replace('_', '-'))})"
