"""Every page as axe sees it: WCAG 2.2 AA, light and dark, wide and narrow, in every language.

Which pages there are is read from the routes and the areas, so that a new one cannot be forgotten.
"""

from __future__ import annotations

import time
from collections.abc import Iterable
from dataclasses import dataclass
from importlib.resources import files
from pathlib import Path
from typing import Any, Final

import httpx2
import pytest
from playwright.sync_api import BrowserContext, ViewportSize, expect

from store.people import ROLES, Role
from tests.web.browser.conftest import PATIENCE, Site, Watched
from tests.web.browser.furnished import Furnished, furnish
from tests.web.browser.test_first_day import no_sideways_scroll
from tests.web.served import Server
from tests.web.test_roles import app_of, routes
from transcripts.types import LANGUAGES, Language
from web.areas import AREAS
from web.cookies import LANG, THEME
from web.sessions import LOGIN

pytestmark = pytest.mark.browser
expect.set_options(timeout=PATIENCE)
AXE: Final = files("axe_playwright_python").joinpath("axe.min.js").read_text(encoding="utf-8")
RULES: Final = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"]
NARROWER: Final = ["color-contrast", "target-size", "scrollable-region-focusable"]
"""What can be otherwise in a narrow window."""
LOOK: Final = """async (runOnly) => {
    const told = await axe.run(document, {
        runOnly, resultTypes: ["violations", "incomplete"], iframes: false, preload: false,
    });
    const grave = told.violations.filter((one) => ["serious", "critical"].includes(one.impact));
    const unseen = told.incomplete.filter((one) => one.id === "color-contrast").map((one) => ({
        ...one, nodes: one.nodes.filter((node) =>
            node.any.some((check) => check.data?.messageKey === "equalRatio")),
    }));
    return [...grave, ...unseen].flatMap((one) => one.nodes.map((node) =>
        `${one.id} ${node.target.join(" ")}: ${node.failureSummary}`));
}"""
"""What is serious; and text of the very colour that it stands on, of which axe is not sure."""
NOT_PAGES: Final = {
    "/healthz", "/readyz", "/metrics", "/favicon.ico", "/robots.txt", "/static/{name}",
    "/static/kefu.css", "/assets/{name}", "/pictures/{name}.svg", "/quality/export.{kind}",
    "/quality/rejects.csv",
}  # fmt: skip
"""What is fetched and not looked at."""


@dataclass(frozen=True, slots=True)
class Visit:
    """An address of a route or a page (`shown`), for whom, and what is there once it has opened."""

    page: str
    role: Role | None
    shown: str
    there: str = "main h1"
    press: str = ""


VISITS: Final = (
    Visit("/login", None, "/login"),
    Visit("/link/{token}", None, "/link/{token}"),
    Visit("/link/{token}", None, "/link/gone"),
    *(Visit("/", role, "/") for role in ROLES),
    Visit("/me", "agent", "/me"),
    Visit("/me", "agent", "/people"),
    Visit("/progress", "agent", "/progress"),
    Visit("/exams/{number}", "agent", "/exams/{exam}"),
    Visit("/team", "team_leader", "/team"),
    Visit("/people", "admin", "/people"),
    Visit("/audit", "admin", "/audit"),
    Visit("/api/v1/{name}", "agent", "/api/v1/"),
    Visit("/teach", "trainer", "/teach"),
    Visit("/teach", "trainer", "/teach?kind=rubric"),
    Visit("/teach/versions", "trainer", "/teach/versions?kind=scenario&name=storm-notice&a=1&b=2"),
    Visit("/teach/health", "trainer", "/teach/health?name=rotten-fruit"),
    Visit("/teach/assign", "trainer", "/teach/assign"),
    Visit("/teach/board", "trainer", "/teach/board"),
    Visit("/teach/person", "trainer", "/teach/person?id={person}"),
    Visit("/teach/talk", "trainer", "/teach/talk?id={card}"),
    Visit("/teach/talk", "team_leader", "/teach/talk?id={sat}"),
    Visit("/teach/exams", "trainer", "/teach/exams"),
    Visit("/teach/exams", "team_leader", "/teach/exams"),
    Visit("/teach/questions", "trainer", "/teach/questions"),
    Visit("practice/shelf", "agent", "shelf", ".kf-card"),
    Visit("practice/lesson", "agent", "lesson?scenario=rotten-fruit&way=watch", ".kf-customer"),
    Visit("practice/lesson", "agent", "lesson?scenario=rotten-fruit&way=find", ".kf-faults"),
    Visit("practice/play", "agent", "play?id={play}", ".kf-customer"),
    Visit("practice/card", "agent", "card?id={card}", ".kf-overall"),
    Visit("practice/card", "agent", "card?id={fresh}", ".kf-taps"),
    Visit("practice/shift", "trainer", "shift", "[data-before] button"),
    Visit("practice/shift", "agent", "shift?id={shift}", ".kf-seat:not([hidden]) .kf-customer"),
    Visit("practice/moments", "trainer", "moments", ".kf-moments button"),
    Visit("practice/moments", "agent", "moments?id={round}", ".kf-answer textarea"),
    Visit("quality/quality", "lead", "desk", ".kq-overall, .kf-overall", ".kq-row"),
    Visit("quality/quality", "lead", "desk", ".kq-job", "[data-to-imports]"),
    Visit("studio/scenario", "trainer", "scenario?name=storm-notice", "[data-below] *"),
    Visit("studio/scenario", "trainer", "scenario?name=late-cake", "[data-below] *"),
    Visit("studio/rubric", "trainer", "rubric?name=general", "[data-below] *"),
)
WIDE: Final[ViewportSize] = {"width": 1280, "height": 720}
NARROW: Final[ViewportSize] = {"width": 390, "height": 844}
TAIWAN: Final = ("/", "/progress", "shelf", "play?id={play}", "desk")
"""Looked at in Traditional Chinese too: a page of each kind."""


