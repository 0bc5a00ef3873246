"""Scenarios and personas by name or path: users' own folders first, then the library."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any, Final

from rubrics.shelf import changed, find_file, known_files
from rubrics.yaml_file import Document, read_yaml
from scenarios.parts import Heard
from scenarios.schema import Persona, Scenario
from scenarios.variants import variants
from transcripts.errors import InvalidFile
from transcripts.types import Language

ROOM: Final = Path(__file__).parent
LIBRARY: Final = ROOM / "library"
PERSONAS: Final = ROOM / "personas"
HEARS: Final = ROOM / "hears"
PICTURES: Final = ROOM / "pictures"


@dataclass(frozen=True)
class Shelved:
    """A scenario file: its variants in the order of `vary`, each with the file's lines."""

    path: Path
    variants: tuple[Scenario, ...]
    documents: tuple[Document, ...]
    rows: tuple[Mapping[str, Any], ...]

    @property
    def id(self) -> str:
        """The scenario's name."""
        return self.variants[0].id

    def variant(self, seed: int) -> Scenario:
        """The variant of a seed: neighbouring seeds are different customers."""
        return self.variants[seed % len(self.variants)]


def load_scenario(name_or_path: str | Path, search: Sequence[Path] = ()) -> Shelved:
    """The scenario of a name (searched in `search`, then the library) or at a path.

    InvalidFile lists all faults; UnreadableInput names the scenarios there are.
    """
    path = find_file("scenario", name_or_path, LIBRARY, search)
    return _scenario(path, *changed(path))


def load_persona(name_or_path: str | Path, search: Sequence[Path] = ()) -> Persona:
    """The persona of a name or at a path; errors as of `load_scenario`."""
    path = find_file("persona", name_or_path, PERSONAS, search)
    return _persona(path, *changed(path))


def known_scenarios(search: Sequence[Path] = ()) -> dict[str, Path]:
    """The path of each scenario that can be named."""
    return known_files(LIBRARY, search)


def known_personas(search: Sequence[Path] = ()) -> dict[str, Path]:
    """The path of each persona that can be named."""
    return known_files(PERSONAS, search)


@lru_cache(maxsize=4)
def common_hears(lang: Language) -> Mapping[str, Heard]:
    """The usual ways of asking, by id; Traditional Chinese is heard as Simplified."""
    path = HEARS / ("en.yaml" if lang == "en" else "zh.yaml")
    return {name: Heard.model_validate(entry) for name, entry in read_yaml(path).data.items()}


def shelved(document: Document, path: Path) -> Shelved:
    """A parsed file as a scenario; InvalidFile with all of its faults, each named once."""
    filled = variants(document)
    built, faults = [], []
    for _, one in filled:
        try:
            built.append(one.build(Scenario))
        except InvalidFile as error:
            faults += [fault for fault in error.faults if fault not in faults]
    if faults:
        raise InvalidFile(sorted(faults, key=lambda fault: fault.line or 0))
    rows, documents = zip(*filled, strict=True)
    return Shelved(path, tuple(built), documents, rows)


@lru_cache(maxsize=256)
def _scenario(path: Path, at: int, size: int) -> Shelved:
    return shelved(read_yaml(path), path)


@lru_cache(maxsize=64)
def _persona(path: Path, at: int, size: int) -> Persona:
    return read_yaml(path).build(Persona)
