"""How a customer listens: the grader's acts, the scenario's examples, sums, wrong facts.

Only this module asks a model. A reply is heard against what was said just before it, so listening
costs the same at the fiftieth turn as at the first.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Hashable, Mapping, Sequence, Set
from dataclasses import dataclass
from functools import lru_cache
from typing import Any, Final, cast

import numpy as np

from grader.clauses import clauses
from grader.encoder import Encoder, Vectors
from grader.hearing import hear_last as read
from grader.model import Model
from grader.normalise import normalise
from grader.reading import HeardReply
from grader.wording import table
from scenarios.load import common_hears
from scenarios.parts import Heard as Listening
from scenarios.schema import Scenario
from simulator.heard import Heard
from simulator.plain import plain
from simulator.relevance import PREPARED, get_ready, off_topic
from simulator.sums import offers
from transcripts.aligned import aligned
from transcripts.types import Fact, Language, Message, Transcript

ALIKE: Final = 0.62
"""Cosine from which a clause says the same as an example; below 0.45 clauses are strangers."""
CLEAR: Final = 0.04
"""What is less than this behind the most alike is heard too."""
WARM: Final = 2.6
"""From this rating of empathy (0–4) a reply names the feeling or the loss."""
GRAVE: Final = 0.5
"""From this severity a contradiction is one that a customer would notice."""
_ASKING: Final = re.compile(
    r"[?？吗呢么]|(?<![申邀])请|麻烦|方便|能否|能不能|可否|哪|几|多少|怎么|什么|是否|有没有|还是"
    r"|核对|确认|拍(?!下)|发(?![货出走了票现生往到])|提供|看看|说一下|告诉(?!您)"
    r"|\b(?:what|which|when|where|who|how|why|could|can|would|may|please|do you|did you"
    r"|have you|is it|was it|let me know|need|confirm)\b"
)
_IF_ANYTHING: Final = re.compile(
    r"(?:要是|如果|万一|假如|若是|下次|以后|到时|回头|收到?货?后|有[哪什任])[^。！？!?\n]{0,12}?"
    r"(?:坏|烂|破|碎|漏|少|缺|不对|不好|问题|不合适|不满意|不舒服|没到|收不到|[不没](?:动|了|懂|明白))"
    r"[^。！？!?\n]*"
    r"|\b(?:if|should|in case)\b[^.!?\n]{0,30}?"
    r"\b(?:broken|damaged|bad|wrong|missing|faulty|not right|problem|turns? up)\b[^.!?\n]*",
    re.IGNORECASE,
)
"""What is said of a trouble that may yet come; whatever is wanted then is not asked for now."""
_ASKING_ACTS: Final = frozenset({"ask_problem", "request_evidence", "verify_order", "recommend"})


_MEANT: Final[Mapping[str, tuple[str, frozenset[str]]]] = {
    "request_evidence": ("photo", frozenset({"photo", "label_photo", "box_photo", "other_angle"})),
}
"""An act, what it asks for where nothing is named, and what else would be its object."""


@dataclass(frozen=True, slots=True)
class Before:
    """What was said when the reply came: the customer's messages since, and the reply before."""

    customer: tuple[str, ...] = ()
    reply: str = ""
    authority: Mapping[str, float] | None = None


def hear(reply: str, before: Before, scenario: Scenario, model: Model) -> Heard:
    """What the customer of this scenario makes of a reply (its messages joined by line breaks)."""
    talk = _small_talk(reply, before, scenario)
    units = _units(reply)
    heard = [normalise(text) for text in (reply, before.reply, *before.customer)]
    model.encoder.encode([reply, *heard, *(unit.text for unit in units)])  # at once, to be quick
    reading = read(talk, model)
    last = reading.replies[-1]
    clause_texts = [unit.text for unit in units]
    said = _matches(units, last.acts, scenario, model.encoder)
    later = {unit.text for unit in units if unit.later}
    asked = said.asked | _implied(last, said.asked, later, scenario)
    asks = tuple(name for name, known in scenario.knows.items() if (known.asked or name) in asked)
    understood = bool(last.acts or said.heard or said.asked or _is_nod(reply))
    return Heard(
        acts=last.acts,
        hears=tuple(name for name in scenario.hears if name in said.heard),
        asks=asks,
        unknown=bool(said.asked - {"anything_else"}) and not asks and not said.heard,
        more="anything_else" in said.asked,
        off_topic=(_opens(before, scenario) or not (asks or said.heard))
        and off_topic(_of_matter(clause_texts, scenario), last.acts, scenario, model.encoder),
        offers=tuple(offers(last, scenario)),
        wrong=_wrong(last, scenario),
        critical=tuple(
            sorted({one.id for one in reading.critical if one.message in last.reply.messages})
        ),
        warm=last.empathy is not None and last.empathy >= WARM,
        understood=understood,
        clauses=tuple(_digest(text) for text in clause_texts if len(text) >= 5),
    )


