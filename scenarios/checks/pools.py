"""Enough ways to say a thing, so that a customer neither repeats a line nor falls silent."""

from __future__ import annotations

from typing import Final

from scenarios.checks.checked import Checked, Found
from scenarios.checks.states import always
from scenarios.schema import Persona

_SPARED: Final = 6
"""Points of patience that go with a reply after which the customer has nothing left to say."""


def pool_faults(checked: Checked) -> Found:
    """States without a rule for everything else, whose customer would run out of words."""
    scenario, persona = checked.scenario, checked.persona
    if persona is None:
        return
    wanted = ways_wanted(persona, scenario.turns)
    there = len(persona.lines.so)
    if there >= wanted:
        return
    bare = [
        state
        for state, rules in scenario.states.items()
        if not any(always(rule, scenario) for rule in rules)
    ]
    if bare:
        yield (
            ("states", bare[0]),
            f"no rule for everything else in {', '.join(bare)}, and the persona has {there} ways "
            f"to say `so`, where {wanted} may be needed; write more in {persona.id}, or add a rule "
            "without when",
        )


def ways_wanted(persona: Persona, turns: int) -> int:
    """Ways of asking "what now?" that a patience of so many points may need.

    Each reply that says something beside the point costs a point; the way after the last costs
    six more, and the customer must be gone by then or fall silent.
    """
    return max(1, min(persona.patience - _SPARED, turns))
