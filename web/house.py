"""The running server: its services, its areas, and which of them are open."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Final

from store.people import Person, Role
from transcripts.types import Language
from web.metrics import Metrics
from web.pages import Area, Page, url
from web.services import Services
from web.text import t


@dataclass(frozen=True, slots=True)
class Link:
    """A link of the header: its name, address, icon, and whether one is there."""

    name: str
    href: str
    icon: str
    here: bool


@dataclass
class House:
    """`open` holds the areas that are mounted, by language; `fault` why one cannot be; `paths` the
    addresses of the plain pages.
    """

    services: Services
    areas: tuple[Area, ...]
    metrics: Metrics = field(default_factory=Metrics)
    open: set[tuple[Language, str]] = field(default_factory=set)
    fault: str | None = None
    paths: set[str] = field(default_factory=set)

    def area(self, key: str) -> Area | None:
        """The area of a key."""
        return next((area for area in self.areas if area.key == key), None)

    def place(self, path: str) -> tuple[Language, Area, str] | None:
        """The language, the area and the rest of a path; None outside the areas."""
        parts = path.removeprefix("/").split("/", 2)
        area = self.area(parts[1]) if len(parts) > 1 else None
        if area is None or parts[0] not in LANGS:
            return None
        return LANGS[parts[0]], area, parts[2] if len(parts) > 2 else ""

    def links(self, person: Person, lang: Language, path: str) -> list[Link]:
        """What this person finds in the header."""
        first = Link(t(lang, "page.home"), "/", "home", path == "/")
        pages = []
        for area in self.areas:
            for page in area.pages:
                if page.menu and person.role in page.roles:
                    href = url(lang, area.key, page.path)
                    pages.append(Link(name_of(page, lang), href, page.icon, path == href))
        plain = [
            Link(t(lang, f"page.{key}"), f"/{key}", icon, path.startswith(_below(key, lang)))
            for key, icon, roles in PLAIN
            if roles is None or person.role in roles
        ]
        # The bar of a phone shows the first three: what one does, then how one comes along.
        return [first, *pages[:1], *plain, *pages[1:]]

    def states(self) -> Mapping[str, bool]:
        """What must be there before the server is of use."""
        first = next(iter(LANGS.values()))
        return {
            "model": self.services.model.ready,
            "pages": all((first, area.key) in self.open for area in self.areas),
        }


PLAIN: Final[tuple[tuple[str, str, tuple[Role, ...] | None], ...]] = (
    ("people", "people", ("admin",)),
    ("teach", "studio", ("trainer", "admin")),
    ("audit", "page", ("admin",)),
    ("team", "people", ("team_leader",)),
    ("progress", "progress", None),
)
"""Pages outside the areas that are in the header: key and path, icon, for whom (None: for all)."""
LANGS: Mapping[str, Language] = {"zh": "zh", "zh-Hant": "zh-Hant", "en": "en"}


def _below(key: str, lang: Language) -> tuple[str, ...]:
    """What belongs to a plain page: the studio is entered from the trainer's library."""
    return (f"/{key}", f"/{lang}/studio") if key == "teach" else (f"/{key}",)


def name_of(page: Page, lang: Language) -> str:
    """The name of a page in the header and in the window's title."""
    return t(lang, f"page.{page.key}")
