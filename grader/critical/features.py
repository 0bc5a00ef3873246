"""Features of one window of a reply in its context, for the head of each critical id."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache

from grader.critical import claims, cues, patterns, pledges, reasons
from grader.critical.text import Span, normal, quotations
from grader.normalise import normalise
from rubrics.ids import CRITICALS

_RUNS = re.compile(r"[\u3400-\u9fff]+|[a-z0-9$%']+")
GRAMS = 4
WORDS = 3

WITH_CUSTOMER = ("false_promise", "false_claim", "safety")
"""Ids whose heads read the customer's words too: what is harmless elsewhere is not an answer to
an allergy."""

ASKING = WITH_CUSTOMER
"""Ids whose heads read the customer's sentence vector."""


@dataclass(frozen=True, slots=True)
class Window:
    """One window of a reply: its text as written, what the customer said, and the facts."""

    text: str
    customer: str
    facts: tuple[str, ...]


def extras(critical: str) -> int:
    """How many structured features the head of an id has."""
    more = dict.fromkeys(WITH_CUSTOMER, claims.PROMISE_FEATURES + pledges.FEATURES)
    more["false_claim"] += claims.CLAIM_FEATURES
    more["coerce"] = reasons.FEATURES
    return cues.SCOPED_FEATURES + patterns.count(critical) + more.get(critical, 0)


def structured(critical: str, window: Window) -> list[float]:
    """The structured features of one id, each 0–1, of length `extras(critical)`."""
    text = normal(window.text)
    values = [*cues.scoped_counts(critical, text), *patterns.matches(critical, text)]
    facts = tuple(normal(fact) for fact in window.facts)
    if critical in WITH_CUSTOMER:
        values += _promises(text, normal(window.customer), facts)
    if critical == "false_claim":
        values += claims.claim_features(text, facts)
    if critical in WITH_CUSTOMER:
        values += _pledges(text, normal(window.customer), facts)
    if critical == "coerce":
        values += reasons.features(text, normal(window.customer))
    return values


@lru_cache(maxsize=64)
def _promises(text: str, customer: str, facts: tuple[str, ...]) -> list[float]:
    return claims.promise_features(text, customer, facts)


@lru_cache(maxsize=64)
def _pledges(text: str, customer: str, facts: tuple[str, ...]) -> list[float]:
    return pledges.features(text, customer, facts)


def tokens(text: str) -> list[tuple[str, Span]]:
    """Character n-grams of Chinese and word n-grams of the rest, each with its clause.

    A token after a negation carries "¬", one inside quotation marks "«": "加微信" and
    "不会让您加微信" share no token of theirs.
    """
    plain = normal(text)
    marks = quotations(plain)
    found: list[tuple[str, Span]] = []
    for span, scope in cues.scopes(plain):
        sign = {"plain": "", "negated": "¬", "quoted": "«"}[scope]
        if any(q.start < span.start and span.end < q.end for q in marks):
            sign = "«"
        shown = normalise(text[span.start : span.end]).lower()
        found.extend((sign + gram, span) for gram in _grams(shown))
    return found


def _grams(text: str) -> Iterator[str]:
    words: list[str] = []
    for run in _RUNS.findall(text):
        if "\u3400" <= run[0] <= "\u9fff":
            for size in range(1, GRAMS + 1):
                for at in range(len(run) - size + 1):
                    yield run[at : at + size]
            words.clear()
        else:
            words.append(run)
            for size in range(1, WORDS + 1):
                if len(words) >= size:
                    yield " ".join(words[-size:])


def all_extras() -> dict[str, int]:
    """The number of structured features by id."""
    return {critical: extras(critical) for critical in CRITICALS}
