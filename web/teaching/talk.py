"""One practice with its conversation: a note at any reply, the score, a person's word on it."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from starlette.requests import Request
from starlette.responses import Response

from rubrics.schema import Rubric
from store.audit import note_deed
from store.contents import rubric_at
from store.declined import Declined
from store.feedback import note, notes, questions
from store.overrides import confirm_critical, override_score
from store.people import Person, led_by, people, person
from store.practices import Practice, flags, practice
from store.quality import Kept, conversation
from store.reviewed import Reviewed, reviewed
from store.verdict import Verdict, verdict
from transcripts.canonical import parse
from transcripts.errors import UnreadableInput
from transcripts.types import Language, Message
from web.practice.view import deed
from web.teaching.door import COACHES, TRAINERS, WATCHERS, Door, Given
from web.teaching.library import names_of_scenarios

Say = Callable[..., str]


def talk(door: Door, request: Request, given: Given) -> Response:
    """The conversation with its notes, beside its score."""
    id = given.number("id")

    def show(me: Person) -> Response:
        found, kept = seen_by(door, me, id)
        note_deed(door.store, me.id, "talk.view", str(found.id), door.services.clock())
        values = page_of(door, found, kept, door.lang(request), door.say(request))
        return door.page(request, "teach_talk.html", values.pop("tab"), **values)

    return door.enter(request, show, roles=WATCHERS)


def leave(door: Door, request: Request, given: Given) -> Response:
    """Leave a note at a message, or on the whole."""
    id = given.number("id")
    message = given.number("message", -1)
    text = given.text("text")

    def write(me: Person) -> Response:
        found, kept = seen_by(door, me, id)
        count = len(kept.transcript["messages"])
        place = message if 0 <= message < count else None
        note(door.store, kept.id, place, me.id, text, door.services.clock())
        note_deed(door.store, me.id, "note.add", str(found.id), door.services.clock())
        return door.back(f"/teach/talk?id={id}#m{message}")

    return door.enter(request, write, form=given.text("form"))


def decide(door: Door, request: Request, given: Given) -> Response:
    """A person's word on a criterion or a critical error."""
    id = given.number("id")
    what = given.text("what")
    value = given.text("value")
    reason = given.text("reason")

    def word(me: Person) -> Response:
        found, kept = seen_by(door, me, id)
        if kept.scorecard is None:
            raise UnreadableInput("there is no card to decide on")
        kind, _, name = what.partition(":")
        if kind == "critical":
            stands = value == "stands"
            confirm_critical(
                door.store, kept.scorecard, name, stands, reason, me.id, door.services.clock()
            )
        else:
            override_score(
                door.store,
                kept.scorecard,
                name,
                _score(value),
                reason,
                me.id,
                door.services.clock(),
            )
        note_deed(door.store, me.id, "card.override", str(found.id), door.services.clock())
        return door.back(f"/teach/talk?id={id}#card")

    return door.enter(request, word, form=given.text("form"))


def seen_by(door: Door, me: Person, number: int) -> tuple[Practice, Kept]:
    """A practice that is over: trainers see any, admins exams, a team leader the own team's."""
    found = practice(door.store, number)
    examined = me.role in TRAINERS or found.person in led_by(door.store, me.id)
    if me.role not in COACHES and not (found.mode == "exam" and examined):
        raise Declined("not_yours", "this practice is not open to you")
    kept = conversation(door.store, found.conversation or 0)
    if kept is None:
        raise UnreadableInput(f"the conversation of practice {number} goes on")
    return found, kept


def page_of(
    door: Door, found: Practice, kept: Kept, lang: Language, say: Say
) -> dict[str, Any]:  # fmt: skip
    """What the page shows."""
    store = door.store
    names = {one.id: one.name for one in people(store)}
    by_message: dict[int | None, list[Any]] = {}
    for one in notes(store, kept.id):
        by_message.setdefault(one.message, []).append(one)
    card: dict[str, Any] = {}
    if kept.card is not None:
        rubric = rubric_at(store, kept.card["rubric"]["version"])
        card = card_of(kept, rubric, _mark(door, found), lang, say)
    asked = questions(store, scorecard=kept.scorecard) if kept.scorecard else []
    return {
        "tab": "exams" if found.mode == "exam" else "board",
        "practice": found,
        "whom": person(store, found.person),
        "title": names_of_scenarios(door, lang).get(found.scenario, found.scenario),
        "lines": [
            _line(n, one, by_message, say)
            for n, one in enumerate(parse(kept.transcript).messages)
        ],
        "flags": flags(store, found.id),
        "notes": by_message,
        "names": names,
        "card": card,
        "asked": asked,
    }  # fmt: skip


def card_of(
    kept: Kept, rubric: Rubric, mark: float | None, lang: Language, say: Say
) -> dict[str, Any]:
    """The scores as they count, with the machine's beside them, and what a person may decide."""
    card: Mapping[str, Any] = kept.card or {}
    now: Reviewed = reviewed(card, rubric, kept.words)
    result: Verdict | None = verdict(now, rubric, mark)
    words = {(one.kind, one.what): one for one in kept.words}
    rows = [
        {
            "id": name,
            "name": spec.name.en if lang == "en" else spec.name.zh,
            "score": now.criteria.get(name),
            "machine": card["criteria"][name]["score"],
            "review": spec.review,
            "word": words.get(("criterion", name)),
        }
        for name, spec in rubric.criteria.items()
        if name in card["criteria"]
    ]
    critical = [
        {
            "id": one,
            "name": say(f"critical.{one}"),
            "stands": one in now.critical,
            "word": words.get(("critical", one)),
        }
        for one in card["critical"]
    ]
    return {
        "overall": now.overall,
        "machine": card["overall"],
        "verdict": result,
        "mark": rubric.pass_mark if mark is None else mark,
        "rows": rows,
        "critical": critical,
    }


def _line(
    number: int, one: Message, by_message: Mapping[int | None, list[Any]], say: Say
) -> dict[str, Any]:  # fmt: skip
    return {
        "n": number,
        "who": one.role,
        "text": deed(one, say) if one.role == "action" else one.text,
        "time": "" if one.at is None else one.at.strftime("%H:%M:%S"),
        "notes": by_message.get(number, []),
    }


def _mark(door: Door, found: Practice) -> float | None:
    """The pass mark of the assignment that a practice was done for."""
    sql = "SELECT pass_mark FROM assignments WHERE id = ?"
    mark: float | None = door.store.value(sql, (found.assignment or 0,))
    return mark


def _score(text: str) -> float | None:
    if not text.strip():
        return None
    try:
        return float(text)
    except ValueError:
        raise UnreadableInput("a score is a number from 0 to 100") from None
