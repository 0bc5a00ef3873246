"""How customers type: words are moved between messages, never lost; pictures stay as they are."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from scenarios.schema import Speech
from simulator.speech import POOL, Said, spoken

LINES = (Said("草莓烂了一半，怎么办"), Said("[图片]", "mouldy"), Said("拍了"), Said("自己看吧"))


def typed(speech: Speech, *lines: Said, number: int = 1, seed: int = 0) -> list[str]:
    return [one.text for one in spoken(lines or LINES, speech, seed, number, {}).says]


def test_without_habits_nothing_changes() -> None:
    assert typed(Speech()) == [one.text for one in LINES]


def test_messages_are_sent_as_one_but_pictures_stand_alone() -> None:
    assert typed(Speech(joins=1)) == ["草莓烂了一半，怎么办", "[图片]", "拍了，自己看吧"]
    assert typed(Speech(joins=1, between="")) == ["草莓烂了一半，怎么办", "[图片]", "拍了自己看吧"]


@pytest.mark.parametrize(
    ("line", "parts"),
    [
        ("草莓烂了一半，怎么办", ["草莓烂了一半", "怎么办"]),
        ("不够，再说", ["不够，再说"]),  # short enough
        ("实付 1,299 元的东西呢", ["实付 1,299 元的东西呢"]),
        ("他说“没事，能吃”的呀", ["他说“没事，能吃”的呀"]),
        ("it never came, what now", ["it never came", "what now"]),
    ],
)
def test_long_messages_are_sent_in_two(line: str, parts: list[str]) -> None:
    assert typed(Speech(splits=1), Said(line)) == parts


def test_no_piece_is_sent_twice() -> None:
    speech = Speech(splits=1)
    used: dict[str, int] = {}
    texts: list[str] = []
    for number, line in enumerate(("不对，这不是我那单", "不对，你再看看清楚")):
        found = spoken((Said(line),), speech, 0, number, used)
        used = dict(found.used)
        texts += [one.text for one in found.says]
    assert texts == ["不对", "这不是我那单", "不对，你再看看清楚"]


def test_a_little_word_comes_first_and_once_only() -> None:
    speech = Speech(first=("嗯", "唉"), often=1)
    used: dict[str, int] = {}
    words = []
    for number in range(1, 5):
        found = spoken((Said("拍了"),), speech, 0, number, used)
        used = dict(found.used)
        words += [one.text for one in found.says[:-1]]
    assert sorted(words) == ["唉", "嗯"]
    assert used == {POOL: 2}
    assert typed(speech, number=0) == [one.text for one in LINES]  # not before a greeting


def test_slips_touch_one_word() -> None:
    speech = Speech(slips={"在": "再"})
    found = {typed(speech, Said("你还在不在"), seed=seed)[0] for seed in range(20)}
    assert found == {"你还在不在", "你还再不在"}


texts = st.text(alphabet="啊，好的。123 元“”", min_size=1, max_size=40)


@given(st.lists(texts, min_size=1, max_size=4), st.integers(0, 50), st.integers(0, 9))
def test_no_word_is_lost(lines: list[str], seed: int, number: int) -> None:
    speech = Speech(joins=0.5, splits=0.5)
    says = tuple(Said(line) for line in lines)
    found = spoken(says, speech, seed, number, {})
    assert found == spoken(says, speech, seed, number, {})

    def words(parts: tuple[Said, ...]) -> str:
        return "".join(c for part in parts for c in part.text if c not in "，,。 ")

    assert words(found.says) == words(says)
