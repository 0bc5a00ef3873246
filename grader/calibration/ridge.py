"""Kernel ridge regression over the groups, with the points that each group brings.

The strength of the penalty and the share of the wording are chosen by leave-one-out error, which
for ridge needs no refitting: the error at row i is αᵢ / (A⁻¹)ᵢᵢ with A = K + λI (Rifkin and
Lippert, "Notes on regularized least squares", 2007).
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Final

import numpy as np
from numpy.typing import NDArray

from grader.calibration.features import Features
from grader.calibration.kernels import (
    GROUPS,
    PARTS,
    Basis,
    Rows,
    gram,
    learn,
    prepare,
    similarity,
    weight_of,
)

Floats = NDArray[np.float64]
_PENALTIES: Final = (0.3, 0.6, 1.2, 2.5, 5.0, 10.0, 30.0, 100.0)
_WORDING: Final = (0.0, 0.2, 1.0)
_CHOOSING: Final = 600
"""Rows on which penalty and wording are chosen; the best penalty hardly depends on the number."""


@dataclass(frozen=True, slots=True)
class Ridge:
    """One fitted score.

    `base`: the mean rating plus the mean of all groups; `centres`: what each group brings on
    average; `alpha`: weight of each rated conversation; `ngrams`: n-gram field → weight of each
    bucket.
    """

    base: float
    centres: Mapping[str, float]
    alpha: Floats
    ngrams: Mapping[str, NDArray[np.float64]]
    penalty: float
    wording: float


def fit(rows: Rows, targets: Floats) -> Ridge:
    """Fit targets (points) to prepared rows."""
    penalty, wording = _choose(rows, targets)
    mean = float(targets.mean())
    alike = gram(rows, rows, wording)
    alpha = _solve(alike.total, penalty, targets - mean)
    centres = dict.fromkeys(GROUPS, 0.0)
    for part, average in alike.means.items():
        centres[part.group] += weight_of(part, wording) * float(average @ alpha)
    base = mean + sum(centres.values())
    return Ridge(base, centres, alpha, _primal(rows, alpha), penalty, wording)


def points_of(ridge: Ridge, support: Rows, rows: Rows) -> dict[str, Floats]:
    """Points that each group adds to `base`, shape (rows,) each.

    `support` are the rated conversations that the ridge was fitted on.
    """
    size = len(rows.numbers["scores"])
    points = {group: np.full(size, -ridge.centres[group]) for group in GROUPS}
    for part in PARTS:
        weight = weight_of(part, ridge.wording)
        if not weight:
            continue
        if part.kind == "ngrams":
            brought = rows.ngrams[part.field] @ ridge.ngrams[part.field]
        else:
            brought = similarity(part, rows, support) @ ridge.alpha
        points[part.group] = points[part.group] + weight * brought
    return points


def predict(ridge: Ridge, support: Rows, rows: Rows) -> Floats:
    """Fitted values, 0–100."""
    total = ridge.base + sum(points_of(ridge, support, rows).values())
    return np.clip(np.asarray(total, dtype=np.float64), 0, 100)


def out_of_fold(features: Sequence[Features], targets: Floats, folds: NDArray[np.intp]) -> Floats:
    """The value that each row gets from a fit on the other folds; the basis is refitted too."""
    found = np.zeros(len(targets))
    for fold in np.unique(folds):
        here, there = np.flatnonzero(folds == fold), np.flatnonzero(folds != fold)
        basis, support, ridge = fit_all([features[int(i)] for i in there], targets[there])
        found[here] = predict(ridge, support, prepare(basis, [features[int(i)] for i in here]))
    return found


def fit_all(features: Sequence[Features], targets: Floats) -> tuple[Basis, Rows, Ridge]:
    """Basis, prepared rows and ridge of rated conversations."""
    basis = learn(features)
    support = prepare(basis, features)
    return basis, support, fit(support, targets)


def _choose(rows: Rows, targets: Floats) -> tuple[float, float]:
    """Penalty and wording with the least leave-one-out error; the plainer one where equal."""
    picked = _picked(len(targets))
    some, y = rows.subset(picked), targets[picked] - targets[picked].mean()
    best = (np.inf, _PENALTIES[-1], 0.0)
    for wording in _WORDING:
        matrix = gram(some, some, wording).total
        for penalty in reversed(_PENALTIES):
            error = _left_out_error(matrix, penalty, y)
            if error < best[0] * (1 - 1e-3):
                best = (error, penalty, wording)
    return best[1], best[2]


def _picked(size: int) -> NDArray[np.intp]:
    order = np.random.Generator(np.random.PCG64(0)).permutation(size)
    return np.sort(order[:_CHOOSING])


def _left_out_error(matrix: Floats, penalty: float, y: Floats) -> float:
    inverse = np.linalg.inv(matrix + penalty * np.eye(len(y)))
    return float(np.mean((inverse @ y / np.diag(inverse)) ** 2))


def _solve(matrix: Floats, penalty: float, y: Floats) -> Floats:
    """(K + λI)⁻¹ y; writes over K."""
    from scipy.linalg import cho_factor, cho_solve

    matrix[np.diag_indices(len(y))] += penalty
    return np.asarray(cho_solve(cho_factor(matrix, lower=True, overwrite_a=True), y))


def _primal(rows: Rows, alpha: Floats) -> dict[str, NDArray[np.float64]]:
    """Σ αᵢ·φ(xᵢ) of each n-gram field: the linear parts need no rated conversation any more."""
    return {field: np.asarray(matrix.T @ alpha) for field, matrix in rows.ngrams.items()}
