"""Which kind of file a YAML document is, told by its keys."""

from __future__ import annotations

from collections.abc import Mapping
from difflib import get_close_matches
from typing import Any, Final, Literal

from pydantic import BaseModel

from rubrics.schema import Rubric
from scenarios.schema import Persona, Scenario

FileKind = Literal["rubric", "scenario", "persona", "hears"]

_MODELS: Final[Mapping[FileKind, type[BaseModel]]] = {
    "rubric": Rubric, "scenario": Scenario, "persona": Persona,
}  # fmt: skip
_MORE: Final[Mapping[FileKind, frozenset[str]]] = {
    "rubric": frozenset(), "scenario": frozenset({"vary"}), "persona": frozenset(),
}  # fmt: skip
UNTOLD: Final = (
    "cannot tell what this is; a rubric has criteria, a scenario goals and paths, a persona lines"
)


def kind_of(data: Any) -> FileKind | None:
    """The kind whose own keys the file has most of, nearly right ones too; None without any."""
    if not isinstance(data, Mapping):
        return None
    scores = {kind: _score(data, _own_keys(kind)) for kind in _MODELS}
    best = max(scores.values())
    if best:
        return next(kind for kind, score in scores.items() if score == best)
    return "hears" if data and all(map(_is_heard, data.values())) else None


def _is_heard(value: Any) -> bool:
    return isinstance(value, Mapping) and not {"say", "words"}.isdisjoint(value)


def _own_keys(kind: FileKind) -> list[str]:
    """Keys that no other kind has."""
    others = {
        name for other, model in _MODELS.items() if other != kind for name in model.model_fields
    }
    return sorted({*_MODELS[kind].model_fields, *_MORE[kind]} - others)


def _score(data: Mapping[Any, Any], own: list[str]) -> float:
    keys = [key for key in data if isinstance(key, str)]
    near = [key for key in keys if key not in own and get_close_matches(key, own, 1, 0.8)]
    return sum(key in own for key in keys) + 0.5 * len(near)
