"""Sums that are named to be declined: 200 元做不到, 没法退您 80 元, "we can't offer £20"."""

from __future__ import annotations

import re
from typing import Final

from grader.facts.quantities import Quantity
from grader.facts.statements import Statement

GIVING: Final = (
    r"(?:再|给|跟|为|帮|替|您|你|妳|直接|另外|额外|退|还|赔|补|偿|付|返|送|减|让|降|抵|抹|便宜|平啲|优惠|少|打|到|了"
    r"|款|掉|多|全|额|申请|办理|安排|提供|享受|参加|任何|其他|批|出|做|承诺|保证|答应"
    r"|一次性|全部|现金|运费|这|那|个|的|畀|俾|\s)*"
)
"""Words between a refusal and what it refuses."""
_BEFORE: Final = re.compile(
    rf"(?:不能够?|没法|无法|没权限|没有权限|没办法|没有办法|无权|不可能|不可以|做不到|不会|不是"
    rf"|(?:[给退赔补减让送降打出付返]|便宜|优惠)不(?:了|起|到)|不好|不敢|冇办法|冇得|冇权限|唔可以|唔能够|唔得|唔会){GIVING}$"
    r"|(?:\b(?:cannot|can not|cant|could not|unable to|not able to|will not|would not|do not|does not"
    r"|not going to|never|not allowed to|not authori[sz]ed to|not in a position to)"
    r"|\b(?:ca|could|wo|would|do|does)n't)\s"
    r"(?:(?:be able to|actually|just|really|even|currently|directly|simply|also|offer|refund|give|send|do"
    r"|go|pay|take|knock|credit|stretch|promise|cover|issue|approve|match|add|provide|grant|compensate|get"
    r"|you|us|back|to|a|an|another|any|the|as much as|up to|out|off|that|this|of|for|with|by|full"
    r"|partial|extra|money|refund|whole|entire)\s*)*$"
)
_AFTER: Final = re.compile(
    r"^[^,;。!?]{0,12}?(?:做不到|办不到|(?<!行)不行|(?<!可)不可以|不能(?!再|少|低)|不现实|不太?可能|没法|没办法|无法"
    r"|没有?权限|不批|批不|(?:[给赔退补减让送降打出付返抹申做]|便宜|优惠)(?:您|你)?不(?:了|起|到|下来)|超了|超出|超过了?我"
    r"|太[高多]了?|有[点些]难|(?:[畀俾做办退赔减]|批)唔到|唔得|冇得|冇办法)"
    r"|^[^,;.!?]{0,34}?\b(?:is not|are not|not possible|cannot|can not|is (?:more than|too (?:much|high)"
    r"|beyond|over|above|out of)|beyond (?:what|my)|(?:above|over) (?:what|my)"
    r"|(?:is|ca|wo|would|could)n't(?! (?:be )?a (?:problem|issue)))"
)


def declined(statement: Statement, quantity: Quantity) -> bool:
    """Whether this very sum of the statement is declined, whatever else the sentence offers."""
    before = statement.text[: max(0, quantity.start - statement.start)]
    after = statement.text[max(0, quantity.end - statement.start) :]
    return bool(_AFTER.match(after[:60])) or bool(_BEFORE.search(before[-70:]))
