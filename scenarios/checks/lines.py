"""Lines: nothing left over in braces, and nothing that would be said twice word for word."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from typing import Final

from rubrics.faults import Place
from scenarios.checks.checked import Checked, Found
from scenarios.checks.walk import messages, pools
from scenarios.parts import Burst
from scenarios.schema import Persona, Scenario

_BRACES: Final = re.compile(r"\{[^{}]*\}?|\}")
NOD: Final = 2
"""Characters of a 嗯 or an OK, which everybody says more than once."""
SUMS: Final = {
    ("deal", "counter"): "{counter}", ("deal", "refused"): "{counter}",
    ("deal", "accept"): "{offered}",
}  # fmt: skip
"""The sums that a session fills in, and where."""


def line_faults(checked: Checked) -> Found:
    """Left-over braces and repeated lines."""
    scenario = checked.scenario
    for place, text in texts(scenario):
        yield from leftovers(
            place, text, SUMS.get((str(place[0]), str(place[1])), "") if len(place) > 1 else ""
        )
    persona = checked.persona
    spoken = [one for one in pools(scenario) if one[0] != ("opening",)]
    if persona is not None and persona.insists:
        return
    yield from repeats(spoken)
    if persona is not None:
        own = {text for _, pool in persona_pools(persona) for _, text in messages((), pool)}
        for place, pool in spoken:
            for inner, text in messages(place, pool):
                if text in own and len(text) > NOD:
                    message = f"the persona says {text!r} too, so it would come word for word twice"
                    yield inner, f"{message}; change one"


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


def repeats(found: Iterable[tuple[Place, tuple[Burst, ...]]]) -> Found:
    """Lines that stand twice among pools of one speaker."""
    seen: set[str] = set()
    for place, pool in found:
        here: set[str] = set()
        for number, burst in enumerate(pool):
            whole = burst if isinstance(burst, str) else "\n".join(burst)
            if whole in here or (whole in seen and len(whole) > NOD):
                message = f"{whole!r} stands twice, so it would come word for word twice"
                yield (*place, number), f"{message}; change one"
            here.add(whole)
        seen |= here


def persona_pools(persona: Persona) -> Iterator[tuple[Place, tuple[Burst, ...]]]:
    """Every pool of a persona."""
    for name in type(persona.lines).model_fields:
        yield ("lines", name), getattr(persona.lines, name) or ()
