"""The scorecard of a practice: first the customer's word, then one good thing, one thing to change,
and only then the score, with the marked conversation beside it."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from typing import Any, Final

from grader.wording import told
from rubrics.parts import Text
from rubrics.schema import Rubric
from store.cards import card_line
from store.contents import rubric_at
from store.declined import Declined
from store.feedback import OwnView, ask, keep_own_view, own_view, questions
from store.going_on import go_on
from store.people import Person
from store.practices import Practice, practices_of
from transcripts.errors import KefuError
from transcripts.types import Language, Message
from web.practice.desk import Body, whole
from web.practice.rooms import Rooms
from web.practice.view import Say, message
from web.services import Services

GOOD: Final = 4.0
"""From this many points on the words are worth praise."""


class Cards:
    """What the scorecard's page may ask for."""

    def __init__(self, services: Services, rooms: Rooms, lang: Language, say: Say) -> None:
        self._services = services
        self._rooms = rooms
        self._lang = lang
        self._say = say

    def show(self, me: Person, body: Body) -> Body:
        """The card with its conversation; before the own view was told, only the conversation."""
        try:
            found = self._rooms.card(me.id, whole(body.get("p")))
            return self._page(me, found)
        except KefuError as refused:
            return {"refused": self._words(refused)}

    def own_view(self, me: Person, body: Body) -> Body:
        """Three taps before the score; then the card."""
        try:
            found = self._rooms.card(me.id, whole(body.get("p")))
            rating = min(5, max(1, whole(body.get("rating")) or 3))
            weakest = str(body.get("weakest") or "")[:60] or None
            place = body.get("message")
            reply = place if isinstance(place, int) and not isinstance(place, bool) else None
            view = OwnView(rating, weakest, reply)
            keep_own_view(self._services.store, found.id, view, self._services.clock())
        except KefuError as refused:
            return {"refused": self._words(refused)}
        return self.show(me, body)

    def retry(self, me: Person, body: Body) -> Body:
        """Go off from a reply of this conversation."""
        try:
            number = self._rooms.retry(me.id, whole(body.get("p")), whole(body.get("message")))
        except KefuError as refused:
            return {"refused": self._words(refused)}
        return {"p": number}

    def question(self, me: Person, body: Body) -> Body:
        """Question the score in words."""
        try:
            found = self._rooms.card(me.id, whole(body.get("p")))
            if found.scorecard is None:
                raise Declined("no_card", "there is no card yet")
            store, at = self._services.store, self._services.clock()
            ask(store, found.scorecard, me.id, str(body.get("text", ""))[:2000], at)
        except KefuError as refused:
            return {"refused": self._words(refused)}
        return self.show(me, body)

    # --- inside

    def _page(self, me: Person, found: Practice) -> Body:
        if found.conversation is None or found.scorecard is None:
            raise Declined("not_over", "the conversation goes on")
        store = self._services.store
        going = go_on(store, found.id, self._rooms.ears)
        messages = going.session.messages
        card = json.loads(card_line(store, found.scorecard) or "{}")
        rubric = rubric_at(store, card["rubric"]["version"])
        mine = own_view(store, found.id)
        names = {name: self._text(spec.name) for name, spec in rubric.criteria.items()}
        page: Body = {
            "p": found.id,
            "lang": going.session.case.scenario.lang,
            "customer": going.session.case.scenario.customer,
            "messages": [
                message(going.session, number, one, self._say)
                for number, one in enumerate(messages)
            ],
            "criteria": [{"name": name, "label": label} for name, label in names.items()],
            "mode": found.mode,
        }
        if mine is None:
            return {**page, "ask_first": True}
        asked = [
            {"text": one.text, "answer": one.answer}
            for one in questions(store, person=me.id, scorecard=found.scorecard)
        ]
        return {
            **page,
            "own": {"rating": mine.rating, "weakest": mine.weakest, "message": mine.message},
            "outcome": self._outcome(found.outcome or {}),
            "title": self._text(going.session.case.scenario.title),
            "good": self._good(card, rubric, messages),
            "verdict": self._verdict(card, rubric, found),
            "scores": self._scores(card, names, me, found),
            "marks": _marks(card, names),
            "replies": self._replies(card),
            "asked": asked,
        }

    def _outcome(self, outcome: Mapping[str, Any]) -> Body:
        ending = str(outcome.get("ending", "unresolved"))
        right = bool(outcome.get("right"))
        return {
            "stars": outcome.get("csat", 0),
            "words": outcome.get("why", ""),
            "ending": self._say(f"ending.{ending}"),
            "right": right,
            "right_words": self._say("card.right" if right else "card.wrong"),
        }

    def _verdict(self, card: Body, rubric: Rubric, found: Practice) -> Body:
        overall, stars = card["overall"], (found.outcome or {}).get("csat", 0)
        apart = overall is not None and (
            (stars >= 4 and overall < rubric.pass_mark)
            or (stars <= 2 and overall >= rubric.pass_mark)
        )
        why = "card.apart_pleased" if stars >= 4 else "card.apart_cross"
        return {
            "overall": overall,
            "passed": card["passed"],
            "pass_mark": rubric.pass_mark,
            "counts": found.mode in ("play", "exam", "shift") and not found.help,
            "helped": bool(found.help),
            "critical": [self._say(f"critical.{one}") for one in card["critical"]],
            "gates": [self._gate(one, rubric) for one in card["gates"]],
            "review": card["review"],
            "apart": self._say(why) if apart else "",
        }

    def _gate(self, gate: str, rubric: Rubric) -> str:
        """A gate of the card, `ID<=RATING:CAP`, in words."""
        what, _, cap = gate.partition(":")
        name = what.partition("<=")[0]
        if name not in rubric.criteria:
            return self._say("card.gate_critical", cap=cap)
        return self._say("card.gate", label=self._text(rubric.criteria[name].name), cap=cap)

    def _scores(
        self, card: Body, names: Mapping[str, str], me: Person, found: Practice
    ) -> list[Body]:
        before = self._last_scores(me, found)
        rows = []
        for name, one in card["criteria"].items():
            old = before.get(name)
            change = None if old is None or one["score"] is None else round(one["score"] - old, 1)
            rows.append({
                "name": name,
                "label": names.get(name, name),
                "score": one["score"],
                "why": one.get("why", ""),
                "change": change,
                "advice": one["advice"],
                "model_reply": one["model_reply"],
                "evidence": one["evidence"],
            })  # fmt: skip
        rows.sort(key=lambda row: (row["score"] is None, row["score"] or 0.0))
        return rows

    def _last_scores(self, me: Person, found: Practice) -> dict[str, float | None]:
        """The scores of the try of this scenario before this one."""
        store = self._services.store
        for one in practices_of(store, me.id, before=found.id, most=50):
            if one.scenario == found.scenario and one.scorecard is not None:
                card = json.loads(card_line(store, one.scorecard) or "{}")
                return {name: row["score"] for name, row in card["criteria"].items()}
        return {}

    def _good(self, card: Body, rubric: Rubric, messages: Sequence[Message]) -> Body | None:
        """The evidence that gained most where enough was gained, in the trainee's own words."""
        gained = [
            one
            for row in card["criteria"].values()
            if row["score"] is not None and row["score"] >= rubric.pass_mark
            for one in row["evidence"]
            if one["points"] > 0 and one["message"] is not None
            and messages[one["message"]].role == "agent" and one["quote"]
        ]  # fmt: skip
        best = max(gained, key=lambda one: (one["points"], -one["message"]), default=None)
        if best is None or best["points"] < GOOD:
            return None
        return {"quote": best["quote"], "message": best["message"], "reason": best["reason"]}

    def _replies(self, card: Body) -> dict[str, Body]:
        return {
            str(one["message"]): {
                "acts": [self._say(f"act.{act}") for act in one["acts"]],
                "seconds": one["seconds"],
            }
            for one in card["replies"]
        }

    def _text(self, text: Text) -> str:
        return told(self._lang, text.zh, text.en)

    def _words(self, error: KefuError) -> str:
        if isinstance(error, Declined) and error.key in ("not_yours", "not_over", "cannot_go_on"):
            return self._say(f"declined.{error.key}")
        return self._say("card.not_there")


def _marks(card: Body, names: Mapping[str, str]) -> dict[str, list[Body]]:
    """The evidence by message: what was seen there, and the points for it."""
    found: dict[str, list[Body]] = {}
    for name, row in card["criteria"].items():
        for one in row["evidence"]:
            if one["message"] is None or not one["quote"]:
                continue
            mark = {
                "quote": one["quote"], "points": one["points"], "reason": one["reason"],
                "label": names.get(name, name),
            }  # fmt: skip
            found.setdefault(str(one["message"]), []).append(mark)
    return found
