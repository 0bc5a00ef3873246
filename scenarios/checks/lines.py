"""Texts that people read, with nothing left over in braces."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

from rubrics.faults import Place
from scenarios.checks.checked import Checked, Found
from scenarios.checks.walk import messages, pools
from scenarios.parts import Burst, Deal
from scenarios.schema import Persona, Scenario

_WELCOME: Final = 9
_BRACES: Final = re.compile(r"\{[^{}]*\}?|\}")
SUMS: Final[dict[Place, str]] = {
    ("deal", "counter"): "{counter}", ("deal", "refused"): "{counter}",
    ("deal", "accept"): "{offered}",
}  # fmt: skip
"""The sums that a session fills in, and where."""


def line_faults(checked: Checked) -> Found:
    """Left-over braces."""
    scenario = checked.scenario
    for place, text in texts(scenario):
        yield from leftovers(place, text, SUMS.get(place[:2], ""))
    yield from _sumless(scenario.deal)


def _sumless(deal: Deal | None) -> Found:
    """Something that is always welcome has no sum to agree to."""
    if deal is None or not any(share >= _WELCOME for share in deal.also.values()):
        return
    if all("{offered}" in "".join(burst) for burst in deal.accept):
        message = "an offer without a sum is welcome here; write a way to accept without {offered}"
        yield ("deal", "accept"), message


def texts(scenario: Scenario) -> Iterator[tuple[Place, str]]:
    """Every text of one variant that a person reads; patterns and translations are left out."""
    yield ("shelf",), scenario.shelf
    yield ("customer",), scenario.customer
    yield from _rest(scenario)
    for place, pool in pools(scenario):
        yield from messages(place, pool)


def _rest(scenario: Scenario) -> Iterator[tuple[Place, str]]:
    for number, fact in enumerate(scenario.facts):
        yield ("facts", number, "text"), fact.text
    for number, answer in enumerate(scenario.supervisor):
        yield ("supervisor", number, "answer"), answer.answer
    for number, message in enumerate(scenario.earlier):
        yield ("earlier", number, "text"), message.text
    for name, heard in scenario.hears.items():
        yield from ((("hears", name, "say", i), text) for i, text in enumerate(heard.say))
    for ending, spec in scenario.endings.items():
        yield from messages(("endings", ending, "why"), spec.why)
    for number, path in enumerate(scenario.paths):
        for i, entry in enumerate(path.says):
            yield ("paths", number, "says", i, "text"), entry.text or ""


def leftovers(place: Place, text: str, allowed: str = "") -> Found:
    """Braces that nothing fills."""
    for found in _BRACES.findall(text):
        if found != allowed:
            fills = f"; only {allowed} is filled in here" if allowed else ""
            yield (
                place,
                f"{found!r} would be said as it stands{fills}; name a column of vary in small "
                "letters, or remove the braces",
            )


def persona_pools(persona: Persona) -> Iterator[tuple[Place, tuple[Burst, ...]]]:
    """Every pool of a persona."""
    for name in type(persona.lines).model_fields:
        yield ("lines", name), getattr(persona.lines, name) or ()
