"""A real conversation without the customer's personal data, before anything of it is kept.

Texts, facts, notes and the data of actions go through the masks of one conversation, so equal
values stay equal. The customer's names are taken out wherever they stand; keys that nobody knows
are dropped. The names of the staff stay: reports are by agent.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any, Final

from transcripts.masking import Masker
from transcripts.types import Fact, Message, Transcript

CUSTOMER: Final = "[nickname_0]"
"""Stands for a name by which the file calls the customer."""
_ANYBODY: Final = frozenset(
    ("客户", "客人", "顾客", "顧客", "买家", "買家", "用户", "用戶", "会员", "會員", "访客", "游客",
     "亲", "customer", "client", "buyer", "user", "visitor", "guest", "member", "shopper")
)  # fmt: skip
_LONG_NUMBER: Final = 5
"""Digits from which a number can be somebody's account; shorter ones are sums and sizes."""
_LIMITS: Final = ("refund_max", "coupon_max", "discount_percent_max", "resend_max")
_KEPT: Final = ("channel",)


@dataclass(frozen=True, slots=True)
class Mask:
    """The masks of one conversation."""

    masker: Masker
    names: re.Pattern[str] | None

    def text(self, text: str) -> str:
        """A text without personal data."""
        found = self.masker.mask(text).text
        return found if self.names is None else self.names.sub(CUSTOMER, found)

    def maybe(self, text: str | None) -> str | None:
        """The same for what may be missing."""
        return None if text is None else self.text(text)

    def same(self, text: str | None) -> str | None:
        """What a program reads: as it is, or nothing if there is personal data in it."""
        return text if text is not None and self.text(text) == text else None

    def staff(self, name: str | None) -> str | None:
        """The name of an agent stays a name; a number behind it does not stay."""
        if name is None or all(span.kind == "name" for span in self.masker.mask(name).spans):
            return name
        return self.text(name)

    def value(self, value: Any) -> Any:
        """A JSON value; a number that reads as a phone number is one."""
        if isinstance(value, str):
            return self.text(value)
        if isinstance(value, Mapping):
            return {self.text(str(key)): self.value(one) for key, one in value.items()}
        if isinstance(value, list | tuple):
            return [self.value(one) for one in value]
        if isinstance(value, bool) or value is None:
            return value
        return value if self.text(str(value)) == str(value) else self.text(str(value))


def mask_for(transcript: Transcript) -> Mask:
    """The masks of a conversation; they know what it calls its customer."""
    senders = {one.sender for one in transcript.messages if one.role == "customer"}
    names = {name.strip() for name in (*senders, transcript.customer) if name}
    longest_first = sorted(filter(_tells, names), key=lambda name: (-len(name), name))
    pattern = "|".join(map(_alone, longest_first))
    return Mask(Masker(), re.compile(pattern, re.IGNORECASE) if pattern else None)


def _tells(name: str) -> bool:
    """Whether a name is one person's: no common word, no single sign, no short row number."""
    if name.isdigit():
        return len(name) >= _LONG_NUMBER
    return len(name) > 1 and name.lower() not in _ANYBODY


def _alone(name: str) -> str:
    """A pattern of the name; of a Latin one as a word of its own, not inside of others."""
    if not name.isascii():
        return re.escape(name)
    return rf"(?<![A-Za-z0-9_\[]){re.escape(name)}(?![A-Za-z0-9_])"


def masked(transcript: Transcript, fallback: str) -> Transcript:
    """The conversation as it may be kept. `fallback` is its id where its own one tells who it is.

    Indices of messages stay.
    """
    mask = mask_for(transcript)
    limits = {key: value for key, value in (transcript.authority or {}).items() if key in _LIMITS}
    return replace(
        transcript,
        id=mask.same(transcript.id) or fallback,
        messages=tuple(_message(message, mask) for message in transcript.messages),
        facts=tuple(_fact(fact, mask) for fact in transcript.facts),
        agent=mask.staff(transcript.agent),
        customer=None,
        currency=mask.same(transcript.currency),
        timezone=mask.same(transcript.timezone),
        market=mask.same(transcript.market),
        authority=limits or None,
        note_form=None if transcript.note_form is None else mask.value(transcript.note_form),
        extra=_kept(transcript.extra, mask),
    )


def _message(message: Message, mask: Mask) -> Message:
    return replace(
        message,
        text=mask.text(message.text),
        sender=None if message.role == "customer" else mask.staff(message.sender),
        data=None if message.data is None else mask.value(message.data),
        extra={},
    )


def _fact(fact: Fact, mask: Mask) -> Fact:
    return replace(
        fact,
        text=mask.text(fact.text),
        id=mask.maybe(fact.id),
        kind=mask.maybe(fact.kind),
        value=mask.value(fact.value),
        unit=mask.maybe(fact.unit),
        scope=mask.value(fact.scope),
        extra={},
    )


def _kept(extra: Mapping[str, Any], mask: Mask) -> dict[str, Any]:
    return {key: mask.value(extra[key]) for key in _KEPT if key in extra}
