"""Money and price cuts beyond what an agent may give."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from grader.facts.declined import declined
from grader.facts.findings import Context, Finding, View
from grader.facts.statements import Statement

_ROLE: Final = re.compile(
    r"客服|权限|直接(?:赔|退|补)|可(?:让|赔|补|送|减|优惠)|最[高多低]|上限|封顶|授权|agent|authori[sz]|may (?:refund|give|offer|grant)|at most|up to|max|limit|goodwill|allowed"
)
_NO_CUT: Final = re.compile(
    r"无(?:权)?(?:议价|改价|降价|优惠|折扣|打折)权?限?|(?:没有?|无)(?:议价|改价|优惠|折扣)|不(?:可|能|接受|支持|参与|参加)?(?:议价|讲价|还价|改价|降价|打折|优惠|再减)|谢绝议价|一口价|不议价|最低价|已是最低|无额外折扣|"
    r"no (?:further |extra |more |other )?(?:discounts?|coupons?|bargain\w*|price cut)|discounts? (?:are )?not (?:permitted|allowed|possible)|not negotiable|non-negotiable|fixed price|final price|price (?:is )?(?:final|fixed)|cannot (?:discount|change the price)"
)
_REFUND: Final = re.compile(
    r"退|赔|补偿|补(?!发|寄|货|图|拍|充|上|一)|refund|compensat|credit|money back|reimburs"
)
_COUPON: Final = re.compile(r"券|红包|coupon|voucher|code|credit|gift ?card")
_CUT: Final = re.compile(
    r"便宜|优惠|减|让|抹|折|少(?:收|算)|降|off\b|discount|cheaper|knock|deal at|for only"
)
_GIVE: Final = re.compile(
    r"给|送|返|让|退|赔|补|减|抹|便宜|打|算|改|申请|give|offer|refund|send|credit|add|take|knock|can do|let you"
)
_ACT_LIMITS: Final = {"refund": "refund_max", "coupon": "coupon_max", "cut": "discount_percent_max"}


@dataclass(frozen=True, slots=True)
class Limit:
    """The most an agent may give: `amount` of money, or `share` of the price."""

    kind: str
    amount: float | None
    share: float | None
    fact: str | None


def limits(facts: Sequence[View], context: Context) -> list[Limit]:
    """The limits that the transcript's authority and the facts set."""
    found = []
    for kind, name in _ACT_LIMITS.items():
        value = (context.authority or {}).get(name)
        if value is not None:
            share = value / 100 if kind == "cut" else None
            found.append(Limit(kind, None if kind == "cut" else value, share, None))
    for fact in facts:
        if _NO_CUT.search(fact.plain):
            found.append(Limit("cut", 0.0, 0.0, fact.text))
        for statement in fact.statements:
            found.extend(_stated(statement, fact.text))
    return found


def _stated(statement: Statement, text: str) -> list[Limit]:
    if not _ROLE.search(statement.text):
        return []
    return [
        Limit(
            kind,
            q.high if q.kind == "money" else None,
            q.high if q.kind == "discount" else None,
            text,
        )
        for q in statement.quantities
        if q.kind in ("money", "discount")
        and (q.comparator in ("at_most", "under") or "权限" in statement.text)
        for kind in _kinds(statement.text)
    ]


def _kinds(text: str) -> list[str]:
    kinds = []
    if _REFUND.search(text):
        kinds.append("refund")
    if _COUPON.search(text):
        kinds.append("coupon")
    if _CUT.search(text) and not kinds:
        kinds.append("cut")
    return kinds


def check_authority(reply: View, facts: Sequence[View], context: Context) -> list[Finding]:
    """Offers beyond a limit. Refused, asked or merely explained amounts are no offers."""
    bounds = limits(facts, context)
    if not bounds:
        return []
    findings = []
    listed = {round(q.low, 2) for fact in facts for s in fact.statements for q in s.quantities}
    for statement in reply.statements:
        if statement.question or statement.polarity == "no" or not _GIVE.search(statement.text):
            continue
        for quantity in statement.quantities:
            if quantity.kind not in ("money", "discount") or declined(statement, quantity):
                continue
            for kind in _kinds(statement.text):
                broken = _broken(kind, quantity.kind, quantity.low, bounds, listed)
                if broken is not None:
                    values = {"said": quantity.text.strip(), "limit": _shown(broken)}
                    findings.append(
                        Finding("beyond_authority", quantity.start, quantity.end,
                                "facts.beyond_limit", values, 1.0, broken.fact)
                    )  # fmt: skip
                    break
    return findings


def _broken(
    kind: str, unit: str, value: float, bounds: Sequence[Limit], listed: set[float]
) -> Limit | None:
    """The limit that the value breaks, None where one limit of its kind allows it.

    What a fact lists by itself (the shop's own coupon) is no breach of a limit that a fact sets.
    """
    mine = [(limit, most) for limit in bounds if limit.kind == kind
            if (most := limit.amount if unit == "money" else limit.share) is not None]  # fmt: skip
    broken = [(limit, most) for limit, most in mine if value > most * 1.001 + 1e-9]
    if not broken or any(most >= value for limit, most in mine):
        return None
    limit, most = broken[0]
    own = round(value, 2) in listed and (most == 0 or limit.fact is not None)
    return None if own else limit


def _shown(limit: Limit) -> str:
    if limit.amount is not None:
        return f"{limit.amount:g}"
    return f"{(limit.share or 0) * 100:g}%"
