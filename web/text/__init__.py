"""The one table of texts that pages show, in three languages.

Each YAML file beside this module maps a key to its Chinese and its English text. Traditional
Chinese is derived with OpenCC (Taiwan's words too) unless `zh-Hant` stands there. Values are filled
in with `str.format`; they are not escaped, which is the template's work.
"""

from __future__ import annotations

from functools import cache
from importlib.resources import files
from typing import Any

from rubrics.own_yaml import own_yaml
from transcripts.scripts import converter
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


def known(key: str) -> bool:
    """Whether there is such a text; others are a mistake of the code."""
    return key in table()


@cache
def template(lang: Language, key: str) -> str:
    """The text of `key` with its places for values, for a script that fills them in."""
    texts = table()[key]
    if lang in texts:
        return texts[lang]
    return str(converter("s2twp").convert(texts["zh"]))


def t(lang: Language, key: str, **values: Any) -> str:
    """The text of `key` in a language, with `values` filled in untouched."""
    return template(lang, key).format(**values)


def texts(lang: Language, group: str) -> dict[str, str]:
    """The texts of a group by the rest of their keys, values unfilled."""
    start = f"{group}."
    return {
        key.removeprefix(start): template(lang, key) for key in table() if key.startswith(start)
    }
