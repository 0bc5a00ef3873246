"""Criterion `conduct`: 100 points, less what bad acts, critical errors, pushes and banned phrases
cost.

The four acts that are critical errors too (rude, off_platform, coerce, leak_privacy) cost points
where a critical error was found and nowhere else: one judge for a charge as grave as that.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache

from grader.judgement import Judgement, not_scored
from grader.pushes import pushes
from grader.reading import HeardReply, Reading
from grader.scorecard import Evidence
from grader.wording import say, told
from rubrics.ids import BAD_ACTS, CRITICALS
from rubrics.patterns import SEARCHED, compiled
from rubrics.schema import Banned, ConductSpec

FULL = 100.0
QUOTE = 60


@dataclass(frozen=True, slots=True)
class _Loss:
    """Points lost at a place: `fault` is the key of its advice."""

    message: int
    start: int
    quote: str
    points: float
    reason: str
    fault: str


def score(reading: Reading, spec: ConductSpec) -> Judgement:
    """Score the conduct of a conversation. Not scored where no agent spoke."""
    if not reading.replies:
        return not_scored(say(reading.lang, "conduct.nobody"))
    losses = [
        *_critical(reading, spec),
        *_acts(reading, spec),
        *_pushed(reading, spec),
        *_banned(reading, spec),
    ]
    worst_first = sorted(losses, key=lambda loss: (-loss.points, loss.message, loss.start))
    evidence = [_base(reading, clean=not losses)]
    faults: dict[str, Evidence] = {}
    left = FULL
    for loss in worst_first:
        points = min(left, loss.points)
        left -= points
        row = Evidence(loss.message, loss.quote, -points + 0.0, loss.reason)
        evidence.append(row)
        faults.setdefault(loss.fault, row)
    return Judgement(score=left, evidence=tuple(evidence), faults=faults)


def _base(reading: Reading, *, clean: bool) -> Evidence:
    key = "conduct.clean" if clean else "conduct.start"
    return Evidence(reading.replies[0].reply.message, "", FULL, say(reading.lang, key))


def _critical(reading: Reading, spec: ConductSpec) -> Iterator[_Loss]:
    for found in reading.critical:
        points = spec.critical.get(found.id, 0.0)
        if points > 0:
            text = reading.transcript.messages[found.message].text
            yield _Loss(
                found.message,
                max(0, text.find(found.quote)),
                found.quote,
                points,
                say(reading.lang, f"conduct.critical_{found.id}"),
                f"conduct.advice_{found.id}",
            )


def _acts(reading: Reading, spec: ConductSpec) -> Iterator[_Loss]:
    for reply in reading.replies:
        for act in reply.acts:
            points = spec.acts.get(act, 0.0)
            if points > 0 and act not in CRITICALS:
                message, start, quote = _clause(reading, reply, act)
                known = act if act in BAD_ACTS else "act"
                reason = say(reading.lang, f"conduct.act_{known}", act=act)
                yield _Loss(message, start, quote, points, reason, f"conduct.advice_{known}")


def _pushed(reading: Reading, spec: ConductSpec) -> Iterator[_Loss]:
    for push in pushes(reading) if spec.pushes > 0 else ():
        clause = push.clause
        text = reading.transcript.messages[clause.message].text
        quote = _short(text[clause.start : clause.end])
        reason = say(reading.lang, f"conduct.pushed_{push.why}")
        yield _Loss(
            clause.message, clause.start, quote, spec.pushes, reason, "conduct.advice_pushed"
        )


def _clause(reading: Reading, reply: HeardReply, act: str) -> tuple[int, int, str]:
    """Where an act was done: its likeliest clause, else the whole first message of the reply."""
    doing = [clause for clause in reply.clauses if act in clause.acts] or [
        clause for clause in reply.clauses if clause.probabilities.get(act, 0.0) > 0
    ]
    if not doing:
        first = reply.reply.message
        return first, 0, _short(reading.transcript.messages[first].text)
    best = max(doing, key=lambda c: (c.probabilities.get(act, 0.0), -c.message, -c.start))
    text = reading.transcript.messages[best.message].text
    return best.message, best.start, _short(text[best.start : best.end])


def _short(text: str) -> str:
    return text.strip()[:QUOTE].rstrip()


def _banned(reading: Reading, spec: ConductSpec) -> Iterator[_Loss]:
    for banned in spec.banned:
        pattern = _pattern(banned)
        for reply in reading.replies:
            for message in reply.reply.messages:
                text = reading.transcript.messages[message].text
                found = pattern.search(text[:SEARCHED])
                if found:
                    why = told(reading.lang, banned.reason.zh, banned.reason.en)
                    yield _Loss(
                        message, found.start(), found.group(), banned.points,
                        say(reading.lang, "conduct.banned", why=why), "conduct.advice_banned",
                    )  # fmt: skip


def _pattern(banned: Banned) -> re.Pattern[str]:
    """Words as they stand, in any case, Simplified or Traditional; or the rubric's own pattern."""
    return _any_of(tuple(str(word) for word in banned.words), banned.pattern)


@lru_cache(maxsize=512)
def _any_of(words: tuple[str, ...], pattern: str | None) -> re.Pattern[str]:
    if pattern is not None and not words:
        return compiled(pattern)
    forms = {form for word in words for form in (word, told("zh-Hant", word, word))}
    choices = [re.escape(form) for form in sorted(forms, key=lambda form: (-len(form), form))]
    if pattern is not None:
        choices.append(f"(?:{compiled(pattern).pattern})")
    return re.compile("|".join(choices), re.IGNORECASE)
