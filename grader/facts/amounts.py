"""Amounts, days, dates and shares of a reply against those of the facts, arithmetic included."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass, replace
from typing import Final

from grader.facts.findings import Finding, View
from grader.facts.matching import overlap
from grader.facts.quantities import Quantity, quantities
from grader.facts.roles import in_agreement, in_conflict
from grader.facts.statements import Statement

_DERIVED_FROM: Final = 12
"""More values than this a side are not combined: everything would follow from something."""
LEAST: Final = 0.2
"""A conflict less sure than this is no finding."""
MOST: Final = 200
"""Clauses of a reply that are looked at; nobody says more."""
_MONTHS: Final = 24.0 * 55
_LOOSE: Final = frozenset({"count", "number"})
_FREE_COUNT: Final = re.compile(
    r"(?:^|[^\d])(?:一|1|两|俩|二|2|几|哪|每|第[一二三])\s?[个张下次遍位款件份]|\b(?:one|a|an)\b"
)
_OWN_ACTION: Final = re.compile(
    r"答复|回复|回电|联系|告诉|跟您说|通知|消息|说法|盯|跟进|处理|优先|加急|核实|查|问|回您|给您电话|打给|get back|update|call|message|let you know|check|chase|look into"
)
_GAP: Final = re.compile(
    r"超了|差了?|早了|晚了|过了|多(?=[\d一两三]\S{0,2}[天年小])|之前签收|前签收|耽误|再(?:加|送|补)|\bago\b|\blate\b|\bpast\b|difference|\bshort\b|over by"
)
"""Words that tell how far something is from a rule, or what comes on top, not the rule itself."""
_TOLERANCE: Final = {"about": 0.2, "exact": 0.004, "at_most": 0.004, "at_least": 0.004, "under": 0.004,
                     "over": 0.004, "before": 0.004, "after": 0.004}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Known:
    """A quantity of a fact with the clause it stands in."""

    quantity: Quantity
    fact: str
    clause: str
    words: frozenset[str]


def known(facts: Sequence[View]) -> list[Known]:
    """Every quantity of the facts."""
    return [
        Known(quantity, fact.text, statement.text, fact.words_of(i) | fact.words)
        for fact in facts
        for i, statement in enumerate(fact.statements)
        for quantity in statement.quantities
    ][:400]


def comparable(left: Quantity, right: Quantity) -> bool:
    """Whether two quantities are of one kind and unit; `roles` tells whether of one thing."""
    if left.kind != right.kind:
        return False
    if left.kind == "money":
        return left.unit == right.unit or "元" in (left.unit, right.unit)
    if left.kind == "count":
        return left.unit == right.unit
    if left.kind == "date":
        return (left.unit == "relative") == (right.unit == "relative")
    return True


def agrees(said: Quantity, fact: Quantity) -> bool:
    """Whether what was said is the fact's value, or lies inside its range."""
    slack = max(_TOLERANCE[said.comparator], _TOLERANCE[fact.comparator])
    if said.kind == "duration" and fact.low >= _MONTHS:
        slack = max(slack, 0.03)  # half a year, 6 months, 180 days
    if said.kind == "id":
        return said.low == fact.low
    if said.kind == "clock" and "clock12" in (said.unit, fact.unit):
        return abs(said.low - fact.low) % 12 < 0.01
    if said.kind == "date" and (said.low < 100 or fact.low < 100):
        return said.low % 100 == fact.low % 100
    for mine, theirs in ((said.low, fact.low), (said.high, fact.high)):
        if abs(mine - theirs) > slack * max(abs(theirs), abs(mine)) + 1e-9:
            break
    else:
        return True
    if (
        fact.low < fact.high
        and fact.low * (1 - slack) <= said.low
        and said.high <= fact.high * (1 + slack)
    ):
        return True
    if said.low < said.high and said.comparator == "about":
        return said.low <= fact.low <= said.high
    return said.comparator in ("at_least", "over") and fact.low >= said.low and said.kind == "count"


def share_a_value(left: Iterable[Quantity], right: Collection[Quantity]) -> bool:
    """Whether some value of one side is also one of the other; a bare number is of any kind."""
    return any(
        one.low == other.low and (comparable(one, other) or "number" in (one.kind, other.kind))
        for one in left
        for other in right
    )