def _opens(before: Before, scenario: Scenario) -> bool:
    """Whether the agent begins of itself: what is asked then shows nothing of whom it is for."""
    return scenario.opened_by == "agent" and not (before.customer or before.reply)


def prepare(scenario: Scenario, model: Model) -> None:
    """Get ready beforehand what the first reply would wait for: encode what a customer of this
    scenario listens for, a second or two for the first one of a language, and read the reasons."""
    table()
    _listeners(_key(scenario), cast(Hashable, model.encoder))
    get_ready(scenario, model.encoder)


def _implied(
    last: HeardReply, asked: frozenset[str], later: Set[str], scenario: Scenario
) -> frozenset[str]:
    """What is asked for in words that nobody foresaw, such as evidence: a photo.

    Nothing is in the texts `later`, which speak of what may come.
    """
    found = set()
    for act, (name, others) in _MEANT.items():
        unless = _pattern(common_hears(scenario.lang)[name].unless)
        asking = (
            act in clause.acts
            and clause.text not in later
            and _ASKING.search(clause.text)
            and not unless.search(clause.text)
            for clause in last.clauses
        )
        if not asked & others and any(asking):
            found.add(name)
    return frozenset(found)


def _small_talk(reply: str, before: Before, scenario: Scenario) -> Transcript:
    """The conversation as far as it matters for this reply."""
    messages = [Message("agent", before.reply)] if before.reply else []
    messages += [Message("customer", text) for text in before.customer]
    messages += [Message("agent", text) for text in reply.split("\n")]
    return Transcript(
        id=scenario.id,
        messages=tuple(messages),
        lang=scenario.lang,
        facts=tuple(Fact(fact.text) for fact in scenario.facts),
        currency=scenario.currency,
        market=scenario.market,
        authority=before.authority,
    )


def _wrong(last: HeardReply, scenario: Scenario) -> tuple[int, ...]:
    """Numbers of the facts on the customer's own matter that the reply contradicts."""
    contradicted = {
        claim.fact
        for claim in last.claims
        if claim.verdict == "contradicted" and claim.severity >= GRAVE
    }
    return tuple(
        number
        for number, fact in enumerate(scenario.facts)
        if fact.where in ("order", "logistics") and fact.text in contradicted
    )


@dataclass(frozen=True, slots=True)
class _Unit:
    """A clause or a sentence: its normalised `text`; its `plain` form, in which long numbers and
    little words still stand; whether it speaks of what may come (`later`)."""

    text: str
    plain: str
    later: bool

    @property
    def forms(self) -> tuple[str, ...]:
        return (self.text,) if self.text == self.plain else (self.text, self.plain)


def _units(reply: str) -> list[_Unit]:
    """What is compared with examples, each text once."""
    spans = [(span.text, span.start, span.end) for span in clauses(reply)]
    start = 0
    for line in reply.split("\n"):
        for sentence in re.split(r"(?<=[。！？!?])|(?<=\.)\s", line):
            start = max(start, reply.find(sentence, start))
            spans.append((normalise(sentence), start, start + len(sentence)))
    later = [match.span() for match in _IF_ANYTHING.finditer(reply)]
    found: dict[str, _Unit] = {}
    for text, first, end in spans:
        if text:
            waits = any(begins < end and first < ends for begins, ends in later)
            found.setdefault(text, _Unit(text, plain(reply[first:end]), waits))
    return list(found.values())


def _of_matter(texts: Sequence[str], scenario: Scenario) -> list[str]:
    """The texts that do not just ask whether there is anything else: that fits every matter."""
    more = _pattern(common_hears(scenario.lang)["anything_else"].words)
    return [text for text in texts if not more.search(text)]


@dataclass(frozen=True, slots=True)
class _Said:
    heard: frozenset[str]
    asked: frozenset[str]


