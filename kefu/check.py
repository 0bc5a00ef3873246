"""`kefu check`: every fault of rubrics, scenarios and personas at once, and `--fix`."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Annotated

import typer
from rich.console import Console

from kefu.file_kind import UNTOLD, FileKind, kind_of
from kefu.fix import fix_file
from kefu.proof import Proofs
from kefu.settings import configure
from rubrics.load import LIBRARY as RUBRICS
from rubrics.load import SUFFIXES, rubric_faults
from rubrics.yaml_file import read_yaml
from scenarios.checks.checked import Shelves, shelves
from scenarios.checks.hears import common_faults
from scenarios.checks.persona import persona_faults
from scenarios.checks.scenario import scenario_faults
from scenarios.load import HEARS, PERSONAS
from scenarios.load import LIBRARY as SCENARIOS
from transcripts.errors import Fault, InvalidFile, UnreadableInput

SHIPPED = (RUBRICS, HEARS, PERSONAS, SCENARIOS)


def check(
    paths: Annotated[
        list[Path] | None,
        typer.Argument(
            help="Rubrics, scenarios, personas or folders of them; without any, what is shipped."
        ),
    ] = None,
    fix: Annotated[
        bool,
        typer.Option("--fix", help="Correct misspelt names and tabs in place, then check again."),
    ] = False,
    no_paths: Annotated[
        bool,
        typer.Option("--no-paths", help="Do not play and grade the paths of scenarios."),
    ] = False,
) -> None:
    """Check files: prints file:line, what is wrong and how to put it right."""
    files = files_of(paths or SHIPPED)
    found = configure()
    bench = Bench(shelves(found.persona_folders, found.rubric_folders, personas_among(files)))
    if fix:
        for file in files:
            for fixed in fix_file(file, bench.faults):
                typer.echo(str(fixed))
    proofs = Proofs(found, bench.shelves)
    console = Console(stderr=True)
    count = 0
    for file in files:
        faults = bench.faults(file)
        if not faults and not no_paths and bench.kind(file) == "scenario":
            with console.status(f"playing the paths of {file.name}"):
                faults = proofs.faults(file)
        for fault in faults:
            typer.echo(str(fault))
        count += len(faults)
    typer.echo(f"{len(files)} checked, {count} faults", err=True)
    if count:
        raise typer.Exit(1)


@dataclass(frozen=True)
class Bench:
    """Where files are checked: with the shelves they may draw from."""

    shelves: Shelves

    def kind(self, file: Path) -> FileKind | None:
        """What a file is; None where nothing tells, or it cannot be read."""
        try:
            return kind_of(read_yaml(file).data)
        except InvalidFile:
            return None

    def faults(self, file: Path) -> list[Fault]:
        """All faults of one file, its paths left aside."""
        try:
            document = read_yaml(file)
        except InvalidFile as error:
            return error.faults
        kind = kind_of(document.data)
        if kind == "scenario":
            return scenario_faults(document, self.shelves)
        if kind == "persona":
            return persona_faults(document)
        if kind == "hears":
            return common_faults(document)
        return rubric_faults(document) if kind == "rubric" else [Fault(str(file), 1, UNTOLD)]


def files_of(paths: Sequence[Path]) -> list[Path]:
    """The YAML files that are meant, folders searched. UnreadableInput if a path is not there."""
    missing = [str(path) for path in paths if not path.exists()]
    if missing:
        raise UnreadableInput(f"not found: {', '.join(missing)}; give files or folders that exist")
    found: list[Path] = []
    for path in paths:
        inside = path.rglob("*") if path.is_dir() else [path]
        files = [p for p in sorted(inside) if p.is_file() and (p == path or p.suffix in SUFFIXES)]
        if not files:
            raise UnreadableInput(f"{path}: no .yaml file in this folder")
        found += files
    return list(dict.fromkeys(found))


def personas_among(files: Sequence[Path]) -> dict[str, Path]:
    """The personas that are checked along, so that scenarios beside them may name them."""
    found: dict[str, Path] = {}
    for file in files:
        try:
            if kind_of(read_yaml(file).data) == "persona":
                found[file.stem] = file
        except InvalidFile:
            continue
    return found
