"""Lines that a customer would say twice, word for word."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Final

from rubrics.faults import Place
from scenarios.checks.checked import Checked, Found
from scenarios.checks.lines import persona_pools
from scenarios.checks.states import after_rule
from scenarios.checks.walk import is_ending, messages, pools
from scenarios.parts import Burst
from scenarios.schema import Persona, Scenario

Pools = Iterable[tuple[Place, tuple[Burst, ...]]]
NOD: Final = 2
"""Characters of a 嗯 or an OK, which everybody says more than once."""


def repeat_faults(checked: Checked) -> Found:
    """Repeated lines, where the persona does not insist."""
    scenario, persona = checked.scenario, checked.persona
    if persona is not None and persona.insists:
        return
    spoken = [one for one in pools(scenario) if one[0] != ("opening",)]
    yield from repeats(spoken, lambda one, other: _never_both(scenario, one, other))
    if persona is None:
        return
    yield from _with_persona(scenario, persona, spoken)


def _with_persona(scenario: Scenario, persona: Persona, spoken: Pools) -> Found:
    own: dict[str, set[str]] = {}
    for place, pool in persona_pools(persona):
        for _, text in messages(place, pool):
            own.setdefault(text, set()).add(str(place[-1]))
    for place, pool in spoken:
        for inner, text in messages(place, pool):
            last = own.get(text) == {"leaves"} and _is_last(scenario, place)
            if text in own and len(text) > NOD and not last:
                message = f"the persona says {text!r} too, so it would come word for word twice"
                yield inner, f"{message}; change one"


def _is_last(scenario: Scenario, place: Place) -> bool:
    """Whether nothing is said after this pool."""
    if place[0] != "states":
        return False
    return is_ending(scenario.states[str(place[1])][int(place[2])].go or "")


def repeats(
    found: Pools,
    never_both: Callable[[Place, Place], bool] = lambda one, other: False,
) -> Found:
    """Lines that stand twice among pools of one speaker, who may come to both."""
    seen: dict[str, list[Place]] = {}
    for place, pool in found:
        for number, burst in enumerate(pool):
            whole = burst if isinstance(burst, str) else "\n".join(burst)
            others = seen.setdefault(whole, [])
            if place in others or (
                len(whole) > NOD and not all(never_both(other, place) for other in others)
            ):
                message = f"{whole!r} stands twice, so it would come word for word twice"
                yield (*place, number), f"{message}; change one"
            others.append(place)


def _never_both(scenario: Scenario, one: Place, other: Place) -> bool:
    """Whether saying one pool keeps the customer from coming to the other."""
    if one[0] == other[0] == "states":
        return _not_after(scenario, one, other) and _not_after(scenario, other, one)
    for known, rule in ((one, other), (other, one)):
        if known[0] == "knows" and rule[0] == "states":
            told = scenario.states[str(rule[1])][int(rule[2])].change.reveals
            return known[1] in told
    return False


def _not_after(scenario: Scenario, one: Place, other: Place) -> bool:
    rule = scenario.states[str(one[1])][int(one[2])]
    return str(other[1]) not in after_rule(scenario, str(one[1]), rule)
