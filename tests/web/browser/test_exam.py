"""An exam from the first page to its result: rules, conversation, own view, progress."""

from __future__ import annotations

import time
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path

import httpx2
import pytest
from playwright.sync_api import Page, expect

from store.assignments import Order, assign
from store.links import make_link
from store.opening import open_store
from store.people import add_person
from tests.web.browser.conftest import PATIENCE, Site
from tests.web.browser.test_first_day import PASSWORD, no_sideways_scroll
from transcripts.types import Language
from web.text import t

pytestmark = pytest.mark.browser
expect.set_options(timeout=PATIENCE)
TOKEN = "an-invitation-for-li-that-nobody-guesses"


def prepare(folder: Path) -> int:
    """Somebody with an exam, put there while the server runs."""
    now = datetime.now(UTC)
    with open_store(folder) as store:
        li = add_person(store, "li", "Li", "agent", now)
        make_link(store, li.id, "invite", TOKEN, None, now)
        return assign(store, Order("exam", "期中", ("size-return",), people=(li.id,), tries=1),
                      li.id, now)  # fmt: skip


def ready(site: Site) -> None:
    """The grader is loaded and the pages are open: a busy machine takes its time for that."""
    until = time.monotonic() + 180
    while httpx2.get(f"{site.address}/readyz").status_code != 200 and time.monotonic() < until:
        time.sleep(0.1)


@pytest.mark.parametrize(("width", "lang"), [(1280, "zh"), (390, "en")])
def test_an_exam(
    site: Site, visitor: Callable[..., Page], tmp_path: Path, width: int, lang: Language
) -> None:
    exam = prepare(tmp_path / "d")
    page = visitor(width, "zh-CN" if lang == "zh" else "en-GB")
    page.goto(f"{site.address}/link/{TOKEN}")
    page.locator("input[name=password]").fill(PASSWORD)
    page.locator("main form button").click()
    expect(page.get_by_text(t(lang, "why.exam"), exact=True)).to_be_visible()
    no_sideways_scroll(page)
    page.keyboard.press("Enter")  # it presses the one button

    expect(page).to_have_url(f"{site.address}/exams/{exam}")
    expect(page.get_by_text(t(lang, "exam.rule_clock"))).to_be_visible()
    expect(page.get_by_text(t(lang, "exam.rule_tries", n=1))).to_be_visible()
    no_sideways_scroll(page)
    ready(site)
    page.get_by_role("button", name=t(lang, "exam.start", n=1)).click()

    composer = page.get_by_role("textbox", name=t(lang, "practice.placeholder"))
    expect(page.locator(".kf-customer").first).to_be_visible()
    composer.fill("您好，这就帮您看。您平时穿多大码？")
    composer.press("Enter")
    expect(page.locator(".kf-agent .kf-bubble")).to_be_visible()
    page.goto(site.address)  # away for a moment: the exam is not lost
    expect(page.get_by_text(t(lang, "home.going_exam"))).to_be_visible()
    page.keyboard.press("Enter")
    expect(page.locator(".kf-agent .kf-bubble")).to_be_visible()
    page.get_by_role("button", name=t(lang, "practice.leave"), exact=True).click()
    page.get_by_role("button", name=t(lang, "practice.stop_yes")).click()
    expect(page.get_by_role("link", name=t(lang, "practice.to_card"))).to_be_visible()

    page.goto(f"{site.address}/exams/{exam}")
    expect(page.get_by_role("heading", name=t(lang, "exam.veiled"))).to_be_visible()
    page.get_by_role("link", name=t(lang, "exam.to_view")).click()
    expect(page.get_by_role("heading", name=t(lang, "card.first_you"))).to_be_visible()
    for group in page.locator(".kf-taps").all():
        group.get_by_role("button").first.click()
    page.get_by_role("button", name=t(lang, "card.see"), exact=True).click()
    expect(page.locator(".kf-overall")).to_be_visible()
    page.get_by_role("link", name=t(lang, "card.to_exam")).click()
    expect(page.get_by_role("heading", name=t(lang, "exam.failed"))).to_be_visible()

    page.goto(f"{site.address}/progress")
    row = page.get_by_role("listitem").filter(has=page.get_by_role("link", name="期中"))
    expect(row).to_contain_text(t(lang, "exam_state.failed"))
    no_sideways_scroll(page)
    row.get_by_role("link").click()
    expect(page.get_by_role("button", name=t(lang, "exam.start", n=1))).to_have_count(0)
    no_sideways_scroll(page)
