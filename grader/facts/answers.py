"""Yes and no: what the reply grants or denies against what the facts grant or deny."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from typing import Final

import numpy as np
from numpy.typing import NDArray

from grader.closings import closes
from grader.encoder import Encoder
from grader.facts.amounts import share_a_value
from grader.facts.findings import Finding, View
from grader.facts.matching import cosines, overlap
from grader.facts.opposites import Stance, same_matter
from grader.facts.statements import NEGATION, Statement, conditions

LEAST: Final = 0.2
"""A conflict less sure than this is no finding."""
MOST: Final = 200
"""Clauses of a reply that are looked at; nobody says more."""
_ASK: Final = re.compile(
    r"(?:可以|可不可以|能不能|能|会不会|会|有没有|有|是不是|是|支持|要不要|需要|要|含不含|含|带|包)(?P<what>[^吗么?？,，。!]{1,14})(?:吗|么|不|嘛|没有?|[?？]|呀|$)|(?P<verb>[\u4e00-\u9fff]{1,4})(?:不|吗|么)(?:[?？]|$)"
    r"|\b(?:can|could|do|does|is|are|will|may|did|has|have|would)\b[^?.!]{2,60}\??|\bany\b [^?]{2,40}\?"
)
_OPEN: Final = re.compile(
    r"多少|几[天个点号时元块]|什么|哪|怎么|咋|如何|为啥|为什么|多久|多长|何时|多大|多重|谁|啥|幾|點樣|邊|幾時|\b(?:what|when|where|which|who|why|how)\b"
)
_EXCLUSIVE: Final = re.compile(r"[仅只](?!要|需)|\bonly\b|\bsolely\b")
_NOT_OTHERS: Final = re.compile(r"都(?:可以?|能|行|有|支持|含|开)|any\b|all of|both|以上都")


def asked(customer: str) -> str:
    """The matter of the customer's last yes/no question, "" where there is none."""
    found = ""
    for match in _ASK.finditer(customer[-300:]):
        if not _OPEN.search(match.group()):
            found = match.group()
    return found


def check_answers(
    reply: View, customer: View, facts: Sequence[View], encoder: Encoder | None
) -> list[Finding]:
    """A finding for every statement that grants what a fact denies, or the other way round."""
    question = asked(customer.plain)
    findings: list[Finding] = []
    near = _nearness(reply, customer, facts, encoder)
    for i, statement in enumerate(reply.statements[:MOST]):
        if statement.question:
            continue
        direct = _by_stance(reply, i, facts)
        if direct is None and statement.lead and question and i <= 3:
            direct = _by_question(statement, customer, facts, question, near)
        if direct is not None:
            findings.append(direct)
    return _settled(findings, facts)


def _settled(findings: Sequence[Finding], facts: Sequence[View]) -> list[Finding]:
    """Conflicts weigh less where the reply agrees with the same fact elsewhere, or where the fact
    itself both grants and denies: then the reply may speak of the other half."""
    agreed = {finding.fact for finding in findings if finding.verdict == "supported"}
    mixed = {
        fact.text
        for fact in facts
        if {"yes", "no"} <= {s.polarity for s in fact.statements}
        or {True, False} <= {stance.grants for _, stance in _stances(fact) if stance.what}
    }
    out = []
    for finding in findings:
        severity = finding.severity
        if finding.verdict == "contradicted":
            severity *= (0.5 if finding.fact in agreed else 1.0) * (
                0.6 if finding.fact in mixed else 1.0
            )
        if severity >= LEAST:
            out.append(replace(finding, severity=severity))
    return out


def _nearness(
    reply: View, customer: View, facts: Sequence[View], encoder: Encoder | None
) -> NDArray[np.float32]:
    """For each fact, how near it is to the customer's message or to the reply."""
    both = [customer.text, reply.text]
    found = cosines(encoder, both, [fact.text for fact in facts])
    return np.asarray(found.max(axis=0) if len(facts) else np.zeros(0), dtype=np.float32)


