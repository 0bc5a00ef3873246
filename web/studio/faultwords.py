"""Faults in Chinese: the sentences of the checks by their pattern; what is new stays in English."""

from __future__ import annotations

import re
from functools import cache
from importlib.resources import files
from typing import Final

from grader.wording import told
from rubrics.own_yaml import own_yaml
from transcripts.types import Language

_TOP: Final = "最外层"
"""Where a key stands that is in no other."""
_ROW: Final = re.compile(r"in row ([\d, ]+) of vary: (.+)", re.DOTALL)
_NEAR: Final = re.compile(r"(.+); (did you mean|known:) (.+?)\??", re.DOTALL)


def in_words(lang: Language, cure: str) -> str:
    """A fault's sentence in the reader's language."""
    return cure if lang == "en" else told(lang, _chinese(cure), cure)


def _chinese(cure: str) -> str:
    row = _ROW.fullmatch(cure)
    if row is not None:
        return f"vary 第 {row[1]} 行：{_chinese(row[2])}"
    near = _NEAR.fullmatch(cure)
    if near is not None:
        hint = f"是不是 {near[3]}？" if near[2] == "did you mean" else f"有这些：{near[3]}"
        return f"{_chinese(near[1])}，{hint}"
    for pattern, words in _table():
        found = pattern.fullmatch(cure)
        if found is not None:
            return words.format(**{key: _value(value) for key, value in found.groupdict().items()})
    return cure


def _value(told: str | None) -> str:
    return _TOP if told == "the file" else told or ""


@cache
def _table() -> list[tuple[re.Pattern[str], str]]:
    text = (files(__package__) / "faultwords.yaml").read_text(encoding="utf-8")
    rows = own_yaml(text)
    return [(_pattern(row["en"]), row["zh"]) for row in rows]


def _pattern(template: str) -> re.Pattern[str]:
    """`{name}` stands for any words."""
    parts = re.split(r"\{(\w+)\}", template)
    built = [re.escape(part) if n % 2 == 0 else f"(?P<{part}>.+?)" for n, part in enumerate(parts)]
    return re.compile("".join(built), re.DOTALL)
