"""A conversation with the text that is being written: nothing of it is kept, its state is shown."""

from __future__ import annotations

import threading
from collections import OrderedDict
from collections.abc import Callable
from dataclasses import dataclass, field
from functools import lru_cache
from typing import Any, Final

from scenarios.load import load_persona
from simulator.ears import prepare
from simulator.play import ears
from simulator.session import Session
from simulator.state import ONE, Case
from store.people import Person
from transcripts.errors import KefuError, Refused
from web.practice.view import Say, message
from web.services import Services
from web.studio.checking import scenario_in

HELD: Final = 60
"""Try-outs in memory, one a person."""
TYPING_MS: Final = 8_000
"""What an agent takes to answer, in a try-out where nobody waits."""
LONGEST: Final = 2000
MOST_WAIT: Final = 3_600
Body = dict[str, Any]
Deed = dict[str, Any]
"""What the trainer did: {"text"}, {"action", "data"} or {"wait"} in seconds."""


@dataclass
class Trial:
    """One person's try-out: the session, and what was done in it so that it can be done again."""

    name: str
    text: str
    variant: int
    session: Session
    deeds: list[Deed] = field(default_factory=list)


class Tryout:
    """What the try-out beside the text may be asked for. `refused` is a sentence for the reader."""

    def __init__(self, services: Services) -> None:
        self._services = services
        self._guard = threading.Lock()
        self._trials: OrderedDict[int, Trial] = OrderedDict()

    def start(self, me: Person, body: Body, say: Say) -> Body:
        """Begin with the text as it stands; `again`: with what was said before."""
        name, text = str(body.get("name", "")), str(body.get("text", ""))
        number = body.get("variant")
        variant = number if isinstance(number, int) and number >= 0 else 0
        with self._guard:
            old = self._trials.get(me.id)
        deeds = old.deeds if old is not None and body.get("again") and old.name == name else []
        try:
            trial = Trial(name, text, variant, self._session(name, text, variant))
            for deed in deeds:
                _do(trial, deed)
        except KefuError:
            return {"refused": say("studio.no_try")}
        with self._guard:
            self._trials[me.id] = trial
            self._trials.move_to_end(me.id)
            while len(self._trials) > HELD:
                self._trials.popitem(last=False)
        return view(trial, say)

    def say(self, me: Person, body: Body, say: Say) -> Body:
        """The agent writes, and the customer answers at once."""
        text = str(body.get("text", "")).strip()[:LONGEST]
        return self._with(me, say, {"text": text} if text else None)

    def act(self, me: Person, body: Body, say: Say) -> Body:
        """The agent does something in the workbench."""
        data = body.get("data")
        known = data if isinstance(data, dict) else {}
        return self._with(me, say, {"action": str(body.get("action", "")), "data": known})

    def wait(self, me: Person, body: Body, say: Say) -> Body:
        """Time passes and nobody answers the customer."""
        seconds = body.get("seconds")
        known = seconds if isinstance(seconds, int) else 60
        return self._with(me, say, {"wait": min(MOST_WAIT, max(1, known))})

    def back(self, me: Person, body: Body, say: Say) -> Body:
        """Take the last thing back that was done."""

        def undo(trial: Trial) -> None:
            deeds = trial.deeds[:-1]
            trial.session = self._session(trial.name, trial.text, trial.variant)
            trial.deeds = []
            for deed in deeds:
                _do(trial, deed)

        return self._change(me, say, undo)

    # --- inside

    def _with(self, me: Person, say: Say, deed: Deed | None) -> Body:
        return self._change(me, say, lambda trial: _do(trial, deed) if deed else None)

    def _change(self, me: Person, say: Say, change: Callable[[Trial], None]) -> Body:
        with self._guard:
            trial = self._trials.get(me.id)
        if trial is None:
            return {"refused": say("studio.try_gone")}
        try:
            change(trial)
        except KefuError as refused:
            over = trial.session.over
            return {**view(trial, say), "refused": say("studio.try_over") if over else str(refused)}
        return view(trial, say)

    def _session(self, name: str, text: str, variant: int) -> Session:
        one = scenario_in(name, text)
        number = variant % len(one.variants)
        scenario = one.variants[number]
        persona = load_persona(scenario.persona, self._services.folders.personas)
        model = self._services.model.get()
        prepare(scenario, model)
        session = Session(Case(scenario, persona, number), ears(scenario, model))
        _let_answer(session)
        return session


def view(trial: Trial, say: Say) -> Body:
    """The conversation and where the customer stands."""
    session = trial.session
    state, scenario = session.state, session.case.scenario
    entry = next((one for one in reversed(session.log) if "text" in one), None)
    heard: Body = {"acts": [], "understood": 1} if entry is None else entry["heard"]
    return {
        "customer": scenario.customer,
        "lang": scenario.lang,
        "over": session.over,
        "can_undo": bool(trial.deeds),
        "messages": [message(n, one, say) for n, one in enumerate(session.messages)],
        "state": {
            "mood": round(state.mood / ONE, 1),
            "word": say(f"mood.{min(4, max(0, round(state.mood / ONE)))}"),
            "trust": round(state.trust / ONE, 1),
            "patience": state.patience,
            "place": state.place,
            "heard": [say(f"act.{act}") for act in heard["acts"]],
            "understood": bool(heard.get("understood", 1)),
            "replied": entry is not None,
            "told": list(state.told),
            "revealed": list(state.revealed),
            "open": list(state.open),
            "goals": [{"name": name, "done": name in state.done} for name in scenario.goals],
            "ending": None if state.ending is None else say(f"ending.{state.ending}"),
        },
    }


def _do(trial: Trial, deed: Deed) -> None:
    session = trial.session
    if "wait" in deed:
        session.advance(session.now + deed["wait"] * 1000)
    elif "text" in deed:
        session.say(deed["text"], session.now + TYPING_MS)
    else:
        try:
            session.act(deed["action"], deed["data"], session.now + 1000)
        except (TypeError, ValueError) as odd:
            raise Refused(str(odd)) from None
    trial.deeds.append(deed)
    _let_answer(session)


def _let_answer(session: Session) -> None:
    """What the customer is typing arrives at once."""
    while session.typing:
        session.advance(session.typing[-1].at)


@lru_cache(maxsize=4)
def tryout_of(services: Services) -> Tryout:
    """The try-outs of a server, the same for every language."""
    return Tryout(services)
