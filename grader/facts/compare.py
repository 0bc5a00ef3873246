"""A reply held against the facts.

Similarity only finds which fact a statement is about; numbers, sides and limits decide.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from grader.facts.amounts import check_amounts
from grader.facts.answers import check_answers, check_unanswered
from grader.facts.authority import check_authority
from grader.facts.claims import check_claims, check_done
from grader.facts.findings import Context, Finding, View, in_force, view
from grader.facts.whereabouts import check_whereabouts
from rubrics.legal_floor import check_floor
from transcripts.types import Fact

__all__ = ["Context", "Finding", "check"]

MAX_CHARS = 20_000
"""Facts are held against the first 20,000 characters of a reply."""


def check(
    reply: str, customer: str, facts: Sequence[Fact], context: Context | None = None
) -> list[Finding]:
    """Every checkable statement of `reply` with a verdict, in order of place.

    `customer` is what the reply answers, "" for none. Facts out of date or scope are left aside.
    Without facts only claims, actions and law are looked at.
    """
    context = context or Context()
    reply = reply[:MAX_CHARS]
    mine = view(reply, context.at)
    theirs = view(customer[-2000:], context.at)
    holding = in_force(facts, context)
    known = [view(fact.text[:2000], context.at) for fact in holding]
    findings: list[Finding] = []
    if known:
        findings += check_amounts(
            mine, theirs, known, (*context.customer_before, *context.agent_before)
        )
        findings += check_answers(mine, theirs, known, context.encoder)
        findings += check_unanswered(mine, theirs, known, context.encoder)
        findings += check_whereabouts(mine, holding)
    findings += check_authority(mine, known, context)
    findings += check_claims(mine, theirs, known)
    findings += check_done(mine, known, context)
    findings += _floor(mine, context)
    unlawful = {fact.text for fact in known if _breaches(fact.text, context)}
    findings = [f for f in findings if not (f.verdict == "supported" and f.fact in unlawful)]
    return _settled(
        [replace(f, values={**f.values, "quote": reply[f.start : f.end]}) for f in findings]
    )


def _breaches(text: str, context: Context) -> bool:
    """Whether a shop's rule falls below the law; such a fact supports nothing."""
    return bool(check_floor(text, context.market, context.at, context.language))


def _floor(reply: View, context: Context) -> list[Finding]:
    return [
        Finding("below_law", breach.start, breach.end, "facts.below_law",
                {"rule": breach.rule, "source": breach.source}, 0.9)
        for breach in check_floor(reply.text, context.market, context.at, context.language)
    ]  # fmt: skip


_RANK = {"beyond_authority": 0, "below_law": 1, "contradicted": 2, "unverified": 3, "supported": 4,
         "unanswered": 5}  # fmt: skip


def _settled(findings: list[Finding]) -> list[Finding]:
    """One verdict a span, the gravest first; a value beyond authority is not also contradicted."""
    chosen: list[Finding] = []
    for finding in sorted(findings, key=lambda f: (_RANK[f.verdict], f.start, f.end, f.key)):
        if any(f.start == finding.start and f.end == finding.end for f in chosen if f.end):
            continue
        chosen.append(finding)
    return sorted(chosen, key=lambda f: (f.start, f.end, _RANK[f.verdict]))
