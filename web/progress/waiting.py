"""What waits for those who look after others: trainers, QA leads, team leaders, admins."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path
from typing import Final

from scenarios.load import load_scenario
from store.database import Store
from store.feedback import questions
from store.imports import imports
from store.people import Person, people
from store.quality import Filter, count
from store.times import text_of
from store.tries import to_review
from transcripts.errors import KefuError
from transcripts.types import Language
from web.house import House
from web.progress.team import team_exams
from web.services import Services

LATELY: Final = timedelta(days=30)
"""Flags that are older are not shown again on the first page."""
RECENT: Final = timedelta(days=7)
"""How long an import stays news."""


@dataclass(frozen=True, slots=True)
class Waits:
    """One thing that waits: the key of its words, how many, and where it is dealt with ("" where
    there is no such page yet).
    """

    key: str
    n: int
    href: str


def waiting(house: House, me: Person, lang: Language) -> list[Waits]:
    """What waits for somebody in their role, the most pressing first; nothing that is zero."""
    rows = {
        "trainer": _trainer, "lead": _lead, "team_leader": _team, "admin": _admin,
    }.get(me.role)  # fmt: skip
    found = [] if rows is None else rows(house, me, lang)
    return [one for one in found if one.n]


def place(house: House, me: Person, lang: Language, path: str, area: str = "studio") -> str:
    """A plain page; where there is none the first page of an area that this person may see; ""."""
    if path.partition("?")[0] in house.paths:
        return path
    found = house.area(area)
    return f"/{lang}/{area}/" if found is not None and me.role in found.roles else ""


def _trainer(house: House, me: Person, lang: Language) -> list[Waits]:
    services = house.services
    store = services.store
    everybody = [one.id for one in people(store)]
    return [
        Waits(key, n, place(house, me, lang, path))
        for key, n, path in (
            ("questions", len(questions(store, waiting=True)), "/teach/questions"),
            ("review", len(to_review(store, everybody, services.zone)), "/teach/exams?only=review"),
            ("broken", _broken(services), "/teach"),
            ("flags", _flags(store, services.clock()), "/teach"),
        )
    ]


def _lead(house: House, me: Person, lang: Language) -> list[Waits]:
    store, at = house.services.store, house.services.clock()
    quality = place(house, me, lang, "", "quality")
    own = imports(store, most=20)
    recent = [one for one in own if one.ended_at is not None and at - one.ended_at < RECENT]
    unsure = Filter(source="import", review=True, by_hand=False)
    return [
        Waits("imports_ready", sum(one.state == "done" for one in recent), quality),
        Waits("imports_going", sum(one.state in ("reading", "grading") for one in own), quality),
        Waits("unsure", count(store, unsure), quality),
    ]


def _team(house: House, me: Person, lang: Language) -> list[Waits]:
    states = Counter(stands.state for _, stands in team_exams(house, me))
    return [
        Waits("team_todo", states["todo"], "/team"),
        Waits("team_review", states["review"], "/team"),
        Waits("team_missed", states["missed"], "/team"),
    ]


def _admin(house: House, me: Person, lang: Language) -> list[Waits]:
    everybody = people(house.services.store)
    invited = sum(one.active and not one.ready for one in everybody)
    return [Waits("invited", invited, "/people")]


def _broken(services: Services) -> int:
    """Own scenarios that cannot be played."""
    paths = [path for folder in services.folders.scenarios for path in folder.glob("*.yaml")]
    return sum(not _sound(path) for path in paths)


def _sound(path: Path) -> bool:
    try:
        load_scenario(path)
    except KefuError:
        return False
    return True


def _flags(store: Store, at: datetime) -> int:
    """Lines of customers that trainees called no answer, of late."""
    sql = "SELECT count(*) FROM flags WHERE at >= ?"
    return int(store.value(sql, (text_of(at - LATELY),)))
