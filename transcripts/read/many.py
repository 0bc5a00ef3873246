"""Reading one file or several, with ids that are unique over all of them."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from pathlib import Path
from typing import BinaryIO, Final

from transcripts.errors import KefuError, UnreadableInput
from transcripts.notes import Notes
from transcripts.read.detect import reader
from transcripts.read.entries import fingerprint
from transcripts.read.options import Found, Reader, ReadOptions, Reject
from transcripts.read.source import Source
from transcripts.times import zone
from transcripts.types import Transcript

_DEFAULT: Final = ReadOptions()
Input = Path | str | BinaryIO


def read(
    source: Input, options: ReadOptions = _DEFAULT, notes: Notes | None = None
) -> Iterator[Transcript | Reject]:
    """The transcripts and rejects of one file, in its order.

    Raises `UnreadableInput` at once if the file cannot be read at all. Remarks go to `notes`.
    """
    return (item for _, item in read_many([source], options, notes))


def read_many(
    sources: Sequence[Input], options: ReadOptions = _DEFAULT, notes: Notes | None = None
) -> Iterator[tuple[str, Transcript | Reject]]:
    """The transcripts and rejects of several files in order, each with its file's name.

    Every file is checked before the first is read: `UnreadableInput` carries all that cannot be.
    The same files give the same sequence, so an interrupted run goes on by skipping what it has.
    """
    zone(options.timezone)
    notes = notes if notes is not None else Notes()
    opened: list[tuple[Source, Reader]] = []
    faults: list[str] = []
    for given in sources:
        try:
            source = Source(given)
            opened.append((source, reader(source, options, notes)))
        except KefuError as fault:
            faults.append(str(fault))
    if faults:
        raise UnreadableInput("\n".join(faults))
    return _run(opened)


def _run(opened: list[tuple[Source, Reader]]) -> Iterator[tuple[str, Transcript | Reject]]:
    ids = _Ids()
    for source, run in opened:
        ids.next_file(source.stem)
        for item in run():
            yield source.name, ids.given(item, source) if isinstance(item, Found) else item


class _Ids:
    """Gives each conversation an id that no other has. Remembers fingerprints only."""

    def __init__(self) -> None:
        self._all: set[int] = set()
        self._here: set[int] = set()
        self._stem = ""
        self._unnamed = 0

    def next_file(self, stem: str) -> None:
        """Ids of the files before now belong to another file."""
        self._here = set()
        self._stem = stem
        self._unnamed = 0

    def given(self, found: Found, source: Source) -> Transcript | Reject:
        """The transcript under its id, or a reject if the same file used that id before."""
        transcript = found.transcript
        if not transcript.id:
            return replace(transcript, id=self._unused(None))
        mark = fingerprint(transcript.id)
        if mark in self._here:
            return Reject(
                source.name,
                found.line,
                f"the id {transcript.id[:60]!r} stands twice in this file: give one of the "
                "conversations another id",
                found.record,
            )
        self._here.add(mark)
        if mark not in self._all:
            self._all.add(mark)
            return transcript
        return replace(transcript, id=self._unused(f"{self._stem}/{transcript.id}"))

    def _unused(self, wished: str | None) -> str:
        """The wished id, or the next one with a number behind the file's stem, that is free."""
        number = 1
        while True:
            if wished is None:
                self._unnamed += 1
                name = f"{self._stem}#{self._unnamed}"
            else:
                name = wished if number == 1 else f"{wished}#{number}"
            number += 1
            if (mark := fingerprint(name)) not in self._all:
                self._all.add(mark)
                return name
