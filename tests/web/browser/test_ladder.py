"""Up the ladder: a good path watched, a poor one corrected, half of one finished with hints, and
the scorecard; then help that fades to hints on request."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from tests.web.browser.conftest import PATIENCE, Site
from tests.web.browser.test_first_day import PASSWORD, choose, no_sideways_scroll
from transcripts.types import Language
from web.text import t

pytestmark = pytest.mark.browser
expect.set_options(timeout=PATIENCE)
STORIES = {
    "zh": ("草莓刚打开", "照片看到了，真对不起。按坏果包赔给您退 30 元，您看可以吗？"),
    "en": ("covered in mould", "I can see the photos and I'm so sorry. I'm refunding you now."),
}


def watch(page: Page, lang: Language) -> None:
    replies = page.locator(".kf-agent")
    expect(page.locator(".kf-customer").first).to_be_visible()
    expect(replies).to_have_count(0)
    page.keyboard.press("ArrowRight")
    expect(replies).to_have_count(1)
    expect(page.locator(".kf-why")).to_be_visible()
    no_sideways_scroll(page)
    page.get_by_role("button", name=t(lang, "lesson.all")).click()
    expect(page.locator(".kf-why")).to_have_count(replies.count())
    page.get_by_role("link", name=t(lang, "lesson.to_find")).click()


def find(page: Page, lang: Language) -> None:
    faults = page.locator(".kf-faults")
    faults.first.get_by_role("button").first.click()
    expect(faults.first.get_by_role("button").first).to_have_attribute("aria-pressed", "true")
    page.reload()
    expect(faults.first.get_by_role("button").first).to_have_attribute("aria-pressed", "true")
    expect(page.locator(".kf-beside")).to_have_count(0)
    page.get_by_role("button", name=t(lang, "lesson.check")).click()
    expect(page.locator(".kf-count-told")).to_be_visible()
    expect(page.locator(".kf-miss").first).to_be_visible()
    no_sideways_scroll(page)
    page.get_by_role("button", name=t(lang, "lesson.to_finish")).click()


def finish(page: Page, lang: Language, reply: str) -> None:
    expect(page.locator(".kf-agent").first).to_contain_text(t(lang, "practice.colleague"))
    page.get_by_role("button", name=t(lang, "practice.hint"), exact=True).click()
    expect(page.locator("[data-clock]")).to_have_text(t(lang, "practice.reading"))
    more = page.get_by_role("button", name=t(lang, "help.more_act"))
    more.click()
    expect(more).to_have_count(0)
    expect(page.locator(".kf-hint")).to_be_visible()
    page.keyboard.press("Escape")
    expect(page.locator("[data-clock]")).not_to_have_text(t(lang, "practice.reading"))
    composer = page.get_by_role("textbox", name=t(lang, "practice.placeholder"))
    composer.fill(reply)
    composer.press("Enter")
    expect(page.locator(".kf-taken")).to_be_visible()
    no_sideways_scroll(page)


def own_phrase(page: Page, lang: Language) -> None:
    composer = page.get_by_role("textbox", name=t(lang, "practice.placeholder"))
    page.get_by_role("button", name=t(lang, "practice.phrases")).click()
    page.get_by_role("option", name=t(lang, "phrases.manage")).click()
    new = page.get_by_role("textbox", name=t(lang, "phrases.new"))
    new.fill("Wort 7")
    new.press("Enter")
    expect(page.get_by_role("textbox", name=t(lang, "phrases.one"), exact=True)).to_have_value(
        "Wort 7"
    )
    page.keyboard.press("Escape")
    composer.fill("/wort")
    composer.press("Enter")
    expect(composer).to_have_value("Wort 7")


def card(page: Page, lang: Language, width: int) -> None:
    page.get_by_role("button", name=t(lang, "practice.leave"), exact=True).click()
    page.get_by_role("button", name=t(lang, "practice.stop_yes")).click()
    page.get_by_role("link", name=t(lang, "practice.to_card")).click()
    page.get_by_role("button", name=t(lang, "card.skip")).click()
    expect(page.locator(".kf-overall")).to_be_visible()
    expect(page.get_by_text(t(lang, "card.finish_counts_not"))).to_be_visible()
    if width < 640:
        expect(page.locator(".kf-strip")).to_be_visible()
        expect(page.locator(".kf-mark").first).to_be_hidden()
        page.get_by_role("tab", name=t(lang, "card.conversation")).click()
    page.keyboard.press("j")
    expect(page.locator(".kf-reasons")).to_be_visible()
    no_sideways_scroll(page)


@pytest.mark.parametrize(("width", "lang"), [(1280, "zh"), (390, "en")])
def test_up_the_ladder(
    site: Site, visitor: Callable[..., Page], width: int, lang: Language
) -> None:
    words, reply = STORIES[lang]
    page = visitor(width)
    choose(page, site.address + site.link, PASSWORD)
    expect(page.get_by_role("heading", name="admin，你好")).to_be_visible()
    if lang == "en":
        page.get_by_role("button", name="English").click()
        expect(page.get_by_role("heading", name="Hello admin")).to_be_visible()
    page.goto(f"{site.address}/{lang}/practice/shelf")
    page.get_by_role("searchbox").fill(words)
    offered = page.locator(".kf-card .kf-main")
    expect(offered).to_have_text(t(lang, "shelf.watch"))
    offered.click()
    watch(page, lang)
    find(page, lang)
    finish(page, lang, reply)
    own_phrase(page, lang)
    card(page, lang, width)
