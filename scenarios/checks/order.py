"""Faults in the order in which a person mends them."""

from __future__ import annotations

from transcripts.errors import Fault


def in_order(faults: list[Fault]) -> list[Fault]:
    """Each fault once, by line."""
    return sorted(dict.fromkeys(faults), key=lambda fault: fault.line or 0)
