"""The criterion `sequence`: the stages taken, their order, how thinly, and what was skipped."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import product
from math import prod
from typing import Final

import numpy as np

from grader.contact import holds
from grader.evasion import PLANS
from grader.judgement import Judgement, not_scored
from grader.normalise import normalise
from grader.outcome import ANSWERS, FIGHTS, OFFERS
from grader.reading import HeardReply, Reading
from grader.repeats import asked_again, asked_for_shown, handed_over
from grader.scorecard import Evidence
from grader.spread import quote_of
from grader.wording import say, told
from rubrics.schema import Order, SequenceSpec, Stage

_SEEN_THERE: Final = re.compile(
    r"看到|看了|看得|查到|查了|显示|照片(?:里|上|看|收)|图(?:片)?(?:里|上|看|收)|您发的|您拍的"
    r"|订单(?:里|上|是|显)|记录"
    r"|核实(?:了|到|过)|确认(?:了|过)|按照?您说的|您说的|尾号|上次"
    r"|之前(?:说|登记|反馈)|物流(?:显示|停|卡|到)"
    r"|i (?:can )?see|i'?ve (?:checked|looked|found|got)|photo shows"
    r"|your (?:photo|picture|order)s?\b|tracking|records? show"
    r"|according to|looks like|order (?:no\.? ?)?\d|held at|checked",
    re.IGNORECASE,
)
LADDER: Final = "ladder"
LATE: Final = 2
"""Calming that begins in the third substantive reply or later is late."""
THIN: Final = ((2.0, 2.6), (1.0, 0.0))
"""The warmest reply's rating, and how thin the calming was by it."""
FOUGHT: Final = ((0.25, 0.35, 0.55, 0.65), (4.0, 1.0, 1.0, 0.0))
"""The share of replies that fight the customer, and the rating that is left."""


@dataclass(frozen=True, slots=True)
class Taken:
    """A stage that was taken: the number of the reply, the message and the words that show it."""

    reply: int
    message: int
    quote: str
    thin: bool = False


def score(reading: Reading, spec: SequenceSpec) -> Judgement:
    """The first order that applies decides; none that applies: not scored."""
    order = _order(reading, spec)
    if order is None:
        return not_scored(say(reading.lang, "sequence.no_order"))
    if not reading.replies:
        return not_scored(say(reading.lang, "sequence.no_replies"))
    wanted = [stage for stage in order.stages if _called_for(stage, reading)]
    if not wanted:
        return not_scored(say(reading.lang, "sequence.nothing_called_for"))
    taken = [_take(stage, reading) for stage in wanted]
    judge = _ladder if order.scored == LADDER else _share
    rating, rows, faults = judge(reading, order, wanted, taken)
    points = float(np.interp(rating, range(5), order.points)) if order.scored == LADDER else rating
    rows = _fitted(rows, points)
    for fault, lost in (
        (asked_again(reading) or asked_for_shown(reading), spec.asked_again),
        (handed_over(reading), spec.handed_over),
    ):
        if fault is not None and points > 0:
            lost = min(lost, points)
            points -= lost
            row = Evidence(fault.message, fault.quote, -lost, say(reading.lang, fault.key))
            rows.append(row)
            faults = {fault.key.replace("sequence.", "sequence.advice_"): row, **faults}
    return Judgement(
        score=points,
        evidence=tuple(rows),
        confidence=0.8 if len(wanted) > 1 else 0.7,
        rating=rating if order.scored == LADDER else None,
        faults=faults,
    )


def stages(reading: Reading, spec: SequenceSpec) -> tuple[tuple[Stage, bool], ...]:
    """The stages that this conversation calls for, in the order wanted, and whether each was taken.

    Nothing where no order applies.
    """
    order = _order(reading, spec)
    wanted = () if order is None else order.stages
    return tuple(
        (stage, _take(stage, reading) is not None)
        for stage in wanted
        if _called_for(stage, reading)
    )


def _order(reading: Reading, spec: SequenceSpec) -> Order | None:
    return next((order for order in spec.orders if holds(order.applies, reading)), None)


def _called_for(stage: Stage, reading: Reading) -> bool:
    roles = {message.role for message in reading.transcript.messages}
    if stage.seen_in == "actions" and "action" not in roles:
        return False
    if stage.seen_in == "note" and not any(
        m.role == "action" and m.text == "write_note" for m in reading.transcript.messages
    ):
        return False
    when = stage.when
    if when is None:
        return True
    customer = " ".join(
        normalise(m.text) for m in reading.transcript.messages if m.role == "customer"
    ).casefold()
    acts = {act for heard in reading.replies for act in heard.acts}
    actions = {m.text for m in reading.transcript.messages if m.role == "action"}
    worst = max((heard.emotion for heard in reading.customer), default=0.0)
    return (
        any(normalise(word).casefold() in customer for word in when.customer_words)
        or bool(acts & set(when.agent_acts))
        or bool(actions & set(when.actions))
        or (when.emotion_at_least is not None and worst >= when.emotion_at_least - 0.5)
    )


