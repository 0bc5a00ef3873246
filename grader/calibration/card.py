"""A scorecard with fitted scores: the old values stay beside them, and every point has a name."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Any, Final

from grader.calibration.features import Features
from grader.calibration.file import Calibration
from grader.calibration.kernels import GROUPS, Rows, prepare
from grader.calibration.ridge import Ridge, points_of
from grader.scorecard import CriterionResult, Evidence, Scorecard, rounded_parts
from grader.wording import say
from transcripts.errors import MissingModel
from transcripts.types import Language

OVERALL: Final = "overall"


@dataclass(frozen=True, slots=True)
class Limits:
    """What the rubric says whatever a team's ratings are: its pass mark and its critical cap."""

    pass_mark: float
    critical_cap: float


def made_for(card: Scorecard) -> dict[str, str]:
    """What a calibration must agree on with the cards that it is applied to."""
    return {
        "rubric": card.rubric_id,
        "rubric_version": card.rubric_version,
        "encoder": str(card.grader.get("encoder", "")),
        "model": str(card.grader.get("model", "")),
    }


def apply(
    card: Scorecard, features: Features, calibration: Calibration, limits: Limits, lang: Language
) -> Scorecard:
    """The card with fitted `overall` and `score`, `overall_raw`, `calibration` and `because`.

    A score that could not be given stays null. A critical error keeps the overall under the
    rubric's cap; the other gates have had their say in the old overall, which the fit has read.
    Raises `MissingModel` when the card comes from another rubric, encoder or model.
    """
    _same_maker(card, calibration)
    rows = prepare(calibration.basis, [features])
    target = calibration.targets[OVERALL]
    parts = _parts(target.ridge, calibration.support, rows)
    overall, passed = card.overall, card.passed
    if overall is not None:
        if card.critical:
            parts = _capped(parts, limits.critical_cap)
        overall = sum(parts.values())
        passed = overall >= limits.pass_mark and not card.critical
    calibrated: dict[str, Any] = {
        "overall_raw": None if card.overall is None else round(card.overall, 1) + 0.0,
        "calibration": {
            "id": calibration.id,
            "hash": calibration.hash,
            "n": target.n,
            "gain": round(target.gain, 1) + 0.0,
            "shift": round(target.shift, 1) + 0.0,
        },
        "because": {} if overall is None else _shown(parts),
    }
    criteria = {
        name: _criterion(result, name, calibration, rows, lang)
        for name, result in card.criteria.items()
    }
    return replace(card, overall=overall, passed=passed, criteria=criteria, calibrated=calibrated)


def _same_maker(card: Scorecard, calibration: Calibration) -> None:
    now = made_for(card)
    changed = [key for key, value in calibration.made_for.items() if now.get(key) != value]
    if changed:
        was = "; ".join(f"{key} {calibration.made_for[key]}, now {now.get(key)}" for key in changed)
        raise MissingModel(
            f"calibration {calibration.id} was fitted for other scores ({was}); "
            "fit it again with `kefu calibrate`"
        )


def _parts(ridge: Ridge, support: Rows, rows: Rows) -> dict[str, float]:
    """Points by group, `base` first; `limit` is what keeps the sum within 0–100."""
    points = points_of(ridge, support, rows)
    parts = {"base": ridge.base} | {group: float(points[group][0]) for group in GROUPS}
    return _capped(parts, 100.0)


def _capped(parts: dict[str, float], most: float) -> dict[str, float]:
    total = sum(parts.values())
    kept = min(max(total, 0.0), most)
    if kept == total:
        return parts
    return parts | {"limit": parts.get("limit", 0.0) + kept - total}


def _shown(parts: dict[str, float]) -> dict[str, float]:
    """To 1 decimal, summing to the rounded score."""
    total = round(sum(parts.values()), 1)
    rounded = rounded_parts(list(parts.values()), total)
    return {name: points + 0.0 for name, points in zip(parts, rounded, strict=True)}


def _criterion(
    result: CriterionResult, name: str, calibration: Calibration, rows: Rows, lang: Language
) -> CriterionResult:
    """Fitted where the team rated this criterion; the fit is one more line of its evidence."""
    target = calibration.targets.get(name)
    if target is None or name == OVERALL or result.score is None:
        return result
    parts = _parts(target.ridge, calibration.support, rows)
    score = sum(parts.values())
    line = Evidence(0, "", score - result.score, say(lang, "calibration.part"))
    raw = {"score_raw": round(result.score, 1) + 0.0, "because": _shown(parts)}
    return replace(result, score=score, evidence=(*result.evidence, line), calibrated=raw)
