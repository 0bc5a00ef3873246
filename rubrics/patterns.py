"""Regular expressions that people may write: only those whose cost has a small, known ceiling.

Python's `re` backtracks, so a careless pattern can hang grading on one long message. A pattern is
accepted if an upper bound of the ways in which it can match from one place, computed from its
parse tree, is at most MOST_WAYS: a literal has 1 way, a sequence the product of its parts, a choice
the sum, a repetition of something with w ways between min and max times Σ w^k. Searching a text of
n characters then takes at most n × ways × width steps. So repetitions need an upper end, and
look-around, back references and conditionals are refused.
"""

from __future__ import annotations

import re
import re._constants as op  # type: ignore[import-not-found]
import re._parser as parser  # type: ignore[import-not-found]
from functools import lru_cache
from typing import Any, Final

MOST_WAYS: Final = 1000
LONGEST_MATCH: Final = 200
SEARCHED: Final = 10_000
"""Characters of a message that a pattern sees; later ones are not searched."""

_SIMPLE = {op.LITERAL, op.NOT_LITERAL, op.ANY, op.IN, op.AT, op.CATEGORY, op.RANGE}


def vetted(pattern: str) -> str:
    """The pattern itself, or ValueError with what is wrong and what to write instead."""
    try:
        tree = parser.parse(pattern)
    except (re.error, OverflowError, RecursionError) as error:
        raise ValueError(f"not a regular expression: {error}") from None
    ways = _sequence(tree)
    low, high = tree.getwidth()
    if low == 0:
        raise ValueError("the pattern also matches nothing at all; make some part of it required")
    if ways > MOST_WAYS or high > LONGEST_MATCH:
        raise ValueError(
            "the pattern has too many ways to match; use fewer or shorter repetitions "
            f"(at most {MOST_WAYS} ways, {LONGEST_MATCH} characters)"
        )
    return pattern


def _sequence(items: Any) -> int:
    ways = 1
    for kind, value in items:
        ways = min(ways * _item(kind, value), MOST_WAYS + 1)
    return ways


def _item(kind: Any, value: Any) -> int:
    if kind in _SIMPLE:
        return 1
    if kind is op.BRANCH:
        return sum(_sequence(branch) for branch in value[1])
    if kind is op.SUBPATTERN:
        return _sequence(value[3])
    if kind is op.ATOMIC_GROUP:
        return _sequence(value)
    if kind in (op.MAX_REPEAT, op.MIN_REPEAT, op.POSSESSIVE_REPEAT):
        return _repeat(*value)
    raise ValueError(
        "look-around, back references and conditions are not available in patterns; "
        "use two finds joined by all, not, before or after"
    )


def _repeat(low: int, high: int, inner: Any) -> int:
    if high is op.MAXREPEAT:
        raise ValueError("a repetition needs an upper end: write .{0,20} instead of .* or .+")
    each = _sequence(inner)
    ways = 0
    for times in range(low, high + 1):
        ways += each**times if times < 12 or each == 1 else MOST_WAYS + 1
        if ways > MOST_WAYS:
            return MOST_WAYS + 1
    return ways


@lru_cache(maxsize=1024)
def compiled(pattern: str) -> re.Pattern[str]:
    """A vetted pattern, ignoring case; pass it `text[:SEARCHED]`."""
    return re.compile(vetted(pattern), re.IGNORECASE)
