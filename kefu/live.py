"""Playing in real time: the customer types, waits and nudges while the agent is typing."""

from __future__ import annotations

from collections.abc import Callable
from typing import Final

from rich.text import Text

from kefu.chat import Talk
from kefu.keyboard import Keyboard

TICK: Final = 0.1
"""Seconds between two looks at the clock."""
GOOD_MS: Final = 30_000
LATE_MS: Final = 60_000
"""From here on the clock of a reply is yellow, then red."""
Clock = Callable[[], float]
"""Seconds that only go on, such as `time.monotonic`."""


def live(talk: Talk, keys: Keyboard, clock: Clock) -> None:
    """The conversation until the customer is gone or the agent stops (/quit, Ctrl-D, Ctrl-C twice).

    One Ctrl-C by mistake ends nothing.
    """
    session = talk.session
    start, skipped = clock(), 0
    asked = False

    def now() -> int:
        return round((clock() - start) * 1000) + skipped

    talk.begin()
    while not (session.ended or talk.stopped):
        at = now()
        if session.advance(at):
            keys.clear()
            talk.show()
            continue
        keys.draw(prompt(talk, at))
        try:
            line = keys.read(TICK)
        except EOFError:
            talk.stopped = True
            return
        except KeyboardInterrupt:
            if asked:
                raise
            asked = True
            keys.clear()
            talk.tell(talk.text("really_stop"))
            continue
        if line is not None and line.strip():
            asked = False
            keys.clear()
            session.advance(now())
            talk.show()
            if not session.ended:
                skipped += talk.take(line, max(now(), session.now))


def prompt(talk: Talk, at: int) -> Text:
    """The clock of the current reply, whether the customer is typing, and room for words."""
    waited = talk.waiting_ms(at)
    found = Text()
    if waited is not None:
        minutes, seconds = divmod(max(0, waited) // 1000, 60)
        style = "green" if waited < GOOD_MS else "yellow" if waited < LATE_MS else "bold red"
        found.append(f"⏱ {minutes}:{seconds:02d} ", style)
    if talk.session.typing:
        found.append(talk.text("typing") + "… ", "dim cyan")
    return found.append("❯ ", "bold green")
