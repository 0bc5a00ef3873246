"""The faults of a text, each with its line and that line itself."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Sequence
from importlib.metadata import version
from pathlib import Path
from typing import Any

from rubrics.load import known_rubrics, rubric_faults, rubric_of
from rubrics.schema import Rubric
from rubrics.yaml_file import parse_yaml
from scenarios.checks.checked import shelves
from scenarios.checks.scenario import scenario_faults
from scenarios.load import Shelved, known_personas, shelved
from transcripts.errors import Fault, InvalidFile
from web.services import Folders
from web.studio.shelf import Kind, heading, text_at

Told = dict[str, Any]
"""A fault for a page: `line` from 1 or None, `text` of that line, `cure`."""


def file_of(name: str) -> str:
    """What faults call a text that lies in no file."""
    return f"{name}.yaml"


def faults(kind: Kind, name: str, text: str, folders: Folders) -> list[Fault]:
    """Every fault of a text that is to be called `name`, its paths left aside."""
    try:
        document = parse_yaml(text, file_of(name))
    except InvalidFile as broken:
        return broken.faults
    if kind == "rubric":
        return rubric_faults(document)
    return scenario_faults(document, shelves(folders.personas, folders.rubrics))


def told(found: Sequence[Fault], text: str) -> list[Told]:
    """Faults as a page shows them."""
    lines = text.splitlines()
    return [
        {
            "line": one.line,
            "text": _line(one.line, lines),
            "cure": one.message,
        }
        for one in found
    ]


def scenario_in(name: str, text: str) -> Shelved:
    """A text as a scenario; `InvalidFile` with its faults of shape."""
    file = file_of(name)
    return shelved(parse_yaml(text, file), Path(file))


def rubric_in(name: str, text: str) -> Rubric:
    """A text as a rubric; `InvalidFile` with its faults."""
    return rubric_of(parse_yaml(text, file_of(name)))


def hash_of(kind: Kind, name: str, text: str, folders: Folders, model: str) -> str:
    """The hash of all that decides over a check: text, personas, its rubric, model, version."""
    around: list[str] = [version("kefu")]
    if kind == "scenario":
        around += [text_at(path) for _, path in sorted(known_personas(folders.personas).items())]
        wanted = str(heading(text).get("rubric", "general"))
        rubrics = known_rubrics(folders.rubrics)
        one = [wanted] if wanted in rubrics else sorted(rubrics)
        around += [text_at(rubrics[rubric]) for rubric in one]
    whole = json.dumps([kind, name, text, around, model], ensure_ascii=False)
    return "sha256:" + hashlib.sha256(whole.encode()).hexdigest()


def _line(number: int | None, lines: Sequence[str]) -> str:
    """A line as it stands, from 1; nothing if there is none."""
    if number is None or not 0 < number <= len(lines):
        return ""
    return lines[number - 1].strip()[:160]
