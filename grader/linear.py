"""Linear heads on [dense features, n-grams], fitted jointly for all labels with L-BFGS.

A bag (a reply) holds instances (its clauses); its probability of a label is the noisy-or
1 − Π(1 − pᵢ) of theirs, and the loss is taken on the bag, so clause labels need not be known. With
one instance a bag this is plain logistic regression. Targets may lie between 0 and 1; a weight of 0
leaves a label of a bag out. Products run in float32, sums in float64; nothing is random, so a head
retrained on the same kind of machine is the same head.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from grader.ngrams import Rows

Floats = NDArray[np.float64]


@dataclass(frozen=True)
class Head:
    """Coefficients of every label: dense (d, k), grams (v, k), bias (k,), float32."""

    dense: NDArray[np.float32]
    grams: NDArray[np.float32]
    bias: NDArray[np.float32]

    def logits(self, dense: NDArray[Any], grams: Rows) -> Floats:
        """Log-odds of each row and label, shape (n, k)."""
        return np.asarray(
            dense @ self.dense + grams.times(self.grams) + self.bias, dtype=np.float64
        )


@dataclass(frozen=True)
class Examples:
    """What a head is fitted to.

    dense (n, d) and grams (n, v) hold one row an instance, `bag` (n,) the ascending number of its
    bag, target and weight (bags, k).
    """

    dense: NDArray[Any]
    grams: Rows
    bag: NDArray[np.intp]
    target: Floats
    weight: Floats


@dataclass(frozen=True)
class Strength:
    """L2 penalties, and when to stop."""

    dense: float = 0.5
    grams: float = 0.2
    steps: int = 120
    tolerance: float = 1e-7


def sigmoid(z: NDArray[Any]) -> Floats:
    """1 / (1 + e⁻ᶻ) without overflow."""
    e = np.exp(-np.abs(z))
    return np.asarray(np.where(z >= 0, 1 / (1 + e), e / (1 + e)), dtype=np.float64)


def logit(p: NDArray[Any]) -> Floats:
    """The inverse of `sigmoid`, cut at one in a million."""
    p = np.clip(p, 1e-6, 1 - 1e-6)
    return np.asarray(np.log(p / (1 - p)), dtype=np.float64)


def noisy_or(p: NDArray[Any], bag: NDArray[np.intp], bags: int) -> Floats:
    """The probability of each bag from those of its instances."""
    silent = np.zeros((bags, p.shape[1]))
    np.add.at(silent, bag, np.log1p(-np.clip(p, 0, 1 - 1e-9)))
    return np.asarray(1 - np.exp(silent), dtype=np.float64)


def fit_head(examples: Examples, strength: Strength) -> Head:
    """The head that minimises the weighted loss on bags plus its penalties."""
    dense = np.ascontiguousarray(examples.dense, dtype=np.float32)
    grams = examples.grams.csr()
    dense_t, grams_t = np.ascontiguousarray(dense.T), grams.T.tocsr()
    d, v, k = dense.shape[1], grams.shape[1], examples.target.shape[1]
    starts = np.searchsorted(examples.bag, np.arange(len(examples.target)))
    target, weight = examples.target.astype(np.float32), examples.weight.astype(np.float32)
    bag = examples.bag

    def loss(flat: Floats) -> tuple[float, Floats]:
        w = flat.reshape(d + v + 1, k).astype(np.float32)
        z = dense @ w[:d] + grams @ w[d : d + v] + w[-1]
        e = np.exp(-np.abs(z))
        p = np.where(z >= 0, 1 / (1 + e), e / (1 + e))
        # log(1 − p) = −softplus(z); a bag is silent where all its instances are.
        silent = np.add.reduceat(-(np.maximum(z, 0) + np.log1p(e)), starts, axis=0)
        on = np.maximum(-np.expm1(silent), 1e-9)
        value = -(weight * (target * np.log(on) + (1 - target) * silent)).sum(dtype=np.float64)
        # d/dz of −target·log(on) is −target·p·(1 − on)/on; of −(1 − target)·silent it is p.
        pull = weight * ((1 - target) - target * np.exp(silent) / on)
        slope = p * pull[bag]
        gradient = np.empty(w.shape)
        gradient[:d] = dense_t @ slope + strength.dense * w[:d]
        gradient[d : d + v] = grams_t @ slope + strength.grams * w[d : d + v]
        gradient[-1] = slope.sum(axis=0)
        value += 0.5 * strength.dense * np.square(w[:d]).sum(dtype=np.float64)
        value += 0.5 * strength.grams * np.square(w[d : d + v]).sum(dtype=np.float64)
        return float(value), gradient.ravel()

    from scipy.optimize import minimize  # heavy, and grading fits nothing

    start = np.zeros((d + v + 1, k))
    start[-1] = -2.0
    found = minimize(
        loss, start.ravel(), jac=True, method="L-BFGS-B",
        options={"maxiter": strength.steps, "maxcor": 12, "ftol": strength.tolerance,
                 "gtol": 1e-3, "maxfun": strength.steps * 2},
    )  # fmt: skip
    w = found.x.reshape(d + v + 1, k).astype(np.float32)
    return Head(w[:d], w[d : d + v], w[-1])
