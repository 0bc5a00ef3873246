"""Criterion kind `rule`: operators on a conversation, put together by a trainer without code.

A find yields messages; all, any and not join what holds. Each find is one pass over the messages
and looks up its anchors by bisection, so long conversations cost no more a message.
"""

from __future__ import annotations

import re
import unicodedata
from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache

from grader.judgement import Judgement, not_scored
from grader.normalise import simplified
from grader.reading import Reading
from grader.scorecard import Evidence
from grader.wording import say, told
from rubrics.operators import AllNode, Anchor, AnyNode, Find, FindNode, Number, RuleNode
from rubrics.patterns import SEARCHED, compiled
from rubrics.schema import RuleSpec
from transcripts.types import Message

SHOWN = 3
QUOTE = 40
SPEAKING = ("customer", "agent", "bot")
_NUMBER = re.compile(r"(?<![\d.])\d{1,12}(?:\.\d{1,6})?(?![\d.]*\d)")


@dataclass(frozen=True, slots=True)
class Outcome:
    """Whether a rule holds, and the messages that its finds came upon."""

    holds: bool
    hits: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class _Scene:
    """A reading, laid out for finding."""

    messages: tuple[Message, ...]
    acts: tuple[frozenset[str], ...]
    emotion: tuple[float | None, ...]
    turn: tuple[int, ...]


def score(reading: Reading, spec: RuleSpec) -> Judgement:
    """`holds` points where the rule holds, else `fails` points; what was found is shown."""
    if not reading.transcript.messages:
        return not_scored(say(reading.lang, "rules.empty"))
    outcome = evaluate(reading, spec.rule)
    points = spec.holds if outcome.holds else spec.fails
    name = told(reading.lang, spec.name.zh, spec.name.en)
    reason = say(reading.lang, "rules.holds" if outcome.holds else "rules.fails", name=name)
    shown = outcome.hits[:SHOWN] or (0,)
    evidence = tuple(
        Evidence(i, _quote(reading, spec, i, outcome.hits), points if n == 0 else 0.0, reason)
        for n, i in enumerate(shown)
    )
    faults = {} if points >= max(spec.holds, spec.fails) else {"rules.advice": evidence[0]}
    return Judgement(score=points, evidence=evidence, faults=faults)


def evaluate(reading: Reading, rule: RuleNode) -> Outcome:
    """Whether the rule holds in the conversation."""
    return _evaluate(_scene(reading), rule)


def find(reading: Reading, wanted: Find) -> tuple[int, ...]:
    """The messages that a find comes upon, in order."""
    return _find(_scene(reading), wanted)


@lru_cache(maxsize=4096)
def plain(text: str) -> str:
    """The form in which words are compared: half-width, Simplified, small letters."""
    return simplified(unicodedata.normalize("NFKC", text)).casefold()


def _scene(reading: Reading) -> _Scene:
    messages = reading.transcript.messages
    acts: dict[int, set[str]] = {}
    for heard in reading.replies:
        for i in heard.reply.messages:
            acts[i] = set() if heard.clauses else set(heard.acts)
        for clause in heard.clauses:
            acts.setdefault(clause.message, set()).update(clause.acts)
    emotion = {heard.message: heard.emotion for heard in reading.customer}
    turn, turns = [], 0
    for message in messages:
        turns += message.role in SPEAKING
        turn.append(turns)
    return _Scene(
        messages,
        tuple(frozenset(acts.get(i, ())) for i in range(len(messages))),
        tuple(emotion.get(i) for i in range(len(messages))),
        tuple(turn),
    )


def _evaluate(scene: _Scene, rule: RuleNode) -> Outcome:
    if isinstance(rule, FindNode):
        hits = _find(scene, rule.find)
        most = rule.find.count.at_most
        enough = len(hits) >= rule.find.count.at_least and (most is None or len(hits) <= most)
        return Outcome(enough, hits)
    if isinstance(rule, AllNode | AnyNode):
        parts = rule.all if isinstance(rule, AllNode) else rule.any
        outcomes = [_evaluate(scene, part) for part in parts]
        held = [outcome.holds for outcome in outcomes]
        hits = tuple(sorted({i for outcome in outcomes for i in outcome.hits}))
        return Outcome(all(held) if isinstance(rule, AllNode) else any(held), hits)
    inner = _evaluate(scene, rule.not_)
    return Outcome(not inner.holds, inner.hits)


