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
BAD = "亲，在的"
GOOD = (
    "实在对不起，遇到这种事换谁都着急，您先别急，这事我负责到底。"
    "我这就去核对您的订单，三分钟内把结果告诉您。",
    "真是抱歉，让您白跑一趟还生一肚子气，放谁身上都不好受。您的情况我记下了，现在就去问，五分钟回您。",
    "对不住您，好好的心情被我们弄没了。我陪您把这件事办完，先看一眼记录，两分钟给您答复。",
)
"""Each for any customer who is upset; the first fits nearly always."""


def test_a_reply_is_written_again_until_it_is_good(
    site: Site, visitor: Callable[..., Page]
) -> None:
    page = visitor(390)
    choose(page, site.address + site.link, PASSWORD)
    expect(page.get_by_role("heading", name="admin，你好")).to_be_visible()
    page.goto(f"{site.address}/zh/practice/moments")
    page.get_by_role("button", name=t("zh", "moments.start"), exact=True).click()
    expect(page.get_by_text(t("zh", "moments.nth", n=1))).to_be_visible()
    box = page.locator(".kf-answer textarea")
    verdict = page.locator(".kf-try strong")
    for text in GOOD:
        expect(box).to_have_value("")
        box.fill(BAD)
        box.press("Enter")
        expect(verdict).to_have_text(t("zh", "moments.not_yet"))
        no_sideways_scroll(page)
        page.reload()
        expect(box).to_have_value(BAD)
        box.fill(text)
        box.press("Enter")
        expect(page.locator(".kf-earlier")).to_be_visible()
        if verdict.inner_text() == t("zh", "moments.good"):
            break
        page.get_by_role("button", name=t("zh", "moments.skip")).click()
    expect(verdict).to_have_text(t("zh", "moments.good"))
    page.get_by_role("button", name=t("zh", "moments.next")).click()
    expect(box).to_have_value("")
    page.get_by_role("button", name=t("zh", "moments.enough")).click()
    expect(page.get_by_role("heading", name=t("zh", "moments.result"))).to_be_visible()
    expect(page.locator(".kf-table .kf-good")).to_have_count(1)
    no_sideways_scroll(page)
