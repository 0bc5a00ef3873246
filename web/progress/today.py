"""What the first page shows to somebody who practises: one thing to do, then the rest."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any, Final

from store.agenda import Next, agenda, coming
from store.feedback import News, news
from store.people import Person
from store.practices import Mode
from store.progress import LEVELS, level_reached, weakest
from store.standing import Going, Standing
from store.trends import trends
from transcripts.types import Language
from web.house import House
from web.pages import url
from web.progress.learner import Learner, criteria_of, learner, pass_mark_of
from web.progress.words import Say, day_words, moment_words, spoken

ROWS: Final = 4
"""Rows of the list at most."""
GOING: Final[tuple[Mode, ...]] = ("exam", "play", "finish", "retry")
"""Modes whose page is the practice page."""


@dataclass(frozen=True, slots=True)
class Thing:
    """Something to do: what it is, the customer's first words or a name, what else there is to say,
    and where its button leads: to an address, or it sends `fields` to /start. `lesson` leads to
    where it can be watched first.
    """

    kind: str
    title: str
    text: str
    button: str
    href: str = ""
    fields: dict[str, str] = field(default_factory=dict)
    lang: str = ""
    quoted: bool = False
    lesson: str = ""


def today(house: House, me: Person, lang: Language, say: Say) -> dict[str, Any]:
    """The values of the page."""
    services = house.services
    found = learner(services, me, lang)
    names = criteria_of(services.store, found.told, lang)
    things = _Things(house, found, names, lang, say)
    rows = things.all()
    return {
        "first": rows[0] if rows else None,
        "rest": rows[1 : ROWS + 1],
        "more": max(0, len(rows) - ROWS - 1),
        "coming": things.coming()[: max(0, ROWS - len(rows) + 1)],
        "news": [_news(one, lang, say, found) for one in news(services.store, me.id)],
        "bars": trends(found.tries),
        "names": names,
        "mark": pass_mark_of(services, found.told),
        "level": _level(found) if found.told else None,
        "shelf": url(lang, "practice", "shelf") if house.area("practice") else "",
    }


def _level(found: Learner) -> dict[str, Any]:
    level = level_reached(found.shelf, found.known)
    cards = [one for one in found.shelf if one.level == level]
    known = sum(one.scenario in found.known for one in cards)
    return {"level": level, "known": known, "all": len(cards), "last": level == LEVELS[-1]}


def _news(one: News, lang: Language, say: Say, found: Learner) -> dict[str, Any]:
    at = one.at.astimezone(found.at.tzinfo)
    return {
        "who": one.author or say("home.trainer"),
        "asked": one.asked,
        "message": one.message,
        "text": one.text,
        "time": moment_words(say, at),
        "stamp": one.at.isoformat(),
        "href": url(lang, "practice", "card", id=one.practice),
    }


class _Things:
    """Words for what there is to do."""

    def __init__(
        self, house: House, found: Learner, names: dict[str, str], lang: Language, say: Say
    ) -> None:
        area = house.area("practice")
        self._here = area is not None
        self._shift = area is not None and area.page("shift") is not None
        self._lesson = area is not None and area.page("lesson") is not None
        self._found = found
        self._names = names
        self._lang = lang
        self._say = say
        tried = {one.scenario for one in found.tries}
        self._topics = {card.topic for card in found.shelf if card.scenario in tried}

    def all(self) -> list[Thing]:
        """What is open first, an exam before anything else; then what the agenda says."""
        if not self._here:
            return []
        found = self._found
        going = [one for one in found.going if one.state == "open" and self._can_go_on(one)]
        going.sort(key=lambda one: one.mode != "exam")
        going = list({one.shift or -one.id: one for one in going}.values())  # a shift is one thing
        todo = agenda(found.shelf, found.tries, found.tasks(), found.today)
        return [*(self._going(one) for one in going), *filter(None, map(self._next, todo))]

    def coming(self) -> list[dict[str, Any]]:
        """What comes back in the next days."""
        found = self._found
        rows = coming(found.shelf, found.tries, found.today) if self._here else []
        return [
            {
                "title": found.outlines[one.scenario].head.shelf,
                "lang": found.outlines[one.scenario].head.lang,
                "quoted": spoken(found.outlines[one.scenario].head.shelf),
                "text": self._say("home.back", when=day_words(self._say, one.due, found.today)),
            }
            for one in rows
            if one.scenario is not None and one.due is not None
        ]

    def _can_go_on(self, one: Going) -> bool:
        return one.mode in GOING or (one.mode == "shift" and self._shift)

    def _going(self, one: Going) -> Thing:
        say, lang = self._say, self._lang
        if one.mode == "shift":
            href = url(lang, "practice", "shift", id=one.shift)
        else:
            href = url(lang, "practice", "play", id=one.id)
        exam = one.mode == "exam"
        since = moment_words(say, one.started_at.astimezone(self._found.at.tzinfo))
        return Thing(
            say("home.going_exam" if exam else "home.going"),
            one.words,
            say("home.going_exam_text" if exam else "home.going_text", time=since),
            say("home.go_on"),
            href,
            lang=one.lang,
            quoted=spoken(one.words),
        )

    def _next(self, one: Next) -> Thing | None:
        if one.scenario is None:
            given = self._found.exam(one.assignment or 0)
            return None if given is None else self._exam(given, one)
        say, outline = self._say, self._found.outlines[one.scenario]
        card = next(card for card in self._found.shelf if card.scenario == one.scenario)
        fields = {"scenario": one.scenario}
        if one.assignment is not None:
            fields["assignment"] = str(one.assignment)
        return Thing(
            self._why(one),
            outline.head.shelf,
            say("home.about", topic=card.topic, level=say(f"level.{card.level}")),
            say("home.start", n=card.minutes),
            fields=fields,
            lang=outline.head.lang,
            quoted=spoken(outline.head.shelf),
            lesson=self._watch(one.scenario, card.topic),
        )

    def _watch(self, scenario: str, topic: str) -> str:
        """Where a newcomer to a topic can watch first; "" for anybody else."""
        if not self._lesson or topic in self._topics:
            return ""
        return url(self._lang, "practice", "lesson", scenario=scenario, way="watch")

    def _exam(self, given: Standing, one: Next) -> Thing:
        say, order = self._say, given.assignment.order
        minutes = sum(
            self._found.outlines[part.scenario].head.minutes
            for part in given.parts
            if part.state in ("new", "again") and part.scenario in self._found.outlines
        )
        return Thing(
            self._why(one),
            order.title,
            say("home.exam_text", n=len(given.parts), minutes=minutes),
            say("home.to_exam"),
            f"/exams/{given.assignment.id}",
        )

    def _why(self, one: Next) -> str:
        say, today = self._say, self._found.today
        if one.why == "weakest":
            name = weakest(self._found.tries) or ""
            return say("why.weakest", label=self._names.get(name, name))
        if one.due is None or one.why == "due":
            return say(f"why.{one.why}")
        return say(f"why_until.{one.why}", when=day_words(say, one.due, today))
