"""Whether the paths of a scenario reach what they must: played and graded."""

from __future__ import annotations

import re
from pathlib import Path

from kefu.order import model_for
from kefu.settings import Configured
from scenarios.checks.checked import Shelves
from scenarios.load import load_scenario
from transcripts.errors import Fault, Refused

_PLACE = re.compile(r"(?P<file>.+?):(?P<line>\d+): (?P<message>.+)", re.DOTALL)


def proof_faults(file: Path, found: Configured, known: Shelves) -> list[Fault]:
    """Every path of every variant that misses its ending or score."""
    from simulator.paths import Prover, path_results  # late: brings the grader with it

    _, _, model = model_for(found.settings)
    folders = tuple(dict.fromkeys(path.parent for path in known.personas.values()))
    prover = Prover(model, (*found.persona_folders, *folders), found.rubric_folders)
    try:
        results = path_results(load_scenario(file), prover)
    except Refused as refused:
        return [_fault(file, str(refused))]
    return list(dict.fromkeys(fault for result in results for fault in result.faults))


def _fault(file: Path, text: str) -> Fault:
    """A refusal, which names its place itself."""
    placed = _PLACE.match(text)
    if placed is None:
        return Fault(str(file), None, text)
    return Fault(placed["file"], int(placed["line"]), placed["message"])
