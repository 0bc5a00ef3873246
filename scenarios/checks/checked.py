"""What a check is given: one variant with its lines in the file, and the shelves it draws from."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from rubrics.faults import Place
from rubrics.load import known_rubrics
from scenarios.load import PICTURES, known_personas, load_persona
from scenarios.schema import Persona, Scenario
from transcripts.errors import InvalidFile, UnreadableInput

Found = Iterator[tuple[Place, str]]
"""(place in the filled file, what is wrong and how to fix it)"""

PICTURE: Final = ".svg"


@dataclass(frozen=True)
class Shelves:
    """What a scenario may name: personas with their files, rubrics, pictures."""

    personas: Mapping[str, Path]
    rubrics: Collection[str]
    pictures: Collection[str]

    def persona(self, name: str) -> Persona | None:
        """The persona of a name; None where it is unknown or has faults of its own."""
        if name not in self.personas:
            return None
        try:
            return load_persona(self.personas[name])
        except (InvalidFile, UnreadableInput):
            return None


def shelves(
    personas: Sequence[Path] = (),
    rubrics: Sequence[Path] = (),
    more: Mapping[str, Path] | None = None,
) -> Shelves:
    """The library with the user's own folders before it; `more` personas by name before both."""
    return Shelves(
        {**known_personas(personas), **(more or {})},
        tuple(known_rubrics(rubrics)),
        tuple(sorted(path.stem for path in PICTURES.glob(f"*{PICTURE}"))),
    )


@dataclass(frozen=True)
class Checked:
    """One variant beside all of them; `persona` is None where it cannot be read."""

    scenario: Scenario
    variants: tuple[Scenario, ...]
    persona: Persona | None
    shelves: Shelves
