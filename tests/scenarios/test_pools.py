"""How many ways of asking on a patience needs: the reckoning of the check against the customer."""

from __future__ import annotations

from pathlib import Path

import pytest

from scenarios.checks.pools import ways_wanted
from scenarios.load import load_persona, load_scenario
from scenarios.parts import Goal, When
from scenarios.schema import Persona, Scenario
from simulator.heard import Heard
from simulator.state import Case, begin
from simulator.step import step

HERE = Path(__file__).parent
TURNS = 60
UNHELPFUL = (("give_info",), ("empathise",), (), ("state_policy",), ("commit_time",), ("thank",))


@pytest.fixture(scope="module")
def scenario() -> Scenario:
    """Nothing but a goal that is never reached."""
    given = load_scenario(HERE / "valid.yaml").variants[0]
    bare = {"hears": {}, "questions": {}, "deal": None, "turns": TURNS, "states": {"start": ()}}
    return given.model_copy(update={**bare, "goals": {"x": Goal(by=When(told=("never",)))}})


def silent(scenario: Scenario, persona: Persona) -> int:
    """Replies that were met with silence, by agents who say another unhelpful thing each time."""
    case, found = Case(scenario, persona, 0), 0
    for acts in UNHELPFUL:
        state = begin(case)
        for turn in range(TURNS):
            outcome = step(case, state, Heard(acts=acts, clauses=(str(turn),)), 10)
            state = outcome.state
            if state.ending is not None:
                break
            found += not outcome.says
    return found


@pytest.mark.parametrize("patience", [4, 8, 10, 14, 20])
def test_the_ways_wanted_are_just_enough(patience: int, scenario: Scenario) -> None:
    persona = load_persona(HERE / "plain-buyer.yaml").model_copy(update={"patience": patience})
    wanted = ways_wanted(persona, TURNS)

    def with_ways(count: int) -> Persona:
        lines = persona.lines.model_copy(update={"so": tuple(f"so {n}" for n in range(count))})
        return persona.model_copy(update={"lines": lines})

    assert silent(scenario, with_ways(wanted)) == 0
    assert wanted == 1 or silent(scenario, with_ways(wanted - 1)) > 0
