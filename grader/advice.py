"""Advice beside a score: it quotes the sentence, says what it did, and gives words to say."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

from grader.judgement import Judgement
from grader.model import Model
from grader.outcome import FIGHTS
from grader.reading import Reading
from grader.scorecard import Evidence
from grader.wording import say, table, told
from rubrics.schema import AnyCriterion, Rubric, SequenceSpec
from transcripts.types import Language

ENOUGH: Final = 90.0
"""A criterion with this score and more needs no advice."""
LONGEST: Final = {"zh": 60, "en": 140}
"""The longest advice, in characters."""
QUOTE: Final = {"zh": 14, "en": 30}
LEAST: Final = 4
"""A quote that would have to be shorter than this is left out."""

_CUT: Final = re.compile(r"[。！!？?；;，,、~～…：:\n]|(?<=[a-zA-Z])\.(?=\s|$)")
_TALK: Final = ("agent", "customer", "bot")


@dataclass(frozen=True, slots=True)
class Advice:
    """What to change and, where proven to help, words that do it; both None: nothing to say."""

    text: str | None = None
    model_reply: str | None = None


def advise(
    reading: Reading, rubric: Rubric, model: Model, judged: Mapping[str, Judgement]
) -> Mapping[str, Advice]:
    """The advice of every criterion of the rubric."""
    return {
        name: Advice(text=_text(reading, spec, judged[name]))
        for name, spec in rubric.criteria.items()
    }


def _text(reading: Reading, spec: AnyCriterion, one: Judgement) -> str | None:
    """The advice for the worst fault; the rubric's own words where no sentence shows it."""
    if one.score is None or one.score >= ENOUGH:
        return None
    for fault, evidence in one.faults.items():
        key = _template(reading, fault)
        if key is not None:
            stage = _stage(reading, spec, fault)
            return _filled(reading, key, _placed(reading, fault, evidence), evidence.quote, stage)
    return None if spec.advice is None else told(reading.lang, spec.advice.zh, spec.advice.en)


def _template(reading: Reading, fault: str) -> str | None:
    """One of the wordings of a fault: always the same for the same transcript."""
    if fault not in table():
        return "sequence.advice_no_stage" if fault.startswith("sequence.advice_no_") else None
    wordings = [fault, *(key for n in range(2, 10) if (key := f"{fault}_{n}") in table())]
    return wordings[_draw(reading.transcript.id, fault) % len(wordings)]


def _draw(*parts: str) -> int:
    return int.from_bytes(hashlib.sha256("\0".join(parts).encode()).digest()[:8])


def _placed(reading: Reading, fault: str, evidence: Evidence) -> int:
    """The message that the advice speaks of; what is missing, where it could have stood."""
    replies = reading.replies
    if fault == "sequence.advice_no_resolve":
        weighty = [heard for heard in replies if heard.substantive] or list(replies)
        return weighty[-1].reply.messages[-1]
    if fault == "sequence.advice_fought":
        return next((h.reply.message for h in replies if set(h.acts) & FIGHTS), evidence.message)
    return evidence.message


def _stage(reading: Reading, spec: AnyCriterion, fault: str) -> str:
    """The name of the stage that a fault misses; "" for other faults."""
    orders = spec.orders if isinstance(spec, SequenceSpec) else ()
    for stage in (stage for order in orders for stage in order.stages):
        if fault == f"sequence.advice_no_{stage.id}":
            return told(reading.lang, stage.name.zh, stage.name.en)
    return ""


def _filled(reading: Reading, key: str, message: int, quote: str, stage: str) -> str:
    """The template with its sentence; the quote is as long as the rest leaves room for."""
    lang, source = reading.lang, reading.transcript.messages[message]
    language = "en" if lang == "en" else "zh"
    bare = say(lang, key, at=_at(lang, message, ""), stage=stage)
    marks = len(_at(lang, message, "…")) - len(_at(lang, message, "")) - 1
    room = min(LONGEST[language] - len(bare) - marks, QUOTE[language])
    quoted = short(quote if quote in source.text and quote else source.text, room, lang)
    if source.role not in _TALK or room < LEAST:
        quoted = ""
    return say(lang, key, at=_at(lang, message, quoted), stage=stage)


def _at(lang: Language, message: int, quote: str) -> str:
    """Which message, counted from 1 as people do, and its words."""
    key = "advice.message_quoted" if quote else "advice.message"
    return say(lang, key, n=message + 1, quote=quote)


def short(text: str, most: int, lang: Language) -> str:
    """The telling beginning of a text, verbatim, cut at a clause if one ends in time."""
    text = text.strip()
    ends = [m.start() for m in _CUT.finditer(text) if LEAST <= m.start() <= most]
    if len(text) <= most and "\n" not in text:
        return text.rstrip("。，,.~～")
    if ends:
        return text[: ends[-1]].rstrip()
    cut = text.split("\n", 1)[0][: max(0, most)]
    return cut.rsplit(" ", 1)[0] if lang == "en" and " " in cut else cut