def test_no_page_is_forgotten(server: Server) -> None:
    plain = {path for method, path in routes(app_of(server)) if method == "GET"} - NOT_PAGES
    pages = {f"{area.key}/{page.key}" for area in AREAS for page in area.pages}
    assert {one.page for one in VISITS} == plain | pages


@dataclass
class Reader:
    """Opens pages as somebody, and notes what axe and the browser say of them."""

    site: Site
    house: Furnished
    chromium: Any
    watched: Watched
    found: list[str]

    def look(
        self, lang: Language, theme: str, visits: Iterable[Visit], *, narrow: bool = False
    ) -> None:
        """See pages in an appearance, at 1280 pixels and, where wanted, at 390."""
        context: BrowserContext = self.chromium.new_context(
            viewport=WIDE, reduced_motion="reduce", locale="zh-CN"
        )
        context.set_default_timeout(PATIENCE)
        context.add_init_script(AXE)
        for visit in visits:
            kept = {LANG: lang, THEME: theme}
            if visit.role is not None:
                kept[LOGIN] = self.house.tokens[visit.role]
            at = self.site.address
            context.clear_cookies()
            context.add_cookies([{"name": name, "value": kept[name], "url": at} for name in kept])
            told = self.open(context, visit, lang, (WIDE, NARROW) if narrow else (WIDE,))
            where = f"{lang} {theme} {visit.role or 'nobody'} {visit.page} {visit.shown}"
            self.found += [f"{where}: {one}" for one in dict.fromkeys(told)]
        context.close()

    def open(
        self, context: BrowserContext, visit: Visit, lang: Language, sizes: Iterable[ViewportSize]
    ) -> list[str]:
        """What is wrong with one page."""
        page, told = context.new_page(), list[str]()
        page.on("pageerror", lambda error: told.append(f"script: {error}"))
        page.on("console", lambda one: told.append(one.text) if one.type == "error" else None)
        page.on("request", lambda one: self._outside(one.url))
        shown, area = visit.shown.format(**self.house.numbers), visit.page.split("/")[0]
        page.goto(self.site.address + (f"/{lang}/{area}/{shown}" if area else shown))
        if visit.press:
            page.locator(visit.press).first.click()
        expect(page.locator(visit.there).first).to_be_visible()
        for size in sizes:
            page.set_viewport_size(size)
            told += page.evaluate(LOOK, RULES if size == WIDE else NARROWER)
            no_sideways_scroll(page)
        page.close()
        return [one for one in told if not as_it_should(one, visit)]

    def _outside(self, url: str) -> None:
        if not url.startswith((self.site.address, "data:", "blob:")):
            self.watched.outside.append(url)


def as_it_should(told: str, visit: Visit) -> bool:
    """Whether the browser only says that a page was refused."""
    return visit.shown in {"/people", "/link/gone"} and "Failed to load resource" in told


def ready(site: Site, house: Furnished) -> None:
    """The grader is loaded and the last page is open: a busy machine takes its time for that."""
    last = f"{site.address}/{LANGUAGES[-1]}/{AREAS[-1].key}/config"
    until = time.monotonic() + 180
    while time.monotonic() < until:
        answers = (
            httpx2.get(f"{site.address}/readyz"),
            httpx2.get(last, cookies={LOGIN: house.tokens["admin"]}),
        )
        if all(one.status_code == 200 for one in answers):
            return
        time.sleep(0.1)
    pytest.fail("the pages did not open")


def test_nothing_serious_on_any_page(
    site: Site, chromium: Any, watched: Watched, tmp_path: Path
) -> None:
    house = furnish(tmp_path / "d")
    reader = Reader(site, house, chromium, watched, [])
    ready(site, house)
    reader.look("zh", "light", VISITS)
    reader.look("en", "dark", VISITS, narrow=True)
    reader.look("zh-Hant", "light", [one for one in VISITS if one.shown in TAIWAN])
    assert not reader.found, "\n".join(reader.found)
