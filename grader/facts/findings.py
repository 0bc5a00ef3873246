"""What a comparison is given and what it gives back."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from functools import lru_cache
from typing import Literal

from grader.encoder import Encoder
from grader.facts.matching import content
from grader.facts.opposites import Stance, stances
from grader.facts.statements import Statement, statements
from transcripts.aligned import aligned
from transcripts.types import Fact, Language, Message

Verdict = Literal[
    "supported", "contradicted", "beyond_authority", "below_law", "unverified", "unanswered"
]


@dataclass(frozen=True, slots=True)
class Finding:
    """A checkable statement of a reply and what the facts say about it.

    `start` and `end` are code points in the reply (0, 0 for what is missing from it). `key` and
    `values` fill a text of `grader/wording/facts.yaml`. `severity` 0–1 says how much it matters.
    """

    verdict: Verdict
    start: int
    end: int
    key: str
    values: Mapping[str, str] = field(default_factory=dict)
    severity: float = 0.5
    fact: str | None = None


@dataclass(frozen=True, slots=True)
class Context:
    """What surrounds a reply. `actions` is None where the transcript records no actions at all."""

    language: Language = "zh"
    customer_before: tuple[str, ...] = ()
    agent_before: tuple[str, ...] = ()
    at: datetime | None = None
    authority: Mapping[str, float] | None = None
    currency: str | None = None
    actions: tuple[Message, ...] | None = None
    market: str = "CN"
    encoder: Encoder | None = None
    shop: str | None = None
    product: str | None = None


@dataclass(frozen=True, slots=True)
class View:
    """A fact or reply text, read once."""

    text: str
    plain: str
    statements: tuple[Statement, ...]

    @property
    def words(self) -> frozenset[str]:
        """The content words of the whole text."""
        return content(self.text)

    def words_of(self, i: int) -> frozenset[str]:
        """The content words of statement `i`."""
        return content(self.statements[i].text)

    def stances_of(self, i: int) -> tuple[Stance, ...]:
        """What statement `i` grants or denies."""
        return stances(self.statements[i].text)


@lru_cache(maxsize=1024)
def view(text: str, at: datetime | None = None) -> View:
    """The text with its statements, their content words and stances."""
    found = statements(text, at)
    return View(
        text=text,
        plain=aligned(text),
        statements=found,
    )


def in_force(facts: Sequence[Fact], context: Context) -> tuple[Fact, ...]:
    """The facts whose dates and scope hold here; the others neither support nor contradict."""
    day = context.at.date() if context.at else None
    return tuple(
        fact
        for fact in facts
        if not (day and fact.valid_from and day < fact.valid_from)
        and not (day and fact.valid_to and day > fact.valid_to)
        and _scope_holds(fact, context)
    )


def _scope_holds(fact: Fact, context: Context) -> bool:
    if not fact.scope:
        return True
    if isinstance(fact.scope, str):
        names = [name for name in (context.shop, context.product) if name]
        return not names or any(aligned(fact.scope) in aligned(name) for name in names)
    for key, mine in (("shop", context.shop), ("product", context.product)):
        wanted = fact.scope.get(key)
        if wanted and mine and aligned(str(wanted)) not in aligned(mine):
            return False
    return True