def _by_stance(reply: View, i: int, facts: Sequence[View]) -> Finding | None:
    statement = reply.statements[i]
    best: dict[bool, tuple[float, View]] = {}
    for stance in reply.stances_of(i):
        for fact in facts:
            for j, other in _stances(fact):
                sure = same_matter(stance, other)
                if sure == 0.0:
                    continue
                topic = overlap(reply.words_of(i), fact.words_of(j))
                sure *= 0.4 + 0.6 * min(1.0, topic / 0.5)
                if _bound(fact.statements[j], fact) or statement.conditional:
                    sure *= 0.6
                same = stance.grants == other.grants
                if same not in best or sure > best[same][0]:
                    best[same] = (sure, fact)
    agree, against = best.get(True), best.get(False)
    if against is not None and (agree is None or against[0] > agree[0] + 0.2) and against[0] >= 0.3:
        return _verdict(statement, against[0], False, against[1])
    if agree is not None and agree[0] >= 0.3 and (against is None or agree[0] >= against[0]):
        return _verdict(statement, agree[0], True, agree[1])
    return None


def _stances(fact: View) -> list[tuple[int, Stance]]:
    return [(j, stance) for j in range(len(fact.statements)) for stance in fact.stances_of(j)]


def _bound(statement: Statement, fact: View) -> bool:
    return statement.conditional or conditions(fact.text)


def _by_question(
    statement: Statement,
    customer: View,
    facts: Sequence[View],
    question: str,
    near: NDArray[np.float32],
) -> Finding | None:
    """A bare yes or no to the customer's question, against the fact that answers it."""
    best: tuple[float, bool, View] | None = None
    negated = bool(NEGATION.search(question)) and not re.search(
        r"不能|能不|可不可|有没|是不|会不|要不", question
    )
    says = (statement.polarity == "yes") != negated
    for k, fact in enumerate(facts):
        topic = 0.7 * overlap(customer.words, fact.words) + 0.3 * float(near[k])
        least = 0.08 if _EXCLUSIVE.search(fact.plain) else 0.12
        if topic < (0.25 if len(facts) > 2 else least):
            continue
        grants = _fact_grants(fact, question)
        if grants is None:
            continue
        if best is None or topic > best[0]:
            best = (min(1.0, 0.4 + topic) * 0.8, grants == says, fact)
    return None if best is None or best[0] < 0.3 else _verdict(statement, *best)


def _fact_grants(fact: View, question: str) -> bool | None:
    """Whether the fact says yes to the question; None where it does not say."""
    signs = [statement.polarity for statement in fact.statements if statement.polarity != "none"]
    if _EXCLUSIVE.search(fact.plain):
        allowed = _EXCLUSIVE.split(fact.plain)[1][:12]
        return len(set(question) & set(allowed) - set("的了可以能支持开有是吗么不")) >= 2
    if not signs:
        return None
    if len(set(signs)) > 1:
        return None
    return signs[0] == "yes"


def _verdict(statement: Statement, sure: float, same: bool, fact: View) -> Finding:
    severity = min(1.0, sure)
    if statement.hedged:
        severity *= 0.8
    return Finding(
        verdict="supported" if same else "contradicted",
        start=statement.start,
        end=statement.end,
        key="facts.same_side" if same else "facts.other_side",
        values={"said": statement.text, "fact": fact.text},
        severity=severity,
        fact=fact.text,
    )


def check_unanswered(
    reply: View, customer: View, facts: Sequence[View], encoder: Encoder | None
) -> list[Finding]:
    """The customer's question that a fact answers and the reply passes over."""
    asks = [s for s in customer.statements if s.question or _OPEN.search(s.text)]
    if not facts or not (asks or asked(customer.plain)) or closes(customer.text):
        return []
    near = cosines(encoder, [customer.text], [fact.text for fact in facts])[0]
    topics = [
        0.6 * overlap(customer.words, fact.words) + 0.4 * float(near[k])
        for k, fact in enumerate(facts)
    ]
    k = int(np.argmax(topics))
    if topics[k] < 0.2 and len(facts) > 1:
        return []
    fact = facts[k]
    fresh = fact.words - customer.words
    told = overlap(reply.words & (fresh | _values(reply)), fresh) if fresh else 1.0
    values = [q for s in fact.statements for q in s.quantities]
    said = [q for s in reply.statements for q in s.quantities]
    if reply.words & fresh or share_a_value(values, said) or any(s.lead for s in reply.statements):
        return []
    severity = 0.7 * (1.0 - told)
    return [
        Finding("unanswered", 0, 0, "facts.unanswered", {"fact": fact.text}, severity, fact.text)
    ]


def _values(reply: View) -> frozenset[str]:
    return frozenset(q.text for s in reply.statements for q in s.quantities)
