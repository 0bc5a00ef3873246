"""The criterion `empathy`: each reply's rating, weighted to when the customer was upset.

Before a rating counts it is held against the conversation: a third apology in the same words is
worth little, feelings the customer never showed earn nothing, and warmth that is all there is twice
running is a formula.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final

import numpy as np

from grader.judgement import Judgement, not_scored
from grader.losses import invented
from grader.normalise import normalise
from grader.outcome import FIGHTS, HELP
from grader.reading import HeardReply, Reading
from grader.scorecard import Evidence
from grader.spread import quote_acts, weighted
from grader.wording import say
from rubrics.schema import EmpathySpec

WARM: Final = ("empathise", "apologise", "reassure")
HURTFUL: Final = ("rude", "blame", "deny", "dismiss", "stall", "coerce")


@dataclass(frozen=True, slots=True)
class Held:
    """A reply's rating after it was held against the conversation; `why` names what lowered it."""

    heard: HeardReply
    rating: float
    why: str | None


def score(reading: Reading, spec: EmpathySpec) -> Judgement:
    """Points by need and rating; the weighted mean over the replies that have a rating."""
    held = _held(reading)
    if not held:
        return not_scored(say(reading.lang, "empathy.no_trouble"))
    parts = [(_at(spec.weights, h.heard.need), _points(spec, h)) for h in held]
    total, shares = weighted(parts)
    evidence = tuple(
        _evidence(reading, one, share) for one, share in zip(held, shares, strict=True)
    )
    weights = [weight for weight, _ in parts]
    rating = float(np.average([one.rating for one in held], weights=weights))
    return Judgement(
        score=total,
        evidence=evidence,
        confidence=_confidence(held, weights),
        rating=rating,
        faults=_faults(held, parts, evidence),
    )


def _held(reading: Reading) -> list[Held]:
    texts = [message.text for message in reading.transcript.messages]
    facts = " ".join(fact.text for fact in reading.transcript.facts)
    said: list[str] = []
    warm_before = False
    held: list[Held] = []
    for heard in reading.replies:
        first = heard.reply.message
        customer = " ".join(
            text
            for text, message in zip(texts[:first], reading.transcript.messages, strict=False)
            if message.role == "customer"
        )
        warm = [normalise(c.text) for c in heard.clauses if set(WARM) & set(c.acts)]
        helps = bool(set(heard.acts) & HELP)
        if heard.empathy is not None:
            rating, why = heard.empathy, None
            for cap, reason in _caps(
                heard, reading, customer + facts, said, warm_before and not helps
            ):
                if rating > cap:
                    rating, why = cap, reason
            held.append(Held(heard, rating, why))
        said += warm
        warm_before = bool(warm) and not helps
    return held


def _caps(
    heard: HeardReply, reading: Reading, known: str, said: Sequence[str], empty_again: bool
) -> list[tuple[float, str]]:
    caps: list[tuple[float, str]] = []
    warm = [normalise(c.text) for c in heard.clauses if set(WARM) & set(c.acts)]
    if warm:
        times = min(sum(_alike(text, before) for before in said) for text in warm)
        if times >= 1:
            caps.append((2.2 if times == 1 else 1.2, "empathy.repeated"))
        if invented(heard, known):
            caps.append((2.0, "empathy.invented"))
    asked = " ".join(reading.transcript.messages[n].text for n in heard.reply.customer)
    if _parrots(heard.reply.text, asked):
        caps.append((1.0, "empathy.echo"))
    if heard.litany:
        caps.append((1.8, "empathy.litany"))
    if empty_again:
        caps.append((2.0, "empathy.words_only"))
    return caps


def _grams(text: str) -> set[str]:
    plain = "".join(c for c in text.lower() if c.isalnum())
    return {plain[i : i + 2] for i in range(len(plain) - 1)}


def _alike(text: str, other: str) -> bool:
    """Whether two clauses are nearly the same words."""
    left, right = _grams(text), _grams(other)
    return len(left & right) >= 0.7 * max(len(left), len(right), 1)


def _parrots(reply: str, customer: str) -> bool:
    """Whether a reply is made of the customer's own words."""
    mine, theirs = _grams(normalise(reply)), _grams(normalise(customer))
    return len(mine) >= 6 and len(mine & theirs) >= 0.75 * len(mine)


def _at(table: Mapping[Any, float], need: float) -> float:
    """The table's value at a need, in proportion between two lines."""
    return float(np.interp(need, sorted(table), [table[n] for n in sorted(table)]))


def _points(spec: EmpathySpec, one: Held) -> float:
    words = {int(need): points for need, points in spec.points.items()}
    deeds = words | {int(need): points for need, points in spec.points_if_answered.items()}
    helped = one.heard.degree(HELP) * (1 - one.heard.degree(FIGHTS))
    return (1 - helped) * _of(words, one) + helped * _of(deeds, one)


def _of(table: Mapping[int, Sequence[float]], one: Held) -> float:
    """Points of a reply's rating at the need that it met."""
    by_need = {
        need: float(np.interp(one.rating, range(5), points)) for need, points in table.items()
    }
    return _at(by_need, one.heard.need)


def _band(rating: float) -> str:
    for limit, name in ((0.6, "hurts"), (1.5, "cold"), (2.5, "formula"), (3.4, "warm")):
        if rating < limit:
            return f"empathy.{name}"
    return "empathy.deep"


def _evidence(reading: Reading, one: Held, share: float) -> Evidence:
    acts = HURTFUL if one.rating < 1.5 else WARM
    message, quote = quote_acts(reading, one.heard, acts)
    reason = say(reading.lang, one.why or _band(one.rating))
    return Evidence(message, quote, share, reason)


def _faults(
    held: Sequence[Held], parts: Sequence[tuple[float, float]], evidence: Sequence[Evidence]
) -> dict[str, Evidence]:
    """What costs most first: weight times the points missing."""
    lost = [weight * (100 - points) for weight, points in parts]
    faults: dict[str, Evidence] = {}
    for number in sorted(range(len(held)), key=lambda n: (-lost[n], n)):
        if parts[number][1] >= 85:
            continue
        key = held[number].why or _band(held[number].rating)
        faults.setdefault(key.replace("empathy.", "empathy.advice_"), evidence[number])
    return faults


def _confidence(held: Sequence[Held], weights: Sequence[float]) -> float:
    """Ratings near a whole number of the scale's ends are surer than those in between."""
    sure = [0.6 + 0.3 * min(1.0, abs(one.rating - 2.0) / 1.5) for one in held]
    return float(np.average(sure, weights=weights))
