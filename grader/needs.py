"""The emotion that each reply meets, carried on while the trouble is open."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Final

from grader.linear import Floats
from transcripts.types import Reply

CARRIED: Final = 0.75
"""How much of the customer's trouble is still there one reply later, while it is unsolved."""


def needs_of(runs: Sequence[Reply], emotions: Mapping[int, float], solved: Floats) -> list[float]:
    """The emotion that each reply meets: of its customer messages, or what is left of earlier."""
    left = 0.0
    needs = []
    for number, run in enumerate(runs):
        now = max((emotions[index] for index in run.customer), default=0.0)
        need = now if run.customer else left
        needs.append(max(need, min(left, now + 1.0)) if run.customer else need)
        left = needs[-1] * (CARRIED if solved[number] < 0.5 else 0.5)
    return needs
