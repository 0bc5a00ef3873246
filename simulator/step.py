"""One turn of the customer: integer arithmetic over what was heard, and words drawn from pools.

`step` answers a reply, `noticed` an action in the workbench, `silence` the lack of both. All three
are functions of values; every pool of words is finite, so every conversation ends.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from scenarios.parts import Change, Ending
from scenarios.schema import NOT_FOR_ME, OFF_TOPIC
from simulator.bargain import bargain
from simulator.heard import Heard
from simulator.moment import holds
from simulator.state import ONE, Case, State
from simulator.turn import EMPTY, Outcome, Turn

PARTED: Final = 20
"""Seconds after thanks or goodbye until the customer is gone."""
QUIET_FOR: Final = 1800
"""Seconds after which a conversation that the shop opened ends without an answer."""


@dataclass(frozen=True, slots=True)
class Silence:
    """What happens after `after` seconds without a word from the agent."""

    after: int
    outcome: Outcome


def opening(case: Case, state: State) -> Outcome:
    """The customer's first words."""
    turn = Turn(case, state)
    if case.scenario.opening:
        turn.say("opening", case.scenario.opening)
    return turn.outcome()


def step(case: Case, state: State, heard: Heard, waited: int = 0) -> Outcome:
    """What the customer answers to a reply after waiting `waited` seconds for it."""
    turn = Turn(case, state, heard, waited)
    turn.count()
    turn.settle()  # who had only just told something has been heard now
    if turn.state.settled:
        return _after_settling(turn)
    if heard.off_topic:
        return _wrong_window(turn)
    turn.feel()
    deal = case.scenario.deal
    turn.ready = deal is None or holds(deal.after, turn.moment)
    rule = turn.rule()
    if rule is None or not rule[1].alone:
        turn.answer()
        turn.correct()
        turn.close_questions()
    if rule is not None:
        turn.take(*rule)
    elif heard.offers or turn.refuses():
        bargain(turn)
    turn.reach_goals()
    if not turn.says and turn.state.ending is None:
        _say_something(turn)
    turn.ask_what_was_passed_over()
    return _ended(turn)


def noticed(case: Case, state: State) -> Outcome:
    """What the customer says on seeing what was done in the workbench."""
    turn = Turn(case, state)
    turn.reach_goals()
    return turn.outcome()


def silence(case: Case, state: State) -> Silence | None:
    """What comes next if the agent says nothing; None when the conversation is over."""
    if state.ending is not None:
        return None
    waits = case.persona.waits
    turn = Turn(case, state)
    if state.settled:
        turn.end(good_ending(case, state))
        after = min(waits.goodbye, PARTED) if state.parted else waits.goodbye
        return Silence(after, turn.outcome())
    if case.scenario.opened_by == "agent" and not (turn.may_answer() and state.open):
        # Who did not ask for the conversation, and waits for nothing, asks nobody to hurry.
        turn.end("unresolved")
        return Silence(QUIET_FOR, turn.outcome())
    pool = state.used.get("persona.nudge", 0)
    after = waits.again if pool else waits.nudge
    turn.change(Change(mood=0.2, patience=-2))
    if turn.state.patience <= 0 or not turn.say("persona.nudge", case.persona.lines.nudge):
        turn.leave()
    turn.set(held=False)
    return Silence(after * 2 if state.held else after, turn.outcome())


def good_ending(case: Case, state: State) -> Ending:
    """How a settled matter ends."""
    pleased = state.mood < round(case.persona.pleased_below * ONE)
    return "satisfied" if pleased else "accepted"


def _after_settling(turn: Turn) -> Outcome:
    """A reply to a customer who has what they wanted."""
    if turn.hurt():
        turn.feel_only()
        turn.say("persona.hurt", turn.persona.lines.hurt)
        turn.set(settled=False)
        return _ended(turn)
    rule = turn.rule()
    turn.answer()
    if rule is not None:
        turn.take(*rule)
    if not turn.says:
        if turn.state.parted:
            turn.end(good_ending(turn.case, turn.state))
        else:
            _part(turn)
    _out_of_turns(turn)
    return turn.outcome()


def _part(turn: Turn) -> None:
    """Thanks, or that there is nothing else; the agent has the last word if it wants."""
    lines = turn.persona.lines
    if not (turn.heard.more and turn.say("persona.nothing_else", lines.nothing_else)):
        turn.say("persona.thanks", lines.thanks)
    turn.set(parted=True)


def _out_of_turns(turn: Turn) -> None:
    """The agent's turns are limited; what was settled by then stays settled."""
    if turn.state.ending is None and turn.state.turn >= turn.case.scenario.turns:
        settled = turn.state.settled
        turn.end(good_ending(turn.case, turn.state) if settled else "unresolved")


def _wrong_window(turn: Turn) -> Outcome:
    """A reply that was meant for somebody else: nothing in it counts for this customer.

    Nobody leaves over it: who was not answered yet waits to be.
    """
    scenario = turn.case.scenario
    lines = turn.persona.lines.off_topic or OFF_TOPIC[scenario.lang]
    if scenario.opened_by == "agent" and not turn.state.answered:
        lines = NOT_FOR_ME[scenario.lang]
    turn.change(Change(mood=0.3, trust=-1))
    turn.close_questions()
    turn.say("persona.off_topic", lines)
    _out_of_turns(turn)
    return turn.outcome()


def _say_something(turn: Turn) -> None:
    """An answer in character where the scenario has nothing special to say."""
    heard, lines = turn.heard, turn.persona.lines
    if turn.hurt() and turn.say("persona.hurt", lines.hurt):
        return
    if turn.state.settled and turn.say("persona.thanks", lines.thanks):
        return
    if not heard.understood:
        free = turn.state.lost == 0
        turn.set(lost=turn.state.lost + 1)
        if not free:
            turn.change(Change(mood=0.2, patience=-2))
        if turn.say("persona.not_understood", lines.not_understood):
            return
    if heard.unknown and turn.say("persona.unknown", lines.unknown):
        return
    if turn.again and turn.say("persona.repeated", lines.repeated):
        turn.change(Change(mood=0.2, patience=-3))
        return
    if "hold" in heard.acts:
        turn.set(held=True)
        turn.say("persona.hold", lines.hold)
        return
    if turn.ask_open(least=0) or turn.ask_missing():
        return
    sorry = turn.state.counts.get("apologise", 0)
    bare = set(heard.acts) <= EMPTY and "apologise" in heard.acts and sorry > 1
    turn.change(Change(patience=-2))
    if bare and turn.say("persona.bare_apology", lines.bare_apology):
        return
    turn.change(Change(mood=0.2))
    if not turn.say("persona.so", lines.so):
        turn.change(Change(patience=-4))


def _ended(turn: Turn) -> Outcome:
    """Warning, leaving, or the end of the agent's turns."""
    if turn.state.ending is None:
        turn.settle()
        angry = turn.state.mood
        if turn.state.patience <= 0 or (
            turn.state.warned and angry >= round(turn.persona.leaves_at * ONE)
        ):
            turn.leave()
        elif angry >= round(turn.persona.threatens_at * ONE) and not turn.state.warned:
            turn.set(warned=True)
            turn.say("persona.threat", turn.persona.lines.threat)
        _out_of_turns(turn)
    return turn.outcome()
