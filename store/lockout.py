"""How long nobody may try to log in after too many failures: arithmetic over times."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final


@dataclass(frozen=True, slots=True)
class Limit:
    """So many failures within a time shut out for as long, counted from the last."""

    failures: int
    within: timedelta


BY_LOGIN: Final = Limit(5, timedelta(minutes=15))
BY_ADDRESS: Final = Limit(30, timedelta(minutes=15))
"""Wider: a whole office may come from one address."""


def shut_until(failed: Sequence[datetime], limit: Limit, at: datetime) -> datetime | None:
    """When the next try is allowed; None if it is now. `failed` in any order, none after `at`."""
    recent = sorted(one for one in failed if one > at - limit.within)
    if len(recent) < limit.failures:
        return None
    # Open again when so many have grown old that fewer than the limit are left.
    return recent[-limit.failures] + limit.within
