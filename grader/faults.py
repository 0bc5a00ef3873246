"""Which of a criterion's faults can be spoken of, how strongly, and in which message it shows."""

from __future__ import annotations

import re
from typing import Final

from grader.evasion import PLANS
from grader.outcome import ANSWERS, FIGHTS
from grader.reading import HeardReply, Reading
from grader.scorecard import Evidence

UPSET: Final = 2.0
"""From this emotion on a customer is spoken of as upset,"""
ANGRY: Final = 2.5
"""and from this one as angry."""
UNANSWERED: Final = "timeliness.advice_unanswered"
MILD: Final = frozenset({"empathy.advice_cold", "empathy.advice_formula", "empathy.advice_hurts"})

_FALSE: Final = frozenset({"contradicted", "beyond_authority", "below_law"})
_PRESSES: Final = re.compile(
    r"[?？]|[吗呢]$|怎么|多久|什么时候|哪|到底|还没|快点|催|没人|几[号点天]|when|how|still|why|where",
    re.IGNORECASE,
)
_CONDITION: Final = re.compile(r"若|如果|要是|再发现|再發現|万一|的话|\bif\b", re.IGNORECASE)
_GOODBYE: Final = "sequence.advice_no_goodbye"
_AT_THE_END: Final = frozenset(
    f"sequence.advice_no_{stage}"
    for stage in ("resolve", "introduce", "order", "check", "change", "confirm", "help", "settle")
) | {_GOODBYE}


def shows(reading: Reading, fault: str, evidence: Evidence) -> bool:
    """Whether a reader would see the fault in the message that it points to."""
    heard = _reply(reading, evidence.message)
    match fault:
        case "resolution.advice_false":
            return heard is not None and any(claim.verdict in _FALSE for claim in heard.claims)
        case "accuracy.advice_false" | "accuracy.advice_misleading" | "accuracy.advice_vague":
            return heard is not None and bool(set(heard.acts) & (ANSWERS | PLANS))
        case "resolution.advice_chased" | "timeliness.advice_unanswered":
            text = reading.transcript.messages[evidence.message].text
            return _PRESSES.search(text) is not None
        case "sequence.advice_asked_again":
            return _CONDITION.search(evidence.quote) is None
        case "resolution.advice_last_mood":
            moods = {heard.message: heard.emotion for heard in reading.customer}
            return moods.get(evidence.message, 0.0) >= ANGRY
        case _:
            return True


def named(reading: Reading, fault: str, evidence: Evidence) -> str:
    """The fault as it is spoken of: coldness toward somebody merely uneasy is milder, and a wait
    that ends at the customer's own message was never answered."""
    heard = _reply(reading, evidence.message)
    if heard is not None and heard.need < UPSET and fault in MILD:
        return "empathy.advice_mild"
    asked = reading.transcript.messages[evidence.message].role == "customer"
    return UNANSWERED if asked and fault.startswith("timeliness.") else fault


def placed(reading: Reading, fault: str, evidence: Evidence) -> int:
    """The message that advice speaks of; what is missing, where it could have stood."""
    replies = reading.replies
    if fault in _AT_THE_END:
        weighty = [heard for heard in replies if heard.substantive] or list(replies)
        return (replies if fault == _GOODBYE else weighty)[-1].reply.messages[-1]
    if fault == "sequence.advice_fought":
        return next((h.reply.message for h in replies if set(h.acts) & FIGHTS), evidence.message)
    return evidence.message


def _reply(reading: Reading, message: int) -> HeardReply | None:
    return next((heard for heard in reading.replies if message in heard.reply.messages), None)
