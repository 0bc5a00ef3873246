"""States that are never reached, never left, or hold rules that are never taken."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from scenarios.checks.checked import Checked, Found
from scenarios.checks.walk import conditions, is_ending, marks, ways_on
from scenarios.parts import Rule, When
from scenarios.schema import Scenario

Ways = Mapping[str, frozenset[str]]
"""From each state, the states and endings that one step leads to."""

_OPPOSITES = (
    ("acts", "no_acts"), ("told", "not_told"), ("revealed", "not_revealed"), ("done", "not_done"),
)  # fmt: skip
_BOUNDS = (("offer_at_least", "offer_below"), ("mood_at_least", "mood_below"))


def state_faults(checked: Checked) -> Found:
    """Dead ends, rules and conditions that never hold."""
    scenario = checked.scenario
    ways = _ways(scenario)
    for state in _from(scenario.first_state, ways) & set(scenario.states):
        if _is_dead_end(scenario, state, ways):
            yield (
                ("states", state),
                f"the state {state!r} is a dead end: nothing leaves it and not all goals can be "
                "reached there; add a rule with go to another state or an ending",
            )
    yield from _hidden_rules(scenario)
    yield from _impossible(scenario)


def unreached_states(checked: Checked) -> Found:
    """States that nothing leads to."""
    scenario = checked.scenario
    reached = _from(scenario.first_state, _ways(scenario))
    for state in scenario.states:
        if state not in reached:
            yield (
                ("states", state),
                f"the state {state!r} is never reached; add a rule with go: {state}, or remove it",
            )


def _ways(scenario: Scenario) -> Ways:
    found: dict[str, set[str]] = {state: set() for state in scenario.states}
    for _, start, where in ways_on(scenario):
        for state in [start] if start is not None else _bargaining(scenario, scenario.states):
            found[state].add(where)
    return {state: frozenset(ends) for state, ends in found.items()}


def _from(start: str, ways: Ways) -> set[str]:
    """Everything that can be reached, the start too."""
    reached, waiting = {start}, [start]
    while waiting:
        new = ways.get(waiting.pop(), frozenset()) - reached
        reached |= new
        waiting += new
    return reached


def after_rule(scenario: Scenario, state: str, rule: Rule) -> set[str]:
    """Every state and ending that can still come when a rule was taken."""
    return _from(rule.go or state, _ways(scenario))


def always(rule: Rule, scenario: Scenario) -> bool:
    """Whether a rule is taken at every reply of a conversation, so that nothing else is."""
    return rule.when == When() and rule.times >= scenario.turns


def _bargaining(scenario: Scenario, states: Iterable[str]) -> list[str]:
    """The states in which an offer can come to be bargained about."""
    return [
        state
        for state in states
        if not any(always(rule, scenario) for rule in scenario.states.get(state, ()))
    ]


def _is_dead_end(scenario: Scenario, state: str, ways: Ways) -> bool:
    """Nothing leads from here to an ending, and some goal is out of reach.

    Where leaving a matter open can be right, a customer may stay for good.
    """
    open_end = scenario.endings.get("unresolved")
    if open_end is not None and open_end.right is not False:
        return False
    onward = _from(state, ways)
    if any(is_ending(where) for where in onward):
        return False
    if scenario.deal and scenario.deal.gives_up == "leaves" and _bargaining(scenario, onward):
        return False
    before = {one for one in scenario.states if state in _from(one, ways)}
    around = (onward | before) & set(scenario.states)
    return any(
        not _attainable(goal.by, scenario, around, onward) for goal in scenario.goals.values()
    )


def _attainable(when: When, scenario: Scenario, around: set[str], onward: set[str]) -> bool:
    """Whether a condition can still come to hold for someone who is in these states."""
    setters = marks(scenario)
    for name in when.told:
        own = [state for state in setters.get(name, []) if state is not None]
        bargained = name == "deal" and not _bargaining(scenario, onward & set(scenario.states))
        anywhere = None in setters.get(name, []) and not bargained
        if not anywhere and not around.intersection(own):
            return False
    if when.revealed and _deaf(scenario, onward):
        return False
    return not when.any or any(_attainable(one, scenario, around, onward) for one in when.any)


def _deaf(scenario: Scenario, states: set[str]) -> bool:
    """Whether nothing that is asked gets an answer in these states."""
    return all(
        any(rule.alone and always(rule, scenario) for rule in scenario.states.get(state, ()))
        for state in states
    )


def _hidden_rules(scenario: Scenario) -> Found:
    for state, rules in scenario.states.items():
        for number, rule in enumerate(rules[:-1]):
            leaves = rule.when == When() and rule.go not in (None, state)
            if leaves or always(rule, scenario):
                for later in range(number + 1, len(rules)):
                    yield (
                        ("states", state, later),
                        "this rule is never taken: one above it always holds; put that one last, "
                        "or give it a when",
                    )
                break


def _impossible(scenario: Scenario) -> Found:
    for place, when in conditions(scenario):
        for wanted, unwanted in _OPPOSITES:
            both = set(getattr(when, wanted)) & set(getattr(when, unwanted))
            if both and (wanted != "acts" or both == set(when.acts)):
                names = ", ".join(sorted(both))
                yield place, f"this never holds: {names} in {wanted} and in {unwanted}; keep one"
        for least, most in _BOUNDS:
            low, high = getattr(when, least), getattr(when, most)
            if low is not None and high is not None and low >= high:
                yield place, f"this never holds: {least} {low:g} is not below {most} {high:g}"
