"""Everything that the pages of a trainee reckon with, read from the store once a page."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from functools import cached_property

from grader.wording import told as in_language
from rubrics.load import load_rubric
from scenarios.outline import Outline, outlines
from store.agenda import Task
from store.assignments import assigned_to
from store.contents import rubric_at
from store.database import Store
from store.people import Person
from store.progress import Card, Try, mastered
from store.standing import Going, Standing, standing, unfinished
from store.tries import Told, tries
from transcripts.types import Language
from web.services import Services


@dataclass(frozen=True)
class Learner:
    """Somebody who practises. `standings` are those of what is assigned and not closed."""

    shelf: tuple[Card, ...]
    outlines: Mapping[str, Outline]
    told: tuple[Told, ...]
    going: tuple[Going, ...]
    standings: tuple[Standing, ...]
    at: datetime
    today: date

    @cached_property
    def tries(self) -> list[Try]:
        """The tries that count, the oldest first."""
        return [one.tried for one in self.told]

    @cached_property
    def known(self) -> frozenset[str]:
        """The scenarios that are mastered."""
        own: dict[str, list[Try]] = {}
        for one in self.tries:
            own.setdefault(one.scenario, []).append(one)
        variants = {card.scenario: card.variants for card in self.shelf}
        return frozenset(
            name for name, found in own.items() if mastered(found, variants.get(name, 1))
        )

    def tasks(self) -> list[Task]:
        """What is assigned and can be begun now."""
        found = []
        for one in self.standings:
            due_at = one.assignment.order.due_at
            due = None if due_at is None else due_at.astimezone(self.at.tzinfo).date()
            if one.assignment.order.kind == "exam":
                if one.next is not None:
                    found.append(Task(one.assignment.id, None, due))
                continue
            open_parts = [part for part in one.parts if part.state in ("new", "again")]
            found += [Task(one.assignment.id, part.scenario, due) for part in open_parts]
        return found

    def exam(self, number: int) -> Standing | None:
        """The standing of an exam that is assigned."""
        return next((one for one in self.standings if one.assignment.id == number), None)


def learner(services: Services, me: Person, lang: Language) -> Learner:
    """Somebody's state now, in the team's own time.

    The shelf holds the scenarios in the reader's language, and whatever else was tried or assigned.
    """
    store, at = services.store, services.clock().astimezone(services.zone)
    told = tries(store, [me.id], services.zone)
    going = unfinished(store, me.id)
    given = assigned_to(store, me.id)
    listed, broken = outlines(services.folders.scenarios)
    for name in broken:
        services.logs.warning("scenario_broken", scenario=name)
    wanted = {one.tried.scenario for one in told}
    wanted |= {name for one in given for name in one.order.scenarios}
    kept = [one for one in listed if _same(one.head.lang, lang) or one.head.id in wanted]
    return Learner(
        shelf=tuple(_card(one, lang) for one in kept),
        outlines={one.head.id: one for one in kept},
        told=tuple(told),
        going=tuple(going),
        standings=tuple(standing(one, told, going, at) for one in given),
        at=at,
        today=at.date(),
    )


def criteria_of(store: Store, told: Sequence[Told], lang: Language) -> dict[str, str]:
    """The names of the criteria that these tries were scored by, as the newest rubric has them."""
    names: dict[str, str] = {}
    for version in dict.fromkeys(one.rubric for one in reversed(told)):
        for name, spec in rubric_at(store, version).criteria.items():
            names.setdefault(name, in_language(lang, spec.name.zh, spec.name.en))
    return names


def pass_mark_of(services: Services, told: Sequence[Told]) -> float:
    """The pass mark of the rubric that was used last; that of the usual one before any try."""
    if told:
        return rubric_at(services.store, told[-1].rubric).pass_mark
    return load_rubric(services.rubric, services.folders.rubrics).pass_mark


def _card(one: Outline, lang: Language) -> Card:
    head = one.head
    topic = in_language(lang, head.topic.zh, head.topic.en)
    return Card(head.id, topic, head.level, one.variants, head.minutes)


def _same(one: Language, other: Language) -> bool:
    """Whether a scenario in the one is for readers of the other; there are few in zh-Hant alone."""
    return one == other or (one == "zh" and other == "zh-Hant")
