"""The labelled corpus is whole: known acts, unique ids, no text taken from real chats."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from rubrics.ids import ACTS, CRITICALS

ROOT = Path(__file__).parents[2]
CORPUS = ROOT / "grader" / "corpus"
SHARED = ROOT.parent / "shared"
REAL = [*(SHARED / "real").glob("*.*"), SHARED / "gold" / "real_dev.jsonl"]
JSON_LINES = sorted(CORPUS.glob("*.jsonl"))
TABLES = sorted(CORPUS.glob("*.tsv"))
OVERLAP = 20
"""Characters from which a text that also stands in a real chat is no coincidence of phrases."""


def rows(path: Path) -> list[dict[str, Any]]:
    with path.open(encoding="utf-8") as file:
        return [json.loads(line) for line in file]


def sentences(path: Path) -> list[dict[str, str]]:
    head, *lines = path.read_text(encoding="utf-8").splitlines()
    names = head.split("\t")
    return [dict(zip(names, line.split("\t"), strict=True)) for line in lines]


@pytest.mark.parametrize("path", JSON_LINES, ids=lambda path: path.stem)
def test_labels_are_those_of_the_codebook(path: Path) -> None:
    for row in rows(path):
        acts = [*(row.get("acts") or []), *(row.get("acts_disputed") or [])]
        assert set(acts) <= set(ACTS), row["id"]
        for name in ("empathy", "accuracy", "customer_emotion", "emotion", "order", "resolution"):
            value = row.get(name)
            assert value is None or 0 <= value <= 4, (row["id"], name)
        critical = row.get("critical")
        if isinstance(critical, list):
            assert set(critical) <= set(CRITICALS), row["id"]


def test_ids_are_unique() -> None:
    counted = Counter((row["id"]) for path in JSON_LINES for row in rows(path))
    assert not [name for name, count in counted.items() if count > 1]


@pytest.mark.parametrize("path", TABLES, ids=lambda path: path.stem)
def test_sentence_labels_are_those_of_the_codebook(path: Path) -> None:
    for row in sentences(path):
        for name in ("acts", "acts_disputed"):
            acts = {act for act in row[name].replace(";", ",").split(",") if act not in ("", "-")}
            assert acts <= set(ACTS), row
        assert row["text"].strip()


def texts(value: Any) -> Iterator[str]:
    """Every string in a JSON value."""
    if isinstance(value, str):
        yield value
    elif isinstance(value, dict):
        for item in value.values():
            yield from texts(item)
    elif isinstance(value, list):
        for item in value:
            yield from texts(item)


def squeezed(text: str) -> str:
    return "".join(text.split())


def real_text() -> str:
    """All text of the real chats, without white space, which the sources set as they like."""
    found: list[str] = []
    for path in REAL:
        for line in path.read_text(encoding="utf-8").splitlines():
            if path.suffix == ".jsonl":
                found += texts(json.loads(line))
            else:
                found += line.split("\t")
    return "\n".join(squeezed(text) for text in found)


@pytest.mark.skipif(not (SHARED / "real").exists(), reason="needs the real chats beside the repo")
def test_no_text_comes_from_real_chats() -> None:
    ours = [text for path in JSON_LINES for row in rows(path) for text in texts(row)]
    ours += [row["text"] for path in TABLES for row in sentences(path)]
    by_head: dict[str, set[str]] = {}
    for line in (squeezed(line) for text in ours for line in text.splitlines()):
        if len(line) >= OVERLAP:
            by_head.setdefault(line[:OVERLAP], set()).add(line)
    real = real_text()
    shared = {
        line
        for at in range(len(real) - OVERLAP + 1)
        if (lines := by_head.get(real[at : at + OVERLAP])) is not None
        for line in lines
        if real.startswith(line, at)
    }
    assert not shared, f"{len(shared)} texts also stand in real chats: {sorted(shared)[:5]}"
