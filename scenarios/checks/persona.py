"""All faults of a persona file at once."""

from __future__ import annotations

from itertools import pairwise

from rubrics.load import id_faults
from rubrics.yaml_file import Document
from scenarios.checks.checked import Found
from scenarios.checks.lines import leftovers, persona_pools
from scenarios.checks.order import in_order
from scenarios.checks.pools import ways_wanted
from scenarios.checks.repeats import repeats
from scenarios.checks.salvage import salvaged
from scenarios.checks.script import foreign, translation_faults
from scenarios.checks.walk import messages
from scenarios.schema import Persona
from transcripts.errors import Fault, InvalidFile

_USUAL_TURNS = 16
_GIVING_UP = ("left", "bad_review", "platform_complaint", "unresolved")


def persona_faults(document: Document) -> list[Fault]:
    """Every fault of a persona file, in the order of its lines."""
    faults: list[Fault] = []
    try:
        built: tuple[Persona, Document] | None = (document.build(Persona), document)
    except InvalidFile as error:
        faults += error.faults
        built = salvaged(document, Persona)
    if built is not None:
        persona, lined = built
        faults += [lined.fault(place, text) for place, text in _faults(persona)]
    faults += [document.fault(place, text) for place, text in id_faults(document)]
    faults += [document.fault(place, text) for place, text in translation_faults(document.data)]
    return in_order(faults)


def _faults(persona: Persona) -> Found:
    pools = list(persona_pools(persona))
    said = [one for place, pool in pools for one in messages(place, pool)]
    for place, text in said:
        yield from leftovers(place, text)
    yield from foreign(said, persona.lang)
    if not persona.insists:
        yield from repeats(pools)
    yield from _temper(persona)
    wanted, there = ways_wanted(persona, _USUAL_TURNS), len(persona.lines.so)
    if there < wanted:
        yield (
            ("lines", "so"),
            f"{there} ways, but a patience of {persona.patience} may need {wanted}; write more, or "
            "lower patience",
        )


def _temper(persona: Persona) -> Found:
    if persona.then not in _GIVING_UP:
        yield ("then",), f"nobody gives up {persona.then}; choose {', '.join(_GIVING_UP)}"
    if persona.threatens_at > persona.leaves_at:
        yield (
            ("threatens_at",),
            f"the last warning (mood {persona.threatens_at:g}) comes after leaving "
            f"({persona.leaves_at:g}); lower threatens_at",
        )
    for act, steps in persona.reacts.items():
        if any(later < earlier for earlier, later in pairwise(steps)):
            yield (
                ("reacts", act),
                "doing it again helps more than the time before; let the numbers rise or stay",
            )
