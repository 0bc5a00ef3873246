"""What masking finds and gives back."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final, Literal, get_args

Kind = Literal[
    "phone",
    "id_card",
    "bank_card",
    "email",
    "wechat_qq",
    "nickname",
    "order_number",
    "tracking_number",
    "address",
    "name",
    "plate",
    "passport",
]
KINDS: Final[tuple[Kind, ...]] = get_args(Kind)


@dataclass(frozen=True, slots=True)
class Span:
    """Personal data in a text; `start` and `end` count code points of that text."""

    start: int
    end: int
    kind: Kind


@dataclass(frozen=True, slots=True)
class Masked:
    """A text with its personal data replaced; `spans` refer to the text before."""

    text: str
    spans: tuple[Span, ...]


@dataclass(frozen=True, slots=True)
class Find:
    """A candidate in a view. Of two that overlap, the surer one stays, then the longer."""

    start: int
    end: int
    kind: Kind
    sure: int


def settle(finds: list[Find]) -> list[Find]:
    """The candidates that do not overlap, by sureness, then length, then place."""
    kept: list[Find] = []
    taken: set[int] = set()
    for find in sorted(finds, key=lambda f: (-f.sure, f.start - f.end, f.start)):
        places = range(find.start, find.end)
        if taken.isdisjoint(places):
            taken.update(places)
            kept.append(find)
    return sorted(kept, key=lambda f: f.start)
