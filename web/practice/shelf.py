"""The shelf: what there is to practise, by the customer's first words, and how far one has come."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from grader.wording import told
from rubrics.parts import Text
from scenarios.load import Shelved, load_persona, load_scenario
from store.people import Person
from store.practices import practices_of
from store.progress import LEVELS, Try, due, mastered, next_variant
from store.tries import tries
from transcripts.errors import KefuError
from transcripts.types import Language
from web.practice.desk import Body
from web.practice.rooms import rooms_of
from web.practice.shelved import shelved_ones
from web.practice.view import COACHED, Say
from web.services import Services


class Shelf:
    """What the shelf page may ask for."""

    def __init__(self, services: Services, lang: Language, say: Say) -> None:
        self._services = services
        self._lang = lang
        self._say = say

    def cards(self, me: Person) -> Body:
        """Every scenario as a card, beginners' first, and what is still open."""
        services = self._services
        done: dict[str, list[Try]] = {}
        for one in tries(services.store, [me.id], services.zone):
            done.setdefault(one.tried.scenario, []).append(one.tried)
        cards = [self._card(one, done.get(one.id, [])) for one in self._shelved()]
        cards.sort(key=lambda card: (LEVELS.index(card["level"]), card["lang"] != self._lang))
        open_ones = [
            {"id": one.id, "scenario": one.scenario}
            for one in practices_of(services.store, me.id, state="open", most=5)
        ]
        return {"cards": cards, "open": open_ones, "ready": services.model.ready}

    def start(self, me: Person, body: Body, chance: int) -> Body:
        """Begin a scenario in the variant that was met least; `chance` draws the words."""
        services = self._services
        name = str(body.get("scenario", ""))
        try:
            shelved = load_scenario(name, services.folders.scenarios)
            own = [
                one.tried
                for one in tries(services.store, [me.id], services.zone)
                if one.tried.scenario == shelved.id
            ]
            count = len(shelved.variants)
            seed = chance - chance % count + next_variant(own, count)
            help = COACHED if body.get("how") == "coached" else ""
            number = rooms_of(services).start(me.id, shelved.id, seed, help=help)
        except KefuError:
            return {"refused": self._say("shelf.cannot_start")}
        return {"p": number}

    def _shelved(self) -> Iterator[Shelved]:
        return shelved_ones(self._services)

    def _card(self, one: Shelved, done: list[Try]) -> dict[str, Any]:
        first = one.variants[0]
        persona = load_persona(first.persona, self._services.folders.personas)
        best = max((t.overall for t in done if t.overall is not None), default=None)
        again = due(done)
        return {
            "id": one.id,
            "lang": first.lang,
            "shelf": first.shelf,
            "topic": self._words(first.topic),
            "persona": self._words(persona.name),
            "level": first.level,
            "minutes": first.minutes,
            "platform": first.platform,
            "tries": len(done),
            "best": best,
            "mastered": mastered(done, len(one.variants)),
            "passed": any(t.clean for t in done),
            "helped": any(t.passed for t in done) and not any(t.clean for t in done),
            "due": None if again is None else again.isoformat(),
        }

    def _words(self, text: Text) -> str:
        """A text of the library in the reader's language."""
        return told(self._lang, text.zh, text.en)
