"""Whether a condition holds at a moment: the state, what was heard, the wait."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from scenarios.parts import When
from simulator.heard import Heard
from simulator.state import ONE, State


@dataclass(frozen=True, slots=True)
class Moment:
    """A state that already counts the reply `heard`; `waited` seconds; `worth` of its best offer.

    `worth` is in cents, None where nothing with a sum was offered.
    """

    state: State
    heard: Heard
    waited: int = 0
    worth: int | None = None


def holds(when: When, moment: Moment) -> bool:
    """Whether all that the condition names is so."""
    return all(_parts(when, moment))


def _parts(when: When, moment: Moment) -> Iterator[bool]:
    yield from _reply(when, moment)
    yield from _so_far(when, moment.state)
    yield from _feeling(when, moment)
    if when.any:
        yield any(holds(one, moment) for one in when.any)
    for one in when.none:
        yield not holds(one, moment)


def _reply(when: When, moment: Moment) -> Iterator[bool]:
    heard = moment.heard
    if when.acts:
        yield _some(when.acts, heard.acts)
    if when.no_acts:
        yield not _some(when.no_acts, heard.acts)
    if when.hears:
        yield _some(when.hears, heard.hears)
    if when.asks:
        yield _some(when.asks, heard.asks)
    if when.offers:
        yield any(offer.kind in when.offers for offer in heard.offers)
    if when.offer_at_least is not None:
        yield moment.worth is not None and moment.worth >= cents(when.offer_at_least)
    if when.offer_below is not None:
        yield moment.worth is not None and moment.worth < cents(when.offer_below)
    if when.critical:
        yield _some(when.critical, heard.critical)
    if when.warm is not None:
        yield heard.warm == when.warm


def _so_far(when: When, state: State) -> Iterator[bool]:
    if when.did:
        yield any(action in state.did for action in when.did)
    sums = sum(state.did.get(action, 0) for action in when.did)
    if when.did_at_least is not None:
        yield sums >= cents(when.did_at_least)
    if when.did_over is not None:
        yield sums > cents(when.did_over)
    yield set(when.told) <= set(state.told)
    yield not _some(when.not_told, state.told)
    yield all(state.counts.get(act, 0) for act in when.acts_before)
    yield set(when.revealed) <= set(state.revealed)
    yield not _some(when.not_revealed, state.revealed)
    yield set(when.done) <= set(state.done)
    yield not _some(when.not_done, state.done)


def _feeling(when: When, moment: Moment) -> Iterator[bool]:
    state = moment.state
    if when.mood_at_least is not None:
        yield state.mood >= round(when.mood_at_least * ONE)
    if when.mood_below is not None:
        yield state.mood < round(when.mood_below * ONE)
    if when.turns_at_least is not None:
        yield state.turn >= when.turns_at_least
    if when.waited_at_least is not None:
        yield moment.waited >= when.waited_at_least


def _some(wanted: tuple[str, ...], there: tuple[str, ...]) -> bool:
    return not set(wanted).isdisjoint(there)


def cents(amount: float) -> int:
    """A sum in hundredths."""
    return round(amount * ONE)
