"""A reply that recites everything an agent could do, from the welcome to the goodbye.

Whoever names every remedy in one breath has checked nothing and settled nothing, so nothing of it
counts as done. Honest replies of that many acts take their time: the customer speaks in between, or
a look-up or a refund stands among the messages.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Final

from transcripts.types import Reply, Transcript

MOST: Final = 10
"""So many acts in one breath are a litany."""
MANY: Final = 8
"""And so many, where the reply also says goodbye before the customer has answered."""
BREATH: Final = 60.0
"""Seconds from the first message of a breath to its last."""
_ASKS: Final = re.compile(
    r"(?:拍|发|传|提供|录).{0,12}(?:照片?|图|视频|影片|面单|一下|给我|过来)"
    r"|(?:send|share|take|attach|upload).{0,30}(?:photo|picture|image|video|pic)",
    re.IGNORECASE,
)
_HAS: Final = re.compile(
    r"(?:照片?|图片?|视频|影片)(?:都|我|已经?|这边)?(?:看到|收到|看了|看过)"
    r"|(?:看到|收到|看了)(?:您|你)?(?:发|拍|传)?(?:来)?的?(?:照片?|图片?|视频|影片)"
    r"|(?:thanks|thank you) for the (?:photo|picture|image|video)"
    r"|(?:got|received|seen|see|looked at) (?:the|your) (?:photo|picture|image|video)",
    re.IGNORECASE,
)


def is_litany(transcript: Transcript, run: Reply, acts: Sequence[str]) -> bool:
    """Whether a reply with these acts does everything at once."""
    if _answers_itself(run.text) and _in_one_breath(transcript, run):
        return True
    goodbye = bool({"close", "thank"} & set(acts))
    return len(acts) >= (MANY if goodbye else MOST) and _in_one_breath(transcript, run)


def _answers_itself(text: str) -> bool:
    """Whether a picture is asked for and, further on in the same reply, has been looked at."""
    asks = _ASKS.search(text)
    has = asks and _HAS.search(text, asks.end())
    return bool(has)


def _in_one_breath(transcript: Transcript, run: Reply) -> bool:
    first, last = run.messages[0], run.messages[-1]
    if last - first + 1 > len(run.messages):
        return False
    began, ended = transcript.messages[first].at, transcript.messages[last].at
    return began is None or ended is None or (ended - began).total_seconds() <= BREATH
