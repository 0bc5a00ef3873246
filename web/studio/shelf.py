"""Which scenarios and rubrics there are: what came along, the shop's own, what is in use."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any, Final, Literal

from rubrics.load import LIBRARY as RUBRICS
from rubrics.load import known_rubrics
from rubrics.shelf import changed
from rubrics.yaml_file import parse_yaml
from scenarios.load import LIBRARY as SCENARIOS
from scenarios.load import known_scenarios
from store.beginnings import beginnings
from store.database import Store
from store.published import published
from store.versions import Version, versions
from transcripts.errors import KefuError, UnreadableInput
from web.services import Services

Kind = Literal["scenario", "rubric"]
KINDS: Final[tuple[Kind, ...]] = ("scenario", "rubric")
Origin = Literal["shipped", "file", "studio", "draft"]
NAMES: Final = {"scenario": r"[a-z][a-z0-9-]{0,59}", "rubric": r"[a-z][a-z0-9_-]{0,59}"}
"""What a scenario and a rubric may be called."""
_HEAD: Final = re.compile(r"^(vary|facts|hears|knows|states|paths|criteria|gates):", re.MULTILINE)


@dataclass(frozen=True, slots=True)
class Entry:
    """A name with the text that is in use, or the newest where none is in use yet (`draft`).

    `origin` says where that text lies: it came along, in a file of the shop, in the studio.
    """

    kind: Kind
    name: str
    origin: Origin
    text: str
    version: int | None = None
    newest: int = 0

    @property
    def in_use(self) -> bool:
        """Whether anybody gets it who practises or grades."""
        return self.origin != "draft"


def kind_of(text: object) -> Kind | None:
    """The kind that a form or a script names."""
    return next((kind for kind in KINDS if kind == text), None)


def entries(services: Services, kind: Kind) -> list[Entry]:
    """Everything of a kind by name."""
    numbers = _numbers(services.store, kind)
    paths = paths_of(services, kind)
    begun = {one.name for one in beginnings(services.store, kind)}
    names = sorted({*paths, *numbers, *begun})
    return [_entry(services, kind, name, paths, numbers) for name in names]


def entry(services: Services, kind: Kind, name: str) -> Entry:
    """One of them. `UnreadableInput` if the name is unknown."""
    numbers = _numbers(services.store, kind)
    paths = paths_of(services, kind)
    if name not in paths and name not in numbers:
        raise UnreadableInput(f"there is no {kind} {name}")
    return _entry(services, kind, name, paths, numbers)


def paths_of(services: Services, kind: Kind) -> Mapping[str, Path]:
    """The file in use of each name: what was published first, then own files, then the library."""
    folders = services.folders
    if kind == "scenario":
        return known_scenarios(folders.scenarios)
    return known_rubrics(folders.rubrics)


def heading(text: str) -> dict[str, Any]:
    """The first keys of a text (title, topic, level …), quickly; nothing if it cannot be read."""
    return dict(_heading(text))


def valid_name(kind: Kind, name: str) -> bool:
    """Whether something can be called so."""
    return re.fullmatch(NAMES[kind], name) is not None


def _entry(
    services: Services, kind: Kind, name: str, paths: Mapping[str, Path], numbers: Mapping[str, int]
) -> Entry:
    newest = numbers.get(name, 0)
    if name not in paths:
        return Entry(kind, name, "draft", _newest(services.store, kind, name), None, newest)
    path = paths[name]
    text = text_at(path)
    if path.parent == published(services.folders.data, kind):
        used = next((one for one in versions(services.store, kind, name) if one.used), None)
        return Entry(kind, name, "studio", text, used.number if used else None, newest)
    library = SCENARIOS if kind == "scenario" else RUBRICS
    origin: Origin = "shipped" if path.parent == library else "file"
    return Entry(kind, name, origin, text, None, newest)


def text_at(path: Path) -> str:
    """What a file says now; nothing if it cannot be read."""
    try:
        return _text(path, *changed(path))
    except (KefuError, OSError, UnicodeDecodeError):
        return ""


@lru_cache(maxsize=512)
def _text(path: Path, at: int, size: int) -> str:
    return path.read_text(encoding="utf-8-sig")


@lru_cache(maxsize=512)
def _heading(text: str) -> tuple[tuple[str, Any], ...]:
    end = _HEAD.search(text)
    for part in (text[: end.start()] if end else text, text):
        try:
            data = parse_yaml(part, "text").data
        except KefuError:
            continue
        if isinstance(data, dict):
            return tuple(data.items())
    return ()


def _numbers(store: Store, kind: Kind) -> dict[str, int]:
    sql = "SELECT name, max(number) AS n FROM versions WHERE kind = ? GROUP BY name"
    return {row["name"]: row["n"] for row in store.rows(sql, (kind,))}


def _newest(store: Store, kind: Kind, name: str) -> str:
    found: Sequence[Version] = versions(store, kind, name)
    if found:
        return found[0].text
    return next((one.text for one in beginnings(store, kind) if one.name == name), "")
