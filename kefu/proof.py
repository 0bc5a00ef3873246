"""Whether the paths of a scenario reach what they must: played and graded."""

from __future__ import annotations

import re
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING

from kefu.order import model_for
from kefu.settings import Configured
from scenarios.checks.checked import Shelves
from scenarios.load import load_scenario
from transcripts.errors import Fault, Refused

if TYPE_CHECKING:
    from simulator.paths import Prover

_PLACE = re.compile(r"(?P<file>.+?):(?P<line>\d+): (?P<message>.+)", re.DOTALL)


class Proofs:
    """Plays and grades paths; the model is loaded when the first scenario asks for it."""

    def __init__(self, found: Configured, known: Shelves) -> None:
        self._found = found
        self._known = known

    @cached_property
    def _prover(self) -> Prover:
        from simulator.paths import Prover  # late: brings the grader with it

        _, _, model = model_for(self._found.settings)
        beside = dict.fromkeys(path.parent for path in self._known.personas.values())
        return Prover(model, (*self._found.persona_folders, *beside), self._found.rubric_folders)

    def faults(self, file: Path) -> list[Fault]:
        """Every path of every variant that misses its ending or score."""
        from simulator.paths import path_results

        try:
            results = path_results(load_scenario(file), self._prover)
        except Refused as refused:
            return [_fault(file, str(refused))]
        return list(dict.fromkeys(fault for result in results for fault in result.faults))


def _fault(file: Path, text: str) -> Fault:
    """A refusal, which names its place itself."""
    placed = _PLACE.match(text)
    if placed is None:
        return Fault(str(file), None, text)
    return Fault(placed["file"], int(placed["line"]), placed["message"])
