"""The JSON Schema of scenario files: what editors let pass and what they underline."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import pytest

from rubrics.yaml_file import parse_yaml
from scenarios.load import LIBRARY
from scenarios.schema import Scenario
from scenarios.template import template_schema

VALID = (Path(__file__).parent / "valid.yaml").read_text(encoding="utf-8")
SCHEMA = template_schema(Scenario.model_json_schema())
TYPES: dict[str, tuple[type, ...]] = {
    "object": (dict,), "array": (list,), "string": (str,), "boolean": (bool,),
    "null": (type(None),), "number": (int, float), "integer": (int,),
}  # fmt: skip


def fits(value: Any, schema: dict[str, Any]) -> bool:
    """Whether a value is valid; the keywords that pydantic writes."""
    if "$ref" in schema:
        return fits(value, SCHEMA["$defs"][schema["$ref"].rsplit("/", 1)[-1]])
    if "anyOf" in schema and not any(fits(value, one) for one in schema["anyOf"]):
        return False
    kind = schema.get("type")
    if kind is not None and not isinstance(value, TYPES[kind]):
        return False
    if kind in ("number", "integer") and isinstance(value, bool):
        return False
    if "enum" in schema and value not in schema["enum"]:
        return False
    if "const" in schema and value != schema["const"]:
        return False
    if isinstance(value, str) and not re.search(schema.get("pattern", ""), value):
        return False
    if isinstance(value, list):
        return all(fits(item, schema.get("items", {})) for item in value)
    return not isinstance(value, dict) or _object_fits(value, schema)


def _object_fits(value: dict[str, Any], schema: dict[str, Any]) -> bool:
    known = schema.get("properties", {})
    others = schema.get("additionalProperties", True)
    patterns = schema.get("patternProperties", {})
    if not set(schema.get("required", ())) <= set(value):
        return False
    for key, item in value.items():
        matching = [one for pattern, one in patterns.items() if re.search(pattern, key)]
        inner = known.get(key) or (matching[0] if matching else others)
        if inner is False or (isinstance(inner, dict) and not fits(item, inner)):
            return False
    return True


@pytest.mark.parametrize("path", [None, *sorted(LIBRARY.glob("*.yaml"))], ids=str)
def test_files_as_they_are_written_fit(path: Path | None) -> None:
    text = VALID if path is None else path.read_text(encoding="utf-8")
    data = parse_yaml(text, "x.yaml").data
    assert fits(data, SCHEMA)


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("market: CN", "markt: CN"),
        ("level: beginner", "level: easy"),
        ("turns: 12", "turns: many"),
        ("go: upset,", "gone: upset,"),
        ("acts: [deny]", "acts: [denny]"),
        ("also: {replacement: 9}", "also: {replacement: lots}"),
        ("line: 仓库漏装了一件", "lines: 仓库漏装了一件"),
        ("id: valid", 'id: "{name}"'),
    ],
)
def test_faults_are_underlined(old: str, new: str) -> None:
    assert old in VALID
    assert not fits(parse_yaml(VALID.replace(old, new), "x.yaml").data, SCHEMA)


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("turns: 12", 'turns: "{turns}"'),
        ("level: beginner", 'level: "{level}"'),
        ("persona: plain-buyer", 'persona: "{who}"'),
        ("acts: [deny]", 'acts: ["{act}"]'),
        ("say: [这还差不多]", 'say: "{lines}"'),
        ("satisfied: {right", "satisfied: {only: {at_fault: shop}, right"),
    ],
)
def test_names_of_vary_may_stand_anywhere(old: str, new: str) -> None:
    assert fits(parse_yaml(VALID.replace(old, new), "x.yaml").data, SCHEMA)


def test_every_field_is_described() -> None:
    silent = [
        f"{name}.{field}"
        for name, part in SCHEMA["$defs"].items()
        for field, one in part.get("properties", {}).items()
        if "description" not in one
    ]
    assert not silent
