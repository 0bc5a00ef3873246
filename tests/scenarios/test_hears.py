"""The usual ways of asking: whole patterns, and examples that the words beside them do not bar."""

from __future__ import annotations

import re

import pytest

from scenarios.load import HEARS, common_hears
from transcripts.types import Language

LANGS: tuple[Language, ...] = ("zh", "en")
BROKEN = re.compile(r"\{(?!\d+(?:,\d*)?\})|'\{?\d+\}|^'|'$")


@pytest.mark.parametrize("lang", LANGS)
def test_patterns_are_whole(lang: Language) -> None:
    """A comma inside of an unquoted list cuts a pattern in two, and both halves still compile."""
    entries = common_hears(lang).items()
    patterns = [(name, one) for name, heard in entries for one in (*heard.words, *heard.unless)]
    assert not [found for found in patterns if BROKEN.search(found[1])]


@pytest.mark.parametrize("lang", LANGS)
def test_examples_are_not_barred(lang: Language) -> None:
    for name, heard in common_hears(lang).items():
        for example in heard.say:
            assert not any(re.search(pattern, example) for pattern in heard.unless), (name, example)


def test_both_languages_hear_the_same_questions() -> None:
    assert set(common_hears("en")) <= set(common_hears("zh"))
    assert common_hears("zh-Hant") == common_hears("zh")
    assert HEARS.is_dir()
