"""What pydantic found wrong, in sentences for the person who wrote the file."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from functools import cache
from typing import Any

from pydantic import BaseModel, ValidationError
from pydantic_core import ErrorDetails

from rubrics.nearest import did_you_mean

Place = tuple[str | int, ...]
Schema = dict[str, Any]


def faults_of(error: ValidationError, data: Any, model: type[BaseModel]) -> list[tuple[Place, str]]:
    """(place in the file, message) of each fault."""
    schema = _schema(model)
    details = [d for d in error.errors(include_url=False) if not _follows_from_others(d)]
    return [_fault(detail, data, schema) for detail in details]


@cache
def _schema(model: type[BaseModel]) -> Schema:
    return model.model_json_schema()


def written(place: Place) -> str:
    """A place as people write it: criteria.order.stages[2].acts"""
    text = ""
    for step in place:
        text += f"[{step}]" if isinstance(step, int) else f".{step}" if text else step
    return text or "the file"


def place_in(loc: Sequence[str | int], data: Any) -> Place:
    """A pydantic location without the steps (tags of unions) that do not stand in the file."""
    place: list[str | int] = []
    for step in loc:
        if isinstance(data, dict) and step not in data and isinstance(step, str):
            step = int(step) if step.isdecimal() and int(step) in data else step
        inside = (isinstance(data, dict) and step in data) or (
            isinstance(data, list) and isinstance(step, int) and step < len(data)
        )
        if inside:
            place.append(step)
            data = data[step]
    return tuple(place)


def _fault(detail: ErrorDetails, data: Any, schema: Schema) -> tuple[Place, str]:
    loc, kind = detail["loc"], detail["type"]
    place = place_in(loc, data)
    where = written(place)
    if kind == "extra_forbidden":
        around = written(place[:-1])
        known = sorted(_known_keys(schema, loc[:-1]))
        return place, f"unknown key {str(loc[-1])!r} in {around}{did_you_mean(str(loc[-1]), known)}"
    if kind == "missing":
        place = place_in(loc[:-1], data)
        return place, f"the key {str(loc[-1])!r} is missing in {written(place)}; add it"
    if kind in ("union_tag_invalid", "union_tag_not_found"):
        return _wrong_tag(detail, place)
    return place, f"{where}: {_message(detail)}"


def _follows_from_others(detail: ErrorDetails) -> bool:
    """A list that is only too short because faulty items, reported already, do not count."""
    if detail["type"] != "too_short" or not isinstance(detail["input"], Sequence):
        return False
    return len(detail["input"]) >= int(detail["ctx"]["min_length"])


def _wrong_tag(detail: ErrorDetails, place: Place) -> tuple[Place, str]:
    context = detail.get("ctx", {})
    key = str(context.get("discriminator", "'kind'")).strip("'")
    if detail["type"] == "union_tag_not_found":
        return place, f"the key {key!r} is missing in {written(place)}; it says what this is"
    known = [name.strip(" '") for name in str(context["expected_tags"]).split(",")]
    tag = str(context["tag"])
    message = f"{written(place)}.{key}: no such {key}: {tag!r}{did_you_mean(tag, known)}"
    return (*place, key), message


def _message(detail: ErrorDetails) -> str:
    kind, value = detail["type"], detail.get("input")
    message = detail["msg"].removeprefix("Value error, ").replace("Input should", "it should")
    if kind in ("value_error", "operator"):
        return message
    if kind in ("too_short", "too_long"):
        least, most = detail["ctx"].get("min_length"), detail["ctx"].get("max_length")
        count = len(value) if isinstance(value, Sequence | Mapping) else 0
        return f"{count} given, {'at least' if least else 'at most'} {least or most} wanted"
    if kind in ("float_parsing", "int_parsing", "float_type", "int_type"):
        return f"a number is wanted, not {_short(value)}"
    if kind == "literal_error" and isinstance(value, str):
        known = [part.strip(" '") for part in _expected(detail).split(",")]
        return f"{value!r} is not known here{did_you_mean(value, known)}"
    if kind == "string_type" and isinstance(value, int | float):
        return f"a text is wanted; put {value!r} in quotes"
    if kind == "string_pattern_mismatch":
        pattern = str(detail.get("ctx", {}).get("pattern", ""))
        return f"{value!r} does not have the form {pattern}"
    return f"{message}, not {_short(value)}"


def _expected(detail: ErrorDetails) -> str:
    return str(detail.get("ctx", {}).get("expected", "")).replace(" or ", ",")


def _short(value: Any) -> str:
    text = {list: "a list", dict: "a mapping", tuple: "a list", type(None): "nothing"}.get(
        type(value), repr(value)
    )
    return text if len(text) <= 60 else text[:57] + "…"


def _known_keys(schema: Schema, loc: Sequence[str | int]) -> set[str]:
    parts = [schema]
    for step in loc:
        inner = [found for part in parts for found in _inside(schema, part, step)]
        parts = inner or parts
    return {
        name
        for part in parts
        for flat in _flat(schema, part)
        for name in flat.get("properties", {})
    }


def _flat(root: Schema, part: Schema) -> Iterator[Schema]:
    """The part itself and every alternative in it, references followed."""
    if "$ref" in part:
        part = root["$defs"][part["$ref"].rsplit("/", 1)[-1]]
    yield part
    for choice in (*part.get("anyOf", ()), *part.get("oneOf", ())):
        yield from _flat(root, choice)


def _inside(root: Schema, part: Schema, step: str | int) -> Iterator[Schema]:
    for flat in _flat(root, part):
        tagged = flat.get("discriminator", {}).get("mapping", {})
        if step in tagged:
            yield {"$ref": tagged[step]}
        elif isinstance(step, int) and isinstance(flat.get("items"), dict):
            yield flat["items"]
        elif step in flat.get("properties", {}):
            yield flat["properties"][step]
        else:
            others = [flat.get("additionalProperties"), *flat.get("patternProperties", {}).values()]
            yield from (other for other in others if isinstance(other, dict))
