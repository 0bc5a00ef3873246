"""All faults of a scenario file, over all of its variants, at once."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Final

from rubrics.yaml_file import Document
from scenarios.checks.checked import Checked, Found, Shelves
from scenarios.checks.endings import ending_faults
from scenarios.checks.facts import fact_faults
from scenarios.checks.lines import line_faults
from scenarios.checks.market import market_faults
from scenarios.checks.names import name_faults
from scenarios.checks.numbers import number_faults
from scenarios.checks.paths import path_faults
from scenarios.checks.pools import pool_faults
from scenarios.checks.reactions import reaction_faults
from scenarios.checks.rows import row_faults
from scenarios.checks.salvage import salvaged
from scenarios.checks.script import script_faults
from scenarios.checks.states import state_faults
from scenarios.schema import Scenario
from scenarios.variants import filled
from transcripts.errors import Fault, InvalidFile

CHECKS: Final[tuple[Callable[[Checked], Found], ...]] = (
    name_faults, state_faults, ending_faults, reaction_faults, fact_faults, number_faults,
    line_faults, script_faults, market_faults, pool_faults, path_faults,
)  # fmt: skip


def scenario_faults(document: Document, shelves: Shelves) -> list[Fault]:
    """Every fault of a scenario file, in the order of its lines."""
    rows, faults = filled(document)
    faults += [document.fault(place, text) for place, text in row_faults(document.data)]
    faults += [document.fault(place, text) for place, text in id_faults(document)]
    found: dict[Fault, list[int]] = {}
    for number, (_, one) in enumerate(rows, 1):
        for fault in _variant(one, shelves):
            found.setdefault(fault, []).append(number)
    faults += [_of_rows(fault, numbers, len(rows)) for fault, numbers in found.items()]
    return in_order(faults)


def in_order(faults: list[Fault]) -> list[Fault]:
    """Each fault once, by line."""
    return sorted(dict.fromkeys(faults), key=lambda fault: fault.line or 0)


def id_faults(document: Document) -> Found:
    """An id that is not the name of its file."""
    data, path = document.data, Path(document.file)
    name = data.get("id") if isinstance(data, dict) else None
    if isinstance(name, str) and name != path.stem:
        message = f"id {name!r} and file name differ; name the file {name}{path.suffix}"
        yield ("id",), message


def _variant(document: Document, shelves: Shelves) -> Iterator[Fault]:
    try:
        built: tuple[Scenario, Document] | None = (document.build(Scenario), document)
    except InvalidFile as error:
        yield from error.faults
        built = salvaged(document, Scenario)
    if built is None:
        return
    scenario, lined = built
    checked = Checked(scenario, lined, shelves.persona(scenario.persona), shelves)
    for check in CHECKS:
        for place, message in check(checked):
            yield lined.fault(place, message)


def _of_rows(fault: Fault, numbers: list[int], rows: int) -> Fault:
    """The fault, with the rows that it holds for if not for all."""
    numbers = list(dict.fromkeys(numbers))
    if len(numbers) == rows:
        return fault
    listed = ", ".join(map(str, numbers))
    return Fault(fault.file, fault.line, f"in row {listed} of vary: {fault.message}")