def _take(stage: Stage, reading: Reading) -> Taken | None:
    """The first reply that takes the stage."""
    weak: Taken | None = None
    for number, heard in enumerate(reading.replies):
        for clause in () if heard.litany else heard.clauses:
            mine = set(clause.acts) & set(stage.acts)
            waits = bool(mine) and mine <= set(stage.if_followed)
            if waits and not _told_later(reading, number):
                continue
            if not mine and not _otherwise(stage, clause.text):
                continue
            text = reading.transcript.messages[clause.message].text[clause.start : clause.end]
            found = Taken(number, clause.message, text[:80], thin=waits)
            if not waits:
                return _earlier(weak, found)
            weak = weak or found
    return weak or _by_action(stage, reading)


def _degree(stage: Stage, one: Taken | None, reading: Reading) -> float:
    """How clearly a stage was taken, 0–1; less than a half where it was not."""
    by_acts = max(heard.degree(stage.acts) for heard in reading.replies)
    if one is None:
        return min(by_acts, 0.5) if not stage.if_followed else 0.0
    acts = set(reading.replies[one.reply].acts)
    return max(by_acts, 0.5) if acts & set(stage.acts) else 1.0


def _steps(degrees: Sequence[float]) -> float:
    """The rating by stages: 4 for all, 2 for two, 1 for one, 0 for none; what is expected of it
    where stages were taken by degrees.

    >>> _steps([1.0, 1.0, 0.5])
    3.0
    """
    expected = 0.0
    for taken in product((True, False), repeat=len(degrees)):
        chance = prod(d if there else 1 - d for there, d in zip(taken, degrees, strict=True))
        count = sum(taken)
        expected += chance * (4.0 if count == len(degrees) else min(float(count), 2.0))
    return expected


def _earlier(weak: Taken | None, found: Taken) -> Taken:
    """A hold that was followed up counts from where it stood, and is no longer thin."""
    return found if weak is None else Taken(weak.reply, found.message, found.quote)


def _otherwise(stage: Stage, clause: str) -> bool:
    text = clause.casefold()
    if any(normalise(word).casefold() in text for word in stage.words):
        return True
    return stage.using_what_is_there and _SEEN_THERE.search(clause) is not None


def _told_later(reading: Reading, number: int) -> bool:
    later = (heard.acts for heard in reading.replies[number:])
    return any(set(acts) & (ANSWERS | PLANS) for acts in later)


def _by_action(stage: Stage, reading: Reading) -> Taken | None:
    for index, message in enumerate(reading.transcript.messages):
        if message.role == "action" and message.text in stage.actions:
            before = [n for n, heard in enumerate(reading.replies) if heard.reply.message < index]
            return Taken(before[-1] if before else 0, index, message.text)
    return None


Ladder = tuple[float, list[Evidence], dict[str, Evidence]]


def _ladder(
    reading: Reading, order: Order, wanted: Sequence[Stage], taken: Sequence[Taken | None]
) -> Ladder:
    """0 no stage, 1 one, 2 two or a wrong order, 3 all with one thin or late, 4 all clearly."""
    steps = [(stage, one) for stage, one in zip(wanted, taken, strict=True) if one is not None]
    missing = [stage for stage, one in zip(wanted, taken, strict=True) if one is None]
    fought = sum(heard.degree(FIGHTS) for heard in reading.replies) / len(reading.replies)
    faults: dict[str, Evidence] = {}
    rows = [
        Evidence(
            one.message,
            one.quote,
            1.0,
            say(reading.lang, "sequence.taken", stage=_name(reading, stage)),
        )
        for stage, one in steps
    ]
    at = reading.replies[0].reply.message
    rating = _steps(
        [_degree(stage, one, reading) for stage, one in zip(wanted, taken, strict=True)]
    )
    for stage in missing:
        row = Evidence(
            at, "", 0.0, say(reading.lang, "sequence.skipped", stage=_name(reading, stage))
        )
        rows.append(row)
        faults.setdefault(f"sequence.advice_no_{stage.id}", row)
    wrong = _wrong_order(reading, wanted, taken)
    if wrong is not None:
        key, heard = wrong
        row = Evidence(
            heard.reply.message, quote_of(reading, heard.reply.message), 0.0, say(reading.lang, key)
        )
        rows.append(row)
        faults = {key.replace("sequence.", "sequence.advice_"): row, **faults}
        rating = min(rating, 2.0)
    elif not missing:
        weak = _thin(reading, wanted, taken)
        if weak is not None:
            key, one, much = weak
            if much >= 0.5:
                row = Evidence(one.message, one.quote, 0.0, say(reading.lang, key))
                rows.append(row)
                faults.setdefault(key.replace("sequence.", "sequence.advice_"), row)
            rating = min(rating, 4.0 - much)
    rating = min(rating, float(np.interp(fought, *FOUGHT)))
    if fought >= 0.3:
        row = Evidence(at, "", 0.0, say(reading.lang, "sequence.fought"))
        rows.append(row)
        faults = {"sequence.advice_fought": row, **faults}
    return rating, rows, faults


