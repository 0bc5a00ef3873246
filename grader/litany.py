"""A reply that recites everything an agent could do, from the welcome to the goodbye.

Whoever names every remedy in one breath has checked nothing and settled nothing, so nothing of it
counts as done. Honest replies of that many acts take their time: the customer speaks in between, or
a look-up or a refund stands among the messages.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from transcripts.types import Reply, Transcript

MOST: Final = 10
"""So many acts in one breath are a litany."""
MANY: Final = 8
"""And so many, where the reply also says goodbye before the customer has answered."""
BREATH: Final = 60.0
"""Seconds from the first message of a breath to its last."""


def is_litany(transcript: Transcript, run: Reply, acts: Sequence[str]) -> bool:
    """Whether a reply with these acts does everything at once."""
    goodbye = bool({"close", "thank"} & set(acts))
    return len(acts) >= (MANY if goodbye else MOST) and _in_one_breath(transcript, run)


def _in_one_breath(transcript: Transcript, run: Reply) -> bool:
    first, last = run.messages[0], run.messages[-1]
    if last - first + 1 > len(run.messages):
        return False
    began, ended = transcript.messages[first].at, transcript.messages[last].at
    return began is None or ended is None or (ended - began).total_seconds() <= BREATH
