"""Every text of a scorecard stands in both languages, takes the same values and is used."""

from __future__ import annotations

import ast
import re
import string
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import pytest

from grader.wording import table

ROOT = Path(__file__).parents[2]
KEYS = sorted(table())


def values(text: str) -> set[str]:
    """The names of the values that a text takes."""
    return {name for _, name, _, _ in string.Formatter().parse(text) if name is not None}


@pytest.mark.parametrize("key", KEYS)
def test_both_languages_take_the_same_values(key: str) -> None:
    texts = table()[key]
    assert set(texts) == {"zh", "en"}
    assert all(text.strip() for text in texts.values())
    assert values(texts["zh"]) == values(texts["en"])


@cache
def named_in_code() -> tuple[set[str], re.Pattern[str]]:
    """String literals of the grader and the command; a pattern of those with filled-in parts."""
    plain: set[str] = set()
    filled: list[str] = []
    for room in ("grader", "kefu"):
        for path in (ROOT / room).rglob("*.py"):
            for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
                if isinstance(node, ast.Constant) and isinstance(node.value, str):
                    plain.add(node.value)
                    plain.update(node.value.split())  # names in a list that is split
                elif isinstance(node, ast.JoinedStr):
                    filled.append(pattern_of(node))
    named = [text for text in filled if re.match(r"[a-z_]{3,}\\?\.", text)]
    return plain, re.compile("|".join(named) or r"(?!)")


def pattern_of(node: ast.JoinedStr) -> str:
    """What an f-string can become, for keys: a filled-in part is a word."""
    return "".join(
        re.escape(str(part.value)) if isinstance(part, ast.Constant) else r"[a-z0-9_]+"
        for part in node.values
    )


def reason_of(key: str) -> str:
    """Advice is keyed by the reason that calls for it: sequence.advice_late by sequence.late."""
    return key.replace(".advice_", ".")


def test_no_text_is_left_over() -> None:
    plain, filled = named_in_code()

    def used(key: str) -> bool:
        halves = key.split(".", 1)  # say(lang, f"{room}.{name}"), both named elsewhere
        return key in plain or filled.fullmatch(key) is not None or plain.issuperset(halves)

    unused = [key for key in KEYS if not used(key) and not used(reason_of(key))]
    assert not unused, f"say() is never called with these; take them out: {unused}"


def calls_of_say() -> Iterator[tuple[str, ast.expr]]:
    """Where say() is called, and its argument that names the text."""
    for path in (ROOT / "grader").rglob("*.py"):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Call) and ast.unparse(node.func) == "say":
                yield f"{path.relative_to(ROOT)}:{node.lineno}", node.args[1]


def test_every_key_in_the_code_has_a_text() -> None:
    missing = [
        f"{place} {key}"
        for place, argument in calls_of_say()
        for key in keys_in(argument)
        if key not in table()
    ]
    assert not missing


def keys_in(node: ast.expr) -> list[str]:
    """The keys that an argument names as they stand, also as the two sides of a condition."""
    if isinstance(node, ast.Constant) and isinstance(node.value, str):
        return [node.value]
    if isinstance(node, ast.IfExp):
        return keys_in(node.body) + keys_in(node.orelse)
    return []
