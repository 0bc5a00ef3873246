"""Ratings of a conversation as a sum of named signs, so that what each sign did can be shown.

A sign is counted from the reading alone. Its weight is fitted on rated conversations and held to
the direction in which it can only count: what a fit on few conversations must not get wrong.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Final

import numpy as np

from grader.linear import Floats
from grader.reading import Reading
from grader.scorecard import Evidence
from grader.spread import quote_of
from grader.wording import say

PENALTY: Final = 3.0
Measured = tuple[float, int]
NOWHERE: Final[Measured] = (0.0, -1)


@dataclass(frozen=True, slots=True)
class Sign:
    """How strongly a sign is there (mostly 0–1), and in which message it shows (-1: nowhere)."""

    name: str
    value: float
    message: int = -1


@dataclass(frozen=True)
class SignHead:
    """The rating without any sign, and the weight of each, by name."""

    base: float
    weights: Mapping[str, float]

    def rate(self, found: Sequence[Sign]) -> float:
        """The rating, 0–4."""
        total = self.base + sum(self.weights.get(sign.name, 0.0) * sign.value for sign in found)
        return float(np.clip(total, 0, 4))


def measured(signs: Mapping[str, Callable[[Reading], Measured]], reading: Reading) -> list[Sign]:
    """Every sign, in its order."""
    return [Sign(name, *measure(reading)) for name, measure in signs.items()]


def fit_signs(
    found: Sequence[Sequence[Sign]], ratings: Sequence[float], direction: Mapping[str, int]
) -> SignHead:
    """Least squares with a ridge, each weight at or beyond 0 in the direction of its sign.

    Least squares pulls ratings to the middle, so all weights grow by one factor until the ratings
    have the labels' own spread.
    """
    from scipy.optimize import lsq_linear

    names = [sign.name for sign in found[0]]
    values: Floats = np.array([[sign.value for sign in row] for row in found], dtype=np.float64)
    ridge = np.sqrt(PENALTY) * np.eye(len(names))
    design = np.vstack(
        [
            np.hstack([values, np.ones((len(values), 1))]),
            np.hstack([ridge, np.zeros((len(names), 1))]),
        ]
    )
    goal = np.concatenate([np.array(ratings, dtype=np.float64), np.zeros(len(names))])
    low = [0.0 if direction[name] > 0 else -np.inf for name in names] + [-np.inf]
    high = [np.inf if direction[name] > 0 else 0.0 for name in names] + [np.inf]
    weights = lsq_linear(design, goal, bounds=(low, high), tol=1e-12).x
    rated = values @ weights[:-1] + weights[-1]
    wider = max(float(np.std(ratings)) / max(float(rated.std()), 1e-6), 1.0)
    base = float(np.mean(ratings)) + wider * (float(weights[-1]) - float(rated.mean()))
    rounded = {
        name: round(wider * float(w), 4) + 0.0 for name, w in zip(names, weights, strict=False)
    }
    return SignHead(round(base, 4), rounded)


def explained(
    reading: Reading, head: SignHead, found: Sequence[Sign], points: float, room: str
) -> list[tuple[str, Evidence]]:
    """Evidence that sums to `points`: where the rating starts, then each sign, the heaviest first.

    What clipping or a cap took from the sum goes to the start. Reasons are the texts
    `ROOM.start` and `ROOM.NAME`.
    """
    moved = [(sign, 25.0 * head.weights.get(sign.name, 0.0) * sign.value) for sign in found]
    moved = [(sign, share) for sign, share in moved if abs(share) >= 0.05]
    moved.sort(key=lambda item: (-abs(item[1]), item[0].name))
    first = reading.replies[0].reply.message
    start = points - sum(share for _, share in moved)
    rows = [("start", Evidence(first, "", start, say(reading.lang, f"{room}.start")))]
    for sign, share in moved:
        message = sign.message if sign.message >= 0 else first
        reason = say(reading.lang, f"{room}.{sign.name}")
        rows.append((sign.name, Evidence(message, quote_of(reading, sign.message), share, reason)))
    return rows
