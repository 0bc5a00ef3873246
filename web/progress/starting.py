"""The button of the first page: begin a practice in the variant that was met least."""

from __future__ import annotations

from scenarios.load import load_scenario
from store.assignments import assigned_to
from store.people import Person
from store.progress import next_variant
from store.tries import tries
from transcripts.errors import UnreadableInput
from web.practice.rooms import rooms_of
from web.services import Services


def start_practice(
    services: Services, me: Person, scenario: str, assignment: int | None, chance: int
) -> int:
    """Begin a scenario; the id of the practice. `chance` draws the words, not the variant.

    `Declined` where an assignment does not allow it; UnreadableInput for an exam, which has a start
    of its own, and for what is no scenario's name.
    """
    if "/" in scenario or "\\" in scenario:
        raise UnreadableInput(f"{scenario!r} is no scenario's name")
    given = [one for one in assigned_to(services.store, me.id) if one.id == assignment]
    if any(one.order.kind == "exam" for one in given):
        raise UnreadableInput("an exam is begun on its own page")
    shelved = load_scenario(scenario, services.folders.scenarios)
    told = tries(services.store, [me.id], services.zone)
    own = [one.tried for one in told if one.tried.scenario == shelved.id]
    count = len(shelved.variants)
    seed = chance - chance % count + next_variant(own, count)
    return rooms_of(services).start(me.id, shelved.id, seed, assignment=assignment)
