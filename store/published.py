"""The versions in use as files, where scenarios, personas and rubrics are searched first.

The store says what is in use; the files are written from it, at the start and at each publication,
so whoever loads by name (a practice, the grader, `kefu play`) gets the shop's own text.
"""

from __future__ import annotations

import os
from collections.abc import Mapping
from pathlib import Path
from typing import Final

from store.contents import Kind
from store.database import Store
from store.folder import PUBLISHED
from store.versions import in_use

KINDS: Final[Mapping[Kind, str]] = {
    "scenario": "scenarios", "persona": "personas", "rubric": "rubrics",
}  # fmt: skip


def published(data: Path, kind: Kind) -> Path:
    """The folder of a kind in a data folder."""
    return data / PUBLISHED / KINDS[kind]


def lay_out(store: Store, data: Path) -> None:
    """Make the files agree with the store; what agrees is left alone."""
    for kind in KINDS:
        folder = published(data, kind)
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        wanted = {f"{one.name}.yaml": one.text for one in in_use(store, kind)}
        for path in folder.iterdir():
            if path.name not in wanted:
                path.unlink()
        for name, text in wanted.items():
            _write(folder / name, text)


def _write(path: Path, text: str) -> None:
    """Nobody ever reads half of a file."""
    raw = text.encode()
    if path.exists() and path.read_bytes() == raw:
        return
    beside = path.with_suffix(".new")
    beside.write_bytes(raw)
    os.replace(beside, path)
