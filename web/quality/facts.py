"""A shop's own rules and facts, by which accuracy is scored: libraries in the data folder."""

from __future__ import annotations

import json
import os
from pathlib import Path
from typing import Any, Final

from grader.facts.library import load_library, parse_library
from transcripts.errors import KefuError
from web.practice.view import Say

FOLDER: Final = "facts"
ENDINGS: Final = (".json", ".jsonl", ".yaml", ".yml")
LONGEST: Final = 200_000
"""Characters of a library that is written on the page."""
MOST_LINES: Final = 2000
LONGEST_NAME: Final = 60
Body = dict[str, Any]


class Facts:
    """The libraries of a data folder."""

    def __init__(self, data: Path, say: Say) -> None:
        self._folder = data / FOLDER
        self._say = say

    def names(self) -> list[str]:
        """Every library by the name of its file, in order."""
        found = self._folder.iterdir() if self._folder.is_dir() else ()
        return sorted(path.name for path in found if path.suffix in ENDINGS)

    def path(self, name: str) -> Path:
        """The file of a library. Errors as of `load_library`, and for a name that is none."""
        if name not in self.names():
            raise NoLibrary(self._say("quality.no_facts"))
        load_library(self._folder / name)
        return self._folder / name

    def add(self, body: Body) -> Body:
        """Keep rules that were written one a line, or a whole file; its name, or what is wrong."""
        title = _clean(str(body.get("name", "")))
        text = str(body.get("text", ""))
        if not title or not text.strip():
            return {"refused": self._say("quality.facts_empty")}
        if len(text) > LONGEST:
            return {"refused": self._say("quality.facts_long")}
        name, kept = _library(title, text)
        try:
            count = len(parse_library(kept, name).facts)
        except KefuError as wrong:
            return {"refused": self._say("quality.facts_wrong", what=str(wrong).splitlines()[0])}
        self._folder.mkdir(mode=0o700, exist_ok=True)
        part = self._folder / f".{name}.part"
        part.write_text(kept, encoding="utf-8")
        os.replace(part, self._folder / name)
        return {"name": name, "told": self._say("quality.facts_kept", n=count)}


class NoLibrary(KefuError):
    """There is no library of that name."""


def _library(title: str, text: str) -> tuple[str, str]:
    """The name and the text of a library; plain lines become one fact each."""
    ending = os.path.splitext(title)[1]
    if ending in ENDINGS:
        return title, text
    lines = [line.strip().lstrip("-•·* ") for line in text.splitlines()]
    facts = [{"text": line} for line in dict.fromkeys(lines) if line][:MOST_LINES]
    told = json.dumps({"format": 1, "facts": facts}, ensure_ascii=False, indent=1)
    return f"{title}.json", told


def _clean(name: str) -> str:
    """A name for a file: its last part, without signs that a file system trips over."""
    last = name.replace("\\", "/").rpartition("/")[2]
    plain = "".join(sign for sign in last if sign.isprintable() and sign not in '<>:"|?*')
    return plain.strip(". ")[-LONGEST_NAME:]
