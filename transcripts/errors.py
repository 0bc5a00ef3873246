"""What can go wrong with something a person gave us.

KefuError                the text is a whole sentence for that person: what, where, how to mend it
├── UnreadableInput      a file cannot be read at all (missing, wrong format, not text)
├── BadRecord            one record of a file is broken; the rest of the file stands
├── InvalidFile          a YAML or JSON file that people write has faults; carries all of them
├── MissingModel         an encoder, head or model file is not there or does not fit
└── Refused              the work would give a result that nobody should trust
"""

from __future__ import annotations

from dataclasses import dataclass


class KefuError(Exception):
    """Base of every error whose message is meant for the person who gave the input."""


class UnreadableInput(KefuError):
    """A file as a whole cannot be read."""


class BadRecord(KefuError):
    """One record is broken. `line` counts from 1 as in the file; `record` is its raw text."""

    def __init__(
        self, reason: str, *, line: int | None = None, sheet: str | None = None, record: str = ""
    ) -> None:
        super().__init__(reason)
        self.reason = reason
        self.line = line
        self.sheet = sheet
        self.record = record


@dataclass(frozen=True, slots=True)
class Fault:
    """One fault of a file: where it stands and what to do about it."""

    file: str
    line: int | None
    message: str

    def __str__(self) -> str:
        place = self.file if self.line is None else f"{self.file}:{self.line}"
        return f"{place}: {self.message}"


class InvalidFile(KefuError):
    """A file has faults, all of which are listed."""

    def __init__(self, faults: list[Fault]) -> None:
        super().__init__("\n".join(str(fault) for fault in faults))
        self.faults = faults


class MissingModel(KefuError):
    """An encoder, a head or the model files are missing or do not fit together."""


class Refused(KefuError):
    """The work was refused because its result could not be trusted."""
