"""Files that people name: searched in their own folders first, then in the library."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Final

from rubrics.nearest import did_you_mean
from transcripts.errors import UnreadableInput

SUFFIXES: Final = (".yaml", ".yml")


def known_files(library: Path, search: Sequence[Path] = ()) -> dict[str, Path]:
    """The path of each file that can be named, users' own first."""
    found: dict[str, Path] = {}
    for folder in (*search, library):
        for path in sorted(folder.glob("*")):
            if path.suffix in SUFFIXES:
                found.setdefault(path.stem, path)
    return found


def find_file(
    kind: str, name_or_path: str | Path, library: Path, search: Sequence[Path] = ()
) -> Path:
    """The file that is meant. UnreadableInput, with the names there are, if a name is unknown."""
    path = Path(name_or_path)
    if isinstance(name_or_path, Path) or path.suffix in SUFFIXES or len(path.parts) > 1:
        return path
    known = known_files(library, search)
    if name_or_path not in known:
        names = ", ".join(sorted(known))
        near = did_you_mean(str(name_or_path), known)
        near = near if "mean" in near else ""
        raise UnreadableInput(f"no {kind} {str(name_or_path)!r}{near} (there are: {names})")
    return known[name_or_path]


def changed(path: Path) -> tuple[int, int]:
    """What differs when a file was written anew: nanoseconds and bytes. UnreadableInput if gone."""
    try:
        state = path.stat()
    except OSError as error:
        reason = error.strerror or str(error)
        raise UnreadableInput(f"{path}: cannot be read: {reason}") from None
    return state.st_mtime_ns, state.st_size
