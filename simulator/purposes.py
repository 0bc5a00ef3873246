"""What a sum in a sentence is for: money back, a voucher, a cut, the price itself."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Final, Literal

from grader.facts.quantities import Quantity
from grader.refusals import Part

Purpose = Literal["refund", "amends", "voucher", "discount", "price", "spent", "open"]
_GIVING: Final[dict[Purpose, re.Pattern[str]]] = {
    "refund": re.compile(r"退|返还|返款|差价|refund|\bback\b|reimburs"),
    "amends": re.compile(r"赔|补|compensat|goodwill"),
    "voucher": re.compile(r"送|券|红包|积分|credit|voucher|coupon"),
    "discount": re.compile(
        r"减|优惠|便宜|让(?!您[^\d\s]|你[^\d\s]|我)|抹|折|抵|少(?=[算收您你\d\s])"
        r"|\boff\b|discount|knock|cheaper|reduc"
    ),
}
"""Words of giving, by what is given; the nearest one tells what a sum is for."""
_OF_VOUCHER: Final = re.compile(
    r"\s?的?[^,，。；;\d]{0,4}(?:券|红包|积分)"
    r"|\s?(?:store |gift |shop )?(?:voucher|coupon|credit|gift card)"
)
_BEFORE: Final[tuple[tuple[Purpose, re.Pattern[str]], ...]] = (
    (
        "voucher",
        re.compile(r"(?:券|红包)[^,;。\d]{0,5}$|(?:voucher|coupon)s? (?:for|of|worth) $"),
    ),
    ("spent", re.compile(r"满\s?$|\b(?:over|above|spend(?:ing)?|orders? of) $")),
    (
        "price",
        re.compile(
            r"(?:(?<!差)价(?:格|钱)?|到手|券后|折后|原来|单价|只[要需卖]|实付|总共|一共|合计|卖|就是|付)"
            r"(?:就|也|都|是|为|给您|您|只|要|才|现在|:|\s){0,4}$"
            r"|\b(?:priced?|costs?|pay|total|was|it's|they're|yours|the)"
            r"(?: is| of| at| for| now| only| just|:){0,3} $"
        ),
    ),
)
"""What stands right before a sum and says what it is."""


@dataclass(frozen=True, slots=True)
class Sum:
    """An amount in the scenario's currency, what it is for, and how far from the word that says so.

    `spent` must be spent first, `amends` are a payment of either kind, `open` is not told.
    """

    amount: float
    purpose: Purpose
    away: int


def gives(text: str) -> bool:
    """Whether some word of giving stands in an aligned text."""
    return any(pattern.search(text) for pattern in _GIVING.values())


def is_voucher(after: str) -> bool:
    """Whether the text behind a sum makes it a voucher."""
    return _OF_VOUCHER.match(after) is not None


def money(parts: Sequence[Part]) -> Iterator[Sum]:
    """The sums of money in statements, in order, each with its purpose."""
    for part in parts:
        sums = [q for q in part.sums if q.kind == "money" and q.high > 0]
        text = _unnamed(part.text, sums)
        for quantity in sums:
            if is_voucher(part.text[quantity.end :]):
                yield Sum(quantity.high, "voucher", 0)
            else:
                yield Sum(quantity.high, *_purpose(text, quantity))


def _unnamed(text: str, sums: Sequence[Quantity]) -> str:
    """The text with blanks for the names of vouchers: each belongs to its own sum alone."""
    for quantity in sums:
        if name := _OF_VOUCHER.match(text, quantity.end):
            text = text[: name.start()] + " " * len(name[0]) + text[name.end() :]
    return text


def _purpose(text: str, sum_: Quantity) -> tuple[Purpose, int]:
    """The nearest word of giving before or, at twice the distance, behind the sum decides."""
    before = text[: sum_.start]
    for purpose, pattern in _BEFORE:
        if pattern.search(before):
            return purpose, 0
    found = [
        (sum_.start - at if at < sum_.start else 2 * (at - sum_.end) + 4, purpose)
        for purpose, pattern in _GIVING.items()
        for at in (match.start() for match in pattern.finditer(text))
    ]
    away, purpose = min(found, default=(1000, "open"))
    return purpose, away
