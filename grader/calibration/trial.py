"""Proof before use: a calibration is kept only if it is nearer to ratings that it has not seen."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Final

import numpy as np
from numpy.typing import NDArray

from grader.agreement import Estimate, estimate, spearman
from grader.calibration.card import OVERALL, made_for
from grader.calibration.features import Features
from grader.calibration.file import Calibration, Target
from grader.calibration.kernels import Rows, learn, prepare
from grader.calibration.ridge import Ridge, fit, out_of_fold
from grader.folds import group_folds
from grader.scorecard import Scorecard
from transcripts.errors import Refused

MINIMUM: Final = 60
"""Fewest rated conversations that a calibration may be fitted to."""
FOLDS: Final = 5
_SURE: Final = 1.645
"""Standard errors that a gain must lie above 0: one-sided 95 %."""

Floats = NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Rated:
    """A graded conversation with a team's ratings on the team's own scale, by `overall` or id.

    `group` is equal for conversations that say the same; they stay in one fold.
    """

    card: Scorecard
    features: Features
    ratings: Mapping[str, float]
    group: str


@dataclass(frozen=True, slots=True)
class Trial:
    """What calibrating one score was worth out of fold, in points of 0–100.

    `error_raw`, `error`: mean absolute difference to the ratings before and after; `gain` is their
    difference. `refused` says why the score is left alone; None if it is calibrated.
    """

    n: int
    gain: float
    shift: float
    error_raw: float
    error: float
    spearman_raw: Estimate
    spearman: Estimate
    refused: str | None


def fit_calibration(
    rated: Sequence[Rated], identity: str, scale: tuple[float, float] | None = None
) -> tuple[Calibration, dict[str, Trial]]:
    """A calibration of every rated score that gains from it, and the trial of each rated score.

    `scale` is the lowest and highest rating; None takes the smallest and largest seen of each key.
    Raises `Refused` when `overall` cannot be calibrated.
    """
    trials: dict[str, Trial] = {}
    ranges: dict[str, tuple[float, float]] = {}
    for name in _names(rated):
        rows = _rows_of(rated, name)
        if len(rows) < MINIMUM:
            trials[name] = _too_few(len(rows))
            continue
        ranges[name] = scale or _seen(rows, name)
        trials[name] = _trial(rows, name, ranges[name])
    refused = trials[OVERALL].refused if OVERALL in trials else _nothing_rated()
    if refused:
        raise Refused(refused)
    kept = {name: trial for name, trial in trials.items() if trial.refused is None}
    return _fitted(rated, identity, kept, ranges), trials


def _names(rated: Sequence[Rated]) -> list[str]:
    """Rated scores that the cards have: `overall` first."""
    names = {name for row in rated for name in row.ratings}
    known = {name for row in rated for name in row.card.criteria}
    return [name for name in (OVERALL, *sorted(known - {OVERALL})) if name in names]


def _raw(row: Rated, name: str) -> float | None:
    if name == OVERALL:
        return row.card.overall
    result = row.card.criteria.get(name)
    return None if result is None else result.score


def _rows_of(rated: Sequence[Rated], name: str) -> list[Rated]:
    return [row for row in rated if name in row.ratings and _raw(row, name) is not None]


def _seen(rows: Sequence[Rated], name: str) -> tuple[float, float]:
    values = [row.ratings[name] for row in rows]
    return min(values), max(values)


def points(rating: float, scale: tuple[float, float]) -> float:
    """A rating as points of 0–100, linearly from the scale."""
    low, high = scale
    return 100 * (rating - low) / (high - low)


def _nothing_rated() -> str:
    return "no conversation has a rating `overall`, which a calibration is fitted to"


def _too_few(n: int) -> Trial:
    undefined = Estimate(None)
    return Trial(
        n, 0.0, 0.0, 0.0, 0.0, undefined, undefined,
        f"only {n} rated conversations could be graded; at least {MINIMUM} are needed, "
        "or the fit would follow chance. Rate more and try again",
    )  # fmt: skip


def _trial(rows: Sequence[Rated], name: str, scale: tuple[float, float]) -> Trial:
    low, high = scale
    values = [row.ratings[name] for row in rows]
    if min(values) == max(values) or low >= high:
        return _pointless(rows, f"every rating of {name} is {values[0]:g}; nothing can be learnt")
    outside = [value for value in values if not low <= value <= high]
    if outside:
        return _pointless(rows, f"rating {outside[0]:g} of {name} lies outside {low:g}:{high:g}")
    y = np.array([points(value, scale) for value in values])
    raw = np.array([_raw(row, name) for row in rows], dtype=np.float64)
    keys = {key: number for number, key in enumerate(dict.fromkeys(r.group for r in rows))}
    groups = [keys[row.group] for row in rows]
    folds = group_folds(groups, FOLDS)
    fitted = out_of_fold([row.features for row in rows], y, folds)
    return Trial(
        n=len(rows),
        gain=float(np.mean(np.abs(raw - y) - np.abs(fitted - y))),
        shift=float(np.mean(fitted - raw)),
        error_raw=float(np.mean(np.abs(raw - y))),
        error=float(np.mean(np.abs(fitted - y))),
        spearman_raw=estimate(spearman(raw, y), groups),
        spearman=estimate(spearman(fitted, y), groups),
        refused=_no_gain(y, raw, fitted, folds),
    )


def _pointless(rows: Sequence[Rated], why: str) -> Trial:
    undefined = Estimate(None)
    return Trial(len(rows), 0.0, 0.0, 0.0, 0.0, undefined, undefined, why)


def _no_gain(y: Floats, raw: Floats, fitted: Floats, folds: NDArray[np.intp]) -> str | None:
    """Why the fit is not better than doing nothing, or than one number for everybody."""
    if not _surely_positive(np.abs(raw - y) - np.abs(fitted - y)):
        return (
            f"no gain: on ratings it had not seen, the fit is {np.mean(np.abs(fitted - y)):.1f} "
            f"points off on average, the score as it is {np.mean(np.abs(raw - y)):.1f}; "
            "the scores are left as they are"
        )
    others = np.array([y[folds != fold].mean() for fold in folds])
    if not _surely_positive((others - y) ** 2 - (fitted - y) ** 2):
        return (
            "no gain: on ratings it had not seen, the fit is no better than giving everybody the "
            "mean rating. The ratings may be noise, or hang on what the transcripts do not show"
        )
    return None


def _surely_positive(gains: Floats) -> bool:
    error = float(gains.std(ddof=1)) / len(gains) ** 0.5
    return bool(float(gains.mean()) > _SURE * error)


def _fitted(
    rated: Sequence[Rated],
    identity: str,
    kept: Mapping[str, Trial],
    ranges: Mapping[str, tuple[float, float]],
) -> Calibration:
    """Refitted to all rated conversations; one basis, one ridge a score."""
    rows = [row for row in rated if any(_raw(row, name) is not None for name in kept)]
    features = [row.features for row in rows]
    basis = learn(features)
    support = prepare(basis, features)
    targets: dict[str, Target] = {}
    for name, trial in kept.items():
        low, high = ranges[name]
        ridge = _ridge(rows, support, name, (low, high))
        targets[name] = Target(ridge, trial.n, trial.gain, trial.shift, low, high)
    return Calibration(identity, "", made_for(rows[0].card), basis, support, targets)


def _ridge(rows: Sequence[Rated], support: Rows, name: str, scale: tuple[float, float]) -> Ridge:
    """Fitted to the conversations that are rated here; the others weigh nothing."""
    used = np.array(
        [i for i, row in enumerate(rows) if name in row.ratings and _raw(row, name) is not None]
    )
    y = np.array([points(rows[i].ratings[name], scale) for i in used])
    ridge = fit(support.subset(used), y)
    alpha = np.zeros(len(rows))
    alpha[used] = ridge.alpha
    return Ridge(ridge.base, ridge.centres, alpha, ridge.ngrams, ridge.penalty, ridge.wording)
