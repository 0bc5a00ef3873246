"""How well two sets of labels agree, with bootstrap intervals.

Every statistic that gets an interval is a function of weights, an array (resamples, rows): how
often each row stands in each resample. The point estimate is the same function at weights of one,
and a thousand resamples are a handful of matrix products.

Sources: Schuster (2004) for quadratic kappa on unrounded values; Krippendorff (2011), "Computing
Krippendorff's Alpha-Reliability"; Efron (1979) for the percentile bootstrap.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Hashable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any, Literal

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]
Statistic = Callable[[Floats], Floats]

RESAMPLES = 1000
SEED = 0
_CELLS = 4_000_000
"""Weights held at once: 32 MB."""


@dataclass(frozen=True, slots=True)
class Estimate:
    """A figure with the 95 % bootstrap interval; None where it is not defined."""

    value: float | None
    low: float | None = None
    high: float | None = None

    def to_json(self) -> dict[str, float | None]:
        """`value`, `low`, `high`, to 4 decimals."""
        return {key: _rounded(getattr(self, key)) for key in ("value", "low", "high")}


def _rounded(value: float | None) -> float | None:
    return None if value is None else round(value, 4) + 0.0


def estimate(
    statistic: Statistic,
    groups: Sequence[Hashable],
    *,
    resamples: int = RESAMPLES,
    seed: int = SEED,
) -> Estimate:
    """The statistic over all rows, and its interval from resampling whole groups of rows.

    `groups` holds one key a row; rows of one key are drawn together.
    """
    if not groups:
        return Estimate(None)
    value = _finite(statistic(np.ones((1, len(groups)))))
    if not len(value):
        return Estimate(None)
    drawn = [_finite(statistic(weights)) for weights in _resampled(groups, resamples, seed)]
    low, high = np.percentile(np.concatenate(drawn), [2.5, 97.5])
    return Estimate(float(value[0]), float(low), float(high))


def _finite(values: Floats) -> Floats:
    return values[np.isfinite(values)]


def _resampled(groups: Sequence[Hashable], resamples: int, seed: int) -> Iterator[Floats]:
    """Weights of the rows in blocks of resamples, from PCG64 with `seed`."""
    numbers: dict[Hashable, int] = {}
    of_row = np.array([numbers.setdefault(key, len(numbers)) for key in groups])
    count = len(numbers)
    generator = np.random.Generator(np.random.PCG64(seed))
    block = max(1, _CELLS // len(groups))
    for start in range(0, resamples, block):
        size = min(block, resamples - start)
        picks = generator.integers(0, count, size=(size, count)) + count * np.arange(size)[:, None]
        times = np.bincount(picks.ravel(), minlength=size * count).reshape(size, count)
        yield times[:, of_row].astype(np.float64)


def _ratio(above: Floats, below: Floats) -> Floats:
    """above / below, not a number where below is 0."""
    return np.divide(above, below, out=np.full_like(above, np.nan), where=below > 0)


@dataclass(frozen=True, slots=True)
class Labels:
    """Acts of one reply by the labellers and by the grader; disputed acts count for neither."""

    truth: frozenset[str]
    predicted: frozenset[str]
    disputed: frozenset[str] = frozenset()


def counts(rows: Sequence[Labels], acts: Sequence[str]) -> Floats:
    """Hits, false alarms and misses, shape (3, rows, acts)."""
    found = np.zeros((3, len(rows), len(acts)))
    for number, row in enumerate(rows):
        for column, act in enumerate(acts):
            if act in row.disputed:
                continue
            said, true = act in row.predicted, act in row.truth
            found[:, number, column] = (said and true, said and not true, true and not said)
    return found


def f1(hits: Floats, alarms: Floats, misses: Floats) -> Floats:
    """2·hits / (2·hits + false alarms + misses)."""
    return _ratio(2 * hits, 2 * hits + alarms + misses)


def micro_f1(rows: Sequence[Labels], acts: Sequence[str]) -> Statistic:
    """F1 over every pair of a row and an act together."""
    hits, alarms, misses = counts(rows, acts).sum(axis=2)
    return lambda weights: f1(weights @ hits, weights @ alarms, weights @ misses)


def per_act(rows: Sequence[Labels], acts: Sequence[str]) -> dict[str, dict[str, Any]]:
    """Precision, recall, F1 and support of each act that the labels or the grader named."""
    totals = counts(rows, acts).sum(axis=1)
    shown: dict[str, dict[str, Any]] = {}
    for column, act in enumerate(acts):
        hits, alarms, misses = (float(row[column]) for row in totals)
        if hits + alarms + misses:
            shown[act] = {
                "precision": _share(hits, hits + alarms),
                "recall": _share(hits, hits + misses),
                "f1": _share(2 * hits, 2 * hits + alarms + misses),
                "support": int(hits + misses),
            }
    return shown


def _share(part: float, whole: float) -> float | None:
    return round(part / whole, 4) if whole else None


@dataclass(frozen=True, slots=True)
class Pairs:
    """Two ratings of the same rows where both stand; `kept` says which rows those are.

    `applies`: share of all rows where both sides have a value or both have none.
    """

    x: Floats
    y: Floats
    kept: tuple[int, ...]
    applies: float | None


def paired(x: Sequence[float | None], y: Sequence[float | None]) -> Pairs:
    """Pairs without those that have a null on either side."""
    both = list(zip(x, y, strict=True))
    kept = tuple(row for row, (a, b) in enumerate(both) if a is not None and b is not None)
    same = sum((a is None) == (b is None) for a, b in both)
    return Pairs(
        np.array([x[row] for row in kept], dtype=np.float64),
        np.array([y[row] for row in kept], dtype=np.float64),
        kept,
        same / len(both) if both else None,
    )


def quadratic_kappa(x: Floats, y: Floats) -> Statistic:
    """1 − Σ(xᵢ−yᵢ)² / (1/n · ΣᵢΣⱼ(xᵢ−yⱼ)²) on unrounded values.

    The double sum is n·Σx² + n·Σy² − 2·Σx·Σy. Not a number where every value is the same.
    """
    squares, apart = x**2 + y**2, (x - y) ** 2

    def statistic(weights: Floats) -> Floats:
        n = weights.sum(axis=1)
        expected = weights @ squares - 2 * (weights @ x) * (weights @ y) / n
        expected[expected < 1e-9] = 0.0
        return 1 - _ratio(weights @ apart, expected)

    return statistic


def spearman(x: Floats, y: Floats) -> Statistic:
    """Pearson's correlation of the ranks; equal values share the mean of their ranks."""

    def statistic(weights: Floats) -> Floats:
        n = weights.sum(axis=1, keepdims=True)
        middle = (n + 1) / 2
        a, b = _ranks(x, weights) - middle, _ranks(y, weights) - middle
        spread = (weights * a**2).sum(axis=1) * (weights * b**2).sum(axis=1)
        return _ratio((weights * a * b).sum(axis=1), np.sqrt(spread))

    return statistic


