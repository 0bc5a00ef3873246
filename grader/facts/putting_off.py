"""Replies that only put off: nothing told, nothing offered, "as soon as possible"."""

from __future__ import annotations

import re
from collections.abc import Collection
from typing import Final

from grader.facts.findings import view
from grader.normalise import normalise

_PUTS_OFF: Final = re.compile(
    r"尽快|尽早|第一时间|稍后|后续|耐心|核实|反馈|登记|记录|跟进|关注着|一直(?:在|有)"
    r"|会有.{0,6}(?:专人|同事|老师|人员|部门)|处理中|正在.{0,6}(?:处理|安排|努力)|加急|加紧|妥善|满意的"
    r"|(?:具体)?要?[以看].{0,8}(?:为准|情况|时间|部门)|再等等|一点时间|不定期|请.{0,3}放心|不用担心"
    r"|保持.{0,4}畅通|等.{0,6}通知"
    r"|as soon as|look(?:ing)? into|get back to you|be in touch|someone (?:will|from)|rest assured"
    r"|in due course|been noted|pass(?:ed|ing)? (?:this|it|that) (?:on|along)|patien"
    r"|working (?:hard|on)|doing everything|relevant team|take .{0,30}seriously|can assure"
    r"|at the earliest|shortly|be reviewed|monitor",
    re.IGNORECASE,
)
_SAYS_SOMETHING: Final = frozenset(
    {"offer_refund", "offer_replacement", "offer_compensation", "guide_steps", "request_evidence",
     "verify_order", "state_policy", "deny", "blame"}
)  # fmt: skip


def only_puts_off(reply: str, acts: Collection[str] = ()) -> bool:
    """Whether a reply puts off and says nothing else: no number, no yes or no, no deed of `acts`."""
    text = normalise(reply)
    if _PUTS_OFF.search(text) is None or not _SAYS_SOMETHING.isdisjoint(acts):
        return False
    return not any(s.quantities or s.lead for s in view(text).statements)
