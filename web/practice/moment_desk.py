"""The server's side of moments: what is shown, what a reply is worth, and the five minutes' sum."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from difflib import SequenceMatcher
from typing import Any, Final

from grader.one_reply import one_reply
from grader.wording import told
from rubrics.load import load_rubric
from rubrics.schema import Rubric
from scenarios.load import Shelved, load_scenario
from simulator.hardest import hardest
from simulator.paths import Prover
from simulator.record import transcript
from simulator.workbench import PANELS
from store.declined import Declined
from store.moments import (
    MINUTES_MS,
    Answer,
    Ready,
    Round,
    Spot,
    answers,
    begin_round,
    choose,
    keep_answer,
    keep_spots,
    met,
    move_on,
    own_lost,
    round_of,
    rounds_of,
)
from store.people import Person
from store.progress import level_reached, mastered, weakest
from store.tries import tries
from transcripts.canonical import parse, to_json
from transcripts.errors import KefuError, Refused
from transcripts.types import Language, Message, Transcript
from web.practice.desk import LONGEST, Body, whole
from web.practice.shelved import shelf_cards, shelved_ones
from web.practice.view import PICTURES, Say, deed
from web.services import Services

ALIKE: Final = 0.8
"""From this share of equal characters on a reply is one that was used before."""
SHORT: Final = 8
"""Characters; what is shorter may be said to everybody."""
PATHS: Final = ("good", "poor")
"""The scripted agents whose conversations stop somewhere hard."""


class MomentDesk:
    """What the page may ask for. `refused` in an answer is a sentence for the reader."""

    def __init__(self, services: Services, lang: Language, say: Say) -> None:
        self._services = services
        self._store = services.store
        self._lang = lang
        self._say = say

    def before(self, me: Person, _body: Body) -> Body:
        """The round that is still open, and those that were."""
        found = rounds_of(self._store, me.id)
        going = next((one.id for one in found if one.ended_at is None), None)
        past = [
            {"r": one.id, "day": one.day.isoformat(), **_count(answers(self._store, one.id))}
            for one in found
            if one.ended_at is not None
        ]
        return {"open": going, "past": past}

    def start(self, me: Person, _body: Body) -> Body:
        """Draw a round, or go on with the one that is open."""
        going = self.before(me, {})["open"]
        if going is not None:
            return {"r": going}
        spots = self._choose(me)
        if not spots:
            return {"refused": self._say("moments.none")}
        at = self._services.clock()
        day = at.astimezone(self._services.zone).date()
        return {"r": begin_round(self._store, me.id, day, spots, at)}

    def show(self, me: Person, body: Body) -> Body:
        """The round as it stands."""
        try:
            return self._page(self._mine(me, body))
        except KefuError as refused:
            return {"refused": self._words(refused)}

    def write(self, me: Person, body: Body) -> Body:
        """A reply to the moment, scored at once. Sent twice by accident, it counts once."""
        text = str(body.get("text", "")).strip()
        if not text:
            return {"refused": self._say("practice.empty")}
        if len(text) > LONGEST:
            return {"refused": self._say("practice.too_long", most=LONGEST)}
        try:
            found = self._mine(me, body)
            written = answers(self._store, found.id)
            last = _at(written, found.place)[-1:]
            same = bool(last) and last[0].text == text
            if any(one.place != found.place and _alike(one.text, text) for one in written):
                return {"refused": self._say("moments.used")}
            if found.ended_at is None and whole(body.get("place")) == found.place and not same:
                spot = self._said(found)
                result = one_reply(
                    _with(spot, text), self._rubric(spot), self._services.model.get()
                )
                answer = Answer(found.place, text, result.as_json())
                clock = whole(body.get("clock"))
                keep_answer(self._store, found.id, answer, clock, self._services.clock())
            return self._page(round_of(self._store, found.id))
        except KefuError as refused:
            return {"refused": self._words(refused)}

    def next(self, me: Person, body: Body) -> Body:
        """The next moment; the sum once five minutes were written, or where none is left."""
        try:
            found = self._mine(me, body)
            if found.ended_at is None and whole(body.get("place")) == found.place:
                clock = max(found.clock_ms, whole(body.get("clock")))
                done = clock >= MINUTES_MS or found.place + 1 >= len(found.spots)
                ended = self._services.clock() if done or body.get("enough") else None
                place = found.place + (ended is None)
                move_on(self._store, found.id, place, clock, ended)
            return self._page(round_of(self._store, found.id))
        except KefuError as refused:
            return {"refused": self._words(refused)}

    # --- inside

    def _choose(self, me: Person) -> Sequence[Spot]:
        services = self._services
        shelved = [one for one in shelved_ones(services) if _language(one) == self._lang]
        if self._lang == "zh-Hant":  # few are written in it; everybody here reads the others
            shelved += [one for one in shelved_ones(services) if _language(one) == "zh"]
        tried = [one.tried for one in tries(self._store, [me.id], services.zone)]
        cards = shelf_cards(shelved)
        known = frozenset(
            card.scenario
            for card in cards
            if mastered([one for one in tried if one.scenario == card.scenario], card.variants)
        )
        day = services.clock().astimezone(services.zone).date()
        return choose(
            (me.id, day),
            own_lost(self._store, me.id),
            [ready for one in shelved if (ready := _ready(one)) is not None],
            level_reached(cards, known),
            weakest(tried),
            met(rounds_of(self._store, me.id)),
        )

    def _mine(self, me: Person, body: Body) -> Round:
        found = round_of(self._store, whole(body.get("r")))
        if found.person != me.id:
            raise Declined("not_yours", "this round belongs to somebody else")
        return found

    def _said(self, found: Round) -> Spot:
        """The moment somebody is at; one of the library is played now, and kept."""
        spot = found.spots[found.place]
        if spot.said is not None:
            return spot
        folders = self._services.folders
        shelved = load_scenario(spot.scenario, folders.scenarios)
        prover = Prover(self._services.model.get(), folders.personas, folders.rubrics)
        filled = shelved.variant(spot.variant)
        path = next((one for one in filled.paths if one.name == spot.path), None)
        if path is None:
            raise Refused(f"{spot.scenario} has no path {spot.path!r} any more")
        number = spot.variant % len(shelved.variants)
        session = prover.session(shelved, number, path.says)
        whole_talk = transcript(session)
        upto = hardest(session)
        if upto is None:
            raise Refused(f"in {spot.scenario} nobody is answered")
        said = to_json(replace(whole_talk, messages=whole_talk.messages[:upto]))
        spot = replace(spot, said=said, message=upto)
        spots = [spot if n == found.place else one for n, one in enumerate(found.spots)]
        keep_spots(self._store, found.id, spots)
        return spot

    def _rubric(self, spot: Spot) -> Rubric:
        return load_rubric(spot.rubric, self._services.folders.rubrics)

    def _page(self, found: Round) -> Body:
        written = answers(self._store, found.id)
        page: Body = {"r": found.id, "clock": found.clock_ms, "most": MINUTES_MS}
        if found.ended_at is not None:
            return {**page, "state": "ended", "sum": self._sum(found, written)}
        spot = self._said(found)
        rubric = self._rubric(spot)
        mine = _at(written, found.place)
        return {
            **page,
            "state": "open",
            "place": found.place,
            "count": len(found.spots),
            "moment": self._moment(spot),
            "tries": [self._told(one, rubric) for one in mine],
        }

    def _moment(self, spot: Spot) -> Body:
        talk = _talk(spot)
        return {
            "customer": talk.customer or "",
            "lang": talk.lang,
            "own": spot.practice is not None,
            "messages": [self._bubble(one) for one in talk.messages],
            "facts": [
                {"label": self._say(f"panel.{panel}"), "lines": lines}
                for panel in PANELS
                if (lines := [fact.text for fact in talk.facts if fact.kind == panel])
            ],
        }

    def _bubble(self, one: Message) -> Body:
        picture = one.extra.get("picture")
        return {
            "who": one.role,
            "text": deed(one, self._say) if one.role == "action" else one.text,
            "picture": None if picture is None else f"{PICTURES}/{picture}.svg",
        }

    def _told(self, one: Answer, rubric: Rubric) -> Body:
        """A reply with its result in words."""
        result = one.result
        bad = [part for part in result["parts"] if part["score"] is not None and not part["good"]]
        worst = min(bad, key=lambda part: part["score"], default=None)
        spec = None if worst is None else rubric.criteria.get(worst["criterion"])
        advice = None if spec is None else spec.advice
        return {
            "text": one.text,
            "score": result["score"],
            "good": result["good"],
            "critical": [self._say(f"critical.{name}") for name in result["critical"]],
            "advice": "" if advice is None else told(self._lang, advice.zh, advice.en),
            "parts": [
                {
                    "label": self._name(rubric, part["criterion"]),
                    "score": part["score"],
                    "good": part["good"],
                    "reasons": [
                        {"quote": row["quote"], "reason": row["reason"]} for row in part["quoted"]
                    ],
                }
                for part in result["parts"]
            ],
        }

    def _sum(self, found: Round, written: Sequence[Answer]) -> Body:
        """What the five minutes were: each moment from the first reply to the last."""
        rows, first = [], dict[str, list[float]]()
        for place, spot in enumerate(found.spots[: found.place + 1]):
            mine = _at(written, place)
            if not mine or spot.said is None:
                continue
            talk = _talk(spot)
            asked = [one.text for one in talk.messages if one.role == "customer"]
            scores = [one.result["score"] for one in mine]
            rows.append({
                "customer": talk.customer or "",
                "words": asked[-1],
                "first": scores[0],
                "last": scores[-1],
                "good": mine[-1].result["good"],
                "tries": len(mine),
            })  # fmt: skip
            for part in mine[0].result["parts"]:
                if part["score"] is not None:
                    label = self._name(self._rubric(spot), part["criterion"])
                    first.setdefault(label, []).append(part["score"])
        means = {label: sum(scores) / len(scores) for label, scores in first.items()}
        low = min(means, key=lambda label: (means[label], label), default=None)
        return {
            **_count(written),
            "rows": rows,
            "weakest": None if low is None else {"label": low, "score": round(means[low])},
        }

    def _name(self, rubric: Rubric, criterion: str) -> str:
        spec = rubric.criteria.get(criterion)
        return criterion if spec is None else told(self._lang, spec.name.zh, spec.name.en)

    def _words(self, error: KefuError) -> str:
        if isinstance(error, Declined) and error.key == "not_yours":
            return self._say("declined.not_yours")
        return self._say("moments.not_there")


def _alike(text: str, other: str) -> bool:
    """Whether this is the same reply, written for somebody else."""
    return min(len(text), len(other)) >= SHORT and (
        SequenceMatcher(None, text, other, autojunk=False).ratio() >= ALIKE
    )


def _talk(spot: Spot) -> Transcript:
    return parse(spot.said or {})


def _with(spot: Spot, text: str) -> Transcript:
    """The conversation with a reply."""
    talk = _talk(spot)
    return replace(talk, messages=(*talk.messages, Message("agent", text)))


def _at(written: Sequence[Answer], place: int) -> list[Answer]:
    return [one for one in written if one.place == place]


def _count(written: Sequence[Answer]) -> dict[str, Any]:
    """How many moments there were, and in how many the reply was good at once or in the end."""
    places: dict[int, list[Answer]] = {}
    for one in written:
        places.setdefault(one.place, []).append(one)
    return {
        "n": len(places),
        "at_once": sum(bool(found[0].result["good"]) for found in places.values()),
        "good": sum(bool(found[-1].result["good"]) for found in places.values()),
    }


def _language(one: Shelved) -> Language:
    return one.variants[0].lang


def _ready(one: Shelved) -> Ready | None:
    """A scenario from which a moment can be taken: its customer writes first and is answered."""
    first = one.variants[0]
    names: Mapping[str, Any] = {path.name: path for path in first.paths}
    paths = tuple(name for name in PATHS if name in names)
    if not paths or first.opened_by != "customer":
        return None
    return Ready(
        one.id, first.topic.zh, first.level, first.rubric, len(one.variants), paths
    )  # fmt: skip
