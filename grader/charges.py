"""Charges that are both an act and a critical error need two judges: act heads and detector.

Either alone hears an insult in a plain question now and then, seldom both in the same one.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

import numpy as np

from grader.critical import Detector
from grader.encoder import Encoder
from grader.linear import Floats, logit, sigmoid
from rubrics.ids import ACTS, CRITICALS

SHARED: Final = tuple(act for act in ACTS if act in CRITICALS)
JOINT: Final = 0.3
"""The probability from which both judges together make a charge: the mean of their log-odds."""
LIKELY: Final = 0.5
"""What the detector must hold of one in a real conversation: there these errors are so rare that
most weaker suspicions are false."""


@dataclass(frozen=True, slots=True)
class Said:
    """A reply as it was written, its messages joined by line breaks, what it answers, the facts."""

    text: str
    customer: str
    facts: tuple[str, ...]
    lang: str


@dataclass(frozen=True, slots=True)
class SecondJudge:
    """The detector, asked about acts that the first judge named."""

    detector: Detector
    encoder: Encoder

    def weigh(self, said: Said, chances: Floats, thresholds: Floats) -> Floats:
        """The probabilities of one reply's acts (acts,), lowered for charges not borne out.

        An act stays at or above its threshold only where both judges together reach `JOINT`.
        """
        weighed = chances.copy()
        for act in SHARED:
            column = ACTS.index(act)
            if chances[column] < thresholds[column]:
                continue
            other = self.detector.likeliest(
                act, said.text, said.customer, said.facts, said.lang, self.encoder
            )
            raised = logit(thresholds[column]) + _beyond(float(chances[column]), other)
            weighed[column] = min(chances[column], sigmoid(raised))
        return weighed


def borne_out(critical: str, suspected: float, chances: Floats) -> bool:
    """Whether the act heads bear out what the detector suspects with this confidence.

    `chances` (acts,) are theirs for the reply; they have no say in errors that are no acts.
    """
    if critical not in SHARED:
        return True
    if suspected < LIKELY:
        return False
    return _beyond(float(chances[ACTS.index(critical)]), suspected) >= 0


def _beyond(first: float, second: float) -> float:
    """How far, in log-odds, two judges together are beyond `JOINT`."""
    return float(logit(np.array([first, second])).mean() - logit(np.array(JOINT)))
