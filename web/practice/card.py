"""The scorecard of a practice: what the trainee asks of it. What it says is put together in
`report`."""

from __future__ import annotations

import json

from store.cards import card_line
from store.contents import rubric_at, scenario_at
from store.declined import Declined
from store.feedback import OwnView, ask, keep_own_view, notes, own_view, questions
from store.going_on import rewritten, said_in
from store.overrides import overrides
from store.people import Person
from store.practices import Practice
from store.reviewed import reviewed
from store.tries import tries
from store.verdict import verdict
from transcripts.errors import KefuError
from transcripts.types import Language
from web.practice.desk import Body, whole
from web.practice.report import Scored, conversation, report
from web.practice.rooms import Rooms
from web.practice.view import Say
from web.services import Services


class Cards:
    """What the scorecard's page may ask for. Every body names the practice `p`."""

    def __init__(self, services: Services, rooms: Rooms, lang: Language, say: Say) -> None:
        self._services = services
        self._rooms = rooms
        self._lang = lang
        self._say = say

    def show(self, me: Person, body: Body) -> Body:
        """The card with its conversation; before the own view was told, only the conversation.

        `skip` leaves the own view out, where that is allowed.
        """
        try:
            found = self._rooms.card(me.id, whole(body.get("p")))
            return self._page(me, found, bool(body.get("skip")))
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
        """Go off from a reply of this conversation; not from one of an exam."""
        try:
            found = self._rooms.card(me.id, whole(body.get("p")))
            if found.mode == "exam":
                raise Declined("no_retry", "an exam is not tried again from one of its replies")
            number = self._rooms.retry(me.id, found.id, whole(body.get("message")))
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
        return self.show(me, {**body, "skip": True})

    # --- inside

    def _page(self, me: Person, found: Practice, skip: bool) -> Body:
        scored = self._scored(me, found)
        page = conversation(scored, self._lang, self._say)
        if scored.own is None and (scored.obliged or not skip):
            return {**page, "ask_first": True, "may_skip": not scored.obliged}
        return {**page, **report(scored, self._lang, self._say)}

    def _scored(self, me: Person, found: Practice) -> Scored:
        if found.conversation is None or found.scorecard is None:
            raise Declined("not_over", "the conversation goes on")
        store, zone = self._services.store, self._services.zone
        card = json.loads(card_line(store, found.scorecard) or "{}")
        rubric = rubric_at(store, card["rubric"]["version"])
        words = overrides(store, [found.scorecard]).get(found.scorecard, [])
        now = reviewed(card, rubric, words)
        told = tries(store, [me.id], zone, scenarios=[found.scenario])
        this = next((one for one in told if one.practice == found.id), None)
        before = [one for one in told if one.practice < found.id]
        return Scored(
            practice=found,
            scenario=scenario_at(store, found.scenario_version),
            said=said_in(store, found.id),
            card=card,
            rubric=rubric,
            now=now,
            verdict=verdict(now, rubric) if this is None else this.verdict,
            before=before[-1].tried.scores if before else {},
            obliged=found.mode == "exam" or (this is not None and not before),
            own=own_view(store, found.id),
            rewritten=frozenset(rewritten(store, found.id)),
            questions=questions(store, person=me.id, scorecard=found.scorecard),
            notes=notes(store, found.conversation),
        )

    def _words(self, error: KefuError) -> str:
        if isinstance(error, Declined) and error.key in _TOLD:
            return self._say(f"declined.{error.key}")
        return self._say("card.not_there")


_TOLD = frozenset({"not_yours", "not_over", "cannot_go_on", "no_retry"})
