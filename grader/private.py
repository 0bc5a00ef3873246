"""Scorecards without personal data: whatever quotes or retells the conversation is masked.

Ids, senders and numbers stay as they are.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

from grader.scorecard import CriterionResult, Scorecard
from transcripts.masking import Masker

Mask = Callable[[str], str]


def mask_of_one_card() -> Mask:
    """A mask whose numbers hold for one card.

    A new one for each card: were it shared, `[name_2]` would depend on what was graded before.
    """
    masker = Masker()
    return lambda text: masker.mask(text).text


def masked(card: Scorecard, mask: Mask) -> Scorecard:
    """The card with every text that quotes or retells the conversation masked."""
    return replace(
        card,
        critical_evidence=tuple(
            replace(found, quote=mask(found.quote)) for found in card.critical_evidence
        ),
        criteria={name: _criterion(result, mask) for name, result in card.criteria.items()},
        unverified=tuple(
            replace(claim, quote=mask(claim.quote), reason=mask(claim.reason))
            for claim in card.unverified
        ),
    )


def _criterion(result: CriterionResult, mask: Mask) -> CriterionResult:
    return replace(
        result,
        evidence=tuple(
            replace(one, quote=mask(one.quote), reason=mask(one.reason)) for one in result.evidence
        ),
        why=_maybe(result.why, mask),
        advice=_maybe(result.advice, mask),
        model_reply=_maybe(result.model_reply, mask),
    )


def _maybe(text: str | None, mask: Mask) -> str | None:
    return None if text is None else mask(text)
