"""The nearest known name to one that is unknown."""

from __future__ import annotations

import re
from collections.abc import Iterable
from difflib import get_close_matches

_CURE = re.compile(r"'([^']+)'[^']*; did you mean '([^']+)'\?$")


def did_you_mean(unknown: str, known: Iterable[str]) -> str:
    """'; did you mean …?' with the nearest known name, or the names there are if none is near."""
    names = list(known)
    near = get_close_matches(unknown, names, n=1, cutoff=0.6)
    if near:
        return f"; did you mean {near[0]!r}?"
    return f"; known: {', '.join(names)}" if names else ""


def cure_of(message: str) -> tuple[str, str] | None:
    """The wrong word and the nearest known one of a message that ends in `did_you_mean`."""
    found = _CURE.search(message)
    return None if found is None else (found.group(1), found.group(2))
