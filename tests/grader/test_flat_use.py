"""Texts are passed together only where company is seen to change nothing."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from grader.flat_use import PROOFS, SHORT, TOGETHER, Floats, Passes, Pieces


class Leaning(Passes):
    """A processor on which a text's vector leans on its company from so many pieces on."""

    def __init__(self, spoilt_from: int) -> None:
        super().__init__(None)
        self.groups: list[int] = []
        self._from = spoilt_from

    def _group(self, group: Sequence[Pieces]) -> list[Floats]:
        self.groups.append(len(group))
        size = sum(map(len, group))
        spoilt = len(group) > 1 and size >= self._from
        return [np.array([sum(text) + spoilt], dtype=np.float32) for text in group]


def texts(count: int, length: int = SHORT) -> list[Pieces]:
    return [(number, *range(length - 1)) for number in range(count)]


def test_where_company_matters_everything_is_passed_alone() -> None:
    passes = Leaning(0)
    for first in range(0, 40, 4):
        asked = texts(40)[first : first + 4]
        assert [int(one[0]) for one in passes.vectors(asked)] == [sum(text) for text in asked]
    assert passes.groups.count(4) == 1, "one difference is enough for good"
    assert passes.made == 40


def test_a_group_larger_than_any_before_is_proven_anew() -> None:
    passes = Leaning(20 * SHORT)
    for first in range(0, 4 * PROOFS + 4, 4):
        passes.vectors(texts(60)[first : first + 4])
    assert passes.groups[-1] == 4, "believed after so many proofs"
    large = texts(60)[30:55]
    assert [int(one[0]) for one in passes.vectors(large)] == [sum(text) for text in large]
    passes.vectors(texts(60)[56:60])
    assert passes.groups[-1] == 1


def test_short_texts_stay_alone_and_groups_have_an_end() -> None:
    passes = Leaning(10**9)
    passes.vectors(texts(3, SHORT - 1))
    assert passes.groups == [1, 1, 1]
    passes.groups.clear()
    passes.vectors(texts(2, TOGETHER - 1))
    assert max(passes.groups) == 1
