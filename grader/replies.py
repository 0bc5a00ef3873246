"""Words that an agent could say: put together from sentences of a library, nothing invented.

What fills them is what this customer told of, a fact of this conversation, or what the agent said
well in the very reply. Whether they are better is for `grader.proof` to show.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Sequence
from typing import Final

from grader.evasion import PLANS
from grader.hearing import CALM
from grader.normalise import normalise
from grader.outcome import ANSWERS, CHECKS, FIGHTS, OFFERS
from grader.reading import HeardReply, Reading
from grader.trouble import Trouble, trouble
from grader.wording import say, table

UNEASY: Final = 1.75
"""Below this emotion nobody is calmed."""
MOST: Final = 3
"""So many candidates for one reply."""
LONGEST: Final = {"zh": 110, "en": 300}
"""A longer model reply would not be read."""
_HELPFUL: Final = PLANS | ANSWERS | CHECKS
_SPOILT: Final = FIGHTS | OFFERS | {"dismiss", "stall"}
_INSIDE: Final = re.compile(
    r"^(?:订单|訂單|order)\W{0,2}\w*\d|客服|权限|主管|内部|成本|不得|禁止|agent|authority|supervisor|internal",
    re.IGNORECASE,
)
_WARM: Final = frozenset({"apologise", "empathise", "reassure"})
_STOP: Final = re.compile(r"[。！？!?\n～~]+|(?<=[a-z])\.\s")
_GREETING: Final = re.compile(
    r"\s*(?:亲+[爱的]*[\s,，]*)?(?:您好|你好|妳好|在的|亲+|hello|hi)(?:亲+|呀|呢|哦)*[\s,，!！~]+",
    re.IGNORECASE,
)
_OPENING: Final = re.compile(
    r"^(?:商品|订单|商品信息|product|order)[^：:，,]{0,14}[：:]\s*", re.IGNORECASE
)
_SHOWN: Final = ("damaged", "missing", "wrong", "faulty")
_ON_THE_WAY: Final = ("late", "unreceived")

Recipe = tuple[str, ...]
# What a candidate is made of, by fault; the first that is proven is taken.
_CALM: Final[tuple[Recipe, ...]] = (
    ("calm", "kept"),
    ("calm", "check"),
    ("calm", "own", "check", "plan"),
)
_PLAN: Final[tuple[Recipe, ...]] = (
    ("calm", "check", "plan"),
    ("kept", "plan"),
    ("calm", "fact", "plan"),
)
_FACT: Final[tuple[Recipe, ...]] = (("calm", "fact"), ("fact", "ready"), ("fact", "plan"))
_CHECK: Final[tuple[Recipe, ...]] = (
    ("calm", "check"),
    ("calm", "check", "kept"),
    ("calm", "check", "plan"),
)
_AGAIN: Final[tuple[Recipe, ...]] = (("fact", "plan"), ("calm", "check", "plan"), ("check", "plan"))
_RECIPES: Final[tuple[tuple[str, tuple[Recipe, ...]], ...]] = (
    ("empathy.advice_repeated", _AGAIN),
    ("empathy.advice_words_only", _AGAIN),
    ("empathy.", _CALM),
    ("sequence.advice_no_apologise", _CALM),
    ("sequence.advice_evidence_first", _CALM),
    ("sequence.advice_late", _CALM),
    ("sequence.advice_thin_apologise", _CALM),
    ("sequence.advice_no_verify", _CHECK),
    ("sequence.advice_money_first", _CHECK),
    ("sequence.advice_no_greet", (("greet", "said"),)),
    ("sequence.advice_no_goodbye", (("said", "goodbye"),)),
    ("sequence.advice_no_need", (("need",), ("greet", "need"))),
    ("sequence.advice_no_", (("kept", "plan"), ("calm", "check", "plan"))),
    ("sequence.", _PLAN),
    ("accuracy.", _FACT),
    ("resolution.", _PLAN),
    ("conduct.", _PLAN),
)  # fmt: skip


def candidates(reading: Reading, fault: str, number: int) -> list[str]:
    """What could be said in place of reply `number`, at most `MOST`, likeliest first."""
    recipes = next((found for start, found in _RECIPES if fault.startswith(start)), ())
    heard = reading.replies[number]
    told = trouble(reading, heard.reply.message)
    # Comfort where there is no trouble would be as wrong as none where there is.
    if not told.passed_over and (heard.need < UNEASY or not told.named):
        recipes = tuple(recipe for recipe in recipes if not {"calm", "check", "plan"} & set(recipe))
    made = [_made(reading, heard, told, recipe) for recipe in recipes]
    return list(dict.fromkeys(text for text in made if text))[:MOST]


def _made(reading: Reading, heard: HeardReply, told: Trouble, recipe: Recipe) -> str | None:
    """The sentences of a recipe; None where a part that it stands on is not there."""
    sentences: list[str] = []
    for part in recipe:
        found = _part(reading, heard, told, part)
        if not found and part in ("fact", "kept", "said"):
            return None
        sentences += found
    text = _joined(reading, sentences)
    return text if 0 < len(text) <= LONGEST["en" if reading.lang == "en" else "zh"] else None


def _part(reading: Reading, heard: HeardReply, told: Trouble, part: str) -> list[str]:
    match part:
        case "calm":
            return _calm(reading, heard, told)
        case "check":
            return _say(reading, _check(told))
        case "plan":
            return _say(reading, _plan(reading, told))
        case "fact":
            fact = _fact(reading, heard)
            return [] if fact is None else _say(reading, "by_rule", fact=fact)
        case "kept":
            return _kept(reading, heard)
        case "said":
            return [heard.reply.text.strip().replace("\n", "，" if reading.lang != "en" else " ")]
        case _:
            return _say(reading, part)


def _calm(reading: Reading, heard: HeardReply, told: Trouble) -> list[str]:
    """What was felt and lost, in this customer's case; nothing to somebody who is at ease."""
    if heard.need < CALM:
        return []
    if told.kind == "other" and told.said:
        calm = _say(reading, "named", said=told.said)
    else:
        calm = _say(reading, _worded(reading, told.kind))
    if told.meant:
        calm += _say(reading, f"for_{told.meant}", word=told.word)
    elif told.wait:
        calm += _say(reading, "waited", wait=told.wait)
    elif told.passed_over:
        calm += _say(reading, "passed_over")
    return calm


