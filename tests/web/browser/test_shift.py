"""Three customers at once, with a restart in the middle; then hard messages, one reply each."""

from __future__ import annotations

import os
import re
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from scenarios.load import PERSONAS
from tests.web.browser.conftest import PATIENCE, ROOT, Site
from tests.web.browser.test_first_day import PASSWORD, choose, no_sideways_scroll
from transcripts.types import Language
from web.text import t

pytestmark = pytest.mark.browser
expect.set_options(timeout=PATIENCE)
HURRIED = "waits: {nudge: 40, again: 40, goodbye: 40}"
"""What everybody bears in these tests, so that nobody has to wait for minutes."""
WORDS = {
    "zh": "实在对不起，给您添麻烦了，我这就查一下订单，三分钟内回您。",
    "en": "I'm so sorry about this. I'm looking at your order now and will be back in 3 minutes.",
}


@pytest.fixture(autouse=True)
def hurried(site: Site, tmp_path: Path) -> None:
    """Everybody goes after so many seconds without an answer."""
    folder = tmp_path / "d" / "personas"
    folder.mkdir(exist_ok=True)
    for path in PERSONAS.glob("*.yaml"):
        lines = path.read_text(encoding="utf-8").splitlines()
        kept = [one for one in lines if not re.match("waits:|patience:", one)]
        (folder / path.name).write_text("\n".join([*kept, HURRIED, "patience: 2", ""]), "utf-8")


@contextmanager
def started_anew(site: Site, folder: Path) -> Iterator[None]:
    """The server ends and another one takes its place, at the same address."""
    site.process.send_signal(signal.SIGTERM)
    assert site.process.wait(30) == 0
    port = site.address.rpartition(":")[2]
    command = [sys.executable, "-m", "kefu", "serve", "--port", port, "--data", str(folder)]
    surroundings = {**os.environ, "PYTHONPATH": str(ROOT), "PYTHONUNBUFFERED": "1"}
    with subprocess.Popen(
        command, stdout=subprocess.PIPE, text=True, env=surroundings, cwd=folder.parent
    ) as process:
        assert process.stdout is not None
        assert process.stdout.readline()
        try:
            yield
        finally:
            process.send_signal(signal.SIGTERM)
            until = time.monotonic() + 30
            while process.poll() is None and time.monotonic() < until:
                time.sleep(0.05)
        assert process.poll() == 0


def enter(page: Page, site: Site, lang: Language) -> None:
    choose(page, site.address + site.link, PASSWORD)
    expect(page.get_by_role("heading", name="admin，你好")).to_be_visible()
    if lang == "en":
        page.get_by_role("button", name="English").click()
        expect(page.get_by_role("heading", name="Hello admin")).to_be_visible()


def begin(page: Page, site: Site, lang: Language) -> None:
    """A rush of three, until the first one is there."""
    page.goto(f"{site.address}/{lang}/practice/shelf")
    page.get_by_role("link", name=t(lang, "shelf.to_shift")).click()
    page.get_by_role("button", name=t(lang, "shift.rush_about")).click()
    no_sideways_scroll(page)
    page.get_by_role("button", name=t(lang, "shift.start"), exact=True).click()
    expect(page.locator(".kf-seat:not([hidden]) .kf-customer").first).to_be_visible()


def reply(page: Page, text: str) -> None:
    composer = page.locator(".kf-seat:not([hidden]) textarea")
    composer.fill(text)
    composer.press("Enter")
    expect(page.locator(".kf-seat:not([hidden]) .kf-agent .kf-bubble").last).to_have_text(text)


def test_one_is_served_and_one_goes(
    site: Site, visitor: Callable[..., Page], tmp_path: Path
) -> None:
    page = visitor(1280)
    enter(page, site, "zh")
    begin(page, site, "zh")
    reply(page, WORDS["zh"])
    here = page.locator(".kf-rail [aria-current='true']")
    rail = page.locator(".kf-rail li button")
    expect(rail.nth(1).locator(".kf-new")).to_be_visible()
    left = rail.nth(1).locator(".kf-name").inner_text()
    expect(page.locator("[data-says]")).to_contain_text(left)

    page.keyboard.press("Alt+Digit2")
    expect(here.locator(".kf-name")).to_have_text(left)
    expect(page.locator(".kf-seat:not([hidden]) [data-to]")).to_contain_text(left)
    page.locator(".kf-seat:not([hidden]) textarea").fill("写到一半")
    page.keyboard.press("Alt+Digit1")
    expect(page.locator(".kf-seat:not([hidden]) textarea")).to_have_value("")
    expect(rail.nth(1).locator(".kf-draft")).to_be_visible()
    page.wait_for_timeout(1000)
    page.get_by_role("button", name=t("zh", "shift.pause"), exact=True).click()
    expect(page.get_by_role("dialog", name=t("zh", "shift.paused"))).to_be_visible()
    stands = rail.nth(1).locator(".kf-wait").inner_text()
    page.wait_for_timeout(1500)
    expect(rail.nth(1).locator(".kf-wait")).to_have_text(stands)
    page.get_by_role("button", name=t("zh", "shift.go_on"), exact=True).click()

    with started_anew(site, tmp_path / "d"):
        page.reload()
        expect(rail.nth(1).locator(".kf-draft")).to_be_visible()
        expect(page.locator(".kf-agent .kf-bubble").first).to_have_text(WORDS["zh"])
        expect(rail).to_have_count(3)
        rail.nth(2).click()
        reply(page, WORDS["zh"])
        expect(rail.nth(1)).to_contain_text(t("zh", "shift.gone"))
        page.get_by_role("button", name=t("zh", "shift.close"), exact=True).click()
        page.get_by_role("button", name=t("zh", "shift.close_yes")).click()
        expect(page.locator(".kf-score")).to_be_visible()
        expect(page.get_by_text(t("zh", "shift.line_first_never", name=left))).to_be_visible()
        page.get_by_role("link", name=left).click()
        expect(page.get_by_role("heading", name=t("zh", "card.first_you"))).to_be_visible()
        page.close()


def test_on_a_phone(site: Site, visitor: Callable[..., Page]) -> None:
    page = visitor(390)
    enter(page, site, "en")
    begin(page, site, "en")
    rail = page.locator(".kf-rail li button")
    rail.nth(1).click()
    reply(page, WORDS["en"])
    anew = "|".join((t("en", "shift.their_turn"), t("en", "shift.waits", time=r"0:0\d")))
    expect(rail.nth(1).locator(".kf-wait")).to_have_text(re.compile(anew))
    expect(page.locator(".kf-seat:not([hidden]) textarea")).to_be_in_viewport()
    no_sideways_scroll(page)
    page.get_by_role("button", name=t("en", "shift.close"), exact=True).click()
    page.get_by_role("button", name=t("en", "shift.close_yes")).click()
    expect(page.locator(".kf-score")).to_be_visible()
    no_sideways_scroll(page)
