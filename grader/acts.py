"""The acts of a reply: a head on its clauses joined by noisy-or, one on the whole reply, and a
second look at what both say."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from grader.linear import (
    Examples,
    Floats,
    Head,
    Strength,
    fit_head,
    logit,
    noisy_or,
    sigmoid,
)
from grader.refusals import DEEDS, refuses
from grader.turn import Seen
from rubrics.ids import ACTS

START = 0.35
"""Thresholds are drawn towards this one, the more the fewer examples an act has."""
DRAWN = 60.0
"""How strongly: a threshold 0.1 away costs as much as 0.6 of a right answer."""
SHARE = 0.6
"""Weight of the clause head; the head on whole replies has the rest."""
CLEAR = 1.0
"""So far from its threshold, in log-odds, an act is clearly done or clearly not."""
HINTED = 0.05
"""Below this probability nobody hears an act, so that no refusal is looked for."""
REFUSED = 0.02
"""The probability of an offer that is only refused."""


@dataclass(frozen=True)
class ActHead:
    """Both heads and the threshold of each act, in the order of `rubrics.ids.ACTS`."""

    clause: Head
    whole: Head
    thresholds: Floats

    def clause_probabilities(self, seen: Seen) -> Floats:
        """Of each clause and act, shape (clauses, acts)."""
        return sigmoid(self.clause.logits(seen.clause, seen.clause_grams))

    def probabilities(self, seen: Seen) -> Floats:
        """Of each reply and act, shape (replies, acts): the heads' log-odds, shared by `SHARE`."""
        joined = noisy_or(self.clause_probabilities(seen), seen.bag, seen.whole.shape[0])
        # A head of an earlier model knows nothing of facts.
        dense = _whole(seen)[:, : self.whole.dense.shape[0]]
        whole = self.whole.logits(dense, seen.whole_grams)
        return sigmoid(SHARE * logit(joined) + (1 - SHARE) * whole)

    def acts(self, probabilities: Floats) -> list[tuple[str, ...]]:
        """The acts of each row of probabilities."""
        return [
            tuple(act for act, p, t in zip(ACTS, row, self.thresholds, strict=True) if p >= t)
            for row in probabilities
        ]


def degrees(probabilities: Floats, thresholds: Floats) -> Floats:
    """How clearly each act is done: 0.5 at its threshold, 0 and 1 at `CLEAR` below and above in
    log-odds, straight between."""
    beyond = logit(probabilities) - logit(thresholds)
    return np.asarray(np.clip(0.5 + beyond / (2 * CLEAR), 0, 1), dtype=np.float64)


def take_back_refused(seen: Seen, probabilities: Floats, by_clause: Floats) -> None:
    """Take back, in place, offers that are named to be refused: the words are those of offers."""
    texts = [text for turn in seen.turns for text in turn.clauses]
    for act in DEEDS:
        column = ACTS.index(act)
        for row in np.flatnonzero(by_clause[:, column] >= HINTED):
            if refuses(texts[int(row)], act):
                by_clause[row, column] = REFUSED
        for row in np.flatnonzero(probabilities[:, column] >= HINTED):
            if refuses("\n".join(seen.turns[int(row)].clauses), act):
                probabilities[row, column] = REFUSED


def targets(
    acts: Sequence[Sequence[str]], disputed: Sequence[Sequence[str]]
) -> tuple[Floats, Floats]:
    """Targets and weights (rows, acts): 1 for an act, weight 0 for a disputed one."""
    target = np.zeros((len(acts), len(ACTS)))
    weight = np.ones_like(target)
    for row, (sure, unsure) in enumerate(zip(acts, disputed, strict=True)):
        target[row, [ACTS.index(act) for act in sure]] = 1
        weight[row, [ACTS.index(act) for act in unsure if act not in sure]] = 0
    return target, weight


def _whole(seen: Seen) -> NDArray[Any]:
    return np.hstack([seen.whole, seen.told])


def fit_acts(seen: Seen, target: Floats, weight: Floats, strength: Strength) -> ActHead:
    """Both heads; thresholds stand at START until `fit_thresholds` sees unseen probabilities."""
    clause = fit_head(Examples(seen.clause, seen.clause_grams, seen.bag, target, weight), strength)
    each = np.arange(len(target))
    whole = fit_head(Examples(_whole(seen), seen.whole_grams, each, target, weight), strength)
    return ActHead(clause, whole, np.full(len(ACTS), START))


def fit_thresholds(target: Floats, weight: Floats, probabilities: Floats) -> Floats:
    """Thresholds for the best weighted micro-F1 on out-of-fold probabilities.

    At the optimum of F = 2·tp / (2·tp + fp + fn) each act maximises 2·tp − F·(2·tp + fp + fn) by
    itself, so a few rounds over the acts suffice. A penalty draws thin acts towards START.
    """
    grid = np.arange(0.1, 0.71, 0.02)
    thresholds = np.full(target.shape[1], START)
    for _ in range(6):
        tp, wrong = _counts(target, weight, probabilities >= thresholds)
        best = 2 * tp / max(1.0, 2 * tp + wrong)
        for act in range(target.shape[1]):
            gains = []
            for candidate in grid:
                said = probabilities[:, act] >= candidate
                tp, wrong = _counts(target[:, act], weight[:, act], said)
                gains.append(2 * tp - best * (2 * tp + wrong) - DRAWN * (candidate - START) ** 2)
            thresholds[act] = grid[int(np.argmax(gains))]
    return thresholds


def _counts(target: Floats, weight: Floats, said: NDArray[np.bool_]) -> tuple[float, float]:
    """The weight of what is rightly said, and of what is wrongly said or left out."""
    true = target > 0
    return float(weight[true & said].sum()), float(weight[true ^ said].sum())
