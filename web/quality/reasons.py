"""Why a file or a record could not be read, and what to do about it, in the reader's language.

Readers say it in English, for the shell. What is not known here is shown as it is.
"""

from __future__ import annotations

import re
from pathlib import Path
from typing import Final

from store.temporary import UPLOADS
from transcripts.masking import Masker
from web.practice.view import Say

_KNOWN: Final = tuple(
    (re.compile(pattern), key)
    for pattern, key in (
        (r"must be a JSON object|must be an object", "reason.no_object"),
        (r"is not valid JSON|not JSON|nested too deeply|number that cannot be read", "reason.json"),
        (r"^(?:messages|`messages`).*(?:list|missing|required)", "reason.no_messages"),
        (r"the id .* stands twice", "reason.twice"),
        (r"holds bytes that are not", "reason.bytes"),
        (r"has no text", "reason.no_text"),
        (r"has neither role nor sender", "reason.nobody"),
        (r"has no sender and time above it", "reason.no_head"),
        (r"has no conversation id", "reason.no_id"),
        (r"the time .* cannot be read", "reason.time"),
        (r"opens a quote that is never closed", "reason.quote"),
        (r"cells under a header of", "reason.cells"),
        (r"columns separated by tabs", "reason.tabs"),
        (r"has no `?comments|has no public message|conversation_parts|has no `body`",
         "reason.ticket"),
        (r"is empty|nothing but blanks", "reason.empty"),
        (r"is in no format|no line reads like|no line has the columns", "reason.format"),
        (r"no header found|no sheet has a header", "reason.header"),
        (r"has no column that says who speaks", "reason.no_role"),
        (r"locked with a password", "reason.password"),
        (r"unpacks to more than|spans more than", "reason.bomb"),
        (r"gzip file is broken", "reason.gzip"),
        (r"no readable Excel file", "reason.excel"),
        (r"is not text", "reason.not_text"),
        (r"no longer there", "reason.gone"),
        (r"cannot be read|cannot be opened", "reason.unreadable"),
        (r"Time zone", "reason.zone"),
    )
)  # fmt: skip
_FILE: Final = re.compile(r"^([^:]{1,140}): ")


def reason(words: str, say: Say) -> str:
    """What was wrong and how to put it right; the file it was wrong with stands in front.

    >>> reason("a.csv: is empty", lambda key: key)
    'a.csv: reason.empty'
    """
    file = _FILE.match(words)
    front = f"{file[1]}: " if file is not None and "." in file[1] else ""
    rest = words[len(front) :]
    return front + next((say(key) for pattern, key in _KNOWN if pattern.search(rest)), rest)


def without_folders(error: Exception, data: Path) -> str:
    """The first line of an error, without the folders that files lie in and personal data."""
    words = str(error).splitlines()[0] if str(error) else ""
    words = re.sub(re.escape(f"{data / UPLOADS}/") + r"[^/]*/", "", words)
    return Masker().mask(words).text
