"""Passed, failed, or for a person to decide: what a card means for an exam or a practice."""

from __future__ import annotations

from typing import Literal

from grader.judgement import Judgement
from grader.overall import total
from rubrics.schema import Rubric
from store.reviewed import Reviewed

Verdict = Literal["passed", "failed", "review"]


def verdict(card: Reviewed, rubric: Rubric, pass_mark: float | None = None) -> Verdict | None:
    """The result by this pass mark, else the rubric's; None where nothing could be scored.

    `review` (待复核) until a person has had a word on the card: it failed because of a criterion
    with `review: true`, that is, with those criteria at the pass mark it would have passed; or
    because of critical errors, which are only suspected.
    """
    if card.overall is None:
        return None
    mark = rubric.pass_mark if pass_mark is None else pass_mark
    if card.overall >= mark and not card.critical:
        return "passed"
    if card.by_hand:
        return "failed"
    judged = {name: _lifted(name, card, rubric, mark) for name in card.criteria}
    would = total(judged, rubric, ()).score
    turns = bool(card.critical) or any(
        one.score != card.criteria[name] for name, one in judged.items()
    )
    return "review" if turns and would is not None and round(would, 1) >= mark else "failed"


def _lifted(name: str, card: Reviewed, rubric: Rubric, mark: float) -> Judgement:
    """A criterion as it stands; one with `review: true` below the mark as if it had reached it."""
    score = card.criteria[name]
    if score is None or score >= mark or not rubric.criteria[name].review:
        return Judgement(score=score, rating=card.ratings[name])
    return Judgement(score=mark, rating=mark / 25)
