"""The market's money."""

from __future__ import annotations

from typing import Final

from scenarios.checks.checked import Checked, Found

CURRENCY: Final = {
    "CN": "CNY", "TW": "TWD", "HK": "HKD", "UK": "GBP", "EU": "EUR", "US": "USD",
}  # fmt: skip


def market_faults(checked: Checked) -> Found:
    """A currency that the market does not pay in."""
    scenario = checked.scenario
    wanted = CURRENCY[scenario.market]
    if scenario.currency != wanted:
        yield (
            ("currency",),
            f"the market {scenario.market} pays in {wanted}, not {scenario.currency}; change one",
        )
