"""What was watched and found, and own quick phrases."""

from __future__ import annotations

from datetime import timedelta

import pytest

from store.database import Store
from store.declined import Declined
from store.lessons import Found, learnt, note_found, note_watched
from store.people import add_person
from store.phrases import LONGEST, MOST, add_phrase, change_phrase, drop_phrase, own_phrases
from store.retention import forget_person
from tests.store.conftest import START


def people(store: Store) -> tuple[int, int]:
    one = add_person(store, "xiaolin", "小林", "agent", START)
    other = add_person(store, "xiaowang", "小王", "agent", START)
    return one.id, other.id


def test_what_was_learnt_is_told_in_order(store: Store) -> None:
    me, other = people(store)
    note_watched(store, me, "rotten-fruit", 1, START)
    note_found(store, me, "rotten-fruit", 1, Found(3, 2, 1), START + timedelta(minutes=5))
    assert [(one.way, one.found) for one in learnt(store, me)] == [
        ("watch", None), ("find", Found(3, 2, 1)),
    ]  # fmt: skip
    assert learnt(store, other) == []


def test_phrases_are_ones_own(store: Store) -> None:
    me, other = people(store)
    number = add_phrase(store, me, "zh", "  我马上去查，\n两分钟内回您。 ")
    add_phrase(store, me, "en", "Let me check.")
    assert [one.text for one in own_phrases(store, me, "zh")] == ["我马上去查， 两分钟内回您。"]
    assert own_phrases(store, other, "zh") == []
    with pytest.raises(Declined):
        change_phrase(store, other, number, "别人的")
    drop_phrase(store, other, number)
    change_phrase(store, me, number, "我去查，两分钟。")
    assert [one.text for one in own_phrases(store, me, "zh")] == ["我去查，两分钟。"]
    drop_phrase(store, me, number)
    assert own_phrases(store, me, "zh") == []


@pytest.mark.parametrize("text", ["", "  \n ", "字" * (LONGEST + 1)])
def test_a_phrase_has_a_length(store: Store, text: str) -> None:
    me, _ = people(store)
    with pytest.raises(Declined):
        add_phrase(store, me, "zh", text)


def test_there_is_a_most(store: Store) -> None:
    me, _ = people(store)
    for number in range(MOST):
        add_phrase(store, me, "zh", f"第 {number} 句")
    with pytest.raises(Declined):
        add_phrase(store, me, "zh", "再来一句")


def test_both_go_with_the_person(store: Store) -> None:
    me, _ = people(store)
    note_watched(store, me, "rotten-fruit", 0, START)
    add_phrase(store, me, "zh", "您好")
    forget_person(store, me, START)
    assert learnt(store, me) == []
    assert own_phrases(store, me, "zh") == []
