"""What a time in a sentence is of, so that only times of one thing are held against each other.

A length of time may be a rule (退款 3 天到账), the agent's own wait (稍等两分钟), a lead before some
day (生日前两天) or time gone by (等了三天). A day may be that of sending, of arrival, of the order or
of a payment.
"""

from __future__ import annotations

import re
from typing import Final, Literal

Role = Literal["", "wait", "ahead", "gone", "sent", "arrives", "ordered", "paid"]
MINUTES: Final = 1.0
"""Up to so many hours anybody waits on the spot; longer only where the agent asks for it."""
DAY: Final = 24.0

_CLAUSE: Final = re.compile(r"[,;。.!?，、\n]")
_MY_TIME: Final = re.compile(
    r"(?:等我|给我们?|畀我|俾我|容我|(?:give|allow|bear with) (?:me|us))[^\d]{0,8}$"
)
_HOLD_ON: Final = re.compile(
    r"(?:稍等|稍候|请等|等一?下|等候|等等|片刻|再等|等多?|hold on|hang on|wait|bear with|one moment)[^\d]{0,6}$"
)
_LOOKS: Final = re.compile(
    r"^(?:以内|之内|内|左右|后)?[^,;。]{0,4}(?:查|看|睇|核实|核对|确认|问一?下)"
    r"|^ (?:please|while|and i|to (?:check|look|find|pull|see))"
)
_AHEAD_OF: Final = re.compile(r"(?:[^\s之以目当从先面跟眼]前|提早|预先|(?<![最今明昨清大])早)\s?$")
_AHEAD: Final = re.compile(
    r"^\s?(?:before|ahead|prior|early|earlier|in advance|sooner|beforehand)\b"
)
_WITHIN: Final = re.compile(r"\s?[之以]?内")
_LIMIT: Final = re.compile(r"(?:超过?|超出|过了?|满)\s?$|\b(?:over|past|exceeds?) $")
_GONE_BEFORE: Final = re.compile(
    r"(?:等了|用了|买了|拖了|隔了|[晚早迟]了|耽误了?|已经?)[^\d,;。]{0,3}$"
    r"|\b(?:waited|waiting|delayed|late by|overdue)(?: for| by)? $"
)
_GONE: Final = re.compile(
    r"^多?了(?![解])|^前(?:您|你|我)?(?:就)?(?:下单|拍|买|购|发|收|签|联系|反馈|申请|说|问|来)"
    r"|^ (?:ago|late|overdue|already)\b"
)
_EVENTS: Final[tuple[tuple[Role, re.Pattern[str]], ...]] = (
    ("sent", re.compile(r"发货|出货|发出|寄出|出库|揽收|\bship|\bdispatch|sent out|leaves? ")),
    ("arrives", re.compile(r"送达|到货|送到|寄到|派送|签收|收到|抵达|\barriv|\bdeliver|reach")),
    (
        "ordered",
        re.compile(r"下单|拍下|付款|购买|\border(?:ed|s)? (?:on|was|placed)|\bbought|purchas"),
    ),
    ("paid", re.compile(r"退款|到账|退回|\brefund|money back")),
)
_NEAR: Final = 16


def in_conflict(left: Role, right: Role) -> bool:
    """Whether different times of these roles can speak against one another."""
    return "gone" not in (left, right) and (left == right or _open_day(left, right))


def in_agreement(left: Role, right: Role) -> bool:
    """Whether equal times of these roles say the same."""
    return left == right or {left, right} == {"", "gone"} or _open_day(left, right)


def _open_day(left: Role, right: Role) -> bool:
    """Days of which one is not told what it is of."""
    return "" in (left, right) and {left, right}.isdisjoint({"wait", "ahead", "gone"})


def role_of(kind: str, text: str, place: tuple[int, int], hours: float) -> Role:
    """The role of a duration of so many hours, or of a day, at a place in an aligned text."""
    if kind == "duration":
        return _length(*_around(text, *place), hours)
    return _day(*_around(text, *place)) if kind in ("date", "weekday") else ""


def _length(before: str, after: str, hours: float) -> Role:
    if _AHEAD.match(after) or (_AHEAD_OF.search(before) and not _WITHIN.match(after)):
        return "ahead"
    if not _LIMIT.search(before) and (_GONE.match(after) or _GONE_BEFORE.search(before)):
        return "gone"
    if hours <= DAY and _MY_TIME.search(before):
        return "wait"
    if hours <= MINUTES and (_HOLD_ON.search(before) or _LOOKS.match(after)):
        return "wait"
    return ""


def _day(before: str, after: str) -> Role:
    """What happens on a day: the nearest event of its clause."""
    found: list[tuple[int, Role]] = []
    for role, pattern in _EVENTS:
        found += [(len(before) - match.end(), role) for match in pattern.finditer(before)]
        found += [(match.start(), role) for match in pattern.finditer(after)]
    distance, role = min(found, default=(_NEAR + 1, ""))
    return role if distance <= _NEAR else ""


def _around(text: str, start: int, end: int) -> tuple[str, str]:
    """What stands before and behind in the same clause."""
    before, after = text[max(0, start - 2 * _NEAR) : start], text[end : end + 2 * _NEAR]
    cuts = [match.end() for match in _CLAUSE.finditer(before)]
    stop = _CLAUSE.search(after)
    return before[cuts[-1] if cuts else 0 :], after[: stop.start()] if stop else after
