"""YAML files that come with the package, and the parser.

They are the project's own, so no value needs its line number. Files that people write go through
`rubrics.yaml_file`; a test reads every file of the package in both ways and compares.
"""

from __future__ import annotations

import re
from typing import Any, Final

import yaml

PARSER: Final[Any] = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
"""The parser in C, twenty times as fast, wherever there is one."""


class _Loader(PARSER):  # type: ignore[misc]
    """Plain values by the core schema of YAML 1.2, as in `rubrics.yaml_file`: dates stay text."""

    yaml_implicit_resolvers: Final[dict[str, Any]] = {}


for _kind, _written, _first in (
    ("null", r"~|null|Null|NULL|", ["~", "n", "N", ""]),
    ("bool", r"true|True|TRUE|false|False|FALSE", list("tTfF")),
    ("int", r"[-+]?(0|[1-9][0-9]*)", list("-+0123456789")),
    ("float", r"[-+]?(\.[0-9]+|[0-9]+\.[0-9]*)([eE][-+]?[0-9]+)?", list("-+.0123456789")),
):
    _Loader.add_implicit_resolver(
        f"tag:yaml.org,2002:{_kind}", re.compile(rf"(?:{_written})\Z"), _first
    )


def own_yaml(text: str) -> Any:
    """The values of a file of the package."""
    return yaml.load(text, Loader=_Loader)  # a safe loader: plain values only
