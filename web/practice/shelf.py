"""The shelf: what there is to practise, by the customer's first words, and how far one has come."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from grader.wording import told
from rubrics.parts import Text
from scenarios.load import Shelved, load_persona, load_scenario
from store.database import Store
from store.lessons import finished, learnt
from store.people import Person
from store.practices import practices_of
from store.progress import LEVELS, Help, Try, due, help_for, mastered, next_variant
from store.tries import tries
from transcripts.errors import KefuError
from transcripts.types import Language
from web.practice.coaching import topic_help
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
        shelved = list(self._shelved())
        steps = _Steps(services.store, me.id, {one.id: _topic(one) for one in shelved}, done)
        cards = [self._card(one, done.get(one.id, []), steps) for one in shelved]
        cards.sort(key=lambda card: (LEVELS.index(card["level"]), card["lang"] != self._lang))
        open_ones = [
            {"id": one.id, "scenario": one.scenario}
            for one in practices_of(services.store, me.id, state="open", most=5)
        ]
        return {"cards": cards, "open": open_ones, "ready": services.model.ready}

    def read(self) -> None:
        """Read every file of the shelf, so that whoever comes first need not wait for it."""
        for one in self._shelved():
            load_persona(one.variants[0].persona, self._services.folders.personas)

    def start(self, me: Person, body: Body, chance: int) -> Body:
        """Begin a scenario in the variant that was met least; `chance` draws the words.

        `how`: `play` with the help that goes with the topic, `alone` without, or `finish`.
        """
        services = self._services
        name, how = str(body.get("scenario", "")), body.get("how")
        try:
            shelved = load_scenario(name, services.folders.scenarios)
            own = tries(services.store, [me.id], services.zone, scenarios=[shelved.id])
            count = len(shelved.variants)
            seed = chance - chance % count + next_variant([one.tried for one in own], count)
            rooms = rooms_of(services)
            if how == "finish":  # not the variant that is watched or played next
                return {"p": rooms.finish_path(me.id, shelved.id, seed + 2)}
            full = how == "play" and topic_help(services, me.id, shelved.id) == "full"
            number = rooms.start(me.id, shelved.id, seed, help=COACHED if full else "")
        except KefuError:
            return {"refused": self._say("shelf.cannot_start")}
        return {"p": number}

    def _shelved(self) -> Iterator[Shelved]:
        return shelved_ones(self._services)

    def _card(self, one: Shelved, done: list[Try], steps: _Steps) -> dict[str, Any]:
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
            "offer": steps.offered(_topic(one)),
            "help": steps.help(_topic(one)),
        }

    def _words(self, text: Text) -> str:
        """A text of the library in the reader's language."""
        return told(self._lang, text.zh, text.en)


def _topic(one: Shelved) -> str:
    return one.variants[0].topic.zh


class _Steps:
    """How far somebody has come in each topic; `topics` by scenario, `done` their tries."""

    def __init__(
        self, store: Store, person: int, topics: Mapping[str, str], done: Mapping[str, list[Try]]
    ) -> None:
        self._tried: dict[str, list[Try]] = {}
        for scenario, found in done.items():
            self._tried.setdefault(topics.get(scenario, ""), []).extend(found)
        done_with = [(one.scenario, str(one.way)) for one in learnt(store, person)]
        done_with += [(scenario, "finish") for scenario in finished(store, person)]
        self._ways = {(topics.get(scenario), way) for scenario, way in done_with}

    def offered(self, topic: str) -> str:
        """What is offered first: a newcomer to the topic begins with watching."""
        if topic in self._tried:
            return "play"
        ways = ("watch", "find", "finish")
        return next((way for way in ways if (topic, way) not in self._ways), "play")

    def help(self, topic: str) -> Help:
        """The help that goes with the next try."""
        return help_for(self._tried.get(topic, ()))
