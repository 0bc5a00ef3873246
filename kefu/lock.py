"""One writer at a time: a lock that the system takes back when its holder ends, however it ends."""

from __future__ import annotations

import errno
import os
import sys
from contextlib import suppress
from pathlib import Path
from typing import Final, Self

from transcripts.errors import UnreadableInput

_TAKEN: Final = frozenset({errno.EACCES, errno.EAGAIN, errno.EDEADLK})


class Lock:
    """Holds `path` until `release`; the file is empty and gone afterwards.

    A file that a killed process left is no obstacle: the lock is the system's, not the file's
    being there. Raises `UnreadableInput` while another process holds it. Where the file system
    knows no locks there is none.
    """

    def __init__(self, path: Path, taken: str, unwritable: str) -> None:
        """`taken` and `unwritable` say what it means for the person, and what to do."""
        self._path = path
        self._file: int | None = None
        while self._file is None:
            opened = self._opened(unwritable)
            try:
                _take(opened)
            except OSError as error:
                if error.errno in _TAKEN:
                    os.close(opened)
                    raise UnreadableInput(taken) from None
            if _is(opened, path):
                self._file = opened
            else:  # its holder ended, and removed it, in between
                os.close(opened)

    def _opened(self, unwritable: str) -> int:
        try:
            return os.open(self._path, os.O_RDWR | os.O_CREAT, 0o644)
        except OSError as error:
            raise UnreadableInput(f"{unwritable} ({error.strerror})") from error

    def release(self) -> None:
        """Let go; a second time does nothing."""
        if self._file is None:
            return
        opened, self._file = self._file, None
        if sys.platform == "win32":  # an open file cannot be removed there
            os.close(opened)
            with suppress(OSError):
                self._path.unlink(missing_ok=True)
        else:
            self._path.unlink(missing_ok=True)
            os.close(opened)

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.release()


def _take(opened: int) -> None:
    if sys.platform == "win32":
        import msvcrt

        msvcrt.locking(opened, msvcrt.LK_NBLCK, 1)
    else:
        import fcntl

        fcntl.flock(opened, fcntl.LOCK_EX | fcntl.LOCK_NB)


def _is(opened: int, path: Path) -> bool:
    """Whether the open file is still the one at `path`."""
    try:
        return os.path.samestat(os.fstat(opened), path.stat())
    except FileNotFoundError:
        return False
