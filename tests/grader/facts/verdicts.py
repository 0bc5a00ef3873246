"""A reply held against facts, and its verdicts as letters.

S supported, C contradicted, B beyond authority, L below law, U unverified, A unanswered; "-X" means
that X is not found.
"""

from __future__ import annotations

from grader.facts.compare import Context, check
from grader.wording import table
from transcripts.types import Fact

VERDICTS = {
    "S": "supported", "C": "contradicted", "B": "beyond_authority", "L": "below_law",
    "U": "unverified", "A": "unanswered",
}  # fmt: skip

Case = tuple[str, str, str, str]


def verdicts(facts: str, customer: str, reply: str, context: Context | None = None) -> set[str]:
    """The letters of the verdicts on a reply; facts are parted by |."""
    known = [Fact(text.strip()) for text in facts.split("|") if text.strip()]
    found = check(reply, customer, known, context)
    for finding in found:
        assert finding.values["quote"] == reply[finding.start : finding.end]
        assert finding.key in table()
        assert 0 <= finding.severity <= 1
    names = {name: letter for letter, name in VERDICTS.items()}
    return {names[finding.verdict] for finding in found}


def demand(expected: str, found: set[str]) -> None:
    for item in expected.split():
        if item.startswith("-"):
            assert item[1:] not in found, found
        else:
            assert item in found, found
