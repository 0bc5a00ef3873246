"""The rows of `vary`: enough of them, all different, none of their names in vain."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from typing import Any, Final

from scenarios.checks.checked import Found

FEWEST: Final = 4
_NAME: Final = re.compile(r"\{([a-z][a-z0-9_]*)\}")


def row_faults(data: Any) -> Found:
    """Faults of the rows, read from the template's plain data."""
    rows = data.get("vary") if isinstance(data, dict) else None
    if not isinstance(rows, list) or not all(isinstance(row, dict) for row in rows):
        if rows is None:
            yield (), f"vary is missing; give at least {FEWEST} rows of what changes with the seed"
        return
    if len(rows) < FEWEST:
        message = f"{len(rows)} rows; give at least {FEWEST}, so that customers differ"
        yield ("vary",), message
    seen: dict[str, int] = {}
    for number, row in enumerate(rows):
        text = json.dumps(row, ensure_ascii=False, sort_keys=True, default=str)
        if text in seen:
            yield ("vary", number), f"this row is the same as row {seen[text]}; change something"
        seen.setdefault(text, number + 1)
    used = set(_used({key: value for key, value in data.items() if key != "vary"}))
    for name in rows[0] if rows else ():
        if isinstance(name, str) and name not in used:
            yield (
                ("vary", 0, name),
                f"{name!r} is used nowhere; write {{{name}}} where it belongs, or remove it",
            )


def _used(value: Any) -> Iterator[str]:
    """Names in braces and in `only`."""
    if isinstance(value, str):
        yield from _NAME.findall(value)
    elif isinstance(value, list):
        for item in value:
            yield from _used(item)
    elif isinstance(value, dict):
        for key, item in value.items():
            if key == "only" and isinstance(item, dict):
                yield from (str(name) for name in item)
            yield from _used(item)
