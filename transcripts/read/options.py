"""What a caller may choose about reading, and what a reader hands back."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Final, Literal

from transcripts.read.header import Chosen, Meaning
from transcripts.times import DEFAULT_ZONE
from transcripts.types import Transcript

Format = Literal["jsonl", "csv", "xlsx", "qianniu", "jddc", "zendesk", "intercom"]
FORMATS: Final[tuple[Format, ...]] = (
    "jsonl", "csv", "xlsx", "qianniu", "jddc", "zendesk", "intercom",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class ReadOptions:
    """`format` None: told from the content. `timezone` is that of times written without one.

    `columns` says of columns of tables, by their names, what they mean (None: nothing); the others
    are guessed.
    """

    format: Format | None = None
    timezone: str = DEFAULT_ZONE
    columns: tuple[tuple[str, Meaning | None], ...] = ()

    @property
    def chosen(self) -> Chosen:
        """What was said of columns, by name."""
        return dict(self.columns)


@dataclass(frozen=True, slots=True)
class Reject:
    """A record that could not be read. `line` counts from 1 as in the file or sheet.

    `reason` says what is wrong and how to put it right; `record` is the raw text, unmasked.
    """

    file: str
    line: int | None
    reason: str
    record: str
    sheet: str | None = None


@dataclass(frozen=True, slots=True)
class Found:
    """A conversation as a reader finds it: `transcript.id` is "" where the file gives none.

    `line` and `record` serve the reject that a repeated id becomes.
    """

    transcript: Transcript
    line: int | None = None
    record: str = ""


# A reader checks its file when it is made and reads it when it is called.
Reader = Callable[[], Iterator[Found | Reject]]
