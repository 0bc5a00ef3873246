"""Which turns of phrase of a critical error stand in a text, and what speaks against them.

A match inside quotation marks does not count as said, nor one with a negation right before it.
"""

from __future__ import annotations

import re
from functools import cache, lru_cache

from grader.critical.phrases import PHRASES
from grader.critical.shields import SHIELDS
from grader.critical.text import quotations

_BEFORE = re.compile(
    r"(?:不|没|别|勿|无|未|莫|不会|不能|不用|不要|不需要|n't|not|never|no|won't|don't) ?(?:再"
    r"|能|会|用|要|需要|必|来|去|您|让您|请您|need to|have to|ever|ask for|ask you)?\s?$"
)
_OTHERS = re.compile(
    r"(?:要是|如果|若是?|谁|有人|任何人|万一|凡是|哪个|他|她|佢)[^。！？!?]{0,10}(?:让|叫|要|找|催|问|喊)(?:您|你|我们?)?"
    r"[^。！？!?]{0,8}$|(?:if|when|anyone|someone|whoever)\b[^.!?]{0,25}(?:asks?|wants?|tells?|says?)\b"
    r"[^.!?]{0,12}$"
)
_REFUSE = re.compile(
    r"[^。！？!?]{0,16}(?:别|不要|不能|勿|唔好|千万|挂断|不用理|一分都不)|[^.!?]{0,30}(?:don't|never|refuse|hang up)"
)
"""What somebody else may ask for, and that the customer should not give it: a warning."""


@cache
def _compiled() -> dict[str, tuple[re.Pattern[str], ...]]:
    return {c: tuple(re.compile(p) for p in kinds.values()) for c, kinds in PHRASES.items()}


@cache
def _shield(critical: str) -> re.Pattern[str]:
    return re.compile(SHIELDS[critical])


def count(critical: str) -> int:
    """How many features an id has here: one a pattern, and how many patterns match at once."""
    return 2 * len(PHRASES[critical]) + 4


def _refused(text: str, match: re.Match[str]) -> bool:
    """Whether a phrase is negated right before it, or is what somebody else wants in a warning."""
    if _BEFORE.search(text, max(0, match.start() - 12), match.start()):
        return True
    others = _OTHERS.search(text, max(0, match.start() - 24), match.start())
    return bool(others and _REFUSE.match(text, match.end()))


def any_match(critical: str, text: str) -> bool:
    """Whether one of an id's turns of phrase is there in the open."""
    return matches(critical, text)[-4] > 0


@lru_cache(maxsize=1024)
def matches(critical: str, text: str) -> tuple[float, ...]:
    """For each phrase: said, or only negated or quoted; then how many kinds are said, whether
    something speaks for an innocent reading, and matches without and with that.

    Values 0–1, of length `count(critical)`.
    """
    marks = quotations(text)
    values: list[float] = []
    kinds = 0
    for pattern in _compiled()[critical]:
        plain = scoped = False
        for match in pattern.finditer(text):
            quoted = any(q.start <= match.start() < q.end for q in marks)
            if quoted or _refused(text, match):
                scoped = True
            else:
                plain = True
        values += [1.0 if plain else 0.0, 1.0 if scoped else 0.0]
        kinds += plain
    shielded = bool(_shield(critical).search(text))
    return (
        *values,
        min(kinds, 3) / 3,
        1.0 if shielded else 0.0,
        1.0 if kinds and not shielded else 0.0,
        1.0 if kinds and shielded else 0.0,
    )
