"""What a fine-tuned classifier is asked: texts in pairs, one sigmoid output a question.

Outputs are the acts, four cumulative steps of empathy (P(empathy > 0) … P(empathy > 3)), whether
empathy applies, and four steps of the customer's emotion. Accuracy is not among them: it needs the
facts compared as structure, which `grader.facts` does.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

import numpy as np
from numpy.typing import NDArray

from grader.acts import targets
from grader.labels import ReplyRow
from grader.linear import Floats, sigmoid
from grader.normalise import normalise
from grader.training import Corpus, turn_of
from grader.turn import Turn
from rubrics.ids import ACTS

Pair = tuple[str, str]
"""What the customer said, and the reply; either may be empty."""

STEPS: Final = 4
ACT: Final = slice(0, len(ACTS))
EMPATHY: Final = slice(len(ACTS), len(ACTS) + STEPS)
APPLIES: Final = len(ACTS) + STEPS
EMOTION: Final = slice(APPLIES + 1, APPLIES + 1 + STEPS)
NAMES: Final = (
    *ACTS,
    *(f"empathy>{step}" for step in range(STEPS)),
    "empathy_applies",
    *(f"emotion>{step}" for step in range(STEPS)),
)


@dataclass(frozen=True)
class Lessons:
    """Pairs with target and weight (n, len(NAMES)); a weight of 0 leaves a question open."""

    pairs: tuple[Pair, ...]
    target: Floats
    weight: Floats

    def chosen(self, which: NDArray[np.bool_]) -> Lessons:
        """Those for which `which` is true."""
        pairs = tuple(pair for pair, keep in zip(self.pairs, which, strict=True) if keep)
        return Lessons(pairs, self.target[which], self.weight[which])


def pair_of(turn: Turn) -> Pair:
    """The texts of a reply: what it answers, and itself."""
    return " ".join(turn.customer), turn.text


def pair_of_message(text: str) -> Pair:
    """The texts of a customer message alone."""
    return normalise(text), ""


def rating(logits: Floats, steps: slice) -> Floats:
    """The expected rating 0–4 of cumulative outputs, shape (n,)."""
    return np.asarray(sigmoid(logits[:, steps]).sum(axis=1), dtype=np.float64)


def reply_lessons(rows: Sequence[ReplyRow]) -> Lessons:
    """Acts and empathy of labelled replies, one lesson a row."""
    target = np.zeros((len(rows), len(NAMES)))
    weight = np.zeros_like(target)
    target[:, ACT], weight[:, ACT] = targets(
        [sorted(row.acts) for row in rows], [sorted(row.disputed) for row in rows]
    )
    for number, row in enumerate(rows):
        if row.rated:
            weight[number, APPLIES] = 1
        if row.empathy is not None:
            target[number, APPLIES] = 1
            target[number, EMPATHY] = steps_of(row.empathy)
            weight[number, EMPATHY] = 1
    return Lessons(tuple(pair_of(turn_of(row)) for row in rows), target, weight)


def emotion_lessons(corpus: Corpus) -> Lessons:
    """The emotion of each distinct customer message, the mean where it was labelled often."""
    felt: dict[str, list[float]] = defaultdict(list)
    for message in corpus.customers:
        felt[message.text].append(message.emotion)
    for row in corpus.replies:
        if row.customer and row.emotion is not None:
            felt[row.customer].append(row.emotion)
    target = np.zeros((len(felt), len(NAMES)))
    weight = np.zeros_like(target)
    for number, emotions in enumerate(felt.values()):
        target[number, EMOTION] = steps_of(sum(emotions) / len(emotions))
    weight[:, EMOTION] = 1
    return Lessons(tuple(pair_of_message(text) for text in felt), target, weight)


def together(one: Lessons, other: Lessons) -> Lessons:
    """The lessons of both."""
    return Lessons(
        (*one.pairs, *other.pairs),
        np.vstack([one.target, other.target]),
        np.vstack([one.weight, other.weight]),
    )


def steps_of(value: float) -> Floats:
    """Cumulative targets of a rating: 2.5 is 1, 1, 0.5, 0."""
    return np.clip(value - np.arange(STEPS), 0.0, 1.0)
