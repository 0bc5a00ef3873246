"""A refusal that a page words in the reader's language."""

from __future__ import annotations

from typing import Any

from transcripts.errors import Refused


class Declined(Refused):
    """What somebody asked for is not possible now. `key` and `values` name it for a translation."""

    def __init__(self, key: str, text: str, **values: Any) -> None:
        super().__init__(text.format(**values))
        self.key = key
        self.values = values
