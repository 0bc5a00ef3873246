"""`kefu check`: every fault of rubric files at once, and `--fix` for those with one plain cure."""

from __future__ import annotations

import re
from collections.abc import Sequence
from pathlib import Path
from typing import Annotated

import typer

from rubrics.load import LIBRARY, SUFFIXES, rubric_of
from rubrics.nearest import cure_of
from rubrics.yaml_file import read_yaml
from transcripts.errors import Fault, InvalidFile, UnreadableInput

MOST_FIXES = 100


def check(
    paths: Annotated[
        list[Path] | None,
        typer.Argument(help="Rubric files or folders of them; without any, the shipped library."),
    ] = None,
    fix: Annotated[
        bool,
        typer.Option("--fix", help="Correct misspelt names and tabs in place, then check again."),
    ] = False,
) -> None:
    """Check rubrics: prints file:line, what is wrong and how to put it right."""
    files = files_of(paths or [LIBRARY])
    if fix:
        for file in files:
            for fixed in fix_file(file):
                typer.echo(str(fixed))
    faults = [fault for file in files for fault in faults_in(file)]
    for fault in faults:
        typer.echo(str(fault))
    typer.echo(f"{len(files)} checked, {len(faults)} faults", err=True)
    if faults:
        raise typer.Exit(1)


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


def faults_in(file: Path) -> list[Fault]:
    """All faults of one rubric file."""
    try:
        document = read_yaml(file)
        rubric = rubric_of(document)
    except InvalidFile as error:
        return error.faults
    if rubric.id != file.stem:
        message = f"id {rubric.id!r} and file name differ; name the file {rubric.id}{file.suffix}"
        return [document.fault(("id",), message)]
    return []


def fix_file(file: Path) -> list[Fault]:
    """Correct what has one plain cure, line by line; what was done, as faults that are no more."""
    done: list[Fault] = []
    for _ in range(MOST_FIXES):
        text = _readable(file)
        cured = None if text is None else _cured(file, text)
        if cured is None:
            break
        new_text, fault = cured
        file.write_text(new_text, encoding="utf-8", newline="")
        done.append(fault)
    return done


def _readable(file: Path) -> str | None:
    try:
        return file.read_bytes().decode("utf-8")
    except (OSError, UnicodeDecodeError):
        return None


def _cured(file: Path, text: str) -> tuple[str, Fault] | None:
    """The text without its first curable fault, and what was done; None if there is none."""
    lines = text.splitlines(keepends=True)
    for fault in faults_in(file):
        if fault.line is None or fault.line > len(lines):
            continue
        line = lines[fault.line - 1]
        new, what = _cured_line(line, fault.message)
        if new != line:
            lines[fault.line - 1] = new
            return "".join(lines), Fault(fault.file, fault.line, f"fixed: {what}")
    return None


def _cured_line(line: str, message: str) -> tuple[str, str]:
    if message.startswith("a tab"):
        indent = line[: len(line) - len(line.lstrip())]
        return indent.replace("\t", "  ") + line[len(indent) :], "tabs replaced by spaces"
    cure = cure_of(message)
    if cure is None:
        return line, ""
    wrong, right = cure
    new = re.sub(rf"(?<![\w-]){re.escape(wrong)}(?![\w-])", right, line, count=1)
    return new, f"{wrong} is now {right}"
