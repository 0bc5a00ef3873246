"""A conversation with a customer: messages with their times, and what comes if nobody answers.

Times are milliseconds since the conversation began, passed in by whoever holds a clock. Messages
that an agent sends before the customer has answered are one reply and are heard together, so one
message or four makes no difference.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from typing import Any, Final

from simulator.ears import Before
from simulator.heard import Heard
from simulator.speech import Said
from simulator.state import Case, State, begin
from simulator.step import noticed, opening, silence, step
from simulator.turn import Outcome
from simulator.workbench import changes, do
from transcripts.errors import Refused
from transcripts.types import Language, Message

Listen = Callable[[str, Before], Heard]
"""Makes sense of a reply (see `ears.hear`); a replay gives back what was heard then."""
BETWEEN_MS = 400
"""A breath between two messages of one burst."""
TAKES_IN = 3_000
"""Characters of one reply that a customer takes in, the last ones; it bounds what hearing costs."""
ONE_RUN = 6
"""So many messages in a row to somebody who did not ask are more than one reply."""
SEES_MS = 6_000
"""Until the customer has seen what was done in the workbench."""


CLOSED: Final[Mapping[Language, str]] = {
    "zh": "会话已结束", "zh-Hant": "對話已結束", "en": "Chat closed",
}  # fmt: skip
"""The platform's word when a customer goes in silence: it shows how long nobody answered."""


WHO: Final[Mapping[Language, Mapping[str, str]]] = {
    "zh": {"customer": "客户：", "agent": "客服：", "bot": "机器人："},
    "zh-Hant": {"customer": "顧客：", "agent": "客服：", "bot": "機器人："},
    "en": {"customer": "Customer: ", "agent": "Agent: ", "bot": "Bot: "},
}
"""Who wrote a message of an earlier contact."""


@dataclass(frozen=True, slots=True)
class Due:
    """A message of the customer and when it will arrive."""

    at: int
    said: Said


