"""Ways of hearing: patterns that are whole, and examples that say what they should."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any, Final

from pydantic import ValidationError

from rubrics.faults import Place, faults_of
from rubrics.yaml_file import Document
from scenarios.checks.checked import Checked, Found
from scenarios.checks.order import in_order
from scenarios.parts import Heard
from transcripts.aligned import aligned
from transcripts.errors import Fault

_CUT: Final = re.compile(r"\{(?!\d+(?:,\d*)?\})|^'|'$")
"""A comma in an unquoted list cuts `.{0,20}` in two, and both halves are patterns still."""


def heard_faults(checked: Checked) -> Found:
    """Faults of what a scenario listens for."""
    yield from entry_faults(checked.scenario.hears, ("hears",))


def entry_faults(entries: Mapping[str, Heard], place: Place) -> Found:
    """Faults of ways of hearing, by name."""
    for name, entry in entries.items():
        for key in ("words", "unless"):
            for number, pattern in enumerate(getattr(entry, key)):
                if _CUT.search(pattern):
                    message = f"{pattern!r} is cut off; put the pattern in quotes"
                    yield (*place, name, key, number), message
        for number, example in enumerate(entry.say):
            inner: Place = (*place, name, "say", number)
            barred = next((one for one in entry.unless if _holds(one, example)), None)
            if barred is not None:
                yield inner, f"its own unless {barred!r} keeps this from being heard; change one"


def _holds(pattern: str, text: str) -> bool:
    return re.search(aligned_pattern(pattern), aligned(text)) is not None


def aligned_pattern(pattern: str) -> str:
    """The pattern for Simplified, half-width, lower-case text; its escapes stay as they are."""
    plain = "".join(aligned(char) if char > "\x7f" and char.isalpha() else char for char in pattern)
    return f"(?i:{plain})"


def common_faults(document: Document) -> list[Fault]:
    """Every fault of a file of usual ways of asking."""
    entries: dict[str, Heard] = {}
    faults: list[Fault] = []
    for name, data in document.data.items():
        try:
            entries[str(name)] = Heard.model_validate(data)
        except ValidationError as error:
            faults += _of_entry(document, name, data, error)
    faults += [document.fault(place, text) for place, text in entry_faults(entries, ())]
    return in_order(faults)


def _of_entry(document: Document, name: Any, data: Any, error: ValidationError) -> list[Fault]:
    return [document.fault((name, *place), text) for place, text in faults_of(error, data, Heard)]
