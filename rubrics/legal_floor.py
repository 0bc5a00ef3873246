"""The legal floor: what a market's law gives the buyer, held against a shop's rule.

A hit is a suspicion with its source, worded for a QA lead; it is never rewarded.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from functools import cache
from importlib.resources import files
from typing import Final, Literal

from pydantic import BaseModel, ConfigDict, Field, field_validator

from rubrics.own_yaml import own_yaml
from transcripts.aligned import aligned
from transcripts.types import Language

Market = Literal["CN", "TW", "HK", "UK", "EU", "US"]


class Wording(BaseModel):
    """A rule in the two languages that texts are kept in."""

    model_config = ConfigDict(extra="forbid", frozen=True)
    zh: str = Field(description="The rule in Simplified Chinese")
    en: str = Field(description="The rule in English")


class Rule(BaseModel):
    """One thing that the law gives and shops tend to take away."""

    model_config = ConfigDict(extra="forbid", frozen=True)
    id: str = Field(
        description="Unique name, market first: cn-opened-return", pattern=r"^[a-z0-9-]+$"
    )
    market: Market = Field(description="Where the rule holds")
    rule: Wording = Field(description="What the law gives")
    source: str = Field(
        description="Statute and article, as a reader would look it up", min_length=4
    )
    note: str = Field(
        "", description="What of the source, number or date could not be looked up; empty: nothing"
    )
    valid_from: date = Field(description="First day on which the rule is in force")
    valid_to: date | None = Field(
        None, description="Last day on which it is in force; open if left out"
    )
    patterns: list[str] = Field(
        description="Regular expressions that a breach matches", min_length=1
    )
    unless: list[str] = Field([], description="Regular expressions that lift a hit in one sentence")
    min_days: int | None = Field(
        None, description="A hit with a group `days` counts only below this number of days"
    )

    @field_validator("patterns", "unless")
    @classmethod
    def _compiles(cls, patterns: list[str]) -> list[str]:
        for pattern in patterns:
            try:
                re.compile(pattern)
            except re.error as error:
                raise ValueError(f"not a regular expression: {pattern!r} ({error})") from error
        return patterns


class Floor(BaseModel):
    """The whole file."""

    model_config = ConfigDict(extra="forbid", frozen=True)
    format: Literal[1] = Field(description="Version of this file's shape")
    rules: list[Rule] = Field(description="The rules, any order")

    @field_validator("rules")
    @classmethod
    def _unique(cls, rules: list[Rule]) -> list[Rule]:
        names = [rule.id for rule in rules]
        twice = sorted({name for name in names if names.count(name) > 1})
        if twice:
            raise ValueError(f"ids used twice: {', '.join(twice)}; give each rule its own id")
        return rules


@dataclass(frozen=True, slots=True)
class Breach:
    """Words that fall below a rule: code points in the text, the rule in the text's language."""

    id: str
    start: int
    end: int
    rule: str
    source: str


_SENTENCE: Final = re.compile(r"[^。!?\n;；！？]{1,400}")
_DAYS: Final = {"一": 1, "二": 2, "两": 2, "三": 3, "四": 4, "五": 5, "六": 6,
                "three": 3, "five": 5, "seven": 7, "ten": 10}  # fmt: skip


@cache
def shipped() -> Floor:
    """The rules that come with the package."""
    path = files("rubrics").joinpath("legal_floor.yaml")
    return Floor.model_validate(own_yaml(path.read_text(encoding="utf-8")))


@cache
def _compiled(
    market: str,
) -> tuple[tuple[Rule, tuple[re.Pattern[str], ...], re.Pattern[str] | None], ...]:
    return tuple(
        (
            rule,
            tuple(re.compile(pattern) for pattern in rule.patterns),
            re.compile("|".join(rule.unless)) if rule.unless else None,
        )
        for rule in shipped().rules
        if rule.market == market
    )


def market_of(market: str | None, currency: str | None, lang: Language | None) -> str:
    """The market whose law is looked at: as told, else by currency, else by language ("" for none).

    >>> market_of(None, "GBP", "en"), market_of(None, None, "zh-Hant"), market_of(None, None, "en")
    ('UK', 'TW', '')
    """
    if market:
        return {"GB": "UK"}.get(market.upper(), market.upper())
    by_currency: Mapping[str, str] = {
        "CNY": "CN", "TWD": "TW", "HKD": "HK", "GBP": "UK", "EUR": "EU", "USD": "US",
    }  # fmt: skip
    if currency and currency.upper() in by_currency and (currency.upper() != "CNY" or lang != "en"):
        return by_currency[currency.upper()]
    return {"zh": "CN", "zh-Hant": "TW"}.get(lang or "", "")


def check_floor(
    text: str, market: str, at: datetime | None = None, lang: Language = "zh"
) -> list[Breach]:
    """Where a reply or a fact falls below the law of the market on that day, in order of place."""
    day = at.date() if at else None
    plain = aligned(text)
    found: list[Breach] = []
    for sentence in _SENTENCE.finditer(plain):
        for rule, patterns, unless in _compiled(market):
            if day and (day < rule.valid_from or (rule.valid_to and day > rule.valid_to)):
                continue
            if unless is not None and unless.search(sentence.group()):
                continue
            hit = next(
                (m for p in patterns if (m := p.search(sentence.group())) and _short(rule, m)), None
            )
            if hit is not None:
                wording = rule.rule.en if lang == "en" else rule.rule.zh
                offset = sentence.start()
                found.append(
                    Breach(rule.id, offset + hit.start(), offset + hit.end(), wording, rule.source)
                )
    return sorted(found, key=lambda breach: (breach.start, breach.id))


def _short(rule: Rule, match: re.Match[str]) -> bool:
    """Whether a window named in the hit is shorter than the law's; a hit without one counts."""
    days = match.groupdict().get("days")
    if days is None or rule.min_days is None:
        return True
    return (_DAYS.get(days) or int(days)) < rule.min_days
