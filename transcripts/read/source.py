"""An input that can be opened again and again from its start, whatever it came as."""

from __future__ import annotations

import gzip
import os
import shutil
import stat
import tempfile
import weakref
import zlib
from pathlib import Path
from typing import BinaryIO, Final

from transcripts.errors import UnreadableInput

_GZIP: Final = b"\x1f\x8b"
_CHUNK: Final = 1 << 20
# Text packs about 10:1; a thousandfold is made to fill a disk.
_BOMB_RATIO: Final = 500
_BOMB_FLOOR: Final = 256 << 20


class Source:
    """A file on disk: the given one, or a temporary copy of a stream or of a packed file.

    `name` is what rejects call it, `stem` what stands in front of made-up ids. Raises
    `UnreadableInput` if it is missing, a folder, empty, or a broken gzip file.
    """

    def __init__(self, given: Path | str | BinaryIO) -> None:
        if isinstance(given, str | Path):
            self.name = str(given)
            self.path = _regular(Path(given), self)
        else:
            self.name = _stream_name(given)
            self.path = _copy(given, self)
        self._unpack()
        self.stem = _stem(self.name)
        if self.path.stat().st_size == 0:
            raise UnreadableInput(f"{self.name}: the file is empty. Export the chats again.")

    def open(self) -> BinaryIO:
        """A new handle at the first byte."""
        return self.path.open("rb")

    def head(self, size: int) -> bytes:
        """The first `size` bytes."""
        with self.open() as file:
            return file.read(size)

    def _unpack(self) -> None:
        if self.head(2) != _GZIP:
            return
        packed = self.path
        limit = max(_BOMB_FLOOR, packed.stat().st_size * _BOMB_RATIO)
        target = _temporary(self)
        try:
            with gzip.open(packed, "rb") as source, target.open("wb") as out:
                while chunk := source.read(_CHUNK):
                    out.write(chunk)
                    if out.tell() > limit:
                        raise UnreadableInput(
                            f"{self.name}: unpacks to more than {limit >> 20} MB, which no chat "
                            "log does. Unpack it yourself and check what it holds."
                        )
        except (EOFError, OSError, zlib.error) as error:
            raise UnreadableInput(
                f"{self.name}: the gzip file is broken or cut off ({error}). Copy it again."
            ) from error
        self.path = target


def _regular(path: Path, owner: Source) -> Path:
    try:
        kind = path.stat().st_mode
        if stat.S_ISDIR(kind):
            raise UnreadableInput(f"{path}: is a folder. Name the files in it, e.g. {path}/*.csv")
        if not stat.S_ISREG(kind):
            with path.open("rb") as stream:
                return _copy(stream, owner)
        with path.open("rb"):
            return path
    except FileNotFoundError:
        raise UnreadableInput(f"{path}: there is no such file. Check the name.") from None
    except (OSError, ValueError) as error:
        raise UnreadableInput(f"{path}: cannot be opened ({error}).") from error


def _copy(stream: BinaryIO, owner: Source) -> Path:
    target = _temporary(owner)
    with target.open("wb") as out:
        shutil.copyfileobj(stream, out, _CHUNK)
    return target


def _temporary(owner: Source) -> Path:
    handle, name = tempfile.mkstemp(prefix="kefu-")
    os.close(handle)
    path = Path(name)
    weakref.finalize(owner, path.unlink, missing_ok=True)
    return path


def _stream_name(stream: BinaryIO) -> str:
    name = getattr(stream, "name", "-")
    return name if isinstance(name, str) and not name.startswith("<") else "-"


def _stem(name: str) -> str:
    if name == "-":
        return "stdin"
    path = Path(name)
    return Path(path.stem).stem if path.suffix == ".gz" else path.stem
