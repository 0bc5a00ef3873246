"""Proof of a model reply: put it in the agent's place, judge again, compare every criterion."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Final

from grader.hearing import rehear
from grader.judgement import Judgement
from grader.model import Model
from grader.reading import Reading

GAIN: Final = 1.0
"""A criterion that rises by less has not been helped."""
SLACK: Final = 1e-6

Judge = Callable[[Reading], Mapping[str, Judgement]]


def proven(
    reading: Reading,
    model: Model,
    judged: Mapping[str, Judgement],
    judge: Judge,
    wanted: tuple[str, int, Sequence[str]],
) -> str | None:
    """The first text that raises a criterion and lowers no other, said in place of a reply.

    `wanted`: the criterion, the number of the reply, the texts. A criterion that was scored has to
    stay scored, and no critical error may be heard that was not heard before.
    """
    name, number, texts = wanted
    known = {finding.id for finding in reading.critical}
    for text in texts:
        other = rehear(reading, model, number, text)
        if {finding.id for finding in other.critical} - known:
            continue
        again = judge(other)
        if _better(judged, again, name):
            return text
    return None


def _better(before: Mapping[str, Judgement], after: Mapping[str, Judgement], name: str) -> bool:
    for criterion, judgement in before.items():
        if judgement.score is None:
            continue
        score = after[criterion].score
        least = judgement.score + (GAIN if criterion == name else -SLACK)
        if score is None or score < least:
            return False
    return True
