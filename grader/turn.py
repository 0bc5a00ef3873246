"""What the heads see of one reply: its clauses, what it answers, and what was said before."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from grader.clauses import clauses
from grader.cues import cues
from grader.encoder import Encoder, Vectors
from grader.mood_words import counts
from grader.ngrams import Rows, Vocabulary
from grader.normalise import normalise

CONTEXT = 0.5
"""How much the neighbourhood of a clause weighs beside the clause itself."""
AHEAD = 8
"""Turns whose texts are encoded at once: more are no quicker, and a chat may have thousands."""
SIGN = 0.6
"""The same for a cue, which is 0 or 1 where a vector's elements are about 0.04."""


@dataclass(frozen=True, slots=True)
class Turn:
    """One reply in normalised texts: never empty clauses, customer messages, the reply before.

    `facts` are those that the reply or the customer is about, as they were written.
    """

    clauses: tuple[str, ...]
    customer: tuple[str, ...]
    before: tuple[str, ...]
    facts: tuple[str, ...] = ()

    @property
    def text(self) -> str:
        """The reply as one line."""
        return " ".join(self.clauses)

    @property
    def texts(self) -> tuple[str, ...]:
        """Everything that has a vector."""
        return (*self.clauses, *self.customer, *self.before, *self.facts)


def turn(
    reply: Sequence[str],
    customer: Sequence[str],
    before: Sequence[str],
    facts: Sequence[str] = (),
) -> Turn:
    """The turn of raw messages: those of the reply, those it answers, those of the reply before."""
    spans = tuple(span.text for message in reply for span in clauses(message))
    return Turn(spans or ("…",), _shown(customer), _shown(before), tuple(facts))


def _shown(texts: Sequence[str]) -> tuple[str, ...]:
    return tuple(shown for text in texts if (shown := normalise(text)))


def mean(encoder: Encoder, texts: Sequence[str]) -> Vectors:
    """The direction of the sum of the texts' vectors; zero for none."""
    if not texts:
        return np.zeros(encoder.dimension, dtype=np.float32)
    return _direction(encoder.encode(texts).sum(axis=0))


def _direction(vector: Vectors) -> Vectors:
    return np.asarray(vector / (float(np.linalg.norm(vector)) or 1.0), dtype=np.float32)


@dataclass(frozen=True)
class Eyes:
    """How turns become numbers: vectors, n-grams, and a narrower view of what stands around.

    `narrow` (dimension, width) holds the leading principal directions of the corpus: context needs
    less detail than the clause itself.
    """

    encoder: Encoder
    vocabulary: Vocabulary
    narrow: NDArray[np.float32]


def principal(vectors: Vectors, width: int) -> NDArray[np.float32]:
    """The `width` leading directions of the vectors, signed so that the largest part is > 0."""
    _, directions = np.linalg.eigh(vectors.T.astype(np.float64) @ vectors)
    leading = directions[:, ::-1][:, :width]
    signs = np.sign(leading[np.abs(leading).argmax(axis=0), np.arange(leading.shape[1])])
    return np.asarray(leading * signs, dtype=np.float32)


@dataclass(frozen=True, slots=True)
class Seen:
    """Turns as numbers: an instance a clause, a bag a turn."""

    bag: NDArray[np.intp]
    clause: NDArray[Any]
    clause_grams: Rows
    whole: NDArray[Any]
    whole_grams: Rows
    told: NDArray[Any]
    """What the facts say, and how near reply, customer and facts stand to one another."""
    turns: tuple[Turn, ...]
    """The turns themselves, for heads that read texts."""


def see(turns: Sequence[Turn], eyes: Eyes) -> Seen:
    """The features of turns for the clause head and for the head on whole replies."""
    rows: list[NDArray[Any]] = []
    whole: list[NDArray[Any]] = []
    told: list[NDArray[Any]] = []
    bag: list[int] = []
    for number, turn in enumerate(turns):
        if number % AHEAD == 0:
            ahead = turns[number : number + AHEAD]
            eyes.encoder.encode([text for one in ahead for text in one.texts])  # at once: quicker
        around = _around(turn, eyes)
        vectors = eyes.encoder.encode(turn.clauses)
        centre = _direction(vectors.sum(axis=0))
        near = CONTEXT * centre @ eyes.narrow
        last = len(turn.clauses) - 1
        for place, text in enumerate(turn.clauses):
            where = [0.3 * (place == 0), 0.3 * (place == last), 0.3 * (last == 0)]
            signs = SIGN * np.array(cues(text), dtype=np.float32)
            rows.append(np.concatenate([vectors[place], near, around, where, signs]))
            bag.append(number)
        signs = SIGN * np.array(cues(turn.text), dtype=np.float32)
        whole.append(np.concatenate([centre, around, signs]))
        told.append(_told(turn, centre, eyes))
    return Seen(
        np.array(bag, dtype=np.intp),
        np.array(rows, dtype=np.float32),
        eyes.vocabulary.matrix(text for turn in turns for text in turn.clauses),
        np.array(whole, dtype=np.float32),
        eyes.vocabulary.matrix(turn.text for turn in turns),
        np.array(told, dtype=np.float32),
        tuple(turns),
    )


def _told(turn: Turn, centre: Vectors, eyes: Eyes) -> NDArray[Any]:
    customer = mean(eyes.encoder, turn.customer)
    facts = mean(eyes.encoder, turn.facts)
    return np.concatenate(
        [
            CONTEXT * facts @ eyes.narrow,
            [centre @ facts, customer @ facts, centre @ customer],
            [0.3 * bool(turn.facts)],
        ],
        dtype=np.float32,
    )


_MOODS = len(counts(""))


def _around(turn: Turn, eyes: Eyes) -> NDArray[Any]:
    """The customer's messages and the reply before, and whether there are any."""
    moods = [counts(text) for text in turn.customer] or [[0.0] * _MOODS]
    return np.concatenate(
        [
            CONTEXT * mean(eyes.encoder, turn.customer) @ eyes.narrow,
            CONTEXT * mean(eyes.encoder, turn.before) @ eyes.narrow,
            [0.3 * bool(turn.customer), 0.3 * bool(turn.before)],
            CONTEXT * SIGN * np.max(moods, axis=0),
        ],
        dtype=np.float32,
    )
