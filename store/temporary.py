"""Files that lie in the data folder for a while: what came in to be read, what goes out."""

from __future__ import annotations

import shutil
from collections.abc import Collection
from contextlib import suppress
from datetime import datetime
from pathlib import Path
from typing import Final

FOLDER: Final = "temporary"
UPLOADS: Final = f"{FOLDER}/uploads"
"""A folder for each file that came in; its name tells whose it is."""


def remove_files(data: Path, paths: Collection[str]) -> None:
    """Delete files that came in, each with the folder that was made for it."""
    for path in paths:
        inside = (data / path).parent
        if inside.parent == data / UPLOADS:
            shutil.rmtree(inside, ignore_errors=True)


def sweep_temporary(data: Path, needed: Collection[str], before: datetime) -> int:
    """Delete what was last touched before a time and is not needed; how much that was.

    `needed` are paths below the data folder. Folders that hold others stay.
    """
    keep = {(data / path).parent for path in needed}
    gone = 0
    for folder in (data / FOLDER, data / UPLOADS):
        for entry in sorted(folder.iterdir()) if folder.is_dir() else ():
            if entry == data / UPLOADS or entry in keep:
                continue
            with suppress(FileNotFoundError):  # somebody else was quicker
                if entry.stat().st_mtime >= before.timestamp():
                    continue
                if entry.is_dir():
                    shutil.rmtree(entry, ignore_errors=True)
                else:
                    entry.unlink()
                gone += 1
    return gone