def derived(
    money: Iterable[float],
    counts: Iterable[float],
    shares: Iterable[float],
    packs: Iterable[float] = (),
) -> set[float]:
    """Amounts that follow: sums, differences, n pieces, n of N pieces, a share or the rest of it.

    `packs` are the counts that an amount may be divided by: those of the facts.

    >>> sorted(derived([48.0], [12.0, 5.0], [], [12.0]))  # 48 × 5 / 12 = 20
    [4.0, 20.0, 28.0, 192.0, 240.0, 528.0, 576.0]
    """
    divisors = set(packs)
    sums = list(dict.fromkeys(money))[:_DERIVED_FROM]
    many = list(dict.fromkeys(n for n in counts if 0 < n < 10_000))[:_DERIVED_FROM]
    parts = list(dict.fromkeys(shares))[:_DERIVED_FROM]
    out: set[float] = set()
    for i, amount in enumerate(sums):
        for other in sums[i + 1 :]:
            out.update((amount + other, abs(amount - other)))
        for n in many:
            out.update((amount * n, amount * (n - 1)))
            if n in divisors:
                out.add(amount / n)
            for whole in many:
                if n < whole:
                    out.update((amount * n / whole, amount * (whole - n) / whole))
        for share in parts:
            out.update((amount * share, amount * (1 - share)))
            for n in many:
                out.update((amount * n * (1 - share), amount * (n - share)))
        for other in sums:
            out.update(amount * n - other for n in many if amount * n > other)
    return {round(value, 2) for value in out}


def _follows(said: Quantity, facts: Sequence[Known], around: Sequence[Quantity]) -> bool:
    """Whether the value follows by arithmetic from facts and what is said around it."""
    pool = [item.quantity for item in facts] + [
        q for q in around if q.start != said.start or q.text != said.text
    ]
    base = [item.quantity for item in facts]
    plain = [q.low for q in pool if q.kind in ("count", "number", "weight")]
    shares = [q.low for q in base if q.kind in ("percent", "discount")]
    if said.kind in ("money", "number"):
        money = [v for q in base if q.kind in ("money", "number") for v in (q.low, q.high)]
        packs = [q.low for q in base if q.kind in ("count", "number", "weight")]
        money += [q.low for q in around if q.kind == "money" and q.text != said.text]
        return _near(said.low, derived(money, plain, shares, packs))
    if said.kind in ("percent", "discount"):
        return _near(said.low, {1 - share for share in shares})
    if said.kind in ("count", "weight"):
        same = [q.low for q in pool if q.kind == said.kind]
        sums = {a + b for a in same for b in same} | {abs(a - b) for a in same for b in same}
        return _near(said.low, sums)
    return False


def _near(value: float, values: Iterable[float]) -> bool:
    return any(
        abs(value - other) <= max(0.01 * abs(other), 0.05 if value < 10 else 0.5)
        for other in values
    )


def _lent(statement: Statement, customer: View) -> frozenset[str]:
    """The customer's words, which a short answer leaves unsaid."""
    return customer.words if len(statement.text) < 14 else frozenset()


def check_amounts(
    reply: View, customer: View, facts: Sequence[View], earlier: Sequence[str]
) -> list[Finding]:
    """A finding for every quantity that the reply states and the facts can judge."""
    pool = known(facts)
    if not pool:
        return []
    heard = [q for statement in customer.statements for q in statement.quantities]
    heard += [q for text in earlier[-6:] for q in quantities(text)]
    said = [q for statement in reply.statements[:MOST] for q in statement.quantities]
    findings = []
    for i, statement in enumerate(reply.statements[:MOST]):
        if statement.question:
            continue
        words = reply.words_of(i) | _lent(statement, customer)
        around = _neighbours(reply, i)
        for quantity in statement.quantities[:20]:
            found = _judge(quantity, statement, words | around, pool, (heard + said)[:60])
            if found is not None:
                findings.append(_told_elsewhere(found, said[:60], pool))
    return [finding for finding in findings if finding.severity >= LEAST]


