"""How a customer types: in one go or in pieces, with a little word before it, with slips.

A function of the seed and of how often the customer has answered, so the same log gives the same
bytes. Pictures, numbers and what stands in quotes are never touched.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from scenarios.schema import Speech
from simulator.words import draw, way

POOL: Final = "persona.first"
PIECE: Final = "piece:"
"""What was sent as a piece of a message before, so that it is not sent again."""
MOST: Final = 60
"""Characters of a message that several were put together to."""
WORTH_CUTTING: Final = 8
"""Shorter messages are not sent in pieces."""
_CUT: Final = re.compile(r"(?<=[^\d\s])[，,](?=\s?[^\d\s])|(?<=[^\d\s])[。！？](?=[^”」』\"'\s])")
_ENDS: Final = re.compile(r"[。，,！!？?～~…\s]$")
_QUOTES: Final = re.compile(r"[“”「」『』\"]")


@dataclass(frozen=True, slots=True)
class Said:
    """One message of the customer."""

    text: str
    picture: str | None = None


@dataclass(frozen=True, slots=True)
class Spoken:
    """The messages as they are typed, and how often each pool of words was drawn from."""

    says: tuple[Said, ...]
    used: Mapping[str, int]


def spoken(
    says: Sequence[Said], speech: Speech, seed: int, number: int, used: Mapping[str, int]
) -> Spoken:
    """What is to be said as this customer types it; `number` is that of the answer, from 0."""
    typed = tuple(says)
    if _chance(seed, f"joins.{number}", speech.joins):
        typed = tuple(_joined(typed, speech.between))
    parts: list[Said] = []
    for place, said in enumerate(typed):
        cut = _parts(said) if _chance(seed, f"splits.{number}.{place}", speech.splits) else (said,)
        if len(cut) > 1 and any(f"{PIECE}{one.text}" in used for one in cut):
            cut = (said,)
        if len(cut) > 1:
            used = {**used, **{f"{PIECE}{one.text}": 1 for one in cut}}
        parts += cut
    typed = tuple(parts)
    typed = tuple(
        _slip(said, speech.slips, seed, f"{number}.{place}") for place, said in enumerate(typed)
    )
    if number and _chance(seed, f"first.{number}", speech.often):
        word = way(speech.first, seed, POOL, used)
        if word is not None and all(word[0] not in said.text for said in typed):
            return Spoken((Said(word[0]), *typed), {**used, POOL: used.get(POOL, 0) + 1})
    return Spoken(typed, used)


def _chance(seed: int, purpose: str, share: float) -> bool:
    return draw(seed, f"speech.{purpose}", 0) % 1000 < round(share * 1000)


def _joined(says: Sequence[Said], between: str) -> Iterator[Said]:
    """Neighbouring messages in one, as far as it does not grow too long."""
    text: str | None = None
    for said in says:
        if said.picture is not None:
            if text is not None:
                yield Said(text)
            text = None
            yield said
        elif text is None:
            text = said.text
        elif len(text) + len(said.text) > MOST:
            yield Said(text)
            text = said.text
        else:
            text += said.text if _ENDS.search(text) else between + said.text
    if text is not None:
        yield Said(text)


def _parts(said: Said) -> tuple[Said, ...]:
    """The two messages that a longer one is sent as; the message where it has no good place."""
    text = said.text
    if said.picture is not None or len(text) < WORTH_CUTTING or _QUOTES.search(text):
        return (said,)
    found = _CUT.search(text, 2)
    if found is None or len(text) - found.end() < 2:
        return (said,)
    return Said(text[: found.end()].rstrip("，,。")), Said(text[found.end() :].strip())


def _slip(said: Said, slips: Mapping[str, str], seed: int, purpose: str) -> Said:
    """At most one slip in some messages: the first word that this customer mistypes."""
    if said.picture is None and slips and _chance(seed, f"slips.{purpose}", 0.3):
        for right, wrong in slips.items():
            if right in said.text:
                return Said(said.text.replace(right, wrong, 1))
    return said
