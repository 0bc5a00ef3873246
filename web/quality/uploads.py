"""Files that came in: below the data folder until they were read.

Each lies in a folder of its own whose name says whose it is, so nobody can name another's.
"""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from store.reading import shown
from store.temporary import UPLOADS

LARGEST: Final = 50 * 2**20
"""Bytes of a file."""
LARGEST_ALL: Final = 200 * 2**20
"""Bytes of all files of one person that wait."""
MOST: Final = 20
"""Files of one person that wait."""
LONGEST_NAME: Final = 120


@dataclass(frozen=True, slots=True)
class Arrived:
    """A file that waits. `token` names it to its owner."""

    token: str
    path: Path


class Waiting:
    """The files that wait in a data folder."""

    def __init__(self, data: Path) -> None:
        self._data = data
        self._folder = data / UPLOADS

    def place(self, owner: int, name: str, token: str) -> Path:
        """Where a new file goes, named without personal data; its folder is made."""
        folder = self._folder / f"{owner}-{token}"
        folder.mkdir(mode=0o700, parents=True)
        return folder / clean_name(shown(clean_name(name)))

    def of(self, owner: int) -> list[Arrived]:
        """All files of a person, those of imports that are still to be read among them."""
        return [found for folder in self._folder.glob(f"{owner}-*") for found in _in(folder)]

    def find(self, owner: int, token: str) -> Arrived | None:
        """A file of this person's."""
        if not token.isalnum():
            return None
        return next(_in(self._folder / f"{owner}-{token}"), None)

    def below(self, path: Path) -> str:
        """A path as the store keeps it."""
        return path.relative_to(self._data).as_posix()

    def drop(self, owner: int, token: str) -> None:
        """Delete a file of this person's."""
        found = self.find(owner, token)
        if found is not None:
            shutil.rmtree(found.path.parent, ignore_errors=True)


def clean_name(name: str) -> str:
    """The last part of a name, without what a file system or a screen would trip over."""
    last = name.replace("\\", "/").rpartition("/")[2]
    plain = "".join(sign for sign in last if sign.isprintable()).strip(". ")
    return plain[-LONGEST_NAME:] or "chats"


def _in(folder: Path) -> Iterator[Arrived]:
    token = folder.name.partition("-")[2]
    if folder.is_dir():
        yield from (Arrived(token, path) for path in sorted(folder.iterdir()) if path.is_file())
