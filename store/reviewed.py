"""What a card says with a person's words on it: the rubric's own arithmetic over other scores."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from grader.judgement import Judgement
from grader.overall import total
from rubrics.schema import Rubric

if TYPE_CHECKING:
    from store.overrides import Override


@dataclass(frozen=True, slots=True)
class Reviewed:
    """The card as it counts. `by_hand` if a person changed or confirmed anything.

    `ratings` are those on 0–4 by which gates decide, where a criterion has one.
    """

    overall: float | None
    passed: bool | None
    criteria: Mapping[str, float | None]
    critical: tuple[str, ...]
    by_hand: bool
    ratings: Mapping[str, float | None]


def reviewed(card: Mapping[str, Any], rubric: Rubric, words: Iterable[Override]) -> Reviewed:
    """The card (its JSON object) under the last word on each point; without words, itself.

    A criterion that was given a score has that score / 25 as its rating.
    """
    last = {(one.kind, one.what): one for one in words}
    scores = {name: result["score"] for name, result in card["criteria"].items()}
    ratings = {name: result.get("rating") for name, result in card["criteria"].items()}
    if not last:
        return Reviewed(
            card["overall"], card["passed"], scores, tuple(card["critical"]), False, ratings
        )
    judged = {}
    for name, result in card["criteria"].items():
        word = last.get(("criterion", name))
        score = scores[name] = result["score"] if word is None else word.score
        if word is not None:
            ratings[name] = None if score is None else score / 25
        judged[name] = Judgement(score=score, confidence=result["confidence"], rating=ratings[name])
    gone = {what for (kind, what), one in last.items() if kind == "critical" and not one.stands}
    critical = tuple(one for one in card["critical"] if one not in gone)
    found = total(judged, rubric, critical)
    overall = None if found.score is None else round(found.score, 1)
    return Reviewed(overall, found.passed, scores, critical, True, ratings)
