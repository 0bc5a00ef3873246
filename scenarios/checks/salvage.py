"""A file with faults of shape, mended as far as is plain, so that its other faults show as well."""

from __future__ import annotations

import re
from copy import deepcopy
from typing import Any, Final, TypeVar

from pydantic import BaseModel, ValidationError

from rubrics.faults import Place, faults_of
from rubrics.nearest import cure_of
from rubrics.yaml_file import Document
from scenarios.checks.market import CURRENCY

Model = TypeVar("Model", bound=BaseModel)

_ROUNDS: Final = 8
_MISSING: Final = re.compile(r"the key '([^']+)' is missing in ")
_STAND_INS: Final[dict[str, Any]] = {
    "title": {"zh": "…", "en": "…"}, "topic": {"zh": "…", "en": "…"},
    "name": {"zh": "…", "en": "…"}, "description": {"zh": "…", "en": "…"}, "zh": "…", "en": "…",
    "shelf": "…", "customer": "…", "platform": "…", "level": "beginner", "minutes": 5, "format": 1,
    "starts": "2026-01-05T10:00:00+08:00", "text": "…", "why": ["…"],
}  # fmt: skip
_CONDITIONS: Final = frozenset({"when", "by", "answered", "after", "right", "any", "none"})
_WHOLE: Final = frozenset(
    {"facts", "knows", "hears", "questions", "goals", "deal", "states", "endings", "paths", "lines"}
)


def salvaged(document: Document, model: type[Model]) -> tuple[Model, Document] | None:
    """The model of the mended file, with its lines; None where mending would be guessing."""
    data, lines = deepcopy(document.data), dict(document.lines)
    for _ in range(_ROUNDS):
        try:
            return model.model_validate(data), Document(document.file, data, lines)
        except ValidationError as error:
            faults = faults_of(error, data, model)
            faults.sort(key=lambda fault: not fault[1].startswith("unknown key"))
            mended = [_mend(data, lines, place, text) for place, text in faults]
            if not mended or not all(mended):
                return None
    return None


def _mend(data: Any, lines: dict[Place, int], place: Place, message: str) -> bool:
    """Put one fault right in place; False if there is no plain way."""
    missing = _MISSING.match(message)
    if missing is not None:
        return _fill(_at(data, place), missing[1])
    if not place:
        return False
    around, last = _at(data, place[:-1]), place[-1]
    cure = cure_of(message)
    if message.startswith("unknown key"):
        if cure is not None and isinstance(around, dict) and cure[1] not in around:
            _rename(around, lines, place, cure[1])
            return True
        return _drop(around, place)
    if cure is not None and isinstance(around, dict | list) and _at(data, place) == cure[0]:
        around[last] = cure[1]  # type: ignore[index]
        return True
    return _drop(around, place)


def _fill(around: Any, name: str) -> bool:
    """Put something that says nothing where a key is missing."""
    if not isinstance(around, dict):
        return False
    if name in around:  # a misspelt key has become this one
        return True
    value = deepcopy(_STAND_INS.get(name))
    if name == "currency":
        value = CURRENCY.get(str(around.get("market")))
    elif name == "market":
        paid = around.get("currency")
        value = next((market for market, money in CURRENCY.items() if money == paid), None)
    if value is not None:
        around[name] = value
    return value is not None


def _drop(around: Any, place: Place) -> bool:
    """Leave out a value that has a default; a condition that loses a part means something else."""
    last = place[-1]
    inside_condition = _CONDITIONS.intersection(map(str, place))
    if inside_condition or last in _WHOLE or last == "go" or not isinstance(around, dict):
        return False
    return around.pop(last, None) is not None


def _rename(around: dict[Any, Any], lines: dict[Place, int], place: Place, name: str) -> None:
    around[name] = around.pop(place[-1])
    for old in [one for one in lines if one[: len(place)] == place]:
        lines[(*place[:-1], name, *old[len(place) :])] = lines[old]


def _at(data: Any, place: Place) -> Any:
    for step in place:
        try:
            data = data[step]
        except (KeyError, IndexError, TypeError):
            return None
    return data
