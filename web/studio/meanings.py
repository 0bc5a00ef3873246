"""What the keys of scenarios and rubrics mean, in Chinese; English stands in the schema itself."""

from __future__ import annotations

from functools import cache
from importlib.resources import files
from typing import Any

from grader.wording import told
from rubrics.own_yaml import own_yaml
from transcripts.types import Language


def meaning(lang: Language, part: str, key: str) -> str | None:
    """The meaning of a part's key in Chinese; None in English, where the schema has it."""
    if lang == "en":
        return None
    own = meanings().get(part, {}).get(key) or meanings()["Criterion"].get(key)
    return None if own is None else told(lang, str(own), "")


@cache
def meanings() -> dict[str, dict[str, Any]]:
    """Part → key → meaning."""
    text = (files(__package__) / "meanings.yaml").read_text(encoding="utf-8")
    loaded: dict[str, dict[str, Any]] = own_yaml(text)
    return loaded
