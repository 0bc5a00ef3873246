"""A shop's own file of facts, and which of them hold for one conversation."""

from __future__ import annotations

import json
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any, Literal

from pydantic import BaseModel, ConfigDict, Field, ValidationError, model_validator

from rubrics.yaml_file import parse_yaml
from transcripts.aligned import aligned
from transcripts.errors import Fault, InvalidFile, UnreadableInput
from transcripts.types import Fact, Transcript

MAX_BYTES = 50_000_000
"""Larger files are refused: a library is written by people."""
MAX_VALUES = 2_000_000
"""Of a YAML file."""


class LibraryFact(BaseModel):
    """One fact of a library."""

    model_config = ConfigDict(extra="forbid", frozen=True)
    text: str = Field(
        description="The fact in one sentence, as an agent would read it", min_length=1
    )
    id: str | None = Field(None, description="Name of the fact, unique in the file")
    kind: Literal["product", "policy", "promotion", "authority"] = Field(
        "policy", description="What the fact is about"
    )
    shop: str | None = Field(None, description="Shop it holds for; every shop if left out")
    product: str | None = Field(None, description="Product it holds for; every product if left out")
    value: float | str | bool | None = Field(None, description="The value, where the fact has one")
    unit: str | None = Field(None, description="Unit of the value")
    valid_from: date | None = Field(None, description="First day on which it is true")
    valid_to: date | None = Field(None, description="Last day on which it is true")

    @model_validator(mode="after")
    def _in_order(self) -> LibraryFact:
        if self.valid_from and self.valid_to and self.valid_from > self.valid_to:
            raise ValueError("valid_from is after valid_to; swap them")
        return self


class Library(BaseModel):
    """The whole file, where it is YAML or JSON; JSONL holds one fact a line instead."""

    model_config = ConfigDict(extra="forbid", frozen=True)
    format: Literal[1] = Field(1, description="Version of this file's shape")
    facts: list[LibraryFact] = Field(description="The facts, any order")

    def facts_for(self, transcript: Transcript) -> tuple[Fact, ...]:
        """The transcript's own facts and those of the library that hold for it.

        A fact is left out when the conversation lies outside its dates, or when it names a shop or a
        product that the conversation does not. A transcript without times keeps dated facts.
        """
        day = next((m.at.date() for m in transcript.messages if m.at is not None), None)
        shop = aligned(str(transcript.extra.get("shop") or ""))
        named = aligned(_named(transcript))
        own = {fact.text for fact in transcript.facts}
        held = tuple(
            _fact(entry)
            for entry in self.facts
            if entry.text not in own
            and not (day and entry.valid_from and day < entry.valid_from)
            and not (day and entry.valid_to and day > entry.valid_to)
            and (entry.shop is None or aligned(entry.shop) in (shop or named))
            and (entry.product is None or aligned(entry.product) in named)
        )
        return (*transcript.facts, *held)


def _named(transcript: Transcript) -> str:
    """Where a shop or product of this conversation is named: its facts, senders and messages."""
    parts = [str(transcript.extra.get(key) or "") for key in ("shop", "product")]
    parts += [fact.text for fact in transcript.facts]
    parts += [f"{m.sender or ''} {m.text[:2000]}" for m in transcript.messages]
    return "\n".join(parts)


def _fact(entry: LibraryFact) -> Fact:
    scope = {key: name for key in ("shop", "product") if (name := getattr(entry, key))}
    return Fact(
        text=entry.text, id=entry.id, kind=entry.kind, value=entry.value, unit=entry.unit,
        scope=scope or None, valid_from=entry.valid_from, valid_to=entry.valid_to,
    )  # fmt: skip


def load_library(path: Path) -> Library:
    """The library of a YAML, JSON or JSONL file.

    Raises UnreadableInput where the file is missing or no text, InvalidFile with every fault.
    """
    try:
        if path.stat().st_size > MAX_BYTES:
            raise UnreadableInput(f"{path}: larger than 50 MB; split the facts into several files")
        text = path.read_text(encoding="utf-8-sig")
    except OSError as error:
        raise UnreadableInput(
            f"{path}: cannot be read ({error.strerror}); check the path"
        ) from error
    except UnicodeDecodeError as error:
        raise UnreadableInput(f"{path}: not UTF-8 text; save it as UTF-8") from error
    return parse_library(text, str(path))


def parse_library(text: str, name: str) -> Library:
    """The library of a text; `name` is used in messages and its ending tells JSONL."""
    if name.endswith((".jsonl", ".ndjson")):
        loaded: Any = {"facts": list(_lines(text, name))}
    else:
        loaded = _loaded(text, name)
        if isinstance(loaded, list):
            loaded = {"facts": loaded}
    try:
        library = Library.model_validate(loaded)
    except ValidationError as error:
        raise InvalidFile([_fault(name, item, loaded) for item in error.errors()]) from error
    _unique(library, name)
    return library


def _lines(text: str, name: str) -> Iterator[Any]:
    for number, line in enumerate(text.splitlines(), 1):
        if line.strip():
            try:
                yield json.loads(line)
            except (json.JSONDecodeError, RecursionError) as error:
                raise InvalidFile([Fault(name, number, f"not JSON: {error}")]) from error


def _loaded(text: str, name: str) -> Any:
    if name.endswith(".json"):
        try:
            return json.loads(text)
        except (json.JSONDecodeError, RecursionError) as error:
            line = getattr(error, "lineno", None)
            raise InvalidFile([Fault(name, line, f"not JSON: {error}")]) from error
    return parse_yaml(text, name, MAX_BYTES, MAX_VALUES).data


def _fault(name: str, item: Any, loaded: Any) -> Fault:
    place = ".".join(str(part) for part in item["loc"])
    line = (
        item["loc"][1] + 1
        if name.endswith("l")
        and len(item["loc"]) > 1
        and isinstance(item["loc"][1], int)
        and name.endswith((".jsonl", ".ndjson"))
        else None
    )
    return Fault(name, line, f"{place or 'file'}: {item['msg']}")


def _unique(library: Library, name: str) -> None:
    ids = [fact.id for fact in library.facts if fact.id]
    twice = sorted({one for one in ids if ids.count(one) > 1})
    if twice:
        raise InvalidFile([Fault(name, None, f"ids used twice: {', '.join(twice)}")])
