"""What a shelf shows of a scenario, read from the few lines that hold it.

Reading a file whole takes some 25 ms, because every line of it is checked; a page that lists a
library cannot wait for that. Whether the rest of the file is sound shows when it is played.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Final, Literal

from pydantic import Field

from rubrics.parts import Strict, Text
from rubrics.shelf import changed
from rubrics.yaml_file import parse_yaml
from scenarios.load import known_scenarios
from scenarios.variants import variants
from transcripts.errors import Fault, InvalidFile, KefuError
from transcripts.types import Language

Level = Literal["beginner", "intermediate", "advanced"]


class Head(Strict):
    """The part of a scenario that tells nothing of its solution."""

    id: str = Field(description="The file's name without ending.")
    lang: Language = Field(description="The language that is spoken.")
    shelf: str = Field(description="The customer's first words.")
    topic: Text = Field(description="The topic, without the diagnosis.")
    level: Level = Field(description="How hard it is.")
    minutes: int = Field(description="How long it takes.")
    rubric: str = Field(default="general", description="What it is scored by.")


@dataclass(frozen=True, slots=True)
class Outline:
    """The first variant's head, and how many variants there are."""

    head: Head
    variants: int


WANTED: Final = frozenset({*Head.model_fields, "vary"})
_KEY: Final = re.compile(r"([a-z_]+):")


def outline(path: Path) -> Outline:
    """The outline of a scenario file. InvalidFile if its head cannot be read."""
    return _outline(path, *changed(path))


def outlines(search: Sequence[Path] = ()) -> tuple[list[Outline], list[str]]:
    """The outline of every scenario that can be named; the names of those that have none."""
    found, broken = [], []
    for name, path in known_scenarios(search).items():
        try:
            found.append(outline(path))
        except KefuError:
            broken.append(name)
    return found, broken


@lru_cache(maxsize=1024)
def _outline(path: Path, at: int, size: int) -> Outline:
    try:
        text = path.read_text(encoding="utf-8-sig")
    except (OSError, UnicodeDecodeError) as error:
        raise InvalidFile([Fault(str(path), None, f"cannot be read: {error}")]) from None
    rows = variants(parse_yaml(_excerpt(text), str(path)))
    return Outline(rows[0][1].build(Head), len(rows))


def _excerpt(text: str) -> str:
    """The wanted keys of the outermost level with what is indented below each.

    >>> _excerpt("id: a\\nrules:\\n  - b\\nvary:\\n  - {c: 1}\\n")
    'id: a\\nvary:\\n  - {c: 1}\\n'
    """
    kept, keeping = [], False
    for line in text.splitlines(keepends=True):
        key = _KEY.match(line)
        if key is not None:
            keeping = key[1] in WANTED
        if keeping:
            kept.append(line)
    return "".join(kept)
