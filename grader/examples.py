"""Criterion kind `examples`: a trainer gives good and bad sentences, likeness does the rest.

How far a sentence is on the good side is its likeness (cosine) to the nearest good sentence minus
that to the nearest bad one. The threshold is fitted from the examples themselves: each is held out
in turn and the threshold with the best mean of both hit rates is taken, in the middle of the range
that does equally well. A sentence must also be about the matter at all: at least about as like to a
good (or bad) one as the examples of a side are to each other.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from grader.encoder import Encoder, Vectors
from grader.judgement import Judgement, not_scored
from grader.normalise import normalise
from grader.reading import HeardReply, Reading
from grader.scorecard import Evidence, rounded_parts
from grader.wording import say
from rubrics.schema import ExamplesSpec

NEAR = (0.35, 0.75)
"""Bounds of the likeness that makes a sentence be about the matter."""
SLACK = 0.05

Numbers = NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Fit:
    """What was learnt from the examples. `accuracy`: mean hit rate of both sides, held out."""

    good: Vectors
    bad: Vectors
    threshold: float
    near_good: float
    near_bad: float
    accuracy: float


@dataclass(frozen=True, slots=True)
class _Unit:
    """A sentence of a reply, its likeness to both sides and its distance over the threshold."""

    message: int
    quote: str
    good: float
    bad: float
    over: float


def score(reading: Reading, spec: ExamplesSpec, encoder: Encoder) -> Judgement:
    """Score the replies by their likeness to the examples, as `wanted` says."""
    replies = [heard for heard in reading.replies if heard.clauses]
    if not replies:
        return not_scored(say(reading.lang, "examples.nobody"))
    fitted = fit(spec.good, spec.bad, encoder)
    threshold = fitted.threshold if spec.threshold is None else spec.threshold
    units = [_units(reading, heard, fitted, threshold, encoder) for heard in replies]
    if spec.wanted == "once":
        evidence = _once(reading, units, fitted)
    elif spec.wanted == "never":
        evidence = _never(reading, units, fitted)
    else:
        evidence = _every(reading, units, fitted)
    total = round(sum(item.points for item in evidence), 1)
    worst = min(evidence, key=lambda item: item.points)
    faults = {} if total >= 100 else {f"examples.advice_{spec.wanted}": worst}
    nearest = min(abs(unit.over) for found in units for unit in found)
    confidence = fitted.accuracy * (0.6 + 0.4 * min(1.0, nearest / 0.1))
    return Judgement(total, evidence, confidence=confidence, faults=faults)


def fit(good: tuple[str, ...], bad: tuple[str, ...], encoder: Encoder) -> Fit:
    """Fit the threshold from the examples; deterministic, some milliseconds."""
    yes = encoder.encode([normalise(text) for text in good])
    no = encoder.encode([normalise(text) for text in bad])
    alike_yes, alike_no = _held_out(yes), _held_out(no)
    across = (yes @ no.T).astype(np.float64)
    over_yes = alike_yes - across.max(axis=1)
    over_no = across.max(axis=0) - alike_no
    threshold, accuracy = _best(over_yes, over_no)
    return Fit(yes, no, threshold, _floor(alike_yes), _floor(alike_no), accuracy)


def _held_out(vectors: Vectors) -> Numbers:
    """For each example its likeness to the nearest other one of its side."""
    likeness = (vectors @ vectors.T).astype(np.float64)
    np.fill_diagonal(likeness, -1.0)
    best: Numbers = likeness.max(axis=1)
    return best


def _floor(alike: Numbers) -> float:
    return float(np.clip(alike.min() - SLACK, *NEAR))


def _best(yes: Numbers, no: Numbers) -> tuple[float, float]:
    """The threshold with the best mean of both hit rates; the middle of the widest such range."""
    values = np.unique(np.concatenate([yes, no]))
    cuts = np.concatenate(
        [[values[0] - SLACK], (values[1:] + values[:-1]) / 2, [values[-1] + SLACK]]
    )
    rates = [((yes >= cut).mean() + (no < cut).mean()) / 2 for cut in cuts]
    widths = np.concatenate([[0.0], np.diff(values), [0.0]])
    best = max(range(len(cuts)), key=lambda i: (round(float(rates[i]), 9), float(widths[i]), -i))
    return float(cuts[best]), float(rates[best])


def _units(
    reading: Reading, heard: HeardReply, fitted: Fit, threshold: float, encoder: Encoder
) -> list[_Unit]:
    """The clauses of a reply, and each of its messages as a whole."""
    messages = reading.transcript.messages
    spans = [(c.message, messages[c.message].text[c.start : c.end], c.text) for c in heard.clauses]
    for i in heard.reply.messages:
        whole = normalise(messages[i].text)
        if whole and all(whole != text for _, _, text in spans):
            spans.append((i, messages[i].text, whole))
    vectors = encoder.encode([text for _, _, text in spans])
    good = (vectors @ fitted.good.T).max(axis=1)
    bad = (vectors @ fitted.bad.T).max(axis=1)
    return [
        _Unit(message, quote, float(g), float(b), float(g) - float(b) - threshold)
        for (message, quote, _), g, b in zip(spans, good, bad, strict=True)
    ]


def _does(unit: _Unit, fitted: Fit) -> bool:
    return unit.over >= 0 and unit.good >= fitted.near_good


def _errs(unit: _Unit, fitted: Fit) -> bool:
    return unit.over < 0 and unit.bad >= fitted.near_bad


def _once(reading: Reading, units: list[list[_Unit]], fitted: Fit) -> tuple[Evidence, ...]:
    every = [unit for found in units for unit in found]
    done = [unit for unit in every if _does(unit, fitted)]
    best = max(done or every, key=lambda unit: (unit.over, -unit.message))
    key, points = ("examples.like_good", 100.0) if done else ("examples.nothing_alike", 0.0)
    return (Evidence(best.message, best.quote, points, say(reading.lang, key)),)


def _never(reading: Reading, units: list[list[_Unit]], fitted: Fit) -> tuple[Evidence, ...]:
    every = [unit for found in units for unit in found]
    wrong = [unit for unit in every if _errs(unit, fitted)]
    if not wrong:
        reason = say(reading.lang, "examples.nothing_bad")
        return (Evidence(every[0].message, "", 100.0, reason),)
    worst = min(wrong, key=lambda unit: (unit.over, unit.message))
    reason = say(reading.lang, "examples.like_bad")
    return (Evidence(worst.message, worst.quote, 0.0, reason),)


def _every(reading: Reading, units: list[list[_Unit]], fitted: Fit) -> tuple[Evidence, ...]:
    full = rounded_parts([100 / len(units)] * len(units), 100.0)
    rows = []
    for found, points in zip(units, full, strict=True):
        best = max(found, key=lambda unit: (_does(unit, fitted), unit.over, -unit.message))
        done = _does(best, fitted)
        reason = say(reading.lang, "examples.like_good" if done else "examples.nothing_alike")
        rows.append(Evidence(best.message, best.quote, points if done else 0.0, reason))
    return tuple(rows)
