"""Which keys may stand at a place of a file, and what each means: read from the model's schema."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from typing import Any

from pydantic import BaseModel

from rubrics.faults import Place

Schema = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Key:
    """A key: the part that has it (such as Rule), its name, its meaning in English, must it be."""

    part: str
    name: str
    meaning: str
    needed: bool
    choices: tuple[str, ...] = ()


def keys_at(model: type[BaseModel], place: Place) -> list[Key]:
    """The keys of the mapping at a place; none where there can be no mapping, or any name."""
    root = _schema(model)
    parts = [(model.__name__, root)]
    for step in place:
        parts = [found for name, part in parts for found in _inside(root, name, part, step)]
    found: dict[str, Key] = {}
    for name, part in parts:
        for own, flat in _flat(root, name, part):
            for key in _keys(root, own, flat):
                found.setdefault(key.name, key)
    return list(found.values())


def parts_of(model: type[BaseModel]) -> dict[str, tuple[str, ...]]:
    """Every part of a model with the names of its keys."""
    root = _schema(model)
    whole = {model.__name__: root, **root.get("$defs", {})}
    return {name: tuple(part["properties"]) for name, part in whole.items() if "properties" in part}


def place_at(text: str, line: int) -> tuple[Place, str | None]:
    """The place of the mapping that a line (from 1) stands in, by indentation, and the line's key.

    Works in a text that is not whole yet. An item of a list is step 0, whichever it is.
    """
    lines = text.splitlines()[:line]
    here = lines[-1] if lines else ""
    depth = _depth(here) if here.strip() else _depth(next(filter(str.strip, lines[::-1]), ""))
    steps: list[str | int] = []
    key = _key(here)
    if _item(here):
        steps.append(0)
        depth -= 2
    for above in lines[-2::-1]:
        if not above.strip() or above.lstrip().startswith("#"):
            continue
        own = _depth(above)
        if own < depth and _key(above) is not None:
            steps.append(_key(above) or "")
            depth = own
        if _item(above) and own <= depth:
            if own == depth or steps:
                steps.append(0)
            depth = min(depth, own - 2)
    return tuple(reversed(steps)), key


def _depth(line: str) -> int:
    """Where the key of a line begins; behind the dash of an item."""
    plain = len(line) - len(line.lstrip(" "))
    return plain + 2 if _item(line) else plain


def _item(line: str) -> bool:
    return line.lstrip(" ").startswith("- ")


def _key(line: str) -> str | None:
    rest = line.strip().removeprefix("- ").strip()
    name, colon, _ = rest.partition(":")
    return name.strip("\"' ") if colon and name and not name.startswith(("{", "[", "#")) else None


@cache
def _schema(model: type[BaseModel]) -> Schema:
    return model.model_json_schema()


def _keys(root: Schema, part: str, flat: Schema) -> Iterator[Key]:
    needed = set(flat.get("required", ()))
    for name, schema in flat.get("properties", {}).items():
        yield Key(part, name, schema.get("description", ""), name in needed, _choices(root, schema))


def _choices(root: Schema, schema: Schema) -> tuple[str, ...]:
    """The words that a key, or an item of its list, may be."""
    found: list[str] = []
    for _, flat in _flat(root, "", schema):
        found += [str(one) for one in flat.get("enum", ())]
        for _, item in _flat(root, "", flat.get("items") or {}):
            found += [str(one) for one in item.get("enum", ())]
    return tuple(dict.fromkeys(found))


def _flat(root: Schema, name: str, part: Schema) -> Iterator[tuple[str, Schema]]:
    """The part itself and every alternative in it, references followed."""
    if "$ref" in part:
        name = part["$ref"].rsplit("/", 1)[-1]
        part = root["$defs"][name]
    yield name, part
    for choice in (*part.get("anyOf", ()), *part.get("oneOf", ())):
        yield from _flat(root, name, choice)


def _inside(
    root: Schema, name: str, part: Schema, step: str | int
) -> Iterator[tuple[str, Schema]]:  # fmt: skip
    for own, flat in _flat(root, name, part):
        if isinstance(step, int):
            if isinstance(flat.get("items"), dict):
                yield own, flat["items"]
        elif step in flat.get("properties", {}):
            yield own, flat["properties"][step]
        else:
            others = [flat.get("additionalProperties"), *flat.get("patternProperties", {}).values()]
            yield from ((own, other) for other in others if isinstance(other, dict))
