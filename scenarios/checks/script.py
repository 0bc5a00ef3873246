"""Texts in another language or script than the file's."""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import lru_cache
from typing import Any, Final

from rubrics.faults import Place
from scenarios.checks.checked import Checked, Found
from scenarios.checks.lines import texts
from transcripts.scripts import converter
from transcripts.types import Language

_HAN: Final = re.compile(r"[㐀-鿿]")
_FILLED: Final = re.compile(r"\{\w+\}")
_TOLD: Final = 8
_BOTH: Final = frozenset(
    "台里只吃群峰床后干占准冲咸划余丑云吁伙辟叶游郁凶皂粽仆痴卤斗几杰晒挂周灶秋"
)
"""Written so in Traditional Chinese too, whatever OpenCC makes of them."""


def script_faults(checked: Checked) -> Found:
    """Lines in another language than `lang`."""
    scenario = checked.scenario
    named = (found for found in texts(scenario) if found[0] != ("customer",))
    yield from foreign(named, scenario.lang)
    markets = {"zh-Hant": ("TW", "HK"), "zh": ("CN",)}.get(scenario.lang)
    if markets is not None and scenario.market not in markets:
        places = " or ".join(markets)
        yield (
            ("market",),
            f"lang {scenario.lang} is for {places}, not {scenario.market}; change one",
        )
    persona = checked.persona
    if persona is not None and persona.lang != scenario.lang:
        yield (
            ("persona",),
            f"the persona {persona.id} speaks {persona.lang}, the scenario {scenario.lang}; "
            "take a persona of that language",
        )


def foreign(found: Iterable[tuple[Place, str]], lang: Language) -> Found:
    """Texts with characters that the language does not write; after a few only their number."""
    what = {
        "en": "Chinese characters in an English file",
        "zh": "Traditional characters in a file with lang zh",
        "zh-Hant": "Simplified characters in a file with lang zh-Hant",
    }[lang]
    marked = [(place, _foreign(text, lang)) for place, text in found]
    wrong = [(place, characters) for place, characters in marked if characters]
    for number, (place, characters) in enumerate(wrong):
        if number == _TOLD:
            more = len(wrong) - number
            yield place, f"{what}, here and in {more - 1} texts below; is lang right?"
            break
        yield place, f"{what}: {characters[:10]}; write it in the file's language"


def _foreign(text: str, lang: Language) -> str:
    return "".join(dict.fromkeys(char for char in text if is_foreign(char, lang)))


def translation_faults(data: Any, place: Place = ()) -> Found:
    """Texts in two languages of which one is not translated; read from plain data."""
    if isinstance(data, list):
        for number, item in enumerate(data):
            yield from translation_faults(item, (*place, number))
    if not isinstance(data, dict):
        return
    if set(data) == {"zh", "en"} and all(isinstance(text, str) for text in data.values()):
        if _HAN.search(_FILLED.sub("", data["en"])):
            yield (*place, "en"), "en holds Chinese characters; write it in English"
        if not _HAN.search(data["zh"]) and _FILLED.sub("", data["zh"]).strip(" …"):
            yield (*place, "zh"), "zh holds no Chinese; write it in Chinese"
        return
    for key, item in data.items():
        yield from translation_faults(item, (*place, key))


@lru_cache(maxsize=65_536)
def is_foreign(char: str, lang: Language) -> bool:
    """Whether a character belongs to another language or script."""
    if not _HAN.match(char):
        return False
    if lang == "en":
        return True
    if char in _BOTH:
        return False
    simpler = converter("t2s").convert(char) != char
    fuller = converter("s2t").convert(char) != char
    if lang == "zh":
        return simpler and not fuller
    return fuller and not simpler
