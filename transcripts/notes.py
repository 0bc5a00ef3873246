"""Remarks about an input that lose nothing: each is said once, by whoever holds the collector.

Readers write into a `Notes` that the caller passes in; nothing is printed here.
"""

from __future__ import annotations

from collections.abc import Iterator


class Notes:
    """Distinct remarks in the order in which they first came up."""

    def __init__(self) -> None:
        self._said: dict[str, None] = {}

    def once(self, remark: str) -> None:
        """Keep a remark unless it was made before."""
        self._said.setdefault(remark)

    def __iter__(self) -> Iterator[str]:
        return iter(tuple(self._said))

    def __len__(self) -> int:
        return len(self._said)
