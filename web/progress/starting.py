"""The button of the first page: begin a practice in the variant that was met least."""

from __future__ import annotations

from scenarios.load import Shelved, load_scenario
from scenarios.outline import outlines
from store.assignments import assigned_to
from store.people import Person
from store.progress import help_for, next_variant
from store.tries import tries
from transcripts.errors import UnreadableInput
from web.practice.rooms import rooms_of
from web.practice.view import COACHED
from web.services import Services


def start_practice(
    services: Services, me: Person, scenario: str, assignment: int | None, chance: int
) -> int:
    """Begin a scenario; the id of the practice. `chance` draws the words, not the variant, and the
    help is that which goes with the topic.

    `Declined` where an assignment does not allow it; UnreadableInput for an exam, which has a start
    of its own, and for what is no scenario's name.
    """
    if "/" in scenario or "\\" in scenario:
        raise UnreadableInput(f"{scenario!r} is no scenario's name")
    given = [one for one in assigned_to(services.store, me.id) if one.id == assignment]
    if any(one.order.kind == "exam" for one in given):
        raise UnreadableInput("an exam is begun on its own page")
    shelved = load_scenario(scenario, services.folders.scenarios)
    told = tries(services.store, [me.id], services.zone, scenarios=_same_topic(services, shelved))
    of_topic = [one.tried for one in told]
    count = len(shelved.variants)
    variant = next_variant([one for one in of_topic if one.scenario == shelved.id], count)
    return rooms_of(services).start(
        me.id, shelved.id, chance - chance % count + variant, assignment=assignment,
        help=COACHED if help_for(of_topic) == "full" else "",
    )  # fmt: skip


def _same_topic(services: Services, shelved: Shelved) -> list[str]:
    """The scenarios of a topic, by which help fades."""
    topic = shelved.variants[0].topic
    listed, _ = outlines(services.folders.scenarios)
    return [shelved.id, *(one.head.id for one in listed if one.head.topic == topic)]
