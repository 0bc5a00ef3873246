"""All faults of a scenario file, over all of its variants, at once."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Final

from rubrics.load import id_faults
from rubrics.yaml_file import Document
from scenarios.checks.checked import Checked, Found, Shelves
from scenarios.checks.endings import ending_faults, vain_endings
from scenarios.checks.facts import fact_faults, unused_facts
from scenarios.checks.hears import heard_faults
from scenarios.checks.known import known_faults
from scenarios.checks.lines import line_faults
from scenarios.checks.market import market_faults
from scenarios.checks.names import condition_faults, name_faults
from scenarios.checks.numbers import number_faults
from scenarios.checks.order import in_order
from scenarios.checks.paths import path_faults
from scenarios.checks.pools import pool_faults
from scenarios.checks.reactions import reaction_faults
from scenarios.checks.repeats import repeat_faults
from scenarios.checks.rows import row_faults
from scenarios.checks.salvage import salvaged
from scenarios.checks.script import script_faults, translation_faults
from scenarios.checks.states import state_faults, unreached_states
from scenarios.schema import Scenario
from scenarios.variants import filled
from transcripts.errors import Fault, InvalidFile

Check = Callable[[Checked], Found]
WRONG: Final[tuple[Check, ...]] = (
    name_faults, condition_faults, state_faults, ending_faults, fact_faults, number_faults,
    heard_faults, line_faults, repeat_faults, script_faults, market_faults, pool_faults,
    path_faults, known_faults,
)  # fmt: skip
"""A fault in one variant is a fault."""
IN_VAIN: Final[tuple[Check, ...]] = (
    reaction_faults, vain_endings, unused_facts, unreached_states,
)  # fmt: skip
"""What one variant has no use for may be there for another."""


def scenario_faults(document: Document, shelves: Shelves) -> list[Fault]:
    """Every fault of a scenario file, in the order of its lines."""
    rows, faults = filled(document)
    faults += [document.fault(place, text) for place, text in row_faults(document.data)]
    faults += [document.fault(place, text) for place, text in translation_faults(document.data)]
    faults += [document.fault(place, text) for place, text in id_faults(document)]
    documents = [one for _, one in rows]
    wrong, vain = _Tally(documents), _Tally(documents)
    built = [_built(one, wrong, number) for number, one in enumerate(documents)]
    variants = tuple(one[0] for one in built if one is not None)
    for number, one in enumerate(built):
        if one is None:
            continue
        scenario, lined = one
        checked = Checked(scenario, variants, shelves.persona(scenario.persona), shelves)
        for checks, tally in ((WRONG, wrong), (IN_VAIN, vain)):
            for check in checks:
                for place, message in check(checked):
                    tally.add(lined.fault(place, message), number)
    return in_order(faults + wrong.faults() + vain.faults(everywhere=True))


def _built(document: Document, wrong: _Tally, number: int) -> tuple[Scenario, Document] | None:
    try:
        return document.build(Scenario), document
    except InvalidFile as error:
        for fault in error.faults:
            wrong.add(fault, number)
        return salvaged(document, Scenario)


class _Tally:
    """Which faults were found in which rows."""

    def __init__(self, documents: Sequence[Document]) -> None:
        self._lines = [frozenset(document.lines.values()) for document in documents]
        self._found: dict[Fault, dict[int, None]] = {}

    def add(self, fault: Fault, number: int) -> None:
        """A fault in a row, counted from 0."""
        self._found.setdefault(fault, {})[number] = None

    def faults(self, everywhere: bool = False) -> list[Fault]:
        """The faults; with the rows, where other rows with that line have no such fault.

        `everywhere` leaves those out.
        """
        found = []
        for fault, numbers in self._found.items():
            others = [n for n, lines in enumerate(self._lines) if fault.line in lines]
            if set(others) <= set(numbers):
                found.append(fault)
            elif not everywhere:
                listed = ", ".join(str(number + 1) for number in numbers)
                message = f"in row {listed} of vary: {fault.message}"
                found.append(Fault(fault.file, fault.line, message))
        return found
