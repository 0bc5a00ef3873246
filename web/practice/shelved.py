"""What there is to practise with, as it can be read at this moment."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from scenarios.load import Shelved, known_scenarios, load_scenario
from store.progress import Card
from transcripts.errors import KefuError
from web.services import Services


def shelved_ones(services: Services) -> Iterator[Shelved]:
    """Every scenario that can be played; a broken one is left out, and logged."""
    search = services.folders.scenarios
    for name in known_scenarios(search):
        try:
            yield load_scenario(name, search)
        except KefuError as broken:
            why = type(broken).__name__
            services.logs.warning("scenario_broken", scenario=name, why=why)


def shelf_cards(ones: Iterable[Shelved]) -> list[Card]:
    """What is reckoned with to tell how far somebody has come."""
    return [
        Card(one.id, one.variants[0].topic.zh, one.variants[0].level, len(one.variants),
             one.variants[0].minutes)
        for one in ones
    ]  # fmt: skip
