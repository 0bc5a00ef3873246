"""Which of several ways to say something is taken: each once, in an order drawn from the seed."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping

from scenarios.parts import Burst


def draw(seed: int, purpose: str, number: int) -> int:
    """A number drawn from SHA-256(seed, purpose, number): the same on any machine."""
    digest = hashlib.sha256(f"{seed}\x1f{purpose}\x1f{number}".encode()).digest()
    return int.from_bytes(digest[:8], "big")


def way(
    lines: tuple[Burst, ...], seed: int, pool: str, used: Mapping[str, int]
) -> tuple[str, ...] | None:
    """The next unused way as its messages; None when all were said."""
    number = used.get(pool, 0)
    if number >= len(lines):
        return None
    order = sorted(range(len(lines)), key=lambda n: draw(seed, pool, n))
    chosen = lines[order[number]]
    return (chosen,) if isinstance(chosen, str) else tuple(chosen)
