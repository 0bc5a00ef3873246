"""Bargaining: take what is enough, refuse what comes too soon, counter what is too little."""

from __future__ import annotations

from typing import Final

from scenarios.parts import Burst, Change, Deal
from simulator.moment import cents
from simulator.offers import WELCOME, as_sum, best, least
from simulator.state import ONE
from simulator.turn import Turn

LITTLE: Final = 300
"""Below this demand, in cents, sums are haggled over in tenths."""


def bargain(turn: Turn) -> None:
    """Take, refuse or counter what was offered, or a refusal to offer."""
    deal, state = turn.case.scenario.deal, turn.state
    if deal is None or "deal" in state.told:
        return
    if turn.heard.offers and not turn.ready:
        if deal.too_soon is not None and turn.say("deal.too_soon", deal.too_soon):
            turn.change(Change(mood=0.15, trust=-1))
        return
    if any(deal.also.get(offer.kind, 0) >= WELCOME for offer in turn.heard.offers):
        _accept(turn, deal, None)
        return
    worth = best(deal, turn.heard)
    if worth is not None and worth >= least(deal, state):
        _accept(turn, deal, worth)
    elif worth is None and turn.heard.offers:
        if not turn.says:
            turn.say("deal.unclear", deal.unclear)
    else:
        _counter(turn, deal, worth)


def _accept(turn: Turn, deal: Deal, worth: int | None) -> None:
    turn.change(Change(mood=-0.6, trust=1, marks=("deal",)))
    turn.set(best=max(turn.state.best, worth or 0))
    lines = deal.accept if worth else tuple(filter(_names_no_sum, deal.accept)) or deal.accept
    turn.say("deal.accept", lines, offered=as_sum(worth or 0))


def _names_no_sum(line: Burst) -> bool:
    """Goods again have no sum that could be agreed to."""
    return "{offered}" not in (line if isinstance(line, str) else "".join(line))


def _counter(turn: Turn, deal: Deal, worth: int | None) -> None:
    """The next demand: down from the opening step by step, never below the least."""
    state = turn.state
    if state.rounds >= deal.rounds:
        _give_up(turn, deal)
        return
    low = least(deal, state)
    high = cents(deal.opens_at)
    step = (high - low) * (state.rounds + 1) // (deal.rounds + 1)
    wanted = _plain(max(low, high - step), high)
    turn.set(rounds=state.rounds + 1, best=max(state.best, worth or 0))
    lines, pool = deal.counter, "deal.counter"
    if worth is None and deal.refused is not None:
        lines, pool = deal.refused, "deal.refused"
    if not turn.say(pool, lines, counter=as_sum(wanted)):
        turn.say("deal.counter", deal.counter, counter=as_sum(wanted))
    turn.change(Change(mood=0.1 if worth else 0.15, patience=-1))


def _plain(wanted: int, most: int) -> int:
    """A sum that people would say: whole, or in tenths where little is at stake; never above."""
    part = ONE if most >= LITTLE else ONE // 10
    return min(most, -(-wanted // part) * part)


def _give_up(turn: Turn, deal: Deal) -> None:
    if deal.gives_up == "takes":
        _accept(turn, deal, turn.state.best)
    elif deal.gives_up == "leaves":
        turn.leave()
    else:
        turn.go(deal.gives_up)
