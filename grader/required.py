"""Criterion kind `required`: statements that have to be made somewhere in the agent's messages."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from grader.contact import holds
from grader.encoder import Encoder
from grader.judgement import Judgement, not_scored
from grader.normalise import normalise
from grader.reading import Reading
from grader.rules import plain
from grader.scorecard import Evidence, rounded_parts
from grader.wording import say, told
from rubrics.patterns import SEARCHED, compiled
from rubrics.schema import RequiredSpec, Statement

QUOTE = 40


@dataclass(frozen=True, slots=True)
class _Said:
    message: int
    quote: str


def score(reading: Reading, spec: RequiredSpec, encoder: Encoder) -> Judgement:
    """The weighted share of the required statements that were made."""
    wanted = [statement for statement in spec.statements if holds(statement.when, reading)]
    agent = [i for i, m in enumerate(reading.transcript.messages) if m.role == "agent"]
    if not wanted:
        return not_scored(say(reading.lang, "required.none"))
    if not agent:
        return not_scored(say(reading.lang, "required.nobody"))
    whole = sum(statement.weight for statement in wanted)
    full = rounded_parts([100 * statement.weight / whole for statement in wanted], 100.0)
    evidence: list[Evidence] = []
    faults: dict[str, Evidence] = {}
    for statement, points in zip(wanted, full, strict=True):
        found = _said(reading, statement, agent, encoder)
        name = told(reading.lang, statement.name.zh, statement.name.en)
        if found is None:
            reason = say(reading.lang, "required.missing", name=name, points=f"{points:g}")
            evidence.append(Evidence(agent[-1], "", 0.0, reason))
            faults.setdefault("required.advice", evidence[-1])
        else:
            reason = say(reading.lang, "required.said", name=name)
            evidence.append(Evidence(found.message, found.quote, points, reason))
    total = round(sum(item.points for item in evidence), 1)
    return Judgement(score=total, evidence=tuple(evidence), faults=faults)


def _said(
    reading: Reading, statement: Statement, agent: list[int], encoder: Encoder
) -> _Said | None:
    words = [plain(word) for word in statement.words]
    for i in agent:
        text = reading.transcript.messages[i].text
        said = plain(text[:SEARCHED]) if words else ""
        for word, folded in zip(statement.words, words, strict=True):
            if folded in said:
                return _Said(i, word if word in text else text[:QUOTE])
        found = compiled(statement.pattern).search(text[:SEARCHED]) if statement.pattern else None
        if found:
            return _Said(i, found.group())
    return _acted(reading, statement) or _alike(reading, statement, encoder)


def _acted(reading: Reading, statement: Statement) -> _Said | None:
    for heard in reading.replies:
        for clause in heard.clauses:
            if not set(statement.acts).isdisjoint(clause.acts):
                text = reading.transcript.messages[clause.message].text
                return _Said(clause.message, text[clause.start : clause.end])
    return None


def _alike(reading: Reading, statement: Statement, encoder: Encoder) -> _Said | None:
    if not statement.examples:
        return None
    clauses = [clause for heard in reading.replies for clause in heard.clauses]
    if not clauses:
        return None
    said = encoder.encode([clause.text for clause in clauses])
    examples = encoder.encode([normalise(example) for example in statement.examples])
    likeness = (said @ examples.T).max(axis=1)
    best = int(np.argmax(likeness))
    if float(likeness[best]) < statement.like:
        return None
    clause = clauses[best]
    text = reading.transcript.messages[clause.message].text
    return _Said(clause.message, text[clause.start : clause.end])
