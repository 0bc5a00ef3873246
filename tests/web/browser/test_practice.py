"""A practice from the shelf to the score and once more from a reply, with a reload in between."""

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
REPLY = "实在对不起，让您收到这样的水果，换作是我也着急。坏了几颗？方便拍一下坏果和快递面单吗？"


@pytest.mark.parametrize(("width", "lang"), [(1280, "zh"), (390, "en")])
def test_a_whole_practice(
    site: Site, visitor: Callable[..., Page], width: int, lang: Language
) -> None:
    page = visitor(width)
    choose(page, site.address + site.link, PASSWORD)
    expect(page.get_by_role("heading", name="admin，你好")).to_be_visible()
    if lang == "en":
        page.get_by_role("button", name="English").click()
        expect(page.get_by_role("heading", name="Hello admin")).to_be_visible()
    page.goto(f"{site.address}/{lang}/practice/shelf")
    page.get_by_role("searchbox").fill("草莓刚打开")
    card = page.locator(".kf-card")
    expect(card).to_have_count(1)
    no_sideways_scroll(page)
    card.get_by_role("button", name=f"{t(lang, 'shelf.play')}:").click()

    composer = page.get_by_role("textbox", name=t(lang, "practice.placeholder"))
    expect(page.locator(".kf-customer").first).to_be_visible()
    no_sideways_scroll(page)
    composer.fill("写到一半")
    page.wait_for_timeout(1200)
    page.reload()
    expect(composer).to_have_value("写到一半")

    composer.fill(REPLY)
    composer.press("Enter")
    mine = page.locator(".kf-agent .kf-bubble")
    expect(mine).to_have_text(REPLY)
    expect(composer).to_have_value("")
    expect(page.locator(".kf-agent + .kf-customer")).to_be_visible()
    page.reload()
    expect(mine).to_have_text(REPLY)

    page.get_by_role("button", name=t(lang, "practice.leave"), exact=True).click()
    page.get_by_role("button", name=t(lang, "practice.stop_yes")).click()
    page.get_by_role("link", name=t(lang, "practice.to_card")).click()
    expect(page.get_by_role("heading", name=t(lang, "card.first_you"))).to_be_visible()
    expect(page.locator(".kf-overall")).to_have_count(0)
    for group in page.locator(".kf-taps").all():
        group.get_by_role("button").first.click()
    page.get_by_role("button", name=t(lang, "card.see"), exact=True).click()
    expect(page.locator(".kf-overall")).to_be_visible()
    no_sideways_scroll(page)

    page.get_by_role("button", name=t(lang, "card.retry_here")).first.click()
    expect(page.locator(".kf-customer").first).to_be_visible()
    expect(mine).to_have_count(0)


def test_enter_that_ends_a_pinyin_word_does_not_send(
    site: Site, visitor: Callable[..., Page]
) -> None:
    page = visitor(1280)
    choose(page, site.address + site.link, PASSWORD)
    expect(page.get_by_role("heading", name="admin，你好")).to_be_visible()
    page.goto(f"{site.address}/zh/practice/shelf")
    page.locator(".kf-card").get_by_role("button", name=f"{t('zh', 'shelf.play')}:").first.click()
    composer = page.get_by_role("textbox", name=t("zh", "practice.placeholder"))
    expect(page.locator(".kf-customer").first).to_be_visible()
    composer.focus()
    keyboard = page.context.new_cdp_session(page)
    keyboard.send(
        "Input.imeSetComposition", {"text": "duibuqi", "selectionStart": 7, "selectionEnd": 7}
    )
    composer.dispatch_event("keydown", {"key": "Enter", "keyCode": 229, "isComposing": True})
    keyboard.send("Input.insertText", {"text": "对不起"})
    expect(composer).to_have_value("对不起")
    expect(page.locator(".kf-agent")).to_have_count(0)
    composer.press("Enter")
    expect(page.locator(".kf-agent .kf-bubble")).to_have_text("对不起")
