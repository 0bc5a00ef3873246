"""Numbers that the agent must get right and nobody says: the price, values of the order note."""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import Final

from scenarios.checks.checked import Checked, Found
from scenarios.checks.facts import TAUGHT
from scenarios.checks.walk import messages, pools
from scenarios.schema import Scenario
from transcripts.aligned import aligned

_TELLING: Final = 10
"""Smaller numbers turn up everywhere."""
_NUMBER: Final = re.compile(r"\d+(?:\.\d+)?")
_TIME: Final = re.compile(r"(?<!\d)\d{1,2}:\d{2}(?!\d)")


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
            message = f"{listed} is said nowhere, so nobody can know it; let a fact say it"
            yield ("note_form", field), message
    yield from _strays(checked)


def _strays(checked: Checked) -> Found:
    """Numbers in a path that belong to another row, left over from writing the first one."""
    scenario = checked.scenario
    own = _spoken(scenario)
    others = {number for one in checked.variants for number in _spoken(one)} - own
    taught = [(n, path) for n, path in enumerate(scenario.paths) if path.name in TAUGHT]
    for number, path in taught:
        for i, entry in enumerate(path.says):
            strays = sorted(_numbers([entry.text or ""]) & others)
            if strays and strays[-1] >= _TELLING:
                yield (
                    ("paths", number, "says", i),
                    f"{strays[-1]:g} is a number of another row; write its name in braces",
                )


def _spoken(scenario: Scenario) -> set[float]:
    return _numbers([*(fact.text for fact in scenario.facts), *_said(scenario)])


def _said(scenario: Scenario) -> Iterable[str]:
    yield scenario.customer
    yield from (message.text for message in scenario.earlier)
    yield from (answer.answer for answer in scenario.supervisor)
    for place, pool in pools(scenario):
        yield from (text for _, text in messages(place, pool))


def _numbers(texts: Iterable[str]) -> set[float]:
    plain = (_TIME.sub(" ", aligned(text)) for text in texts)
    return {float(found) for text in plain for found in _NUMBER.findall(text)}