@dataclass
class Session:
    """One customer, one agent. `log` is what a replay needs; see `record.py`."""

    case: Case
    listen: Listen
    messages: list[Message] = field(default_factory=list)
    moods: list[int] = field(default_factory=list)
    """Mood in hundredths at each customer message."""
    log: list[dict[str, Any]] = field(default_factory=list)
    states: list[State] = field(default_factory=list)
    """The state after each turn, for trainers."""
    in_silence: bool = False
    """Whether the customer's last step came of nobody answering."""

    def __post_init__(self) -> None:
        scenario = self.case.scenario
        self.now = 0
        self.authority: Mapping[str, float] = {str(k): v for k, v in scenario.authority.items()}
        self._state = begin(self.case)
        self._next: State | None = None
        self._queue: list[Due] = []
        self._owed: list[Due] = []
        self._run: list[str] = []
        self._waited = 0
        self._quiet_since = 0
        self._waiting_since: int | None = None
        self._before = Before()
        self._tell_what_was()
        self._expect(opening(self.case, self._state), 0, typed_before=True)
        self.advance(0)

    # --- what everybody may ask

    @property
    def state(self) -> State:
        """The customer's state, with what is about to be said."""
        return self._next or self._state

    @property
    def ended(self) -> bool:
        """Whether the customer is gone; a goodbye that is still being typed is not gone."""
        return self._state.ending is not None and not self._queue

    @property
    def over(self) -> bool:
        """Whether nothing more can be said: the customer is gone, or has begun to say goodbye."""
        return (self._state if self._run else self.state).ending is not None

    def time(self, at: int) -> datetime:
        """The time of day at `at` milliseconds."""
        return self.case.scenario.starts + timedelta(milliseconds=at)

    @property
    def typing(self) -> tuple[Due, ...]:
        """What the customer is writing at this moment."""
        return tuple(self._queue)

    def due(self) -> tuple[Due, ...]:
        """What the customer will say next, and when, if the agent does nothing."""
        if self._queue:
            return tuple(self._queue)
        coming = None if self.ended else silence(self.case, self.state)
        if coming is None:
            return ()
        at = self._quiet_since + coming.after * 1000
        return tuple(_typed(coming.outcome.says, at, self.case, typed_before=True))

    def ends_at(self) -> int | None:
        """When the customer goes without a word if the agent does nothing; None if not next."""
        if self._queue or self.ended:
            return None
        coming = silence(self.case, self.state)
        if coming is None or coming.outcome.says:
            return None
        return self._quiet_since + coming.after * 1000

    # --- what happens

    def advance(self, at: int) -> tuple[Message, ...]:
        """Let time pass to `at`; the messages of the customer that have arrived since."""
        first = len(self.messages)
        while not self.ended:
            if self._queue:
                if self._queue[0].at > at:
                    break
                self._arrive(self._queue.pop(0))
                continue
            coming = silence(self.case, self.state)
            if coming is None:
                break
            when = self._quiet_since + coming.after * 1000
            if when > at:
                break
            self._settle_turn()
            self.in_silence = True
            self._expect(coming.outcome, when, typed_before=True)
        self.now = max(self.now, at)
        return tuple(self.messages[first:])

    def say(self, text: str, at: int) -> Heard:
        """The agent writes a message at `at`. `Refused` when the conversation is over."""
        self._open(at)
        if self._pushes_again(at):
            self._settle_turn()
        if self._run:  # the customer has not begun to answer: it is one reply with this
            self._next, self._queue = None, []
        else:
            self._settle_turn()
            self._owed = self._queue  # the customer finishes what was begun
            since = at if self._waiting_since is None else self._waiting_since
            self._waited, self._waiting_since = (at - since) // 1000, None
        self._run.append(text)
        self.in_silence = False
        reply = "\n".join(self._run)[-TAKES_IN:]
        heard = self.listen(reply, replace(self._before, authority=self.authority))
        self.messages.append(Message("agent", text, self.time(at)))
        self.log.append({"at": at, "text": text, "heard": heard.as_json()})
        outcome = step(self.case, self._state, heard, self._waited)
        self._expect(outcome, max([at, *(due.at for due in self._owed)]))
        self._queue[:0] = self._owed
        return heard

    def act(self, action: str, data: Mapping[str, Any], at: int) -> tuple[str, ...]:
        """The agent does something in the workbench; what it shows. `Refused` if it cannot be."""
        self._open(at)
        scenario = self.case.scenario
        if action == "write_note" and (changed := changes(self.messages, data.get("fields"))):
            data = {**data, "changes": changed}
        done = do(action, data, scenario, self._state, self.authority)
        self._state, self.authority = done.state, done.authority
        if self._next is not None:
            self._next = replace(self._next, did=done.state.did)
        self.messages.append(Message("action", action, self.time(at), data=done.data))
        self.log.append({"at": at, "action": action, "data": dict(data)})
        if not self._queue and self._state.turn:
            seen = noticed(self.case, self._next or self._state)
            if seen.says:
                self._settle_turn()
                self._expect(seen, at + SEES_MS)
                return done.shown
            if seen.state.settled and not self.state.settled:
                self._quiet_since = at  # who has just been served waits to be told
            if self._next is None:
                self._state = seen.state
            else:
                self._next = seen.state
        return done.shown

    # --- inside

    def _pushes_again(self, at: int) -> bool:
        """Whether this comes long, or as one too many, after messages that a customer who did not
        ask left unanswered.

        It is not heard as one with them, but as another.
        """
        scenario, waits = self.case.scenario, self.case.persona.waits
        unasked = scenario.opened_by == "agent" and bool(self._run) and not self._queue
        late = at - self._quiet_since >= waits.nudge * 1000
        return unasked and (late or len(self._run) >= ONE_RUN)

    def _open(self, at: int) -> None:
        if at < self.now:
            raise Refused(f"{at} ms lies before {self.now} ms; time only goes on")
        self.advance(at)
        if self.over:
            raise Refused("this conversation is over; start it again or retry from a reply")

    def _expect(self, outcome: Outcome, at: int, typed_before: bool = False) -> None:
        self._next = outcome.state
        self._queue = _typed(outcome.says, at, self.case, typed_before)
        self._quiet_since = at
        self.states.append(outcome.state)
        if outcome.state.ending is not None and not self._queue:
            self._settle_turn()
            closed = CLOSED[self.case.scenario.lang]
            self.messages.append(Message("system", closed, self.time(at)))

    def _settle_turn(self) -> None:
        """What the customer made of the last reply stands now; the next reply is another one."""
        if self._next is not None:
            self._state = self._next
        if self._run:
            self._before = Before((), "\n".join(self._run))
        self._next, self._run = None, []

    def _arrive(self, due: Due) -> None:
        self._settle_turn()
        text = due.said.text
        extra = {} if due.said.picture is None else {"picture": due.said.picture}
        self.messages.append(
            Message("customer", text, self.time(due.at), self.case.scenario.customer, extra=extra)
        )
        self.moods.append(self._state.mood)
        self._before = replace(self._before, customer=(*self._before.customer, text)[-4:])
        self._quiet_since = due.at
        if self._waiting_since is None:
            self._waiting_since = due.at

    def _tell_what_was(self) -> None:
        """Earlier contacts as the shop's record of them: whoever plays now is not graded by it."""
        scenario = self.case.scenario
        for one in scenario.earlier:
            at = scenario.starts - timedelta(seconds=one.before)
            who = WHO[scenario.lang].get(one.role, "")
            self.messages.append(Message("system", f"{who}{one.text}", at))


def _typed(says: Sequence[Said], at: int, case: Case, typed_before: bool = False) -> list[Due]:
    """When each message arrives: thinking, then typing letter by letter."""
    typing = case.persona.typing
    due, clock = [], at
    for number, said in enumerate(says):
        letters = round(len(said.text) * typing.a_character * 1000)
        think = round(typing.think * 1000) if number == 0 else BETWEEN_MS
        if not (typed_before and number == 0):
            clock += think + letters
        due.append(Due(clock, said))
    return due
