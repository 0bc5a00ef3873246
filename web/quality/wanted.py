"""Which conversations somebody asks for: from a page or from the address of a download."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Final

from store.quality import Filter

LONGEST: Final = 200
TRUTHS: Final = ("1", "true", True)


def wanted_of(told: Mapping[str, Any]) -> Filter:
    """The filter of values as a page or a query gives them; what is no value of ours is left out.

    Only imported conversations: what somebody practised is no matter of the QA lead's.
    """
    return Filter(
        source="import",
        number=number_of(told.get("import")),
        agent=_text(told.get("agent")),
        rubric=_text(told.get("rubric")),
        passed=False if told.get("failed") in TRUTHS else None,
        critical=True if told.get("critical") in TRUTHS else None,
        review=True if told.get("review") in TRUTHS else None,
        by_hand=True if told.get("by_hand") in TRUTHS else None,
        low=score_of(told.get("low")),
        high=score_of(told.get("high")),
        text=_text(told.get("text")),
    )


def number_of(value: Any) -> int | None:
    """A whole number above 0, also as a text; None for anything else."""
    try:
        found = int(str(value))
    except ValueError:
        return None
    return found if 0 < found < 2**53 else None


def score_of(value: Any) -> float | None:
    """A number from 0 to 101; None for anything else."""
    if isinstance(value, bool) or value in (None, ""):
        return None
    try:
        found = float(value)
    except (TypeError, ValueError):
        return None
    return found if 0 <= found <= 101 else None


def _text(value: Any) -> str | None:
    return value[:LONGEST] or None if isinstance(value, str) else None
