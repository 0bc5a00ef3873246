"""Advice beside a score: it quotes the sentence, says what it did, and gives words to say."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

from grader.faults import named, placed, shows
from grader.judgement import Judgement
from grader.model import Model
from grader.proof import Judge, proven
from grader.reading import Reading
from grader.replies import candidates
from grader.wording import say, table, told
from rubrics.schema import AnyCriterion, Rubric, SequenceSpec
from transcripts.types import Language

ENOUGH: Final = 90.0
"""A criterion with this score and more needs no advice."""
MARGIN: Final = 10.0
"""Advice that no sentence of the conversation calls for is given this much lower only."""
LONGEST: Final = {"zh": 60, "en": 140}
"""The longest advice, in characters."""
QUOTE: Final = {"zh": 14, "en": 30}
LEAST: Final = 4
"""A quote that would have to be shorter than this is left out."""

TRIES: Final = 3
"""So many model replies are tried for one conversation,"""
WORST: Final = 2
"""and for so many criteria."""

_CUT: Final = re.compile(r"[。！!？?；;，,、~～…：:]|(?<=[a-zA-Z])\.(?=\s|$)")
_MARK: Final = re.compile('[\n「」『』"“”]')
"""A quote ends before a line break or a mark of quotation."""
_TALK: Final = ("agent", "customer", "bot")


@dataclass(frozen=True, slots=True)
class _Fault:
    """What is advised on: its template `key`, message and words it shows in, a missing stage."""

    fault: str
    key: str
    message: int
    quote: str
    stage: str


@dataclass(frozen=True, slots=True)
class Advice:
    """What to change and, where proven to help, words that do it; both None: nothing to say."""

    text: str | None = None
    model_reply: str | None = None


def advise(
    reading: Reading,
    rubric: Rubric,
    model: Model,
    judged: Mapping[str, Judgement],
    judge: Judge,
) -> Mapping[str, Advice]:
    """The advice of every criterion of the rubric.

    Model replies are sought for the `WORST` criteria only, those that cost the overall score most;
    `judge` judges the conversation again with another reply in it.
    """
    found = {
        name: found
        for name, spec in rubric.criteria.items()
        if (found := _fault(reading, spec, judged[name])) is not None
    }
    replies = _model_replies(reading, rubric, model, judged, judge, found)
    return {
        name: Advice(_text(reading, spec, judged[name], found.get(name)), replies.get(name))
        for name, spec in rubric.criteria.items()
    }


def _fault(reading: Reading, spec: AnyCriterion, one: Judgement) -> _Fault | None:
    """The worst fault for which there are words; None where nothing needs advice."""
    if one.score is None or one.score >= ENOUGH:
        return None
    for given, evidence in one.faults.items():
        fault = named(reading, given, evidence)
        place = placed(reading, fault, evidence)
        key = _template(reading, fault)
        if key is not None and shows(reading, fault, evidence):
            quote = evidence.quote if place == evidence.message else ""
            return _Fault(fault, key, place, quote, _stage(reading, spec, fault))
    return None


def _text(reading: Reading, spec: AnyCriterion, one: Judgement, found: _Fault | None) -> str | None:
    """The advice for the worst fault; the rubric's own words where no sentence shows it."""
    if found is not None:
        return _filled(reading, found)
    if one.score is None or one.score >= ENOUGH - MARGIN or spec.advice is None:
        return None
    return told(reading.lang, spec.advice.zh, spec.advice.en)


def _model_replies(
    reading: Reading,
    rubric: Rubric,
    model: Model,
    judged: Mapping[str, Judgement],
    judge: Judge,
    found: Mapping[str, _Fault],
) -> dict[str, str]:
    def cost(name: str) -> float:
        return rubric.criteria[name].weight * (100 - (judged[name].score or 0.0))

    left = TRIES
    replies: dict[str, str] = {}
    for name in sorted(found, key=lambda name: -cost(name))[:WORST]:
        number = _reply_at(reading, found[name].message)
        if number is None:
            continue
        texts = candidates(reading, found[name].fault, number)[:left]
        text = proven(reading, model, judged, judge, (name, number, texts))
        left -= len(texts) if text is None else texts.index(text) + 1
        if text is not None:
            replies[name] = text
    return replies


def _reply_at(reading: Reading, message: int) -> int | None:
    """The number of the reply that holds a message, or of the last one before it."""
    numbers = [n for n, heard in enumerate(reading.replies) if heard.reply.message <= message]
    return numbers[-1] if numbers else None


def _template(reading: Reading, fault: str) -> str | None:
    """One of the wordings of a fault: always the same for the same transcript."""
    if fault not in table():
        return "sequence.advice_no_stage" if fault.startswith("sequence.advice_no_") else None
    wordings = [fault, *(key for n in range(2, 10) if (key := f"{fault}_{n}") in table())]
    return wordings[_draw(reading.transcript.id, fault) % len(wordings)]


def _draw(*parts: str) -> int:
    return int.from_bytes(hashlib.sha256("\0".join(parts).encode()).digest()[:8])


def _stage(reading: Reading, spec: AnyCriterion, fault: str) -> str:
    """The name of the stage that a fault misses; "" for other faults."""
    orders = spec.orders if isinstance(spec, SequenceSpec) else ()
    for stage in (stage for order in orders for stage in order.stages):
        if fault == f"sequence.advice_no_{stage.id}":
            return told(reading.lang, stage.name.zh, stage.name.en)
    return ""


def _filled(reading: Reading, found: _Fault) -> str:
    """The template with its sentence; the quote is as long as the rest leaves room for."""
    lang, source = reading.lang, reading.transcript.messages[found.message]
    language = "en" if lang == "en" else "zh"
    bare = say(lang, found.key, at=_at(lang, found.message, ""), stage=found.stage)
    marks = len(_at(lang, found.message, "…")) - len(_at(lang, found.message, "")) - 1
    room = min(LONGEST[language] - len(bare) - marks, QUOTE[language])
    telling = found.quote if found.quote in source.text and found.quote else source.text
    quote = short(telling, room, lang) if source.role in _TALK and room >= LEAST else ""
    return say(lang, found.key, at=_at(lang, found.message, quote), stage=found.stage)


def _at(lang: Language, message: int, quote: str) -> str:
    """Which message, counted from 1 as people do, and its words."""
    key = "advice.message_quoted" if quote else "advice.message"
    return say(lang, key, n=message + 1, quote=quote)


def short(text: str, most: int, lang: Language) -> str:
    """The telling beginning of a text, verbatim, cut at a clause if one ends in time."""
    text = text.strip()
    mark = _MARK.search(text)
    text = text[: mark.start()] if mark else text
    if len(text) <= most:
        return text.rstrip("。，,.~～ ")
    ends = [found.start() for found in _CUT.finditer(text) if most // 3 < found.start() <= most]
    if ends:
        return text[: ends[-1]].rstrip()
    cut = text[:most]
    return cut.rsplit(" ", 1)[0] if lang == "en" and " " in cut else cut
