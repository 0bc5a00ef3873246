"""Rubrics by name or path: users' own folders first, then the library."""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache
from pathlib import Path
from typing import Final

from rubrics.cross import cross_faults, weight_faults
from rubrics.nearest import did_you_mean
from rubrics.schema import Rubric
from rubrics.yaml_file import Document, read_yaml
from transcripts.errors import Fault, InvalidFile, UnreadableInput

LIBRARY: Final = Path(__file__).parent / "library"
SUFFIXES: Final = (".yaml", ".yml")


def load_rubric(name_or_path: str | Path, search: Sequence[Path] = ()) -> Rubric:
    """The rubric of a name (searched in `search`, then the library) or at a path.

    InvalidFile lists all faults; UnreadableInput names the rubrics there are.
    """
    path = _find(name_or_path, search)
    try:
        state = path.stat()
    except OSError as error:
        reason = error.strerror or str(error)
        raise UnreadableInput(f"{path}: cannot be read: {reason}") from None
    return _load(path, state.st_mtime_ns, state.st_size)


def known_rubrics(search: Sequence[Path] = ()) -> dict[str, Path]:
    """The path of each rubric that can be named, users' own first."""
    found: dict[str, Path] = {}
    for folder in (*search, LIBRARY):
        for path in sorted(folder.glob("*")):
            if path.suffix in SUFFIXES:
                found.setdefault(path.stem, path)
    return found


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


def _sorted(faults: list[Fault]) -> InvalidFile:
    return InvalidFile(sorted(faults, key=lambda fault: fault.line or 0))


def _find(name_or_path: str | Path, search: Sequence[Path]) -> Path:
    path = Path(name_or_path)
    if isinstance(name_or_path, Path) or path.suffix in SUFFIXES or len(path.parts) > 1:
        return path
    known = known_rubrics(search)
    if name_or_path not in known:
        names = ", ".join(sorted(known))
        near = did_you_mean(str(name_or_path), known)
        near = near if "mean" in near else ""
        raise UnreadableInput(f"no rubric {str(name_or_path)!r}{near} (there are: {names})")
    return known[name_or_path]


@lru_cache(maxsize=64)
def _load(
    path: Path, changed: int, size: int
) -> Rubric:  # the last two: a changed file is read anew
    return rubric_of(read_yaml(path))
