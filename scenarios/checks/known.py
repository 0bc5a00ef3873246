"""Numbers that the agent must get right and nobody says: the price, values of the order note."""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import Final

from scenarios.checks.checked import Checked, Found
from scenarios.checks.walk import messages, pools
from scenarios.schema import Scenario
from transcripts.aligned import aligned

_NUMBER: Final = re.compile(r"\d+(?:\.\d+)?")


def known_faults(checked: Checked) -> Found:
    """Numbers that are nowhere to be found in the scenario."""
    scenario = checked.scenario
    facts = [fact.text for fact in scenario.facts]
    if scenario.deal is not None and scenario.deal.price not in _numbers(facts):
        yield (
            ("deal", "price"),
            f"{scenario.deal.price:g} stands in no fact, so nobody can know it; add it to one",
        )
    told = _numbers([*facts, *_said(scenario)]) | {float(scenario.starts.year)}
    for field, value in (scenario.note_form or {}).items():
        unknown = sorted(_numbers([str(value)]) - told)
        if value is not None and unknown:
            listed = ", ".join(f"{number:g}" for number in unknown)
            yield (
                ("note_form", field),
                f"{listed} is said nowhere, so nobody can know it; let a fact or the customer say it",
            )


def _said(scenario: Scenario) -> Iterable[str]:
    yield scenario.customer
    yield from (message.text for message in scenario.earlier)
    yield from (answer.answer for answer in scenario.supervisor)
    for place, pool in pools(scenario):
        yield from (text for _, text in messages(place, pool))


def _numbers(texts: Iterable[str]) -> set[float]:
    return {float(found) for text in texts for found in _NUMBER.findall(aligned(text))}
