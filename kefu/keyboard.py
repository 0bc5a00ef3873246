"""A line at the terminal that stays whole while messages arrive above it.

On Unix the terminal is read letter by letter without waiting; elsewhere a thread reads whole lines.
No dependency beside the standard library.
"""

from __future__ import annotations

import codecs
import contextlib
import os
import queue
import re
import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Final, Protocol

from rich.cells import cell_len
from rich.console import Console
from rich.text import Text

_ESCAPES: Final = re.compile(r"\x1b(?:\[[0-9;?]*[A-Za-z~]|O.|.)?")
_CLEAR: Final = "\r\x1b[2K"


class Keyboard(Protocol):
    """Where an agent's lines come from."""

    def read(self, seconds: float) -> str | None:
        """The next whole line, or None after `seconds`. EOFError when there will be none,
        KeyboardInterrupt on Ctrl-C where nothing was typed yet."""
        ...

    def draw(self, prompt: Text) -> None:
        """Show the prompt and what was typed so far."""
        ...

    def clear(self) -> None:
        """Make room for a message."""
        ...


@contextmanager
def keyboard(console: Console) -> Iterator[Keyboard]:
    """The keyboard of this terminal; the terminal is as it was afterwards."""
    try:
        import termios
        import tty
    except ImportError:
        yield Whole()
        return
    file = sys.stdin.fileno()
    before = termios.tcgetattr(file)
    letters = Letters(file, console)
    try:
        tty.setcbreak(file)
        mine = termios.tcgetattr(file)
        mine[6][termios.VINTR] = b"\0"  # Ctrl-C comes as a letter, never amid an answer
        termios.tcsetattr(file, termios.TCSADRAIN, mine)
        yield letters
    finally:
        letters.clear()
        termios.tcsetattr(file, termios.TCSADRAIN, before)


class Letters:
    """Letter by letter, with a small editor: backspace, Ctrl-U, Ctrl-W, Ctrl-C; no arrows."""

    def __init__(self, file: int, console: Console) -> None:
        self._file = file
        self._console = console
        self._decoder = codecs.getincrementaldecoder("utf-8")(errors="ignore")
        self._rest = ""
        self._drawn = ""
        self.buffer = ""

    def read(self, seconds: float) -> str | None:
        """See `Keyboard`."""
        line = self._typed()
        if line is not None:
            return line
        import select

        ready, _, _ = select.select([self._file], [], [], seconds)
        if not ready:
            return None
        raw = os.read(self._file, 4096)
        if not raw:
            raise EOFError
        self._rest += self._decoder.decode(raw)
        return self._typed()

    def _typed(self) -> str | None:
        """Take what was typed as far as the next Enter."""
        text = _ESCAPES.sub("", self._rest)
        self._rest = ""
        for number, letter in enumerate(text):
            if letter in "\r\n":
                self._rest = text[number + 1 :]
                line, self.buffer = self.buffer, ""
                return line
            self._press(letter)
        return None

    def _press(self, letter: str) -> None:
        if letter in "\x7f\b":
            self.buffer = self.buffer[:-1]
        elif letter == "\x15":
            self.buffer = ""
        elif letter == "\x17":
            self.buffer = "".join(self.buffer.rstrip().rpartition(" ")[:2])
        elif letter == "\x03":
            if not self.buffer:
                raise KeyboardInterrupt
            self.buffer = ""
        elif letter == "\x04":
            if not self.buffer:
                raise EOFError
        elif letter.isprintable():
            self.buffer += letter

    def draw(self, prompt: Text) -> None:
        """See `Keyboard`."""
        room = max(8, self._console.width - prompt.cell_len - 2)
        tail = self.buffer
        while cell_len(tail) > room:
            tail = tail[1:]
        with self._console.capture() as capture:
            self._console.print(Text.assemble(prompt, tail), end="", soft_wrap=True)
        line = capture.get()
        if line != self._drawn:
            self._write(_CLEAR + line)
            self._drawn = line

    def clear(self) -> None:
        """See `Keyboard`."""
        if self._drawn:
            self._write(_CLEAR)
            self._drawn = ""

    def _write(self, text: str) -> None:
        self._console.file.write(text)
        self._console.file.flush()


class Whole:
    """Whole lines by a thread, for terminals that cannot be read letter by letter."""

    def __init__(self) -> None:
        self._lines: queue.Queue[str | None] = queue.Queue()
        threading.Thread(target=self._listen, daemon=True).start()

    def _listen(self) -> None:
        with contextlib.suppress(OSError, ValueError):
            for line in sys.stdin:
                self._lines.put(line.rstrip("\r\n"))
        self._lines.put(None)

    def read(self, seconds: float) -> str | None:
        """See `Keyboard`."""
        try:
            line = self._lines.get(timeout=seconds)
        except queue.Empty:
            return None
        if line is None:
            raise EOFError
        return line

    def draw(self, prompt: Text) -> None:
        """The terminal shows what is typed by itself."""

    def clear(self) -> None:
        """Nothing was drawn."""
