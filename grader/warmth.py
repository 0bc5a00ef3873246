"""The empathy of one reply, 0–4, and whether a rating applies at all.

As in `mood`: four cumulative outputs whose sum is the rating, and one for "applies", linear in the
view of the whole reply, the probabilities of its acts, and the customer's emotion.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Final

import numpy as np
from numpy.typing import NDArray

from grader.linear import Examples, Floats, Head, Strength, fit_head, logit, sigmoid
from grader.turn import Seen

STEPS: Final = 4
STRENGTH: Final = Strength(dense=0.3, grams=0.2, steps=150, tolerance=1e-8)
STRETCH: Final = 1.1
MIDDLE: Final = 1.8


@dataclass(frozen=True)
class WarmthHead:
    """Coefficients of the cumulative ratings and of "applies"."""

    head: Head

    def rate(self, seen: Seen, acts: Floats, emotion: Floats) -> tuple[Floats, Floats]:
        """Ratings (n,) in 0–4 and the probability that one applies (n,)."""
        p = sigmoid(self.head.logits(_dense(seen, acts, emotion), seen.whole_grams))
        rating = np.clip(MIDDLE + STRETCH * (p[:, :STEPS].sum(axis=1) - MIDDLE), 0, 4)
        return rating, p[:, STEPS]


def _dense(seen: Seen, acts: Floats, emotion: Floats) -> NDArray[Any]:
    steps = np.clip(emotion[:, None] - np.arange(4), 0, 1)
    return np.hstack([seen.whole, acts, 0.15 * logit(acts), steps]).astype(np.float32)


def fit_warmth(
    seen: Seen, acts: Floats, emotion: Floats, ratings: list[float | None]
) -> WarmthHead:
    """The head of labelled replies; `acts` are out-of-fold probabilities, None: does not apply."""
    given = np.array([rating is not None for rating in ratings])
    values = np.array([0.0 if rating is None else rating for rating in ratings])
    target = np.hstack([np.clip(values[:, None] - np.arange(STEPS), 0, 1), given[:, None] * 1.0])
    weight = np.hstack([np.repeat(given[:, None] * 1.0, STEPS, axis=1), np.ones((len(given), 1))])
    each = np.arange(len(ratings))
    examples = Examples(_dense(seen, acts, emotion), seen.whole_grams, each, target, weight)
    return WarmthHead(fit_head(examples, STRENGTH))
