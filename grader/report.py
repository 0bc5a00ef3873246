"""What `kefu evaluate` found in one file of labels."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from grader.agreement import Estimate

UNDEFINED = Estimate(None)


@dataclass(frozen=True, slots=True)
class Rated:
    """Agreement on one rating: pairs where both sides have a value, `applies` as in `Pairs`."""

    kappa: Estimate = UNDEFINED
    applies: float | None = None
    n: int = 0

    def to_json(self) -> dict[str, Any]:
        """As in the contract."""
        applies = None if self.applies is None else round(self.applies, 4)
        return {"kappa": self.kappa.to_json(), "applies": applies, "n": self.n}


@dataclass(frozen=True, slots=True)
class Overall:
    """Overall scores against people's: rank correlation, mean absolute difference in points.

    `difference` is None where people used another scale. `wrong` names the conversations that fall
    on the wrong side of the pass mark.
    """

    spearman: Estimate = UNDEFINED
    n: int = 0
    difference: float | None = None
    wrong: tuple[str, ...] = ()

    def to_json(self) -> dict[str, Any]:
        """As in the contract, with the additions."""
        difference = None if self.difference is None else round(self.difference, 2)
        return {
            "spearman": self.spearman.to_json(),
            "n": self.n,
            "mean_difference": difference,
            "wrong_side": list(self.wrong),
        }


@dataclass(frozen=True, slots=True)
class Report:
    """Agreement in one file. `n` rows were measured, `refused` were known to the model.

    `more` holds figures of kinds of labels that have no place in the contract's shape.
    """

    file: str
    n: int
    refused: int = 0
    micro_f1: Estimate = UNDEFINED
    per_act: Mapping[str, Mapping[str, Any]] = field(default_factory=dict)
    ratings: Mapping[str, Rated] = field(default_factory=dict)
    overall: Overall = field(default_factory=Overall)
    missed: tuple[tuple[str, str], ...] = ()
    false: tuple[tuple[str, str], ...] = ()
    more: Mapping[str, Any] = field(default_factory=dict)

    def to_json(self) -> dict[str, Any]:
        """The contract's shape; `empathy`, `accuracy` and `emotion` are always there."""
        rated = {name: Rated() for name in ("empathy", "accuracy", "emotion")} | dict(self.ratings)
        return {
            "file": self.file,
            "n": self.n,
            "refused": self.refused,
            "acts": {"micro_f1": self.micro_f1.to_json(), "per_act": dict(self.per_act)},
            **{name: rating.to_json() for name, rating in rated.items()},
            "overall": self.overall.to_json(),
            "critical": {"missed": _named(self.missed), "false": _named(self.false)},
            **self.more,
        }


def _named(pairs: tuple[tuple[str, str], ...]) -> list[dict[str, str]]:
    return [{"id": identity, "critical": critical} for identity, critical in pairs]
