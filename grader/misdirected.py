"""Words that were meant for another window: the customer says so, and nobody puts it right."""

from __future__ import annotations

import re
from typing import Final

from grader.reading import Reading
from transcripts.aligned import aligned

LONGEST: Final = 50
"""Characters of a message that says no more than this."""
_NOT_ME: Final = re.compile(
    r"(?:是?不?是?)?(?:发错(?:人|窗口|对话框|地方)|传错人|找错人|认错人)了?[吧吗呢]?"
    r"|(?:这|那)?(?:是)?(?:发给|传给|跟|对|和)我(?:发|说)?的吗"
    r"|(?:这)?说的?是我(?:的事)?吗|跟我(?:问的|的事)?(?:没|无)关系|我问的(?:可)?不是这个"
    r"|meant for (?:someone|somebody) else|wrong (?:person|chat|customer|window)"
    r"|is this for me|nothing to do with (?:me|what i asked)",
)
_GOODS: Final = re.compile(
    r"快递|包裹|货|件|单号|地址|收到|parcel|package|order|delivery|item|shipped"
)
_PUT_RIGHT: Final = re.compile(
    r"(?:发|传|弄|搞|串|看|认|找)错|串台|串窗"
    r"|wrong (?:chat|window|person|customer)|mixed? up|mix-up|meant for"
)


def meant_for_another(reading: Reading) -> int | None:
    """The customer's message that says so, after a reply and never put right; else None.

    A parcel that went to the wrong person is another matter.
    """
    if not reading.replies:
        return None
    first = reading.replies[0].reply.message
    for heard in reading.customer:
        if heard.message > first and _says_so(reading.transcript.messages[heard.message].text):
            later = [one.reply for one in reading.replies if one.reply.message > heard.message]
            if not any(_PUT_RIGHT.search(aligned(reply.text)) for reply in later):
                return heard.message
    return None


def _says_so(text: str) -> bool:
    plain = aligned(text[: LONGEST + 1])
    return len(text) <= LONGEST and bool(_NOT_ME.search(plain)) and not _GOODS.search(plain)
