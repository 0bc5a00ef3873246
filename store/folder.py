"""The data folder: what lies where, and whether a database may lie there at all."""

from __future__ import annotations

import os
import sys
from pathlib import Path, PurePosixPath
from typing import Final

from transcripts.errors import Refused, UnreadableInput

DATABASE: Final = "kefu.db"
BACKUPS: Final = "backups"
PUBLISHED: Final = "published"
"""Files of the versions in use, written from the database (see `published`)."""
_MOUNTS: Final = Path("/proc/mounts")
_REMOTE: Final = frozenset(
    ("nfs", "nfs4", "cifs", "smb3", "smbfs", "9p", "drvfs", "afs", "ceph", "glusterfs", "lustre",
     "ncpfs", "fuse.sshfs", "fuse.s3fs", "fuse.rclone", "fuse.glusterfs", "vboxsf", "davfs")
)  # fmt: skip
_WINDOWS_REMOTE: Final = 4


def prepare(folder: Path) -> Path:
    """Make the data folder, for its owner only; the path of the database in it.

    `UnreadableInput` if it cannot be made, `Refused` if it lies on a network drive.
    """
    try:
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    except OSError as error:
        raise UnreadableInput(
            f"{folder}: the data folder cannot be made ({error.strerror}). "
            "Name another one with --data or KEFU_DATA."
        ) from error
    if not os.access(folder, os.W_OK | os.X_OK):
        raise UnreadableInput(
            f"{folder}: the data folder cannot be written. "
            "Name another one with --data or KEFU_DATA."
        )
    kind = remote_kind(folder)
    if kind is not None:
        raise Refused(
            f"{folder}: lies on a network or shared drive ({kind}), where SQLite cannot keep two "
            "programs apart and data gets lost. Name a folder on a disk of this machine with "
            "--data or KEFU_DATA, and copy backups to the network instead."
        )
    path = folder / DATABASE
    path.touch(mode=0o600)
    return path


def remote_kind(folder: Path) -> str | None:
    """The kind of network drive that a folder lies on; None for a disk, or if nothing tells."""
    if sys.platform == "win32":
        return _windows_kind(folder)
    try:
        mounts = _MOUNTS.read_text("utf-8", errors="replace")
    except OSError:
        return None
    kind = kind_of_mount(folder.resolve().as_posix(), mounts)
    return kind if kind in _REMOTE else None


def kind_of_mount(folder: str, mounts: str) -> str | None:
    """The file system of the innermost mount that holds `folder`, by lines as in /proc/mounts."""
    place = PurePosixPath(folder)
    best: tuple[int, str] | None = None
    for line in mounts.splitlines():
        parts = line.split(" ")
        if len(parts) < 3:
            continue
        at = PurePosixPath(parts[1].replace("\\040", " "))
        if place.is_relative_to(at) and (best is None or len(at.parts) >= best[0]):
            best = (len(at.parts), parts[2])
    return None if best is None else best[1]


def _windows_kind(folder: Path) -> str | None:
    if sys.platform == "win32":
        import ctypes

        root = folder.resolve().anchor
        if root.startswith("\\\\") or ctypes.windll.kernel32.GetDriveTypeW(root) == _WINDOWS_REMOTE:
            return root
    return None
