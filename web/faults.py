"""Where something broke, for the log: never the message, which may quote what people wrote."""

from __future__ import annotations

import traceback


def place_of(error: BaseException) -> str:
    """File and line of the innermost call.

    >>> try:
    ...     int("x")
    ... except ValueError as error:
    ...     place_of(error).rpartition(":")[2]
    '2'
    """
    steps = traceback.extract_tb(error.__traceback__)
    return f"{steps[-1].filename}:{steps[-1].lineno}" if steps else ""
