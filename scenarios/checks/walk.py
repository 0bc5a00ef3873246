"""Where in a scenario the conditions, changes, ways onward and lines stand."""

from __future__ import annotations

from collections.abc import Iterator

from rubrics.faults import Place
from scenarios.parts import ENDINGS, Burst, Change, When
from scenarios.schema import Scenario


def conditions(scenario: Scenario) -> Iterator[tuple[Place, When]]:
    """Every condition, those inside of `any` and `none` too."""
    for place, when in _outer(scenario):
        yield from inside(place, when)


def _outer(scenario: Scenario) -> Iterator[tuple[Place, When]]:
    for state, rules in scenario.states.items():
        for number, rule in enumerate(rules):
            yield ("states", state, number, "when"), rule.when
    for name, goal in scenario.goals.items():
        yield ("goals", name, "by"), goal.by
    for name, question in scenario.questions.items():
        yield ("questions", name, "answered"), question.answered
    if scenario.deal is not None:
        yield ("deal", "after"), scenario.deal.after
    for ending, spec in scenario.endings.items():
        if isinstance(spec.right, When):
            yield ("endings", ending, "right"), spec.right
    for number, supervisor in enumerate(scenario.supervisor):
        yield ("supervisor", number, "when"), supervisor.when


def inside(place: Place, when: When) -> Iterator[tuple[Place, When]]:
    """A condition and all that it is made of."""
    yield place, when
    for name, parts in (("any", when.any), ("none", when.none)):
        for number, part in enumerate(parts):
            yield from inside((*place, name, number), part)


def changes(scenario: Scenario) -> Iterator[tuple[Place, Change, str | None]]:
    """Every change, with the state whose rule makes it (None: it can happen in any state)."""
    for state, rules in scenario.states.items():
        for number, rule in enumerate(rules):
            yield ("states", state, number, "change"), rule.change, state
    for name, known in scenario.knows.items():
        yield ("knows", name, "change"), known.change, None
    for name, question in scenario.questions.items():
        yield ("questions", name, "change"), question.change, None


def ways_on(scenario: Scenario) -> Iterator[tuple[Place, str | None, str]]:
    """(place, from which state or None for any, to which state or ending) of every way onward."""
    for state, rules in scenario.states.items():
        for number, rule in enumerate(rules):
            if rule.go is not None:
                yield ("states", state, number, "go"), state, rule.go
    deal = scenario.deal
    if deal is not None and deal.gives_up not in ("leaves", "takes"):
        yield ("deal", "gives_up"), None, deal.gives_up


def marks(scenario: Scenario) -> dict[str, list[str | None]]:
    """Every name that `told` can ask for, with the states in which it is set (None: in any).

    `never` is set nowhere: a goal that asks for it leaves the matter open.
    """
    found: dict[str, list[str | None]] = {"never": []}
    found |= {name: [None] for name in scenario.hears}
    for name in scenario.questions:
        found[f"{name}_answered"] = [None]
    if scenario.deal is not None:
        found["deal"] = [None]
    for _, change, state in changes(scenario):
        for mark in change.marks:
            found.setdefault(mark, []).append(state)
    return found


def pools(scenario: Scenario) -> Iterator[tuple[Place, tuple[Burst, ...]]]:
    """Every pool of lines that the customer says."""
    yield ("opening",), scenario.opening
    for number, fact in enumerate(scenario.facts):
        yield ("facts", number, "corrects"), fact.corrects or ()
    for name, known in scenario.knows.items():
        yield ("knows", name, "say"), known.say
    for name, question in scenario.questions.items():
        yield ("questions", name, "again"), question.again
        yield ("questions", name, "thanks"), question.thanks or ()
    for name, goal in scenario.goals.items():
        yield ("goals", name, "say"), goal.say or ()
        yield ("goals", name, "missing"), goal.missing or ()
    if scenario.deal is not None:
        for part in ("too_soon", "counter", "accept", "unclear", "refused"):
            yield ("deal", part), getattr(scenario.deal, part) or ()
    for state, rules in scenario.states.items():
        for number, rule in enumerate(rules):
            yield ("states", state, number, "say"), rule.say or ()


def messages(place: Place, pool: tuple[Burst, ...]) -> Iterator[tuple[Place, str]]:
    """Every message of a pool."""
    for number, burst in enumerate(pool):
        if isinstance(burst, str):
            yield (*place, number), burst
        else:
            yield from (((*place, number, i), text) for i, text in enumerate(burst))


def is_ending(where: str) -> bool:
    """Whether it is an ending and no state."""
    return where in ENDINGS
