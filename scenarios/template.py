"""The JSON Schema of a scenario file as it is written: a template, filled by the rows of `vary`."""

from __future__ import annotations

from typing import Any, Final

Schema = dict[str, Any]

_FILLED: Final[Schema] = {
    "type": "string", "pattern": r"\{[a-z][a-z0-9_]*\}",
    "description": "A text with names of vary in braces; one name alone stands for its value.",
}  # fmt: skip
_ONLY: Final[Schema] = {
    "type": "object", "minProperties": 1,
    "description": "Only in variants whose row says so, such as {at_fault: courier}.",
}  # fmt: skip
_VARY: Final[Schema] = {
    "type": "array", "minItems": 1,
    "items": {
        "type": "object",
        "propertyNames": {
            "pattern": "^[a-z][a-z0-9_]*$", "not": {"enum": ["counter", "offered"]},
        },
    },
    "description": "What changes with the seed: rows of values, each with the same names.",
}  # fmt: skip
_FIXED: Final = ("format", "id")
_SAID: Final = ("title", "description", "default")
_LISTS: Final = ("anyOf", "oneOf", "allOf")


def template_schema(schema: Schema) -> Schema:
    """The schema of filled files, with `vary`, `only` and names in braces allowed."""
    fixed = {name: schema["properties"][name] for name in _FIXED}
    whole = _part(schema)
    properties = {**whole["properties"], **fixed, "vary": _VARY}
    properties.pop("only")
    return {
        **whole,
        "properties": properties,
        "$defs": {name: _part(part) for name, part in schema.get("$defs", {}).items()},
    }


def _part(schema: Schema) -> Schema:
    """A schema whose parts may be templates."""
    found = {key: value for key, value in schema.items() if key != "$defs"}
    for key in _LISTS:
        if key in found:
            found[key] = [_part(one) for one in found[key]]
    if "properties" in found:
        found["properties"] = {
            **{name: _value(one) for name, one in found["properties"].items()},
            "only": _ONLY,
        }
    if isinstance(found.get("additionalProperties"), dict):
        found["additionalProperties"] = _value(found["additionalProperties"])
    if "patternProperties" in found:
        found["patternProperties"] = {
            name: _value(one) for name, one in found["patternProperties"].items()
        }
    if isinstance(found.get("items"), dict):
        found["items"] = _item(found["items"])
    return found


def _value(schema: Schema) -> Schema:
    """What a key may hold: what it held, or a text to be filled."""
    inner = _part(schema)
    if _takes_any_text(inner):
        return inner
    kept: Schema = {key: inner.pop(key) for key in _SAID if key in inner}
    return kept | {"anyOf": [inner, _FILLED]}


def _item(schema: Schema) -> Schema:
    """What a list may hold: also `{only: …, line: …}` in place of a line."""
    inner = _part(schema)
    chosen = {
        "type": "object", "additionalProperties": False, "required": ["only", "line"],
        "properties": {"only": _ONLY, "line": inner},
    }  # fmt: skip
    return {"anyOf": [inner, _FILLED, chosen]}


def _takes_any_text(schema: Schema) -> bool:
    """A plain text takes braces as it is."""
    return schema.get("type") == "string" and not {"pattern", "enum", "format", "const"} & set(
        schema
    )
