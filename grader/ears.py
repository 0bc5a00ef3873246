"""What grading asks of the heads that hear acts, empathy and mood, whatever they are made of."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Protocol

from grader.encoder import Encoder
from grader.linear import Floats
from grader.mood import Mood
from grader.turn import Seen


class ActEars(Protocol):
    """The acts of replies, in the order of `rubrics.ids.ACTS`."""

    @property
    def thresholds(self) -> Floats:
        """The probability from which each act is named, shape (acts,)."""
        ...

    def clause_probabilities(self, seen: Seen) -> Floats:
        """Of each clause and act, shape (clauses, acts)."""
        ...

    def probabilities(self, seen: Seen) -> Floats:
        """Of each reply and act, shape (replies, acts)."""
        ...

    def acts(self, probabilities: Floats) -> list[tuple[str, ...]]:
        """The acts of each row of probabilities."""
        ...


class WarmthEars(Protocol):
    """The empathy of replies."""

    def rate(self, seen: Seen, acts: Floats, emotion: Floats) -> tuple[Floats, Floats]:
        """Ratings (n,) in 0–4 and the probability that one applies (n,).

        `acts` are the probabilities of the replies' acts, `emotion` (n,) is what each reply meets.
        """
        ...


class MoodEars(Protocol):
    """Emotion and intent of customer messages."""

    def hear(self, texts: Sequence[str], encoder: Encoder) -> Mood:
        """The mood of raw customer messages."""
        ...
