"""The one table of texts that scorecards show: reasons, advice, why something was not scored.

Each YAML file beside this module maps a key to its Chinese and its English text; Traditional
Chinese is derived from the Chinese with OpenCC. Values are filled in with `str.format`.
"""

from __future__ import annotations

from functools import cache, lru_cache
from importlib.resources import files
from typing import Any

from rubrics.own_yaml import own_yaml
from transcripts.scripts import traditional
from transcripts.types import Language


@cache
def table() -> dict[str, dict[str, str]]:
    """Every text by key: {"key": {"zh": …, "en": …}}. A key in two files is an error."""
    texts: dict[str, dict[str, str]] = {}
    for entry in sorted(files(__name__).iterdir(), key=lambda item: item.name):
        if entry.name.endswith(".yaml"):
            loaded = own_yaml(entry.read_text(encoding="utf-8")) or {}
            twice = texts.keys() & loaded.keys()
            if twice:
                raise ValueError(f"{entry.name}: keys that another file has too: {sorted(twice)}")
            texts.update(loaded)
    return texts


@cache
def _template(lang: Language, key: str) -> str:
    texts = table()[key]
    return told(lang, texts["zh"], texts["en"])


@lru_cache(maxsize=4096)
def told(lang: Language, zh: str, en: str) -> str:
    """Of a text in Chinese and English (such as a rubric's name) the one for a language."""
    if lang == "zh-Hant":
        return traditional(zh)
    return en if lang == "en" else zh


def say(lang: Language, key: str, **values: Any) -> str:
    """The text of `key` in the language of the transcript, with `values` filled in untouched."""
    return _template(lang, key).format(**values)
