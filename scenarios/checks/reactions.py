"""What nothing reacts to: ways of hearing, marks, questions, goals, the deal, and acts."""

from __future__ import annotations

from scenarios.checks.checked import Checked, Found
from scenarios.checks.walk import changes, conditions
from scenarios.parts import When
from scenarios.schema import REACTS, Scenario


def reaction_faults(checked: Checked) -> Found:
    """What is heard, marked or asked in vain."""
    scenario = checked.scenario
    used = _used(scenario)
    for name in scenario.hears:
        if name not in used:
            yield (
                ("hears", name),
                f"nothing reacts to {name!r}; name it in a when, a goal, a question or "
                "deal.reasons, or remove it",
            )
    yield from _marks(scenario, used)
    yield from _questions(scenario)
    yield from _goals(scenario)
    if scenario.deal is not None and "deal" not in used:
        message = "no goal needs the deal; add the goal deal: {by: {told: [deal]}}"
        yield ("deal",), message
    yield from _acts(checked)


def _used(scenario: Scenario) -> set[str]:
    """Names of `hears` and marks that something asks for."""
    used = {known.asked or name for name, known in scenario.knows.items()}
    for _, when in conditions(scenario):
        used.update(when.hears, when.told, when.not_told)
    if scenario.deal is not None:
        used.update(scenario.deal.reasons)
    return used


def _marks(scenario: Scenario, used: set[str]) -> Found:
    for place, change, _ in changes(scenario):
        for number, mark in enumerate(change.marks):
            if mark not in used:
                yield (
                    (*place, "marks", number),
                    f"nothing asks for the mark {mark!r}; name it in a told, or remove it",
                )


def _questions(scenario: Scenario) -> Found:
    opened = {name for _, change, _ in changes(scenario) for name in change.opens}
    for name, question in scenario.questions.items():
        if not question.from_the_start and name not in opened:
            yield (
                ("questions", name),
                f"the question {name!r} is never asked; open it in a rule (change: opens), or "
                "leave out from_the_start",
            )
        if question.answered == When():
            yield ("questions", name, "answered"), "say when it is answered; it is empty"


def _goals(scenario: Scenario) -> Found:
    for name, goal in scenario.goals.items():
        if goal.by == When():
            yield ("goals", name, "by"), "say when the goal is reached; it is empty"


def _acts(checked: Checked) -> Found:
    """Acts that leave both the persona and the scenario cold."""
    if checked.persona is None:
        return
    reacted: set[str] = set()
    for _, when in conditions(checked.scenario):
        reacted.update(when.acts, when.no_acts, when.acts_before)
    for act in REACTS:
        steps = checked.persona.reacts.get(act) or REACTS[act]
        if not any(steps) and act not in reacted:
            yield (
                ("persona",),
                f"nothing reacts to {act}: the persona gives it 0 points and no rule names it; "
                "add a rule, or take it out of the persona's reacts",
            )
