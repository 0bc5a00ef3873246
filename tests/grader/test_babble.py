"""Letters that make no word are told from words that nobody taught."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from grader.babble import Words
from tests.shipped import shipped_model


@pytest.fixture(scope="module")
def words() -> Words:
    return shipped_model().words


@pytest.mark.parametrize("text", ["asdf qwer", "hjkl hjkl", "sdfkjh sdkfjh", "Fghj!"])
def test_keys_hit_at_random_are_babble(words: Words, text: str) -> None:
    assert words.babble(text)


@pytest.mark.parametrize(
    "text",
    ["splendid", "gotcha", "resent", "idk", "asdf sorry", "asdf 您好", "asdf 12", "asdf?", "", "…"],
)
def test_what_could_say_something_is_not(words: Words, text: str) -> None:
    assert not words.babble(text)


@given(st.text(max_size=80))
def test_any_text_is_judged(text: str) -> None:
    assert Words.of(["thank|you", "您|好"]).babble(text) in (True, False)
