"""Criterion `timeliness`: arithmetic on times, every limit from the rubric.

Each limit that can be measured earns a share of 100 points by its weight; slow replies lose points;
a first real answer that comes late, or a customer left waiting, caps what is left. In tenths of a
point throughout, so that the evidence adds up to the score.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from grader.contact import UNEASY, is_complaint
from grader.judgement import Judgement, not_scored
from grader.reading import Reading
from grader.rounds import rounds
from grader.scorecard import Evidence, rounded_parts
from grader.waits import Clock, Wait, Waits, automatic_messages, waits
from grader.wording import say
from rubrics.presets import round_rule
from rubrics.schema import TimelinessSpec
from rubrics.times import Wait as Limit
from transcripts.types import Language, out_of_order

QUOTE = 40


@dataclass(frozen=True, slots=True)
class _Part:
    """One limit as measured: the share of its points earned, and what shows it."""

    weight: float
    share: float
    message: int
    reason: str
    fault: str | None = None


def score(reading: Reading, spec: TimelinessSpec) -> Judgement:
    """Score the speed of a conversation. Not scored without times or with times out of order."""
    lang = reading.lang
    if out_of_order(reading.transcript):
        return not_scored(say(lang, "timeliness.disorder"))
    automatic = automatic_messages(reading, spec.automatic)
    measured = waits(reading, automatic, spec.hours)
    if not measured.replies:
        return not_scored(say(lang, "timeliness.nobody_waited"))
    if all(wait.seconds is None for wait in measured.replies):
        return not_scored(say(lang, "timeliness.no_times"))
    parts = _parts(reading, spec, measured, automatic)
    if not parts:
        return not_scored(say(lang, "timeliness.nothing_measured"))
    evidence = _earned(reading, parts)
    evidence += _slow(reading, spec, measured, evidence)
    evidence += _capped(reading, spec, measured, evidence)
    faults = _faults(parts, evidence)
    total = round(sum(item.points for item in evidence), 1) + 0.0
    return Judgement(score=total, evidence=tuple(evidence), faults=faults)


def spoken(lang: Language, seconds: float) -> str:
    """A duration as people say it: 21 秒, 9 分 3 秒, 2 小时 5 分."""
    whole = round(seconds)
    if whole < 120:
        return say(lang, "timeliness.in_seconds", s=whole)
    if whole < 7200:
        key = "timeliness.in_minutes" if whole % 60 else "timeliness.in_whole_minutes"
        return say(lang, key, m=whole // 60, s=whole % 60)
    key = "timeliness.in_hours" if whole % 3600 >= 60 else "timeliness.in_whole_hours"
    return say(lang, key, h=whole // 3600, m=whole % 3600 // 60)


def _parts(
    reading: Reading, spec: TimelinessSpec, measured: Waits, automatic: frozenset[int]
) -> list[_Part]:
    known = [wait for wait in measured.replies if wait.seconds is not None]
    parts = [
        _wait_part(reading, "first_response", spec.first_response, _first(measured.replies)),
        _wait_part(reading, "first_substantive", spec.first_substantive, _first(measured.answers)),
        _wait_part(reading, "longest_gap", spec.longest_gap, _longest(measured.gaps)),
        _average(reading, spec, known),
        _quick_rate(reading, spec, known),
        _rounds(reading, spec, automatic),
        _wait_part(reading, "complaint", spec.complaint, _complaint(reading, spec, measured)),
    ]
    return [part for part in parts if part is not None]


def _wait_part(reading: Reading, name: str, limit: Limit | None, wait: Wait | None) -> _Part | None:
    if limit is None or wait is None or wait.seconds is None:
        return None
    lang = reading.lang
    if wait.until is None:
        reason = say(lang, f"timeliness.{name}_never")
        return _Part(limit.weight, 0.0, wait.since, reason, name)
    share = _share(wait.seconds, limit)
    reason = say(
        lang,
        f"timeliness.{name}",
        wait=spoken(lang, wait.seconds),
        good=spoken(lang, limit.good),
        bad=spoken(lang, limit.bad),
    )
    return _Part(limit.weight, share, wait.until, reason, name if share < 1 else None)


def _share(seconds: float, limit: Limit) -> float:
    """1 up to `good`, 0 from `bad`, straight between: (300 − 180) / (300 − 60) = 0.5."""
    return min(1.0, max(0.0, (limit.bad - seconds) / (limit.bad - limit.good)))


def _first(found: Sequence[Wait]) -> Wait | None:
    return found[0] if found else None


def _longest(found: Sequence[Wait]) -> Wait | None:
    """The longest gap; one that never ended counts as longest."""
    known = [wait for wait in found if wait.seconds is not None]
    return max(known, key=lambda w: (w.until is None, w.seconds, -w.since), default=None)


def _average(reading: Reading, spec: TimelinessSpec, known: Sequence[Wait]) -> _Part | None:
    answered = [wait for wait in known if wait.until is not None]
    if spec.average is None or not answered:
        return None
    mean = sum(wait.seconds or 0.0 for wait in answered) / len(answered)
    slowest = _longest(answered)
    place = answered[0].until if slowest is None else slowest.until
    share = _share(mean, spec.average)
    reason = say(
        reading.lang,
        "timeliness.average",
        n=len(answered),
        wait=spoken(reading.lang, mean),
        good=spoken(reading.lang, spec.average.good),
    )
    return _Part(spec.average.weight, share, place or 0, reason, "average" if share < 1 else None)


def _quick_rate(reading: Reading, spec: TimelinessSpec, known: Sequence[Wait]) -> _Part | None:
    limit = spec.quick_rate
    if limit is None or not known:
        return None
    late = [wait for wait in known if wait.until is None or (wait.seconds or 0) > limit.within]
    rate = 1 - len(late) / len(known)
    share = min(1.0, rate / limit.target)
    reason = say(
        reading.lang,
        "timeliness.quick_rate",
        within=spoken(reading.lang, limit.within),
        met=len(known) - len(late),
        n=len(known),
        target=round(limit.target * 100),
    )
    worst = _longest(late)
    wait = known[0] if worst is None else worst
    return _Part(limit.weight, share, _place(wait), reason, "quick_rate" if share < 1 else None)


def _rounds(reading: Reading, spec: TimelinessSpec, automatic: frozenset[int]) -> _Part | None:
    if spec.rounds is None:
        return None
    rule = round_rule(spec.rounds)
    counted = rounds(reading, rule, automatic)
    if not counted:
        return None
    missed = [round_ for round_ in counted if not round_.met]
    share = min(1.0, (1 - len(missed) / len(counted)) / spec.rounds.target)
    shown = (missed or list(counted))[0]
    reason = say(
        reading.lang,
        "timeliness.rounds",
        met=len(counted) - len(missed),
        n=len(counted),
        within=spoken(reading.lang, rule.within),
    )
    place = shown.since if shown.until is None else shown.until
    return _Part(spec.rounds.weight, share, place, reason, "rounds" if share < 1 else None)


def _complaint(reading: Reading, spec: TimelinessSpec, measured: Waits) -> Wait | None:
    """From the first uneasy message of a complaint to the substantive reply that follows it."""
    if spec.complaint is None or not is_complaint(reading):
        return None
    uneasy = [heard.message for heard in reading.customer if heard.emotion >= UNEASY]
    if not uneasy:
        return None
    clock = Clock(reading, spec.hours)
    for answer in measured.answers:
        if answer.until is None or answer.until > uneasy[0]:
            return clock.wait(max(uneasy[0], answer.since), answer.until)
    return None


def _place(wait: Wait) -> int:
    return wait.since if wait.until is None else wait.until


def _earned(reading: Reading, parts: Sequence[_Part]) -> list[Evidence]:
    """One row a limit: its share of 100 points, in tenths, with what of it was earned."""
    whole = sum(part.weight for part in parts)
    full = rounded_parts([100 * part.weight / whole for part in parts], 100.0)
    rows = []
    for part, most in zip(parts, full, strict=True):
        points = round(most * part.share, 1)
        reason = say(
            reading.lang,
            "timeliness.of",
            reason=part.reason,
            points=f"{points:g}",
            most=f"{most:g}",
        )
        rows.append(_row(reading, part.message, points, reason))
    return rows


def _slow(
    reading: Reading, spec: TimelinessSpec, measured: Waits, so_far: Sequence[Evidence]
) -> list[Evidence]:
    if spec.slow is None:
        return []
    left = min(spec.slow.most, sum(item.points for item in so_far))
    rows: list[Evidence] = []
    for wait in measured.answers:
        loss = round(min(spec.slow.points, left), 1)
        if (
            wait.until is None
            or wait.seconds is None
            or wait.seconds <= spec.slow.over
            or loss <= 0
        ):
            continue
        reason = say(
            reading.lang,
            "timeliness.slow",
            wait=spoken(reading.lang, wait.seconds),
            over=spoken(reading.lang, spec.slow.over),
        )
        rows.append(_row(reading, wait.until, -loss, reason))
        left -= loss
    return rows


def _capped(
    reading: Reading, spec: TimelinessSpec, measured: Waits, so_far: Sequence[Evidence]
) -> list[Evidence]:
    """The lowest cap that applies, as the points that it takes."""
    caps: list[tuple[float, str, Wait, float]] = []
    first = _first(measured.answers)
    never = all(wait.until is None for wait in measured.answers)
    if first is not None and first.seconds is not None and spec.late_answer is not None:
        late = spec.late_answer
        if first.until is None or first.seconds > late.over:
            caps.append((late.cap, "late_answer", first, late.over))
    if spec.unanswered is not None:
        limit = spec.unanswered
        for wait in measured.answers:
            endless = wait.until is None and never
            if endless or (wait.seconds is not None and wait.seconds > limit.over):
                caps.append((limit.cap, "unanswered", wait, limit.over))
                break
    if not caps:
        return []
    cap, name, wait, over = min(caps, key=lambda item: item[0])
    loss = round(sum(item.points for item in so_far) - cap, 1)
    if loss <= 0:
        return []
    key = f"timeliness.{name}" if wait.until is not None else "timeliness.never_answered"
    reason = say(
        reading.lang,
        key,
        wait=spoken(reading.lang, wait.seconds or 0.0),
        over=spoken(reading.lang, over),
        cap=f"{cap:g}",
    )
    return [_row(reading, _place(wait), -loss, reason)]


def _row(reading: Reading, message: int, points: float, reason: str) -> Evidence:
    text = reading.transcript.messages[message].text
    return Evidence(message, text[:QUOTE], points + 0.0, reason)


def _faults(parts: Sequence[_Part], evidence: Sequence[Evidence]) -> dict[str, Evidence]:
    """Keys of the advice texts, the limit that cost most first."""
    whole = sum(part.weight for part in parts)
    lost = sorted(
        ((part.weight * (1 - part.share) / whole, -i) for i, part in enumerate(parts)), reverse=True
    )
    found: dict[str, Evidence] = {}
    for loss, place in lost:
        part = parts[-place]
        if loss > 0 and part.fault is not None:
            found[f"timeliness.advice_{part.fault}"] = evidence[-place]
    return found