def _worded(reading: Reading, kind: str) -> str:
    """One of the wordings of a trouble, always the same for the same transcript."""
    second = f"{kind}_2"
    if f"reply.{second}" not in table():
        return kind
    drawn = hashlib.sha256(reading.transcript.id.encode()).digest()[0]
    return second if drawn % 2 else kind


def _check(told: Trouble) -> str:
    if told.kind == "health":
        return "stop_using"
    if told.pictured:
        return "seen_photo"
    if told.kind in _SHOWN:
        return "ask_photo"
    if told.kind in _ON_THE_WAY:
        return "check_parcel"
    return {"refund": "check_refund", "fit": "ask_detail"}.get(told.kind, "check_order")


def _plan(reading: Reading, told: Trouble) -> str:
    """The next step; a refund or a replacement only where the facts speak of both."""
    if told.kind in _ON_THE_WAY:
        return "plan_parcel"
    if told.kind == "refund":
        return "plan_refund"
    rules = normalise("\n".join(fact.text for fact in reading.transcript.facts))
    if (
        told.kind in _SHOWN
        and re.search("退款|退回|refund", rules)
        and re.search("补发|replac", rules)
    ):
        return "plan_choice"
    return "plan_case"


def _fact(reading: Reading, heard: HeardReply) -> str | None:
    """The fact that the reply went against or left out, if it is one for customers' eyes."""
    for claim in sorted(heard.claims, key=lambda claim: -claim.severity):
        if claim.fact and claim.verdict != "supported" and not _INSIDE.search(claim.fact):
            return _OPENING.sub("", claim.fact).rstrip("。.")
    return None


def _kept(reading: Reading, heard: HeardReply) -> list[str]:
    """The part of the reply that helps, in its own words: from its first helpful clause to its
    last of one message; nothing where something hurtful, false or costly stands in between."""
    if set(heard.acts) & FIGHTS:
        return []
    wrong = [c.quote for c in heard.claims if c.verdict not in ("supported", "unverified")]
    kept = []
    for message in heard.reply.messages:
        clauses = [clause for clause in heard.clauses if clause.message == message]
        helpful = [n for n, clause in enumerate(clauses) if set(clause.acts) & _HELPFUL]
        if not helpful:
            continue
        within = clauses[helpful[0] : helpful[-1] + 1]
        whole = reading.transcript.messages[message].text
        warm = any(set(clause.acts) & _WARM for clause in clauses[: helpful[0]])
        begin = within[0].start if warm else _sentence(whole, within[0].start)
        text = whole[begin : within[-1].end].strip()
        if any(set(clause.acts) & _SPOILT for clause in within):
            return []
        if any(quote and quote in text for quote in wrong):
            return []
        kept.append(text.replace("\n", " "))
    return kept


def _sentence(text: str, start: int) -> int:
    """Where the sentence that `start` is in begins, behind a greeting."""
    stops = [stop.end() for stop in _STOP.finditer(text, 0, start)]
    begin = stops[-1] if stops else 0
    greeting = _GREETING.match(text, begin)
    return greeting.end() if greeting else begin


def _say(reading: Reading, what: str, **values: str) -> list[str]:
    return [say(reading.lang, f"reply.{what}", **values)]


def _joined(reading: Reading, sentences: Sequence[str]) -> str:
    """One text, every sentence with its stop."""
    stop, gap = (".", " ") if reading.lang == "en" else ("。", "")
    ended = [s if s[-1] in "。！？!?.~～" else s + stop for s in sentences if s]
    return gap.join(ended)
