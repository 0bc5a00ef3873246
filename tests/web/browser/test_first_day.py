"""From the first start to a team: the admin's link, language, theme, an invitation, logging out."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from playwright.sync_api import Page, expect

from tests.web.browser.conftest import PATIENCE, Site

pytestmark = pytest.mark.browser
expect.set_options(timeout=PATIENCE)
PASSWORD = "草莓烂了一半-2026"
OTHER = "樱桃一箱到底多少钱-9"


def no_sideways_scroll(page: Page) -> None:
    width: Any = page.evaluate("[document.documentElement.scrollWidth, innerWidth]")
    assert width[0] <= width[1]


def choose(page: Page, link: str, password: str) -> None:
    page.goto(link)
    page.get_by_label("密码", exact=True).fill(password)
    page.get_by_role("button", name="保存并登录").click()


@pytest.mark.parametrize("width", [1280, 390])
def test_the_first_day(site: Site, visitor: Callable[..., Page], width: int) -> None:
    boss = visitor(width)
    boss.goto(site.address)
    expect(boss.get_by_role("heading", name="登录")).to_be_visible()
    no_sideways_scroll(boss)
    choose(boss, site.address + site.link, PASSWORD)
    expect(boss.get_by_role("heading", name="admin，你好")).to_be_visible()
    no_sideways_scroll(boss)

    boss.get_by_role("button", name="English").click()
    expect(boss.get_by_role("heading", name="Hello admin")).to_be_visible()
    boss.get_by_role("button", name="繁體").click()
    expect(boss.locator("html")).to_have_attribute("lang", "zh-Hant")
    boss.get_by_role("button", name="简体").click()
    boss.get_by_role("button", name="深色").click()
    expect(boss.locator("html")).to_have_attribute("data-theme", "dark")
    expect(boss.locator("body")).to_have_css("background-color", "rgb(20, 23, 28)")

    boss.get_by_role("navigation").get_by_role("link", name="人员").locator("visible=true").click()
    no_sideways_scroll(boss)
    boss.get_by_label("登录名").fill("li")
    boss.get_by_label("显示名").fill("小李")
    boss.get_by_role("button", name="建账号和链接").click()
    link = boss.get_by_label("链接").input_value()
    assert link.startswith(f"{site.address}/link/")
    no_sideways_scroll(boss)

    li = visitor(width)
    choose(li, link, OTHER)
    expect(li.get_by_role("heading", name="小李，你好")).to_be_visible()
    expect(li.get_by_role("link", name="人员")).to_have_count(0)
    li.goto(f"{site.address}/people")
    expect(li.get_by_role("heading", name="这一页不对你开放")).to_be_visible()
    li.goto(f"{site.address}/me")
    no_sideways_scroll(li)
    li.get_by_role("button", name="退出登录").click()
    expect(li.get_by_role("heading", name="登录")).to_be_visible()
    li.get_by_label("登录名").fill("LI")
    li.get_by_label("密码").fill(OTHER)
    li.get_by_role("button", name="登录", exact=True).click()
    expect(li.get_by_role("heading", name="小李，你好")).to_be_visible()


def test_an_area_comes_in_our_frame(site: Site, visitor: Callable[..., Page]) -> None:
    page = visitor()
    choose(page, site.address + site.link, PASSWORD)
    page.get_by_role("navigation").get_by_role("link", name="练习").locator("visible=true").click()
    expect(page.locator(".gradio-container")).to_be_visible()  # it opens by itself
    expect(page.get_by_text("正在打开…")).to_have_count(0)
    expect(page).to_have_title("练习 · 客服陪练")
    page.get_by_role("button", name="English").click()
    expect(page.locator("html")).to_have_attribute("lang", "en")
    assert "/en/practice/" in page.url
    page.get_by_role("button", name="Dark").click()
    expect(page.locator("body")).to_have_class("read gradio dark")