def _told_elsewhere(finding: Finding, said: Sequence[Quantity], pool: Sequence[Known]) -> Finding:
    """A conflict weighs less where the same reply also tells the fact's own value."""
    if finding.verdict != "contradicted":
        return finding
    mine = [item.quantity for item in pool if item.fact == finding.fact]
    value = finding.values.get("value")
    stated = any(
        q.start != finding.start
        and comparable(q, item)
        and item.text.strip() == value
        and agrees(q, item)
        for q in said
        for item in mine
    )
    return replace(finding, severity=finding.severity * 0.45) if stated else finding


def _neighbours(reply: View, i: int) -> frozenset[str]:
    """Content of the clause before, in the same sentence: topics are often named there."""
    if i and reply.statements[i - 1].sentence == reply.statements[i].sentence:
        return reply.words_of(i - 1)
    return frozenset()


def _judge(
    said: Quantity,
    statement: Statement,
    words: frozenset[str],
    pool: Sequence[Known],
    around: Sequence[Quantity],
) -> Finding | None:
    peers = [item for item in pool if comparable(said, item.quantity)]
    near = [
        item
        for item in pool
        if item.quantity.kind == "number" or said.kind == "number"
        if abs(item.quantity.low - said.low) < 1e-9
    ]
    match = next(
        (
            item
            for item in peers
            if in_agreement(said.role, item.quantity.role) and agrees(said, item.quantity)
        ),
        None,
    )
    peers = [item for item in peers if in_conflict(said.role, item.quantity.role)]
    if match is None and near and said.low >= 3:
        match = near[0]
    if match is not None:
        weight = 0.3 if said.kind in _LOOSE and said.low < 3 else 0.8
        return _finding("supported", "facts.same_value", said, match, weight)
    echoed = any(
        (comparable(said, other) and other.text != said.text and agrees(said, other))
        or (comparable(said, other) and other.start != said.start and agrees(said, other))
        for other in around
    )
    if said.kind == "number" and said.low >= 5 and _follows(said, pool, around):
        money = next((item for item in pool if item.quantity.kind == "money"), None)
        return None if money is None else _finding("supported", "facts.follows", said, money, 0.5)
    if not peers:
        return None
    if statement.polarity == "no" and echoed:
        return None
    if _follows(said, pool, around):
        return _finding("supported", "facts.follows", said, peers[0], 0.6)
    if echoed or said.unit == "id":
        return None
    if said.kind == "count" and _FREE_COUNT.search(statement.text) and said.low <= 2:
        return None
    best = max(peers, key=lambda item: overlap(words, item.words))
    topic = overlap(words, best.words)
    return _conflict(said, statement, best, topic, len(peers))


_BASE: Final = {
    "money": 0.75, "duration": 0.75, "discount": 0.8, "percent": 0.7, "temperature": 0.8,
    "weight": 0.6, "length": 0.6, "volume": 0.7, "loudness": 0.8, "power": 0.8, "date": 0.55,
    "weekday": 0.6, "clock": 0.5, "count": 0.45, "charge": 0.8, "data": 0.8, "id": 0.6,
}  # fmt: skip


def _conflict(
    said: Quantity, statement: Statement, best: Known, topic: float, peers: int
) -> Finding | None:
    severity = _BASE.get(said.kind, 0.0)
    if said.kind in ("date", "weekday", "clock", "duration") and _OWN_ACTION.search(statement.text):
        severity *= 0.25
    if statement.conditional or statement.hedged:
        severity *= 0.8
    severity *= 0.2 + 0.8 * min(1.0, topic / 0.4)
    if _GAP.search(statement.text):
        severity *= 0.4
    if peers == 1:
        severity *= 1.15
    return _finding("contradicted", "facts.other_value", said, best, min(1.0, severity))


def _finding(verdict: str, key: str, said: Quantity, item: Known, severity: float) -> Finding:
    values = {"said": said.text.strip(), "fact": item.fact, "value": item.quantity.text.strip()}
    return Finding(
        verdict="supported" if verdict == "supported" else "contradicted",
        start=said.start, end=said.end, key=key, values=values, severity=severity, fact=item.fact,
    )  # fmt: skip
