"""Five minutes of hard messages on a phone: a poor reply, a second one, the next, the sum."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from tests.web.browser.conftest import PATIENCE, Site
from tests.web.browser.test_first_day import PASSWORD, choose, no_sideways_scroll
from web.text import t

pytestmark = pytest.mark.browser
expect.set_options(timeout=PATIENCE)
POOR, BETTER = "不知道", "真对不起，让您着急了，我这就帮您查，三分钟内回您。"


def test_a_reply_is_written_again(site: Site, visitor: Callable[..., Page]) -> None:
    page = visitor(390)
    choose(page, site.address + site.link, PASSWORD)
    expect(page.get_by_role("heading", name="admin，你好")).to_be_visible()
    page.goto(f"{site.address}/zh/practice/moments")
    page.get_by_role("button", name=t("zh", "moments.start"), exact=True).click()
    expect(page.get_by_text(t("zh", "moments.nth", n=1))).to_be_visible()
    composer = page.locator(".kf-answer textarea")
    composer.fill(POOR)
    composer.press("Enter")
    expect(page.locator(".kf-try")).to_contain_text(t("zh", "moments.not_yet"))
    no_sideways_scroll(page)

    expect(composer).to_have_value(POOR)
    composer.fill(BETTER)
    page.reload()
    expect(composer).to_have_value(BETTER)
    composer.press("Enter")
    expect(page.get_by_text(t("zh", "moments.earlier", n=1))).to_be_visible()

    page.locator(".kf-answer .kf-actions button").last.click()
    expect(page.get_by_text(t("zh", "moments.nth", n=2))).to_be_visible()
    page.get_by_role("button", name=t("zh", "moments.enough"), exact=True).click()
    expect(page.get_by_role("heading", name=t("zh", "moments.result"))).to_be_visible()
    expect(page.locator(".kf-table li")).to_have_count(1)
    no_sideways_scroll(page)
