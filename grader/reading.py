"""Everything that was heard in one conversation, before any rubric asks about it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from grader.scorecard import CriticalFinding, Unverified
from transcripts.types import Language, Reply, Transcript


@dataclass(frozen=True, slots=True)
class Clause:
    """One clause of an agent message and the acts it does.

    `start` and `end` are code points in the text of message `message`, so the quote is verbatim;
    `text` is its normalised form (Simplified, half-width, without decoration) that models read.
    """

    message: int
    start: int
    end: int
    text: str
    acts: tuple[str, ...]
    probabilities: Mapping[str, float]


@dataclass(frozen=True, slots=True)
class Claim:
    """A checkable statement of a reply held against the facts.

    `verdict`: supported, contradicted, beyond_authority, below_law, unverified, or unanswered (the
    customer's question that the facts could answer and the reply did not). `severity` 0–1 says how
    much it matters; `fact` is the text of the deciding fact, where there is one.
    """

    message: int
    quote: str
    verdict: str
    reason: str
    severity: float
    fact: str | None = None


@dataclass(frozen=True, slots=True)
class HeardReply:
    """A reply with its acts and ratings.

    `need` is the strongest emotion (0–4) of the customer messages that it answers, carried over
    from before where the customer's trouble is still open. `substantive`: more than a greeting,
    thanks or a hold. `solved`: the probability of its likeliest act that solves something.
    `degrees` says how clearly each act is done, 0–1, and 0.5 where the act is just named: scores
    move smoothly where a label would flip. `litany`: it recites everything at once, so nothing of
    it is done.
    """

    reply: Reply
    clauses: tuple[Clause, ...]
    acts: tuple[str, ...]
    need: float
    empathy: float | None
    accuracy: float | None
    claims: tuple[Claim, ...]
    substantive: bool
    solved: float = 0.0
    degrees: Mapping[str, float] = field(default_factory=dict)
    litany: bool = False

    def degree(self, acts: Iterable[str]) -> float:
        """How clearly the clearest of these acts is done; by the labels where no more is known."""
        return max((self.degrees.get(act, float(act in self.acts)) for act in acts), default=0.0)


@dataclass(frozen=True, slots=True)
class HeardCustomer:
    """A customer message: its emotion (0–4) and whether it leaves something to answer."""

    message: int
    emotion: float
    open: bool


@dataclass(frozen=True, slots=True)
class Reading:
    """What criteria are scored from."""

    transcript: Transcript
    lang: Language
    replies: tuple[HeardReply, ...]
    customer: tuple[HeardCustomer, ...]
    critical: tuple[CriticalFinding, ...]
    unverified: tuple[Unverified, ...]
    deeds: tuple[Claim, ...] = ()
    """Faults of what was done in the workbench; they weigh like false statements."""
