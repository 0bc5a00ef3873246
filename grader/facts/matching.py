"""Which fact a clause is about: shared words first, sentence vectors where words differ."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import lru_cache
from typing import Final

import numpy as np
from numpy.typing import NDArray

from grader.encoder import Encoder
from transcripts.aligned import aligned

_RUN: Final = re.compile(r"[\u4e00-\u9fff]+|[a-z]{2,}")
_IDLE: Final = frozenset(
    "的了呢哦呀啊吧吗嘛哈哒喔噢啦哟亲您你我他她它们这那个就都也还在是有和与及或给把被让对会能可以不没无未到去来上下里中为之其说要请好很"
)
_IDLE_WORDS: Final = frozenset(
    [
        "the",
        "a",
        "an",
        "is",
        "are",
        "was",
        "were",
        "be",
        "been",
        "to",
        "of",
        "in",
        "on",
        "at",
        "for",
        "and",
        "or",
        "it",
        "its",
        "this",
        "that",
        "you",
        "your",
        "we",
        "our",
        "us",
        "they",
        "them",
        "with",
        "from",
        "by",
        "as",
        "do",
        "does",
        "did",
        "have",
        "has",
        "had",
        "will",
        "would",
        "can",
        "could",
        "not",
        "no",
        "yes",
        "so",
        "if",
        "but",
        "just",
        "any",
        "all",
        "there",
        "here",
        "me",
        "my",
    ]
)
_SAME: Final = (
    ("退款|退钱|退回|退货|退掉|退", "退"), ("换货|更换|调换|换新|换", "换"),
    ("补发|补寄|重发|重寄|resend|reship|replacement", "补"), ("运费|邮费|快递费|freight|shipping fee", "邮"),
    ("发货|寄出|发出|出库|出货|dispatch|ship", "发"), ("到货|送达|送到|收到|签收|arriv|deliver", "达"),
    ("赔付|赔偿|补偿|理赔|赔|compensat", "赔"), ("优惠券|券|coupon|voucher|code", "券"),
    ("便宜|折扣|打折|优惠|降价|discount", "惠"), ("发票|开票|专票|普票|invoice", "票"),
    ("保质期|有效期|expir|best before|shelf", "期"), ("现货|库存|有货|in stock|stock", "货"),
    ("质保|保修|warranty", "保"), ("地址|address", "址"), ("refund|money back", "退"),
    ("exchange|swap", "换"), ("return", "退"), ("赠品|礼品|赠送|送|gift|free", "赠"), ("price|价格|多少钱|售价", "价"),
)  # fmt: skip
_SAME_RE: Final = tuple((re.compile(pattern), sign) for pattern, sign in _SAME)


@lru_cache(maxsize=20_000)
def content(text: str) -> frozenset[str]:
    """The content words of a text: Chinese character pairs and weighty single ones, English stems,
    and one sign for each group of words that mean the same in the trade."""
    plain = aligned(text[:3000])
    found: set[str] = {sign for pattern, sign in _SAME_RE if pattern.search(plain)}
    for run in _RUN.findall(plain):
        if run[0] < "\u4e00":
            if run not in _IDLE_WORDS:
                found.add(_stem(run))
            continue
        kept = [char for char in run if char not in _IDLE]
        found.update(kept)
        found.update(
            run[i : i + 2]
            for i in range(len(run) - 1)
            if run[i] not in _IDLE and run[i + 1] not in _IDLE
        )
    return frozenset(found)


def _stem(word: str) -> str:
    for tail in ("ings", "ing", "ies", "es", "ed", "s"):
        if word.endswith(tail) and len(word) - len(tail) >= 3:
            return word[: -len(tail)]
    return word


def _weight(words: frozenset[str]) -> float:
    return sum(2.0 if len(word) > 1 else 1.0 for word in words)


def overlap(left: frozenset[str], right: frozenset[str]) -> float:
    """The share (0–1) of the smaller side's content weight that both have."""
    smaller = min(_weight(left), _weight(right))
    return _weight(left & right) / smaller if smaller else 0.0


def shared(left: frozenset[str], right: frozenset[str]) -> float:
    """The weight of what both have; pairs and words count 2, single characters 1."""
    return _weight(left & right)


def cosines(
    encoder: Encoder | None, left: Sequence[str], right: Sequence[str]
) -> NDArray[np.float32]:
    """Cosine of every left with every right text; zeros without an encoder."""
    if encoder is None or not left or not right:
        return np.zeros((len(left), len(right)), dtype=np.float32)
    return np.asarray(encoder.encode(left) @ encoder.encode(right).T, dtype=np.float32)
