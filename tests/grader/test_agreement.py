"""Agreement figures against arithmetic done by hand."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from grader.agreement import (
    Estimate,
    Labels,
    Statistic,
    estimate,
    krippendorff_alpha,
    micro_f1,
    paired,
    per_act,
    quadratic_kappa,
    spearman,
)

ACTS = ("greet", "apologise", "hold", "thank")


def value(statistic: Statistic, rows: int) -> float:
    return float(statistic(np.ones((1, rows)))[0])


def row(truth: str, predicted: str, disputed: str = "") -> Labels:
    return Labels(
        frozenset(truth.split()), frozenset(predicted.split()), frozenset(disputed.split())
    )


ROWS = [
    row("greet apologise", "greet"),  # hit greet, miss apologise
    row("hold", "hold thank"),  # hit hold, alarm thank
    row("apologise", "apologise greet", "greet"),  # hit apologise; greet is disputed: neither
    row("", "", "hold"),  # a disputed act that was not named is no miss
]


def test_micro_f1_leaves_disputed_acts_out() -> None:
    # hits 3, alarms 1, misses 1: 2·3 / (2·3 + 1 + 1) = 6/8
    assert value(micro_f1(ROWS, ACTS), 4) == pytest.approx(0.75)


def test_micro_f1_without_any_act_is_undefined() -> None:
    empty = [row("", ""), row("", "")]
    assert estimate(micro_f1(empty, ACTS), [1, 2]) == Estimate(None)
    assert estimate(micro_f1([], ACTS), []) == Estimate(None)


def test_per_act() -> None:
    shown = per_act(ROWS, ACTS)
    # apologise: 1 hit, 0 alarms, 1 miss: P 1, R 1/2, F1 2/3
    assert shown["apologise"] == {"precision": 1.0, "recall": 0.5, "f1": 0.6667, "support": 2}
    # thank: only an alarm: recall has no base
    assert shown["thank"] == {"precision": 0.0, "recall": None, "f1": 0.0, "support": 0}
    assert list(shown) == ["greet", "apologise", "hold", "thank"]


def test_quadratic_kappa_by_hand() -> None:
    x, y = np.array([0.0, 1.0, 4.0]), np.array([0.0, 2.0, 3.5])
    # Σ(xᵢ−yᵢ)² = 0 + 1 + 0.25 = 1.25
    # all nine: (0 4 12.25) (1 1 6.25) (16 4 0.25) = 16.25 + 8.25 + 20.25 = 44.75; /3 = 14.91667
    # 1 − 1.25 / 14.91667 = 0.91620
    assert value(quadratic_kappa(x, y), 3) == pytest.approx(1 - 1.25 / (44.75 / 3))


def test_quadratic_kappa_of_equal_and_constant_ratings() -> None:
    x = np.array([1.0, 2.0, 3.0])
    assert value(quadratic_kappa(x, x), 3) == pytest.approx(1.0)
    assert value(quadratic_kappa(x, 4 - x), 3) == pytest.approx(-1.0)
    assert np.isnan(value(quadratic_kappa(x * 0, x * 0), 3))


def test_pairs_leave_nulls_out_and_count_whether_it_applies() -> None:
    pairs = paired([1.0, None, None, 2.0, 3.0], [2.0, None, 1.0, None, 3.0])
    assert pairs.kept == (0, 4)
    assert pairs.x.tolist() == [1.0, 3.0]
    assert pairs.y.tolist() == [2.0, 3.0]
    assert pairs.applies == pytest.approx(3 / 5)  # rows 0, 1, 4
    assert paired([], []).applies is None


def test_spearman_by_hand() -> None:
    x, y = np.array([10.0, 20.0, 20.0, 40.0]), np.array([1.0, 3.0, 2.0, 4.0])
    # ranks of x 1, 2.5, 2.5, 4; of y 1, 3, 2, 4; around 2.5: (−1.5 0 0 1.5) and (−1.5 .5 −.5 1.5)
    # Σab = 4.5, Σa² = 4.5, Σb² = 5: 4.5 / √22.5 = 0.94868
    assert value(spearman(x, y), 4) == pytest.approx(4.5 / np.sqrt(22.5))


@given(
    st.lists(st.tuples(st.integers(0, 5), st.integers(0, 5)), min_size=3, max_size=20),
    st.randoms(use_true_random=False),
)
def test_weights_mean_the_same_as_rows_drawn_again(pairs: list[tuple[int, int]], random) -> None:  # type: ignore[no-untyped-def]
    from scipy.stats import spearmanr  # heavy, and every process imports this file

    x, y = (np.array(side, dtype=float) for side in zip(*pairs, strict=True))
    drawn = [random.randrange(len(pairs)) for _ in pairs]
    weights = np.bincount(drawn, minlength=len(pairs))[None, :].astype(float)
    a, b = x[drawn], y[drawn]
    if len(set(a)) > 1 and len(set(b)) > 1:
        assert spearman(x, y)(weights)[0] == pytest.approx(spearmanr(a, b).statistic)
        plain = value(quadratic_kappa(a, b), len(a))
        assert quadratic_kappa(x, y)(weights)[0] == pytest.approx(plain)


def test_the_interval_comes_from_whole_groups_and_is_the_same_every_time() -> None:
    generator = np.random.default_rng(3)
    x = generator.normal(size=200)
    y = x + generator.normal(size=200)
    groups = [number // 4 for number in range(200)]
    first = estimate(spearman(x, y), groups)
    assert first == estimate(spearman(x, y), groups)
    assert first.value is not None
    assert first.low is not None
    assert first.high is not None
    assert first.low < first.value < first.high
    assert estimate(spearman(x, y), [0] * 200).low == first.value  # one group: always the same rows
    assert first.to_json()["value"] == round(first.value, 4)


def test_alpha_nominal_by_hand() -> None:
    # Two raters, units aa, aa, bb, ab. Coincidences: aa 4, bb 2, ab 1, ba 1; n 8, n_a 5, n_b 3
    # observed 2/8, expected 2·5·3 / (8·7) = 30/56: 1 − (2/8)/(30/56) = 1 − 14/30
    ratings = [[1.0, 1.0], [1.0, 1.0], [2.0, 2.0], [1.0, 2.0]]
    assert krippendorff_alpha(ratings, "nominal") == pytest.approx(1 - 14 / 30)


def test_alpha_of_krippendorffs_own_example() -> None:
    # Krippendorff (2011), section C: 4 observers, 12 units, missing values.
    star = None
    observers = [
        [1, 2, 3, 3, 2, 1, 4, 1, 2, star, star, star],
        [1, 2, 3, 3, 2, 2, 4, 1, 2, 5, star, 3],
        [star, 3, 3, 3, 2, 3, 4, 2, 2, 5, 1, star],
        [1, 2, 3, 3, 2, 4, 4, 1, 2, 5, 1, star],
    ]
    ratings = list(zip(*observers, strict=True))
    assert krippendorff_alpha(ratings, "nominal") == pytest.approx(0.743, abs=5e-4)
    assert krippendorff_alpha(ratings, "ordinal") == pytest.approx(0.815, abs=5e-4)
    assert krippendorff_alpha(ratings, "interval") == pytest.approx(0.849, abs=5e-4)


def test_alpha_is_undefined_where_nothing_can_differ() -> None:
    assert krippendorff_alpha([[1.0, 1.0], [1.0, 1.0]]) is None
    assert krippendorff_alpha([[1.0, None], [None, 2.0]]) is None
    assert krippendorff_alpha([]) is None
