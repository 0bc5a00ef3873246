"""A conversation on the terminal: bubbles, panels, the clock, and how it stood at the end.

`Talk` draws and obeys; who holds the clock and the keyboard is `kefu.keyboard`, or for piped words
`from_lines`, where time is taken from the words only.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from difflib import get_close_matches
from typing import Any, Final

from rich.align import Align
from rich.box import ROUNDED
from rich.cells import cell_len
from rich.console import Console
from rich.padding import Padding
from rich.panel import Panel
from rich.text import Text

from kefu.chat_words import help_of, text_of
from kefu.workbench_line import CHINESE, COMMANDS, Act, act_of, command_of, sum_of
from simulator.play import LONGEST as LONG_SILENCE
from simulator.session import Session
from simulator.state import ONE
from simulator.workbench import PANELS
from transcripts.errors import Refused
from transcripts.types import Message

LONGEST: Final = 2000
"""Characters of one message."""
THINK_MS: Final = 4_000
LETTER_MS: Final = 250
"""How long piped words take: reading and thinking, then a quarter of a second a character."""
MOST_MS: Final = 60_000
"""Whoever writes more has it ready and pastes it."""
COMMAND_MS: Final = 3_000
HELP_COLUMN: Final = 38
"""Where, in columns of the terminal, a command is explained."""
SIGNS: Final = {"GBP": "£", "USD": "$", "EUR": "€", "CNY": "¥", "TWD": "NT$", "HKD": "HK$"}
_MOODS: Final = ("green", "green", "yellow", "red", "bold red")


@dataclass
class Talk:
    """One conversation on a console. `stopped` once the agent has had enough."""

    session: Session
    console: Console
    stopped: bool = False
    _shown: int = field(default=0)

    # --- words

    def text(self, key: str, **values: object) -> str:
        """A text of the table in the scenario's language."""
        return text_of(self.session.case.scenario.lang, key, **values)

    def money(self, sum: float) -> str:
        """A sum in the scenario's currency, as its language writes it."""
        scenario = self.session.case.scenario
        if scenario.lang != "en":
            return f"{sum:g} 元"
        return f"{SIGNS.get(scenario.currency, f'{scenario.currency} ')}{sum:g}"

    def tell(self, text: str, style: str = "dim") -> None:
        """A line that nobody in the conversation says."""
        self.console.print(Text(text, style=style))

    def begin(self) -> None:
        """What the agent sees before the first word: who, where, how hard; never the diagnosis."""
        scenario = self.session.case.scenario
        self.tell(
            self.text(
                "begins",
                customer=scenario.customer,
                platform=scenario.platform,
                level=self.text(scenario.level),
                minutes=scenario.minutes,
            ),
            "bold",
        )
        limits = [
            self.text(name if most else f"no_{name}", value=f"{most:g}", money=self.money(most))
            for name, most in scenario.authority.items()
        ]
        if limits:
            self.tell(self.text("authority", limits=" · ".join(limits)))
        if scenario.opened_by == "agent":
            self.tell(self.text("you_first"))
        self.show()

    # --- what is seen

    def show(self) -> None:
        """The messages that have come since."""
        for message in self.session.messages[self._shown :]:
            if message.role != "action":
                self._bubble(message)
        self._shown = len(self.session.messages)

    def _bubble(self, message: Message) -> None:
        mine = message.role == "agent"
        text = Text(message.text)
        if message.extra.get("picture"):
            text.append(f" 🖼 {message.extra['picture']}", style="magenta")
        scenario = self.session.case.scenario
        who = self.text("you") if mine else message.sender or scenario.customer
        time = "" if message.at is None else message.at.strftime("%H:%M:%S")
        style = "green" if mine else "cyan" if message.role == "customer" else "dim"
        panel = Panel(
            text,
            title=Text(f"{who} {time}", style="dim"),
            title_align="right" if mine else "left",
            box=ROUNDED,
            border_style=style,
            width=None,
            expand=False,
        )
        margin = self.console.width // 4
        sides = (0, 0, 0, margin) if mine else (0, margin, 0, 0)
        self.console.print(Padding(Align(panel, "right" if mine else "left"), sides))

    def panel(self, title: str, lines: Sequence[str]) -> None:
        """A panel of the workbench."""
        body = "\n".join(f"· {line}" for line in lines) or self.text("nothing_there")
        self.console.print(Panel(Text(body), title=Text(title), border_style="blue", expand=False))

    def mood(self) -> Text:
        """The customer's mood as a bar and a word; red is angry."""
        tenths = round(self.session.state.mood / ONE / 4 * 10)
        level = round(self.session.state.mood / ONE)
        bar = "█" * tenths + "░" * (10 - tenths)
        return Text(self.text("mood", bar=bar, word=self.text(f"mood_{level}")), _MOODS[level])

    def waiting_ms(self, at: int) -> int | None:
        """How long the customer has waited for an answer; None if it is the customer's turn."""
        first = None
        for message in reversed(self.session.messages):
            if message.role == "agent":
                break
            if message.role == "customer":
                first = message
        if first is None or first.at is None:
            return None
        return at - round((first.at - self.session.time(0)).total_seconds() * 1000)

    # --- what the agent does

    def take(self, line: str, at: int) -> int:
        """Words or a `/` command at `at`; the milliseconds by which the clock is to jump."""
        line = line.strip()
        try:
            command = command_of(line)
            if command is None:
                self._say(line, at)
                return 0
            return self._command(*command, at)
        except Refused as refused:
            gone = self.session.over
            self.tell(self.text("leaving") if gone else str(refused), "yellow")
            return 0

    def _say(self, text: str, at: int) -> None:
        if not text:
            raise Refused(self.text("empty"))
        if len(text) > LONGEST:
            raise Refused(self.text("too_long", most=LONGEST))
        self.session.say(text, at)
        self.show()

    def _command(self, name: str, rest: str, at: int) -> int:
        if name == "quit":
            self.stopped = True
        elif name == "help" or not name:
            for usage, what in help_of(self.session.case.scenario.lang):
                room = " " * max(2, HELP_COLUMN - cell_len(usage))
                self.console.print(Text.assemble((usage, "bold"), room, what))
        elif name == "mood":
            self.console.print(self.mood())
        elif name == "wait":
            return round(sum_of(rest, "/wait 30", self.session.case.scenario) * 1000)
        elif name in COMMANDS:
            self._act(name, act_of(name, rest, self.session.case.scenario), at)
        else:
            near = get_close_matches(name, (*COMMANDS, *CHINESE), n=1)
            key = "near_command" if near else "unknown_command"
            raise Refused(self.text(key, name=f"/{name}", near=f"/{(*near, '')[0]}"))
        return 0

    def _act(self, name: str, act: Act, at: int) -> None:
        shown = self.session.act(act.action, act.data, at)
        data: dict[str, Any] = dict(self.session.messages[-1].data or {})
        if name in PANELS or name == "boss":
            self.panel(self.text(name), shown)
            return
        over = self.text("over_limit") if data.get("over_limit") else ""
        if isinstance(amount := data.get("amount"), int | float):
            data["money"] = self.money(amount)
        self.tell("✔ " + self.text(act.action, **data) + over, "red" if over else "green")


def from_lines(talk: Talk, lines: Iterable[str]) -> None:
    """Piped words: the customer finishes, the agent thinks and types, and so on to the end.

    After the last line the clock runs on until the customer ends.
    """
    session = talk.session
    talk.begin()
    at = 0
    for line in lines:
        if not line.strip():
            continue
        at = max([at, *(due.at for due in session.typing)])
        command = command_of(line) is not None
        typed = min(MOST_MS, LETTER_MS * len(line.strip()))
        at += COMMAND_MS if command else THINK_MS + typed
        session.advance(at)
        talk.show()
        if session.ended:
            return
        at += talk.take(line, at)
        session.advance(at)
        talk.show()
        if talk.stopped or session.ended:
            return
    session.advance(at + LONG_SILENCE)
    talk.show()
