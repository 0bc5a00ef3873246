"""The identifiers that rubrics, labels and scorecards share; the codebook says what they mean."""

from __future__ import annotations

from typing import Final

ACTS: Final = (
    "greet", "apologise", "empathise", "reassure", "ask_problem", "request_evidence",
    "verify_order", "hold", "explain_cause", "state_policy", "give_info", "offer_refund",
    "offer_replacement", "offer_compensation", "guide_steps", "commit_time", "escalate",
    "recommend", "hold_price", "offer_discount", "urge_order", "thank", "close", "deny", "blame",
    "dismiss", "stall", "rude", "off_platform", "coerce", "leak_privacy",
)  # fmt: skip

BAD_ACTS: Final = (
    "deny", "blame", "dismiss", "stall", "rude", "off_platform", "coerce", "leak_privacy",
)  # fmt: skip

CRITICALS: Final = (
    "rude", "off_platform", "coerce", "leak_privacy", "false_promise", "false_claim", "safety",
)  # fmt: skip

STAGES: Final = {
    "apologise": ("apologise", "empathise", "reassure"),
    "verify": ("ask_problem", "request_evidence", "verify_order", "hold"),
    "resolve": (
        "offer_refund", "offer_replacement", "offer_compensation", "guide_steps", "commit_time",
        "escalate",
    ),
}  # fmt: skip

KINDS: Final = (
    "empathy", "accuracy", "sequence", "timeliness", "resolution", "conduct", "examples",
    "required", "rule",
)  # fmt: skip
