"""Rubrics by name or path: users' own folders first, then the library."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import lru_cache
from pathlib import Path
from typing import Final

from rubrics.cross import cross_faults, weight_faults
from rubrics.faults import Place
from rubrics.own_yaml import own_yaml
from rubrics.schema import Rubric
from rubrics.shelf import SUFFIXES, changed, find_file, known_files
from rubrics.yaml_file import Document, read_yaml
from transcripts.errors import Fault, InvalidFile

__all__ = ["LIBRARY", "SUFFIXES", "known_rubrics", "load_rubric", "rubric_faults", "rubric_of"]

LIBRARY: Final = Path(__file__).parent / "library"


def load_rubric(name_or_path: str | Path, search: Sequence[Path] = ()) -> Rubric:
    """The rubric of a name (searched in `search`, then the library) or at a path.

    InvalidFile lists all faults; UnreadableInput names the rubrics there are.
    """
    path = find_file("rubric", name_or_path, LIBRARY, search)
    return _load(path, *changed(path))


def known_rubrics(search: Sequence[Path] = ()) -> dict[str, Path]:
    """The path of each rubric that can be named, users' own first."""
    return known_files(LIBRARY, search)


def rubric_of(document: Document) -> Rubric:
    """A parsed file as a rubric; InvalidFile with all of its faults."""
    faults = [document.fault(place, text) for place, text in weight_faults(document.data)]
    try:
        rubric = document.build(Rubric)
    except InvalidFile as error:
        raise _sorted(error.faults + faults) from None
    faults += [document.fault(place, text) for place, text in cross_faults(rubric)]
    if faults:
        raise _sorted(faults)
    return rubric


def rubric_faults(document: Document) -> list[Fault]:
    """All faults of a rubric, its name held against its file's among them."""
    faults: list[Fault] = []
    try:
        rubric_of(document)
    except InvalidFile as error:
        faults += error.faults
    faults += [document.fault(place, text) for place, text in id_faults(document)]
    return sorted(faults, key=lambda fault: fault.line or 0)


def id_faults(document: Document) -> Iterator[tuple[Place, str]]:
    """An id that is not the name of its file."""
    data, path = document.data, Path(document.file)
    name = data.get("id") if isinstance(data, dict) else None
    if isinstance(name, str) and name != path.stem:
        message = f"id {name!r} and file name differ; name the file {name}{path.suffix}"
        yield ("id",), message


def _sorted(faults: list[Fault]) -> InvalidFile:
    return InvalidFile(sorted(faults, key=lambda fault: fault.line or 0))


@lru_cache(maxsize=64)
def _load(path: Path, at: int, size: int) -> Rubric:  # the last two: a changed file is read anew
    return rubric_of(_document(path))


def _document(path: Path) -> Document:
    """Of the library's own files, which are sound, no line is kept."""
    if path.parent == LIBRARY:
        return Document(str(path), own_yaml(path.read_text(encoding="utf-8")), {})
    return read_yaml(path)