@dataclass(frozen=True)
class _Listener:
    """One thing that is listened for: its examples stand in rows `first` to `last` of a matrix."""

    name: str
    own: bool
    words: re.Pattern[str]
    unless: re.Pattern[str]
    first: int
    last: int


@dataclass(frozen=True)
class _Listeners:
    listeners: tuple[_Listener, ...]
    matrix: Vectors

    def best(self, vectors: Vectors) -> Vectors:
        """Shape (texts, listeners): the highest cosine with any example; 0 without examples."""
        alike = vectors @ self.matrix.T
        found = np.zeros((len(vectors), len(self.listeners)), dtype=np.float32)
        for column, ear in enumerate(self.listeners):
            if ear.last > ear.first:
                found[:, column] = alike[:, ear.first : ear.last].max(axis=1)
        return found


def _matches(
    units: Sequence[_Unit], acts: Sequence[str], scenario: Scenario, encoder: Encoder
) -> _Said:
    """Which of the scenario's and the common ids are heard in the texts."""
    heard: set[str] = set()
    asked: set[str] = set()
    if not units:
        return _Said(frozenset(), frozenset())
    both = _listeners(_key(scenario), cast(Hashable, encoder))
    vectors = encoder.encode([unit.text for unit in units])
    best = np.hstack([listeners.best(vectors) for listeners in both])
    ears = [ear for listeners in both for ear in listeners.listeners]
    for unit, scores in zip(units, best.tolist(), strict=True):
        forms = unit.forms
        asking = bool(_ASKING.search(unit.text)) or bool(_ASKING_ACTS.intersection(acts))
        top = max(scores, default=0.0)
        for ear, score in zip(ears, scores, strict=True):
            by_words = _found(ear.words, forms)
            alike_too = score >= ALIKE and score >= top - CLEAR
            if not (by_words or alike_too) or _found(ear.unless, forms):
                continue
            if ear.own:
                heard.add(ear.name)
            if not unit.later and (asking or (ear.own and by_words)):
                asked.add(ear.name)
    return _Said(frozenset(heard), frozenset(asked))


_Key = tuple[Language, tuple[tuple[str, Listening], ...]]


def _key(scenario: Scenario) -> _Key:
    return scenario.lang, tuple(scenario.hears.items())


@lru_cache(maxsize=PREPARED)
def _listeners(key: _Key, encoder: Any) -> tuple[_Listeners, _Listeners]:
    """The scenario's own, and the usual ones, which are made once for all scenarios."""
    lang, own = key
    usual = _usual(lang, encoder)
    taken = {name for name, _ in own}
    others = tuple(ear for ear in usual.listeners if ear.name not in taken)
    return _listening(own, True, encoder), _Listeners(others, usual.matrix)


@lru_cache(maxsize=8)
def _usual(lang: Language, encoder: Any) -> _Listeners:
    return _listening(tuple(common_hears(lang).items()), False, encoder)


def _listening(entries: Sequence[tuple[str, Listening]], own: bool, encoder: Any) -> _Listeners:
    first = 0
    rows: list[Vectors] = [np.zeros((0, encoder.dimension), dtype=np.float32)]
    found = []
    for name, entry in entries:
        texts = [text for text in map(normalise, entry.say) if text]
        last = first + len(texts)
        found.append(
            _Listener(name, own, _pattern(entry.words), _pattern(entry.unless), first, last)
        )
        rows.append(encoder.encode(texts))
        first = last
    return _Listeners(tuple(found), np.concatenate(rows))


def _found(pattern: re.Pattern[str], forms: Sequence[str]) -> bool:
    return any(pattern.search(form) is not None for form in forms)


@lru_cache(maxsize=1024)
def _pattern(words: tuple[str, ...]) -> re.Pattern[str]:
    """What any of the words matches, in normalised texts, which are Simplified and half-width."""
    each = "|".join(f"(?:{_simple(word)})" for word in words)
    return re.compile(each or r"(?!)", re.IGNORECASE)


def _simple(word: str) -> str:
    simple = "".join(aligned(char) if char.isalpha() else char for char in word)
    return simple.replace("？", r"\?")


def _is_nod(reply: str) -> bool:
    """A short yes is understood, though it says nothing."""
    return bool(
        re.fullmatch(
            r"(好的?|嗯+|ok|okay|yes|sure|是的?|对)[呢哦啊亲~～。.!！ ]*", reply.strip(), re.I
        )
    )


def _digest(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()[:8]
