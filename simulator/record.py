"""A session as a transcript with its outcome, and as a log from which it can be played again."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Final

from scenarios.parts import Ending, EndingSpec
from simulator.ears import Before
from simulator.heard import Heard, heard_of
from simulator.moment import Moment, holds
from simulator.session import Session
from simulator.state import ONE, Case, State
from simulator.words import way
from transcripts.errors import Refused
from transcripts.types import Fact, Transcript

FORMAT: Final = 1
_STARS: Final[Mapping[Ending, int]] = {
    "satisfied": 5, "accepted": 4, "left": 2, "bad_review": 1, "platform_complaint": 1,
    "unresolved": 2,
}  # fmt: skip
_SULKY: Final = 260
"""From this mood (hundredths) an accepted ending loses a star."""
_NOTHING_WRITTEN: Final = EndingSpec(why=("…",))


def transcript(session: Session) -> Transcript:
    """The conversation as the grader reads it: what the supervisor said is a fact from then on."""
    scenario = session.case.scenario
    answers = [
        str(message.data["answer"])
        for message in session.messages
        if message.role == "action" and message.data and "answer" in message.data
    ]
    facts = [Fact(fact.text, kind=fact.where) for fact in scenario.facts]
    facts += [Fact(answer, kind="supervisor") for answer in dict.fromkeys(answers)]
    return Transcript(
        id=f"{scenario.id}-{session.case.seed}",
        messages=tuple(session.messages),
        lang=scenario.lang,
        facts=tuple(facts),
        customer=scenario.customer,
        currency=scenario.currency,
        market=scenario.market,
        authority=_most(session) or None,
        note_form=scenario.note_form,
        extra={"scenario": scenario.id},
    )


def _most(session: Session) -> dict[str, float]:
    """The limits that the grader holds the agent to: no more than is due in this case, unless the
    supervisor has raised a limit."""
    limits = dict(session.authority)
    allowed = {str(name): limit for name, limit in session.case.scenario.authority.items()}
    for name, most in session.case.scenario.due.items():
        limit = limits.get(name)
        raised = limit is not None and limit > allowed.get(name, 0)
        limits[name] = limit if limit is not None and (raised or limit < most) else most
    return limits


def outcome(session: Session) -> dict[str, Any]:
    """How it ended: the ending, whether it is a right one, stars, the customer's words, moods."""
    state = session.state
    ending: Ending = state.ending or "unresolved"
    spec = session.case.scenario.endings.get(ending, _NOTHING_WRITTEN)
    right = spec.right if isinstance(spec.right, bool) else holds(spec.right, _now(state))
    why = way(spec.why, session.case.seed, f"endings.{ending}", {}) or ("",)
    return {
        "ending": ending,
        "right": right,
        "csat": spec.stars or _stars(ending, state),
        "why": " ".join(why),
        "mood": [round(mood / ONE, 1) for mood in session.moods],
    }


def _now(state: State) -> Moment:
    return Moment(state, Heard())


def _stars(ending: Ending, state: State) -> int:
    return _STARS[ending] - (ending == "accepted" and state.mood >= _SULKY)


def record(session: Session, model_hash: str) -> dict[str, Any]:
    """Everything that a replay needs, as plain values."""
    case = session.case
    return {
        "format": FORMAT,
        "scenario": {"id": case.scenario.id, "version": case.scenario.version},
        "persona": {"id": case.persona.id, "version": case.persona.version},
        "model": model_hash,
        "seed": case.seed,
        "until": session.now,
        "log": session.log,
    }


def replay(recorded: Mapping[str, Any], case: Case, turns: int | None = None) -> Session:
    """The session of a record, played again without a model, as far as `turns` entries.

    Going on from there needs `Session.listen` set to real ears. `Refused` if the record is of
    another format.
    """
    if recorded.get("format") != FORMAT:
        raise Refused(f"a log of format {recorded.get('format')!r}; this version reads {FORMAT}")
    entries = recorded["log"][:turns]
    heard = iter([heard_of(entry["heard"]) for entry in entries if "text" in entry])

    def listen(_reply: str, _before: Before) -> Heard:
        return next(heard)

    session = Session(case, listen)
    for entry in entries:
        if "text" in entry:
            session.say(entry["text"], entry["at"])
        else:
            session.act(entry["action"], entry["data"], entry["at"])
    if turns is None:
        session.advance(recorded["until"])
    return session