def _find(scene: _Scene, wanted: Find) -> tuple[int, ...]:
    hits: Sequence[int] = [i for i in _at_position(scene, wanted) if _fits(scene, wanted, i)]
    for anchor, sides in (
        (wanted.before, (True, False)),
        (wanted.after, (False, True)),
        (wanted.around, (True, True)),
    ):
        if anchor is not None:
            anchors = _find(scene, anchor.find)
            hits = [i for i in hits if _near(scene, i, anchors, anchor, sides)]
    if wanted.same_text:
        hits = _repeated(scene, hits)
    if wanted.hit is not None:
        hits = _nth(hits, wanted.hit)
    return tuple(hits)


def _at_position(scene: _Scene, wanted: Find) -> Sequence[int]:
    indices = [
        i
        for i, message in enumerate(scene.messages)
        if wanted.role is None or message.role == wanted.role
    ]
    return indices if wanted.position is None else _nth(indices, wanted.position)


def _nth(indices: Sequence[int], n: int) -> Sequence[int]:
    place = n - 1 if n > 0 else len(indices) + n
    return indices[place : place + 1] if place >= 0 else []


def _fits(scene: _Scene, wanted: Find, i: int) -> bool:
    text = scene.messages[i].text
    emotion = scene.emotion[i]
    said = plain(text[:SEARCHED]) if wanted.words or wanted.all_words else ""
    return (
        (not wanted.words or any(plain(word) in said for word in wanted.words))
        and all(plain(word) in said for word in wanted.all_words)
        and (wanted.pattern is None or bool(compiled(wanted.pattern).search(text[:SEARCHED])))
        and (not wanted.acts or not scene.acts[i].isdisjoint(wanted.acts))
        and (
            wanted.emotion_at_least is None
            or (emotion is not None and emotion >= wanted.emotion_at_least - 0.5)
        )
        and (wanted.number is None or _has_number(text, wanted.number))
        and (wanted.longer_than is None or len(text) > wanted.longer_than)
    )


def _has_number(text: str, wanted: Number) -> bool:
    low, high = wanted.at_least, wanted.at_most
    for found in _NUMBER.finditer(unicodedata.normalize("NFKC", text[:SEARCHED])):
        value = float(found.group())
        if (low is None or value >= low) and (high is None or value <= high):
            return True
    return False


def _near(
    scene: _Scene, i: int, anchors: Sequence[int], anchor: Anchor, sides: tuple[bool, bool]
) -> bool:
    """Whether the nearest anchor after (first side) or before (second side) is near enough."""
    later, earlier = bisect_right(anchors, i), bisect_left(anchors, i) - 1
    candidates = []
    if sides[0] and later < len(anchors):
        candidates.append(anchors[later])
    if sides[1] and earlier >= 0:
        candidates.append(anchors[earlier])
    return any(_within(scene, i, j, anchor) for j in candidates)


def _within(scene: _Scene, i: int, j: int, anchor: Anchor) -> bool:
    if anchor.messages is not None and abs(scene.turn[i] - scene.turn[j]) > anchor.messages:
        return False
    if anchor.seconds is None:
        return True
    one, other = scene.messages[i].at, scene.messages[j].at
    if one is None or other is None:
        return False
    return abs((one - other).total_seconds()) <= anchor.seconds


def _repeated(scene: _Scene, hits: Sequence[int]) -> Sequence[int]:
    seen: set[str] = set()
    again = []
    for i in hits:
        text = plain(scene.messages[i].text).strip()
        if text in seen:
            again.append(i)
        seen.add(text)
    return again


def _quote(reading: Reading, spec: RuleSpec, i: int, hits: Sequence[int]) -> str:
    if not hits:
        return ""
    text = reading.transcript.messages[i].text
    for wanted in _finds(spec.rule):
        for word in (*wanted.words, *wanted.all_words):
            if word in text:
                return word
        found = compiled(wanted.pattern).search(text[:SEARCHED]) if wanted.pattern else None
        if found:
            return found.group()
    return text[:QUOTE]


def _finds(rule: RuleNode) -> list[Find]:
    if isinstance(rule, FindNode):
        return [rule.find]
    if isinstance(rule, AllNode | AnyNode):
        parts = rule.all if isinstance(rule, AllNode) else rule.any
        return [wanted for part in parts for wanted in _finds(part)]
    return _finds(rule.not_)
