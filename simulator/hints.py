"""What could be said next: what the order still lacks, what the customer waits for, open goals."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from grader.reading import Reading
from rubrics.parts import Text
from rubrics.schema import Rubric, Stage
from scenarios.load import common_hears
from scenarios.parts import Burst, Kind, Lines, When
from scenarios.schema import Scenario
from simulator.lesson import wanted_stages
from simulator.session import Session
from simulator.state import State

_OFFERS: Final[Mapping[Kind, str]] = {
    "refund": "offer_refund", "replacement": "offer_replacement",
    "compensation": "offer_compensation", "discount": "offer_discount",
}  # fmt: skip
_LAST: Final = ("close", "thank")
"""A stage of these acts ends a conversation: nothing else may be lacking."""


@dataclass(frozen=True, slots=True)
class Hint:
    """One thing to do next. `waits` are words of the customer that wait for an answer, `wants` what
    the customer will ask for next, `stage` the stage that is lacking; one of them is given.

    `act` or `action` does it, `sentence` says it in one way; None where nothing is known.
    """

    waits: str | None = None
    wants: str | None = None
    stage: Text | None = None
    act: str | None = None
    action: str | None = None
    sentence: str | None = None


@dataclass(frozen=True, slots=True)
class _Means:
    act: str | None = None
    action: str | None = None
    sentence: str | None = None


def hint(
    session: Session, reading: Reading, rubric: Rubric, says: Mapping[str, str]
) -> Hint | None:
    """The likeliest next thing; None when nothing is lacking.

    The first stage comes before all else, then the customer's open questions, the one that was
    passed over most often first, then goals, then other stages. `says` has words by act.
    """
    return next(_lacking(session, reading, rubric, says), None)


def _lacking(
    session: Session, reading: Reading, rubric: Rubric, says: Mapping[str, str]
) -> Iterator[Hint]:
    scenario, state = session.case.scenario, session.state
    wanted = wanted_stages(reading, rubric)
    if wanted and not wanted[0][1]:
        yield _of_stage(wanted[0][0], says)
    rest = [stage for stage, taken in wanted[1:] if not taken]
    for name, _ in sorted(state.open.items(), key=lambda one: -one[1]):
        question = scenario.questions[name]
        means = _means(question.answered, scenario, state, says)
        yield _hint(means, waits=_first(question.again))
    for name, goal in scenario.goals.items():
        if name in state.done:
            continue
        if name == "deal" and scenario.deal is not None:
            act = _OFFERS[scenario.deal.about]
            yield Hint(wants=_first(goal.missing), act=act, sentence=says.get(act))
            continue
        means = _means(goal.by, scenario, state, says)
        yield _hint(means, wants=_first(goal.missing))
    rest.sort(key=lambda stage: bool(set(stage.acts) & set(_LAST)))
    for stage in rest:
        yield _of_stage(stage, says)


def _hint(means: _Means, waits: str | None = None, wants: str | None = None) -> Hint:
    return Hint(waits, wants, None, means.act, means.action, means.sentence)


def _of_stage(stage: Stage, says: Mapping[str, str]) -> Hint:
    said = next((act for act in stage.acts if act in says), None)
    act = said or next(iter(stage.acts), None)
    action = None if stage.acts else next(iter(stage.actions), None)
    return Hint(None, None, stage.name, act, action, None if said is None else says[said])


def _means(when: When, scenario: Scenario, state: State, says: Mapping[str, str]) -> _Means:
    """By what a condition could be met, as far as it is not yet."""
    for name in (*when.revealed, *when.asks):
        if name not in state.revealed and name in scenario.knows:
            asked = scenario.knows[name].asked or name
            return _Means("ask_problem", None, _way(asked, scenario))
    for action in when.did:
        if action not in state.did:
            return _Means(None, action, None)
    for name in (*when.hears, *(name for name in when.told if name in scenario.hears)):
        if name not in state.told:
            return _Means(next(iter(when.acts), None), None, _way(name, scenario))
    acts = (*when.acts, *when.acts_before, *(_OFFERS[kind] for kind in when.offers))
    if acts:
        said = next((act for act in acts if act in says), acts[0])
        return _Means(said, None, says.get(said))
    found = [_means(one, scenario, state, says) for one in when.any]
    found.sort(key=lambda one: one.sentence is None)
    return next((one for one in found if one != _Means()), _Means())


def _way(name: str, scenario: Scenario) -> str | None:
    """A way of saying what the customer listens for."""
    listened = scenario.hears.get(name) or common_hears(scenario.lang).get(name)
    return None if listened is None else next(iter(listened.say), None)


def _first(lines: Lines | Sequence[Burst] | None) -> str | None:
    if not lines:
        return None
    return lines[0] if isinstance(lines[0], str) else " ".join(lines[0])