def _wrong_order(
    reading: Reading, wanted: Sequence[Stage], taken: Sequence[Taken | None]
) -> tuple[str, HeardReply] | None:
    """Money before anything is checked, or evidence demanded before any calming word."""
    found = {stage.id: one for stage, one in zip(wanted, taken, strict=True)}
    verify, calm = found.get("verify"), found.get("apologise")
    for number, heard in enumerate(reading.replies):
        acts = set(heard.acts)
        offered = acts & OFFERS
        if offered and "verify" in found and (verify is None or number < verify.reply):
            return "sequence.money_first", heard
        demanded = "request_evidence" in acts
        if demanded and "apologise" in found and (calm is None or number < calm.reply):
            return "sequence.evidence_first", heard
    return None


def _thin(
    reading: Reading, wanted: Sequence[Stage], taken: Sequence[Taken | None]
) -> tuple[str, Taken, float] | None:
    """The stage that was taken too lightly or too late, if any, and how much so, 0–1."""
    weighty = [n for n, heard in enumerate(reading.replies) if heard.substantive]
    slight: tuple[str, Taken, float] | None = None
    for stage, one in zip(wanted, taken, strict=True):
        if one is None:
            continue
        if stage.id == "apologise":
            if one.reply >= LATE and one.reply > (
                weighty[LATE - 1] if len(weighty) >= LATE else LATE
            ):
                return "sequence.late", one, 1.0
            warmth = [heard.empathy for heard in reading.replies if heard.empathy is not None]
            thin = float(np.interp(max(warmth), *THIN)) if warmth else 0.0
            if thin >= 0.5:
                return "sequence.thin_apologise", one, thin
            if thin > 0:
                slight = "sequence.thin_apologise", one, thin
        if one.thin:
            return f"sequence.thin_{stage.id}", one, 1.0
        if stage.id == "resolve" and _only_passed_on(reading):
            return "sequence.thin_resolve", one, 1.0
    return slight


def _only_passed_on(reading: Reading) -> bool:
    acts = {act for heard in reading.replies for act in heard.acts} & PLANS
    upset = (
        bool(reading.customer) and reading.customer[-1].emotion >= 2.5 and reading.customer[-1].open
    )
    return acts <= {"escalate", "guide_steps"} or upset


def _share(
    reading: Reading, order: Order, wanted: Sequence[Stage], taken: Sequence[Taken | None]
) -> Ladder:
    """The weighted share of the stages called for, less what came out of order; in points."""
    total = sum(stage.weight for stage in wanted)
    rows: list[Evidence] = []
    faults: dict[str, Evidence] = {}
    points, reached = 0.0, -1
    at = reading.replies[0].reply.message
    for stage, one in zip(wanted, taken, strict=True):
        name = _name(reading, stage)
        if one is None:
            row = Evidence(at, "", 0.0, say(reading.lang, "sequence.skipped", stage=name))
            faults.setdefault(f"sequence.advice_no_{stage.id}", row)
            rows.append(row)
            continue
        gained = 100 * stage.weight / total
        key = "sequence.taken"
        if one.reply < reached:
            gained, key = max(0.0, gained - order.out_of_order), "sequence.out_of_order"
        reached = max(reached, one.reply)
        points += gained
        rows.append(Evidence(one.message, one.quote, gained, say(reading.lang, key, stage=name)))
    return points, rows, faults


def _fitted(rows: list[Evidence], points: float) -> list[Evidence]:
    """The rows with their points in proportion, summing to `points`."""
    total = sum(row.points for row in rows)
    if total <= 0:
        first = rows[0]
        return [Evidence(first.message, first.quote, points, first.reason), *rows[1:]]
    return [
        Evidence(row.message, row.quote, row.points * points / total, row.reason) for row in rows
    ]


def _name(reading: Reading, stage: Stage) -> str:
    return told(reading.lang, stage.name.zh, stage.name.en)
