"""The customer's state: whole numbers and names, changed only by `step`."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict, dataclass, field
from typing import Any, Final

from scenarios.parts import Ending
from scenarios.schema import Persona, Scenario

ONE: Final = 100
"""Hundredths: a mood of 2.5 is held as 250."""


@dataclass(frozen=True, slots=True)
class Case:
    """One customer with one matter: a filled scenario, its persona, and the seed of its choices."""

    scenario: Scenario
    persona: Persona
    seed: int = 0


@dataclass(frozen=True, slots=True)
class State:
    """Where the customer stands.

    `mood` 0 pleased … 400 furious and `trust` 0 … 1000 in hundredths, `patience` in points, `place`
    the scenario's state. `counts` says how often each act was done, `used` how often each pool of
    lines was drawn from. `told` holds what came up (`hears`, `marks`, reasons), `revealed` what the
    customer has told, `open` the questions with the number of replies that passed them over, `did`
    the workbench's actions with the sum of their amounts in cents (or their number).
    """

    mood: int
    trust: int
    patience: int
    place: str
    turn: int = 0
    counts: Mapping[str, int] = field(default_factory=dict)
    used: Mapping[str, int] = field(default_factory=dict)
    told: tuple[str, ...] = ()
    revealed: tuple[str, ...] = ()
    open: Mapping[str, int] = field(default_factory=dict)
    done: tuple[str, ...] = ()
    did: Mapping[str, int] = field(default_factory=dict)
    reasons: tuple[str, ...] = ()
    best: int = 0
    """The best offer there was, in cents of its worth to this customer."""
    rounds: int = 0
    answered: int = 0
    said: tuple[str, ...] = ()
    """Digests of the clauses that the agent has said."""
    lost: int = 0
    """Replies that were not understood."""
    held: bool = False
    """The agent asked to wait."""
    warned: bool = False
    unheard: bool = False
    """The customer has answered a question of the agent's, and no word has come since."""
    settled: bool = False
    parted: bool = False
    """The customer has said thanks or goodbye; the agent may still answer it."""
    ending: Ending | None = None

    def as_json(self) -> dict[str, Any]:
        """Plain values, for a log or a page."""
        return asdict(self)


def begin(case: Case) -> State:
    """The customer before a word was said."""
    scenario, persona = case.scenario, case.persona
    mood = persona.mood if scenario.mood is None else scenario.mood
    return State(
        mood=round(mood * ONE),
        trust=round(persona.trust * ONE),
        patience=persona.patience,
        place=scenario.first_state,
        open={name: 0 for name, one in scenario.questions.items() if one.from_the_start},
    )
