"""The scripted agents that every scenario needs, and what each must prove."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from scenarios.checks.checked import Checked, Found
from scenarios.parts import Path


@dataclass(frozen=True, slots=True)
class _Proof:
    """What a path of this name must demand."""

    does: str
    right: bool
    at_least: float | None = None
    at_most: float | None = None


_REQUIRED: Final = {
    "good": _Proof("does it as taught", right=True, at_least=85),
    "poor": _Proof("does it badly", right=False, at_most=45),
    "unusual": _Proof("does it rightly in another way", right=True, at_least=75),
}
_OVER: Final = 59


def path_faults(checked: Checked) -> Found:
    """Missing paths, and paths that prove too little."""
    scenario = checked.scenario
    names = [path.name for path in scenario.paths]
    for name, proof in _REQUIRED.items():
        if name not in names:
            yield ("paths",), f"the path {name!r} is missing; add an agent who {proof.does}"
    for number, path in enumerate(scenario.paths):
        if path.name in names[:number]:
            yield ("paths", number, "name"), f"the path {path.name!r} stands twice; rename one"
        if path.name in _REQUIRED:
            for message in _too_little(path, _REQUIRED[path.name]):
                yield ("paths", number), message
        if path.name == "over" and (path.at_most is None or path.at_most > _OVER):
            message = f"giving in beyond policy must not pass; write at_most: {_OVER} or less"
            yield ("paths", number), message
    if scenario.note_form is not None and not _writes_note(scenario.paths):
        message = "note_form is given, but no path writes the note; add an action write_note"
        yield ("note_form",), message


def _too_little(path: Path, proof: _Proof) -> list[str]:
    found = []
    if path.right is not proof.right:
        found.append(f"the {path.name} path needs right: {str(proof.right).lower()}")
    if proof.at_least is not None and (path.at_least or 0) < proof.at_least:
        found.append(f"the {path.name} path needs at_least: {proof.at_least:g} or more")
    if proof.at_most is not None and (path.at_most is None or path.at_most > proof.at_most):
        found.append(f"the {path.name} path needs at_most: {proof.at_most:g} or less")
    return found


def _writes_note(paths: tuple[Path, ...]) -> bool:
    return any(entry.action == "write_note" for path in paths for entry in path.says)
