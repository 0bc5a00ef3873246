"""Files into the store: read, masked, kept in batches; nothing of a record is kept unmasked.

Reading the same files gives the same sequence, so a reading that was stopped goes on by skipping
what is there.
"""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any, Final

from rubrics.schema import Rubric
from store.database import Store
from store.imports import Refuse, Taken, all_read, keep_read, read_so_far
from store.masked import masked
from transcripts.masking import Masker
from transcripts.read import ReadOptions, Reject
from transcripts.types import Transcript

AT_ONCE: Final = 100
"""Records that are read before they are kept."""
_QUOTED: Final = re.compile(r"'[^']*'|\"(?!(?:role|text|customer|…)\")[^\"]*\"")
Found = Iterable[tuple[str, Transcript | Reject]]
Clock = Callable[[], datetime]


def key_of(
    files: Sequence[tuple[str, str]], options: ReadOptions, rubric: Rubric, facts: str | None
) -> str:
    """The `key` of an import: the same for files of the same names and hashes, asked for alike.

    `facts` is the hash of the library of facts that goes with it.
    """
    asked: list[Any] = [
        [*map(list, files)],
        options.format,
        options.timezone,
        rubric.version,
        facts,
    ]
    if options.columns:
        asked.append([[name, meaning] for name, meaning in sorted(options.columns)])
    return hashlib.sha256(json.dumps(asked).encode()).hexdigest()


@dataclass(frozen=True, slots=True)
class Spool:
    """Files that wait to be read, as paths below the data folder, and how to read them.

    `facts` is the library of facts that goes with them.
    """

    files: tuple[str, ...]
    options: ReadOptions
    facts: str | None = None

    @property
    def paths(self) -> tuple[str, ...]:
        """Every file that is needed."""
        return self.files if self.facts is None else (*self.files, self.facts)

    def text(self) -> str:
        """As JSON, for the store."""
        told = {
            "files": self.files, "format": self.options.format, "facts": self.facts,
            "timezone": self.options.timezone, "columns": self.options.columns,
        }  # fmt: skip
        return json.dumps(told, ensure_ascii=False)

    @classmethod
    def of(cls, text: str) -> Spool:
        """The spool of a text."""
        told = json.loads(text)
        columns = tuple((name, meaning) for name, meaning in told["columns"])
        options = ReadOptions(told["format"], told["timezone"], columns)
        return cls(tuple(told["files"]), options, told["facts"])


def shown(name: str) -> str:
    """A file's name as it may be kept."""
    return Masker().mask(Path(name).name).text


def read_into(
    store: Store, number: int, found: Found, clock: Clock,
    *, complete: Callable[[Transcript], Transcript] = lambda one: one,
    refused: Callable[[Reject], None] = lambda one: None,
    kept: Callable[[], None] = lambda: None,
) -> None:  # fmt: skip
    """Mask and keep what an import lacks, then let it be graded.

    `complete` adds facts to a conversation; `refused` hears of every record that could not be read;
    `kept` is called before each batch is kept, and may end the reading by raising.
    """
    batch = _Batch(*read_so_far(store, number))
    for file, item in found:
        if isinstance(item, Reject):
            refused(item)
            batch.refuse(item)
        elif batch.next_is_new():
            name = f"{Path(shown(file)).stem}#{batch.position}"
            batch.taken.append(Taken(batch.position, masked(complete(item), name)))
        if len(batch.taken) + len(batch.refused) >= AT_ONCE:
            kept()
            keep_read(store, number, batch.taken, batch.refused, clock())
            batch.taken, batch.refused = [], []
    kept()
    keep_read(store, number, batch.taken, batch.refused, clock())
    all_read(store, number)


class _Batch:
    """What was read and is not kept yet; counts from 1 over all files."""

    def __init__(self, positions: int, rejects: int) -> None:
        self._kept = (positions, rejects)
        self.position = 0
        self._n = 0
        self.taken: list[Taken] = []
        self.refused: list[Refuse] = []

    def next_is_new(self) -> bool:
        """Count a conversation; whether it is not kept yet."""
        self.position += 1
        return self.position > self._kept[0]

    def refuse(self, item: Reject) -> None:
        """Count a record; note it if it is new. Its reason may quote it: that is taken out."""
        self._n += 1
        if self._n > self._kept[1]:
            reason = Masker().mask(_QUOTED.sub("'…'", item.reason)).text
            sheet = None if item.sheet is None else shown(item.sheet)
            self.refused.append(Refuse(self._n, shown(item.file), item.line, sheet, reason))
