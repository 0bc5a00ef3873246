"""Whether a reply is about this customer's matter at all, or was meant for another window."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Any, Final

from grader.encoder import Vectors
from grader.normalise import normalise
from rubrics.ids import BAD_ACTS
from scenarios.schema import Scenario

LIKE: Final = 0.5
"""Cosine with anything in the scenario below which a reply is strange."""
SHARED: Final = 0.08
"""The same for the share of its word pieces that the scenario has too."""
WORTH_JUDGING: Final = 12
"""Shorter replies fit anywhere."""
_POLITE: Final = frozenset(
    {"greet", "apologise", "empathise", "reassure", "thank", "close", "hold"}
)
_HAN: Final = re.compile(r"[\u3400-\u9fff]+")
_WORD: Final = re.compile(r"[a-z]{4,}")


@dataclass(frozen=True)
class _Matter:
    vectors: Vectors
    pieces: frozenset[str]


def off_topic(texts: Sequence[str], acts: Sequence[str], scenario: Scenario, encoder: Any) -> bool:
    """Whether the normalised texts of a reply have nothing to do with the customer's matter."""
    reply = " ".join(texts)
    if len(reply) < WORTH_JUDGING or not set(acts) - _POLITE or set(acts) & set(BAD_ACTS):
        return False  # courtesies fit anywhere, and an insult is meant for whoever reads it
    matter = _matter(tuple(_texts(scenario)), encoder)
    pieces = _pieces(reply)
    if pieces and len(pieces & matter.pieces) / len(pieces) >= SHARED:
        return False
    return float((encoder.encode(texts) @ matter.vectors.T).max()) < LIKE


@lru_cache(maxsize=64)
def _matter(texts: tuple[str, ...], encoder: Any) -> _Matter:
    known = [text for text in map(normalise, texts) if text]
    return _Matter(encoder.encode(known), frozenset().union(*map(_pieces, known)))


def _pieces(text: str) -> frozenset[str]:
    """Pairs of Chinese characters, and longer English words."""
    pairs = {run[i : i + 2] for run in _HAN.findall(text) for i in range(len(run) - 1)}
    return frozenset(pairs | set(_WORD.findall(text)))


def _texts(scenario: Scenario) -> Iterator[str]:
    """Everything that is said or known in a scenario, the scripted agents left out."""
    yield scenario.shelf
    yield from (fact.text for fact in scenario.facts)
    yield from (one.text for one in scenario.earlier)
    pools: list[Any] = [scenario.opening]
    pools += [known.say for known in scenario.knows.values()]
    pools += [question.again for question in scenario.questions.values()]
    pools += [heard.say for heard in scenario.hears.values()]
    pools += [rule.say for rules in scenario.states.values() for rule in rules if rule.say]
    if scenario.deal is not None:
        pools += [scenario.deal.counter, scenario.deal.accept]
    for pool in pools:
        for way in pool:
            yield from (way,) if isinstance(way, str) else way
