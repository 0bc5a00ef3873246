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
    typed = tuple(
        part
        for place, said in enumerate(typed)
        for part in _parts(said, _chance(seed, f"splits.{number}.{place}", speech.splits))
    )
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


def _parts(said: Said, cuts: bool) -> Iterator[Said]:
    """A message, or the two that it is sent as."""
    if cuts and said.picture is None and len(said.text) >= WORTH_CUTTING:
        found = None if _QUOTES.search(said.text) else _CUT.search(said.text, 2)
        if found is not None and len(said.text) - found.end() >= 2:
            head = said.text[: found.start()] + said.text[found.start() : found.end()].strip(
                "，,。"
            )
            yield Said(head)
            yield Said(said.text[found.end() :].strip())
            return
    yield said


def _slip(said: Said, slips: Mapping[str, str], seed: int, purpose: str) -> Said:
    """At most one slip in some messages: the first word that this customer mistypes."""
    if said.picture is None and slips and _chance(seed, f"slips.{purpose}", 0.3):
        for right, wrong in slips.items():
            if right in said.text:
                return Said(said.text.replace(right, wrong, 1))
    return said