def _ranks(values: Floats, weights: Floats) -> Floats:
    """Mid-ranks of each row in resamples where it stands `weights` times, shape of `weights`."""
    order = np.argsort(values, kind="stable")
    _, first, tie = np.unique(values[order], return_index=True, return_inverse=True)
    size = np.add.reduceat(weights[:, order], first, axis=1)
    ranks = np.cumsum(size, axis=1) - (size - 1) / 2
    spread = np.empty(len(values), dtype=np.intp)
    spread[order] = tie
    return np.asarray(ranks[:, spread])


Level = Literal["nominal", "ordinal", "interval"]


def krippendorff_alpha(
    ratings: Sequence[Sequence[float | None]], level: Level = "interval"
) -> float | None:
    """Krippendorff's alpha of `ratings[unit][rater]`, None = not rated.

    1 − observed / expected disagreement over the coincidence matrix; units with fewer than two
    ratings tell nothing and are left out. None where nothing could be compared or nothing varies.
    """
    units = [[value for value in unit if value is not None] for unit in ratings]
    units = [unit for unit in units if len(unit) > 1]
    values = sorted({value for unit in units for value in unit})
    place = {value: index for index, value in enumerate(values)}
    together = np.zeros((len(values), len(values)))
    for unit in units:
        seen = np.bincount([place[value] for value in unit], minlength=len(values)).astype(float)
        together += (np.outer(seen, seen) - np.diag(seen)) / (len(unit) - 1)
    totals = together.sum(axis=1)
    apart = _distances(np.array(values, dtype=np.float64), totals, level)
    n = float(totals.sum())
    expected = float((np.outer(totals, totals) * apart).sum()) / (n - 1) if n > 1 else 0.0
    if math.isclose(expected, 0.0):
        return None
    return 1 - float((together * apart).sum()) / expected


def _distances(values: Floats, totals: Floats, level: Level) -> Floats:
    """Squared differences δ² between values, as the level of measurement has them."""
    if level == "nominal":
        return 1 - np.eye(len(values))
    if level == "interval":
        return np.asarray((values[:, None] - values[None, :]) ** 2)
    below = np.cumsum(totals) - totals / 2
    return np.asarray((below[:, None] - below[None, :]) ** 2)
