"""Every setting in one model, and where each value came from.

Later wins: default, `kefu.toml` in the data folder, `KEFU_*` in the environment, option.
"""

from __future__ import annotations

import os
import tomllib
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Annotated, Any, Final, Literal

from pydantic import AfterValidator, BaseModel, ConfigDict, Field, ValidationError

from grader.specs import EMBEDDED, check_spec
from rubrics.nearest import did_you_mean
from store.folder import PUBLISHED
from transcripts.errors import Fault, InvalidFile, KefuError, UnreadableInput
from transcripts.times import DEFAULT_ZONE, zone

PREFIX: Final = "KEFU_"
FILE: Final = "kefu.toml"
MOST_JOBS: Final = 256


def _zone(value: str) -> str:
    try:
        zone(value)
    except KefuError as unknown:
        raise ValueError(str(unknown)) from None
    return value


def _spec(value: str) -> str:
    try:
        return check_spec(value)
    except KefuError as unknown:
        raise ValueError(str(unknown)) from None


def default_data() -> Path:
    """The data folder where none is named."""
    base = os.environ.get("XDG_DATA_HOME") or os.environ.get("LOCALAPPDATA")
    return (Path(base) if base else Path.home() / ".local" / "share") / "kefu"


class Settings(BaseModel):
    """What can be set. `data` cannot stand in `kefu.toml`, which lies in it."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    data: Path = Field(
        default_factory=default_data,
        description="Folder of the database, own rubrics, scenarios, models and settings.",
    )
    rubric: str = Field(default="general", min_length=1, description="Rubric graded by.")
    timezone: Annotated[str, AfterValidator(_zone)] = Field(
        default=DEFAULT_ZONE, description="Zone of times that are written without one."
    )
    jobs: int = Field(default=1, ge=1, le=MOST_JOBS, description="Processes that grade.")
    mask: bool = Field(default=True, description="Whether personal data is masked in results.")
    encoder: Annotated[str, AfterValidator(_spec)] = Field(
        default=EMBEDDED, description="embedded, or sentence-transformers:NAME|PATH."
    )
    full_sync: bool = Field(
        default=False, description="Whether every write waits for the disk, against power cuts."
    )
    keep_days: int = Field(
        default=0, ge=0, description="Days that conversations are kept; 0: until deleted."
    )
    log_level: Literal["debug", "info", "warning", "error"] = Field(
        default="warning", description="Least level that is logged."
    )


@dataclass(frozen=True, slots=True)
class Configured:
    """The settings, and for each one where it came from in words."""

    settings: Settings
    origins: Mapping[str, str]

    @property
    def rubric_folders(self) -> tuple[Path, ...]:
        """Where own rubrics are searched, before the library: published ones first."""
        return self._folders("rubrics")

    @property
    def scenario_folders(self) -> tuple[Path, ...]:
        """Where own scenarios are searched, before the library: published ones first."""
        return self._folders("scenarios")

    @property
    def persona_folders(self) -> tuple[Path, ...]:
        """Where own personas are searched, before the library: published ones first."""
        return self._folders("personas")

    def _folders(self, kind: str) -> tuple[Path, ...]:
        data = self.settings.data
        return (data / PUBLISHED / kind, data / kind)


def configure(options: Mapping[str, Any] | None = None) -> Configured:
    """The settings of this run. An option that is None was not given.

    Raises `InvalidFile` with every value that cannot be, and where it was set.
    """
    given = {name: value for name, value in (options or {}).items() if value is not None}
    surroundings = _environment()
    data = Path(given.get("data") or surroundings.get("data") or default_data()).expanduser()
    file = data / FILE
    values: dict[str, Any] = {}
    origins = dict.fromkeys(Settings.model_fields, "default")
    layers: tuple[tuple[dict[str, Any], Callable[[str], str]], ...] = (
        (_read(file), lambda name: str(file)),
        (surroundings, lambda name: f"environment {PREFIX}{name.upper()}"),
        (given | {"data": data}, lambda name: f"option --{name.replace('_', '-')}"),
    )
    for layer, origin in layers:
        values |= layer
        origins |= {name: origin(name) for name in layer}
    if "data" not in given:
        origins["data"] = "environment KEFU_DATA" if surroundings.get("data") else "default"
    if "mask" in given:
        origins["mask"] = "option --no-mask"
    try:
        return Configured(Settings(**values), origins)
    except ValidationError as error:
        raise InvalidFile([_fault(row, origins) for row in error.errors()]) from None


def _environment() -> dict[str, Any]:
    """`KEFU_*` variables that are settings, as texts; empty ones count as not set."""
    named = ((name, os.environ.get(PREFIX + name.upper())) for name in Settings.model_fields)
    return {name: value for name, value in named if value}


def _read(file: Path) -> dict[str, Any]:
    try:
        found = tomllib.loads(file.read_text("utf-8-sig"))
    except (FileNotFoundError, NotADirectoryError):
        return {}
    except OSError as error:
        raise UnreadableInput(f"{file}: cannot be read ({error.strerror}).") from error
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise InvalidFile([Fault(str(file), None, f"is no TOML: {error}")]) from None
    known = [name for name in Settings.model_fields if name != "data"]
    wrong = [name for name in found if name not in known]
    if wrong:
        raise InvalidFile([Fault(str(file), None, _unknown(name, known)) for name in wrong])
    return found


def _unknown(name: str, known: list[str]) -> str:
    if name == "data":
        return "data cannot be set here, this file lies in it; use KEFU_DATA or --data"
    return f"no such setting: {name!r}{did_you_mean(name, known)}"


def _fault(row: Any, origins: Mapping[str, str]) -> Fault:
    name = str(row["loc"][0]) if row["loc"] else ""
    message = str(row["msg"]).removeprefix("Value error, ")
    return Fault(origins.get(name, "settings"), None, f"{name} = {row['input']!r}: {message}")
