"""What a reply pledges, kind by kind, held against the facts of the same kind; and its periods.

A conversation's facts are mostly about other things: a rule on refunds says nothing against a
promise to send a card along. Everything reads normalised text (Simplified, lower case).
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from grader.critical.amounts import DIGITS, WHOLE, number
from grader.critical.text import clauses

_KINDS = {
    "refund": r"退(?!烧)|refund|return|money back|every cent|\bback\b",
    "money": r"赔|补偿|补差|差价|差额|打款|打给|到账|[\d百十]+ ?[元块]|refund|credit|compensat"
    r"|[$£€]\d",
    "replace": r"换(?!句)|补发|补寄|重发|replac|new one|exchange|brand new|new phone",
    "repair": r"修|质保|保固|warranty|repair|cover",
    "free": r"免费?|包邮|运费|不收|不要钱|费(?!用心)|免钱|free|fees?\b|charge|postage|waive"
    r"|pay nothing",
    "time": r"到货|到账|送到|送达|发货|发出|工期|排期|预约|[今明后]天|今晚|当天|次日|快递"
    r"|配送|tomorrow|tonight|today|deliver|arriv|express",
    "price": r"折|便宜|优惠|改价|[降减]价|价保|让利|\d ?%|percent|discount|price|cheaper",
    "gift": r"送(?!货|到|达|上|装|修|出|来|回)|赠|gift|throw in|plus a\b",
    "change": r"改(?!善|进)|取消|升级|延期|延长|upgrade|change|cancel|extend",
}
_COMPILED = {kind: re.compile(pattern) for kind, pattern in _KINDS.items()}
_BARS = re.compile(
    r"不(?!良|同)|无(?!理由)|未|禁|只|仅|须|逾期|上限|最多|最高|封顶|限|另收|加收|自理|无权"
    r"|承担|超出|已过|才|\bnot?\b|non-|n't\b|cannot|only|must|max|up to|limit|closes|ends\b"
    r"|excludes|extra|once\b|pays"
)
_OPENS = re.compile(r"可|免费|包赔|包邮|支持|赠|能|承担运费|free|included|can\b|may\b|accepted")
_REFUSES = re.compile(
    r"不(?!用|光|要钱|收|客气|耽误|管|喜欢|到|扣)|没法|无法|只能|最多|封顶|上限|退不了|超(?:了|过|出)|才能"
    r"|主管|审批|申请|另收|麻烦您|如果|要是|吗|看您|n't\b|cannot|only|at most|the most|manager"
    r"|\bnot\b|\bno longer\b|sorry|\?"
)
_YES = re.compile(
    r"(?:亲|好的|嗯+)?[,，!！~ ]*(?:当然|完全|绝对|肯定|都)?(?:可以|能|行|没问题|没事|没关系"
    r"|支持|包的|成)|(?:yes|sure|of course|ok|okay|done|deal|no problem|always|covered)\b"
)
_DAY = 24.0
_UNIT_HOURS = {
    "小时": 1.0, "钟头": 1.0, "天": _DAY, "日": _DAY, "周": 7 * _DAY, "星期": 7 * _DAY,
    "月": 30 * _DAY, "年": 365 * _DAY, "hour": 1.0, "day": _DAY, "week": 7 * _DAY,
    "month": 30 * _DAY, "year": 365 * _DAY,
}  # fmt: skip
_ENGLISH = {
    "a": 1, "an": 1, "one": 1, "two": 2, "three": 3, "four": 4, "five": 5, "six": 6, "seven": 7,
    "eight": 8, "nine": 9, "ten": 10, "twelve": 12, "thirty": 30,
}  # fmt: skip
_PERIOD = re.compile(
    rf"(?P<zh>{WHOLE})个?半?(?P<u>小时|钟头|天|日(?!期)|周|星期|月(?!\d)|年)"
    rf"|(?P<en>\d+|{'|'.join(_ENGLISH)})[ -](?P<v>hour|day|week|month|year)s?"
)
_ELAPSED = re.compile(r"已|过了|用了|买了|签收第|超过|了$|\bago|bought|had it|late|ordered|收货第")
_SOON = (
    (re.compile(r"立刻到|秒到|马上到账|right now"), 1.0),
    (re.compile(r"今[天晚日]|当天|tonight|today"), 20.0),
    (re.compile(r"明[天早晚日]|次日|tomorrow"), 36.0),
)
_TAKES = re.compile(r"到账|快递|排期|工期|配送|发货|送达|物流|take|deliver|arriv|shipping|days")
FEATURES = 12


def _kinds(text: str) -> set[str]:
    return {kind for kind, pattern in _COMPILED.items() if pattern.search(text)}


def periods(text: str) -> list[float]:
    """Periods that a text names, in hours."""
    found: list[float] = []
    for m in _PERIOD.finditer(text):
        if m["zh"]:
            many = number(m["zh"])
            hours = _UNIT_HOURS[m["u"]]
        else:
            many = float(_ENGLISH.get(m["en"]) or m["en"])
            hours = _UNIT_HOURS[m["v"]]
        if many is not None:
            found.append(many * hours)
    return found


def pledged(reply: str, customer: str) -> set[str]:
    """Kinds of action that the reply undertakes; a bare yes takes over what was asked for."""
    kinds: set[str] = set()
    for span in clauses(reply):
        clause = reply[span.start : span.end]
        if not _REFUSES.search(clause):
            kinds |= _kinds(clause)
    return kinds | _kinds(customer) if _YES.match(reply) else kinds


def _late(customer: str, facts: Sequence[str], about: set[str]) -> tuple[bool, bool]:
    """Whether more time has gone by than a fact of these kinds allows; whether less."""
    gone = [p for fact in facts if _ELAPSED.search(fact) for p in periods(fact)[-1:]]
    gone += periods(customer)
    allowed = [
        period
        for fact in facts
        if not about or _kinds(fact) & about
        for period in periods(fact)[:1]
        if not _ELAPSED.search(fact[: fact.find("天")]) and not _TAKES.search(fact)
    ]
    if not gone or not allowed:
        return False, False
    return max(gone) > max(allowed), max(gone) <= min(allowed)


def _sooner(reply: str, facts: Sequence[str]) -> bool:
    """Whether the reply names a time before the earliest that a fact about delivery gives."""
    takes = [p for fact in facts if _TAKES.search(fact) for p in periods(_spread(fact))[:1]]
    if not takes:
        return False
    said = periods(reply)
    said += [hours for pattern, hours in _SOON if pattern.search(reply)]
    return bool(said) and min(said) < 0.7 * min(takes)


def _spread(text: str) -> str:
    """ "3-5天" as "3天": the earliest of a range."""
    return re.sub(r"(\d+)\s*[-~至到]\s*\d+(?=个?(?:工作)?[天日]| ?days?)", r"\1", text).replace(
        "个工作日", "日"
    )


def figures(text: str) -> set[float]:
    """Numbers above one that a text names; "九五折" is 95, "10-12" is 10 and 12."""
    found: set[float] = set()
    for match in re.finditer(WHOLE, text):
        word = match.group()
        if len(word) > 1 and all(char in DIGITS for char in word):
            found.add(float("".join(str(int(DIGITS[char])) for char in word)))
        else:
            value = number(word)
            if value is not None:
                found.add(value)
    return {value for value in found if value > 1}


def features(reply: str, customer: str, facts: Sequence[str]) -> list[float]:
    """Twelve numbers, each 0 or 1: pledged at all; barred by a fact; barred and by none allowed;
    allowed and not barred; facts silent on it; too late; too late yet pledged; in time; sooner
    than the facts; with figures of the facts; with others, pledged; pledged and no others."""
    if not facts:
        return [0.0] * FEATURES
    kinds = pledged(reply, customer)
    barred: set[str] = set()
    allowed: set[str] = set()
    for fact in facts:
        bars = bool(_BARS.search(fact))
        if bars:
            barred |= _kinds(fact) & kinds
        if not bars or _OPENS.search(fact):
            allowed |= _kinds(fact) & kinds
    late, within = _late(customer, facts, _kinds(customer) | kinds)
    known = {value for fact in facts for value in figures(fact)}
    said = figures(reply)
    flags = (
        bool(kinds), bool(barred), bool(barred - allowed), bool(allowed) and not barred,
        bool(kinds) and not barred and not allowed, late, late and bool(kinds),
        within, _sooner(reply, facts) and bool(kinds), bool(said & known),
        bool(kinds) and bool(said - known), bool(kinds) and bool(said & known) and said <= known,
    )  # fmt: skip
    return [float(flag) for flag in flags]
