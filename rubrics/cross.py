"""What is wrong with a rubric only when its parts are held against each other."""

from __future__ import annotations

import math
from collections.abc import Iterable, Iterator
from typing import Any, Final

from rubrics.faults import Place
from rubrics.nearest import did_you_mean
from rubrics.presets import presets, round_rule
from rubrics.schema import (
    Applies,
    ExamplesSpec,
    Gate,
    RequiredSpec,
    Rubric,
    SequenceSpec,
    TimelinessSpec,
)

Found = Iterator[tuple[Place, str]]

TOLERANCE: Final = 0.001
RATED: Final = ("empathy", "accuracy", "sequence", "resolution")


def weight_faults(data: Any) -> Found:
    """Weights that do not sum to 1; read from plain data, so that other faults do not hide it."""
    criteria = data.get("criteria") if isinstance(data, dict) else None
    if not isinstance(criteria, dict) or not criteria:
        return
    weights = [spec.get("weight") if isinstance(spec, dict) else None for spec in criteria.values()]
    numbers = [w for w in weights if isinstance(w, int | float) and not isinstance(w, bool)]
    total = math.fsum(numbers)
    if len(numbers) == len(weights) and abs(total - 1) > TOLERANCE:
        parts = " + ".join(f"{weight:g}" for weight in numbers)
        yield ("criteria",), f"the weights sum to {total:g} ({parts}); change them to sum to 1"


def cross_faults(rubric: Rubric) -> Found:
    """(place, message) of every fault between parts."""
    for i, gate in enumerate(rubric.gates or ()):
        yield from _gate(gate, i, rubric)
    for id, spec in rubric.criteria.items():
        place: Place = ("criteria", id)
        yield from _applies(spec.applies, (*place, "applies"))
        if isinstance(spec, SequenceSpec):
            yield from _orders(spec, (*place, "orders"))
        elif isinstance(spec, RequiredSpec):
            yield from _twice((s.id for s in spec.statements), (*place, "statements"), "statement")
        elif isinstance(spec, ExamplesSpec):
            for i, sentence in enumerate(spec.good):
                if sentence in spec.bad:
                    message = f"{sentence!r} stands among the good and the bad sentences; keep one"
                    yield (*place, "good", i), message
        elif isinstance(spec, TimelinessSpec):
            yield from _rounds(spec, (*place, "rounds"))


def _gate(gate: Gate, i: int, rubric: Rubric) -> Found:
    place: Place = ("gates", i, "criterion")
    spec = rubric.criteria.get(gate.criterion)
    if spec is None:
        known = did_you_mean(gate.criterion, rubric.criteria)
        yield place, f"no criterion {gate.criterion!r} in this rubric{known}"
    elif gate.rating_at_most is not None and spec.kind not in RATED:
        yield place, f"a {spec.kind} criterion has no rating; use score_at_most"


def _applies(applies: Applies | None, place: Place) -> Found:
    if applies is None or not applies.contact or applies.complaint is None:
        return
    if applies.complaint != ("complaint" in applies.contact):
        yield place, "contact and complaint exclude each other; keep one of them"


def _orders(spec: SequenceSpec, place: Place) -> Found:
    for i, order in enumerate(spec.orders):
        yield from _applies(order.applies, (*place, i, "applies"))
        yield from _twice((stage.id for stage in order.stages), (*place, i, "stages"), "stage")
        if order.applies is None and i < len(spec.orders) - 1:
            yield (*place, i), "an order without applies hides those below it; put it last"
        if order.scored == "ladder" and len(order.stages) != 3:
            yield (*place, i, "scored"), "a ladder has three stages; use share for other numbers"


def _twice(ids: Iterable[str], place: Place, what: str) -> Found:
    seen: set[str] = set()
    for i, id in enumerate(ids):
        if id in seen:
            yield (*place, i, "id"), f"the {what} {id!r} stands twice; rename one"
        seen.add(id)


def _rounds(spec: TimelinessSpec, place: Place) -> Found:
    if spec.rounds is None:
        return
    preset = spec.rounds.preset
    if preset is not None and preset not in presets():
        yield (*place, "preset"), f"no such preset: {preset!r}{did_you_mean(preset, presets())}"
        return
    rule = round_rule(spec.rounds)
    if rule.close <= rule.open:
        yield place, f"close ({rule.close}) must be later than open ({rule.open})"
