"""Whether a reply is about this customer's matter at all, or was meant for another window."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Any, Final

from grader.encoder import Vectors
from grader.misdirected import POLITE, SHARED, WORTH_JUDGING
from grader.normalise import normalise
from grader.pieces import pieces, share
from rubrics.ids import BAD_ACTS
from scenarios.schema import Scenario

LIKE: Final = 0.5
"""Cosine with anything in the scenario below which a reply is strange."""
MOSTLY: Final = 0.36
"""The same as `LIKE` for the mean of its clauses: one usual clause makes no reply familiar."""
SHARED_MOSTLY: Final = 0.12
"""Likewise for `SHARED`, the share of its word pieces that the scenario has too."""
ANYBODY: Final = 0.55
"""Cosine with a usual sentence from which a clause could be meant for anybody."""
PREPARED: Final = 256
"""Filled scenarios whose vectors are kept: every variant of the library, some 30 MB."""
LONG: Final = 24
"""Shorter replies are strange only if nothing in them is familiar."""
_USUAL: Final[Mapping[str, tuple[str, ...]]] = {
    "zh": (
        "真对不住您", "让您生气了，非常抱歉", "您消消气", "看到了，谢谢您", "我马上给您查一下",
        "这单 50 元全额退给您", "钱已经退了，原路退回，您留意一下", "1 到 3 个工作日到账",
        "东西您留着，不用寄回", "再送您一张 10 元券", "券已经放进您账户了", "当给您赔罪",
        "今天给您补发一份，明天送到", "新的已经下单了", "我已经报给主管了，今天给您答复",
        "都给您办好了", "还有别的要我帮忙的吗", "有事随时找我", "感谢您的支持，祝您生活愉快",
        "这件事我负责到底", "您看这样可以吗", "您想退款还是补发",
    ),
    "en": (
        "I'm so sorry about this", "Thank you, I can see it", "Let me look into it for you",
        "I've refunded the full £30 to your card", "It takes 3 to 5 working days to reach you",
        "You can keep it, nothing has to be sent back", "I've added a £5 voucher to your account",
        "A new one goes out today and arrives tomorrow", "It's all arranged for you",
        "I've passed it to my manager, you will hear from us today",
        "Is there anything else I can help you with?", "Would you like a refund or a new one?",
        "Does that work for you?", "Have a lovely day", "That is our fault and we'll put it right",
    ),
}  # fmt: skip
"""What fits every matter: courtesies, and settlements without a word on what they are for."""


@dataclass(frozen=True)
class _Matter:
    vectors: Vectors
    pieces: frozenset[str]


def off_topic(texts: Sequence[str], acts: Sequence[str], scenario: Scenario, encoder: Any) -> bool:
    """Whether the normalised texts of a reply have nothing to do with the customer's matter."""
    if not set(acts) - POLITE or set(acts) & set(BAD_ACTS):
        return False  # courtesies fit anywhere, and an insult is meant for whoever reads it
    vectors = encoder.encode(texts)
    usual = _anybody("en" if scenario.lang == "en" else "zh", encoder)
    own = (vectors @ usual.T).max(axis=1) < ANYBODY
    reply = " ".join(text for text, mine in zip(texts, own, strict=True) if mine)
    if len(reply) < WORTH_JUDGING or 2 * int(own.sum()) <= len(texts):
        return False
    matter = _matter(tuple(_texts(scenario)), encoder)
    shared = share(reply, matter.pieces)
    if shared >= SHARED_MOSTLY:
        return False
    alike = (vectors[own] @ matter.vectors.T).max(axis=1)
    nothing = alike.max() < LIKE and shared < SHARED
    return bool(nothing or (alike.mean() < MOSTLY and len(reply) >= LONG))


def get_ready(scenario: Scenario, encoder: Any) -> None:
    """Encode the scenario's texts beforehand."""
    _anybody("en" if scenario.lang == "en" else "zh", encoder)
    _matter(tuple(_texts(scenario)), encoder)


@lru_cache(maxsize=4)
def _anybody(lang: str, encoder: Any) -> Vectors:
    found: Vectors = encoder.encode([normalise(text) for text in _USUAL[lang]])
    return found


@lru_cache(maxsize=PREPARED)
def _matter(texts: tuple[str, ...], encoder: Any) -> _Matter:
    known = [text for text in map(normalise, texts) if text]
    return _Matter(encoder.encode(known), frozenset().union(*map(pieces, known)))


def _texts(scenario: Scenario) -> Iterator[str]:
    """Everything that is said or known in a scenario, the scripted agents left out."""
    yield scenario.shelf
    yield from (fact.text for fact in scenario.facts)
    yield from (one.text for one in scenario.earlier)
    pools: list[Any] = [scenario.opening]
    pools += [known.say for known in scenario.knows.values()]
    pools += [question.again for question in scenario.questions.values()]
    pools += [heard.say for heard in scenario.hears.values()]
    pools += [rule.say for rules in scenario.states.values() for rule in rules if rule.say]
    if scenario.deal is not None:
        pools += [scenario.deal.counter, scenario.deal.accept]
    for pool in pools:
        for way in pool:
            yield from (way,) if isinstance(way, str) else way
