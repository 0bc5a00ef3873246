"""What the heads for acts see of facts, and where acts begin."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from grader.acts import START, fit_thresholds, targets
from grader.encoder import Vectors
from grader.folds import fingerprint, fingerprints
from grader.labels import ReplyRow
from grader.ngrams import Vocabulary
from grader.training import turn_of
from grader.turn import Eyes, see, turn
from rubrics.ids import ACTS


class Letters:
    """A unit vector of which letters a text holds."""

    name = "letters"
    dimension = 4

    def encode(self, texts: Sequence[str]) -> Vectors:
        rows = np.array([[float(letter in text) for letter in "abcd"] for text in texts])
        lengths = np.maximum(np.linalg.norm(rows, axis=1, keepdims=True), 1)
        return np.asarray(rows / lengths, dtype=np.float32)


EYES = Eyes(Letters(), Vocabulary(("a",), np.ones(1, np.float32)), np.eye(4, 2, dtype=np.float32))


def test_without_facts_nothing_is_told() -> None:
    told = see([turn(["a"], [], [])], EYES).told
    assert not told.any()


def test_a_reply_that_says_what_the_facts_say_stands_near_them() -> None:
    near, far = see([turn(["a"], ["b"], [], ["a"]), turn(["c"], ["b"], [], ["a"])], EYES).told
    assert near.shape == (2 + 3 + 1,)
    assert near[2] == 1
    assert far[2] == 0
    assert near[-1] == far[-1] > 0


def test_facts_leave_the_other_features_alone() -> None:
    bare, told = see([turn(["a"], ["b"], []), turn(["a"], ["b"], [], ["a"])], EYES).whole
    assert np.array_equal(bare, told)


def test_a_row_with_many_facts_shows_those_it_is_about() -> None:
    facts = ("运费 8 元", "保修 12 个月", "周日不发货")
    row = ReplyRow("r", 1, "zh", "保修 12 个月", frozenset(), customer="保修多久", facts=facts)
    shown = turn_of(row).facts
    assert "保修 12 个月" in shown
    assert len(shown) == 2


def test_the_rows_of_greater_weight_decide_where_an_act_begins() -> None:
    target = np.zeros((80, len(ACTS)))
    target[:40, 0] = 1
    probabilities = np.zeros_like(target)
    probabilities[:40, 0], probabilities[40:, 0] = 0.25, 0.22
    weight = np.ones_like(target)
    assert 0.22 < fit_thresholds(target, weight, probabilities)[0] <= 0.25
    weight[:40] = 0.001
    assert fit_thresholds(target, weight, probabilities)[0] > 0.25


def test_an_act_that_nobody_does_begins_at_the_usual_place() -> None:
    nothing = np.zeros((5, len(ACTS)))
    thresholds = fit_thresholds(nothing, np.ones_like(nothing), nothing)
    assert np.allclose(thresholds, START, atol=0.011)


def test_what_is_disputed_weighs_nothing() -> None:
    target, weight = targets([["deny"]], [["blame"]])
    assert target[0, ACTS.index("deny")] == 1
    assert weight[0, ACTS.index("blame")] == 0
    assert weight.sum() == len(ACTS) - 1


def test_cases_that_taught_the_detector_are_known_too() -> None:
    known = fingerprints([], [("在吗", "加我微信"), ("在嗎", "加我微信！")])
    assert known.tolist() == [fingerprint("在吗", "加我微信")]
