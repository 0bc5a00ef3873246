"""Endings: each that can come is described, one is right, and none is described in vain."""

from __future__ import annotations

from scenarios.checks.checked import Checked, Found
from scenarios.checks.walk import is_ending, ways_on
from scenarios.parts import EndingSpec
from scenarios.schema import Scenario


def ending_faults(checked: Checked) -> Found:
    """Faults of the endings."""
    scenario = checked.scenario
    reached = _reached(checked)
    for ending, why in reached.items():
        if ending not in scenario.endings:
            yield (
                ("endings",),
                f"the ending {ending!r} can come ({why}) but is not described; "
                f"add {ending} with why, and with right if it is a right one",
            )
    judged = [spec.right for spec in scenario.endings.values()]
    if not any(right is not False for right in judged):
        yield ("endings",), "no ending is right; add right: true, or a condition, to one"
    if judged and all(right is True for right in judged):
        yield ("endings",), "every ending is right; leave right out where the agent did badly"
    yield from _expected(scenario)


def vain_endings(checked: Checked) -> Found:
    """Endings that cannot come."""
    reached = _reached(checked)
    for ending in checked.scenario.endings:
        if checked.persona is not None and ending not in reached:
            yield ("endings", ending), f"nothing leads to the ending {ending!r}; remove it"


def _reached(checked: Checked) -> dict[str, str]:
    """The endings that can come, each with the reason."""
    scenario = checked.scenario
    found: dict[str, str] = {}
    if scenario.answers > 0:
        found["satisfied"] = found["accepted"] = "all goals are reached"
        found["left"] = "the customer loses patience"
        if checked.persona is not None:
            found.setdefault(checked.persona.then, "the customer gives up in anger")
    found["unresolved"] = "the turns are used up"
    for _, _, where in ways_on(scenario):
        if is_ending(where):
            found.setdefault(where, "a rule goes there")
    return found


def _expected(scenario: Scenario) -> Found:
    for number, path in enumerate(scenario.paths):
        specs = [scenario.endings[ending] for ending in path.ending if ending in scenario.endings]
        for i, ending in enumerate(path.ending):
            if ending not in scenario.endings:
                message = f"the ending {ending!r} is not described under endings; add it there"
                yield ("paths", number, "ending", i), message
        if specs and path.right is not None and all(_never(spec, path.right) for spec in specs):
            wanted = "right" if path.right else "wrong"
            message = f"the path must end {wanted}, and none of its endings is; change one"
            yield ("paths", number, "ending"), message


def _never(spec: EndingSpec, right: bool) -> bool:
    return isinstance(spec.right, bool) and spec.right != right
