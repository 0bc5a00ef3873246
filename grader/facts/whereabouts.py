"""Where the parcel is: what a reply says of it against what the tracking says.

A parcel is not sent yet, sent, on its way, or delivered. Only facts of the kind `logistics` tell it, and
only what is said plainly of this parcel is held against them: no plans, doubts, or other parcels.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from typing import Final, Literal

from grader.facts.findings import Finding, View
from transcripts.aligned import aligned
from transcripts.types import Fact

Stage = Literal["waiting", "sent", "moving", "delivered"]
_ORDER: Final[tuple[Stage, ...]] = ("waiting", "sent", "moving", "delivered")
_NOT_WITH: Final[Mapping[Stage, frozenset[Stage]]] = {
    "waiting": frozenset({"sent", "moving", "delivered"}),
    "sent": frozenset({"waiting"}),
    "moving": frozenset({"waiting", "delivered"}),
    "delivered": frozenset({"waiting", "sent", "moving"}),
}
"""What a reply says, and how far the parcel has come where that is false."""
SEVERE: Final = 0.85
"""A customer waits at the door, or not, by such a word."""
_STAGES: Final[tuple[tuple[Stage, re.Pattern[str]], ...]] = (
    ("waiting", re.compile(
        r"(?:还|尚)?(?:没有?|未)(?:给您|帮您|有)?(?:发(?:货|出)|寄出|出库|揽收)|待(?:发货|出库|揽收)"
        r"|还没(?:给您|帮您)?[发寄](?!现)|not (?:yet )?(?:been )?(?:dispatched|shipped|sent)"
        r"|(?:hasn't|has not|haven't) (?:yet )?(?:been )?(?:dispatched|shipped|sent|left)"
    )),
    ("moving", re.compile(
        r"在路上|运输[中途]|在途|转运中|正在(?:运|派送|配送|转运)|派送中|配送中|到达?[^,，。;；]{0,12}(?:中转|分拨|转运)"
        r"|on (?:its|the) way|in transit|out for delivery|at the [a-z ]{0,20}(?:depot|hub)"
    )),
    ("sent", re.compile(
        r"(?:已经?|都)(?:给您|帮您)?(?:发货|发出|寄出|出库|揽收)|发出去了|发货了"
        r"|(?:was|been|has|already|it) (?:dispatched|shipped)|\bleft (?:the|our) warehouse"
    )),
    ("delivered", re.compile(
        r"(?<![未没待请能后前会])(?:已经?|被|本人|家人|显示|物流|成功|[\d日点分午晚早天] ?)(?:由[^,，。]{0,8})?"
        r"(?:签收|代收|妥投)(?!前|后|时|了?[吗么没]|即|的时候)"
        r"|(?:已经?|\d:\d\d ?|宅配)(?:送达|送到)"
        r"|(?:was|been|is|shows as|shows|already) (?:delivered|signed for)|^delivered\b|\bsigned by\b"
    )),
)  # fmt: skip
_PLAN: Final = re.compile(
    r"预计|估计|大概|大约|可能|也许|应该|会|将|要|明[天日早晚]|后天|今晚|最[快晚迟]|之?[前内]|以?后|如果|要是|若|等"
    r"|expected|estimated|due|will|should|may|might|if|when|once|by the time|tomorrow|before|after"
)
_ANOTHER: Final = re.compile(
    r"补[发寄]|重[发寄新]|[再另][发寄]|换|新(?:的|货|一)|退[回货]|寄回|拦截|replacement|new one|another|return|resen[dt]"
    r"|[$£€¥]|money|refund|account|款|钱"
)
_CUT: Final = re.compile(r"[,，。;；!！\n]|(?<=[a-z])\. ")


def check_whereabouts(reply: View, facts: Sequence[Fact]) -> Iterator[Finding]:
    """A contradiction for each statement that places the parcel where the tracking does not."""
    told = {fact.text: _stages(fact.text) for fact in facts if fact.kind == "logistics"}
    known = frozenset().union(*told.values())
    if not known or any(_ANOTHER.search(aligned(text)) for text in told):
        return
    now = max(known, key=_ORDER.index)
    for statement in reply.statements:
        if statement.question or statement.conditional or statement.hedged:
            continue
        said = _stages(statement.text)
        if any(now in _NOT_WITH[one] for one in said) and not _ANOTHER.search(statement.text):
            fact = next(text for text, stages in told.items() if now in stages)
            yield Finding(
                "contradicted", statement.start, statement.end, "facts.other_side",
                {"fact": fact}, SEVERE, fact,
            )  # fmt: skip


def _stages(text: str) -> frozenset[Stage]:
    """Where a text says that the parcel is, or was; what is only planned is left out."""
    found: set[Stage] = set()
    for clause in _CUT.split(aligned(text)):
        if _PLAN.search(clause):
            continue
        stage = next((stage for stage, words in _STAGES if words.search(clause)), None)
        if stage is not None:
            found.add(stage)
    return frozenset(found)
