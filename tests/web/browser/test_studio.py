"""A trainer writes a scenario, mends its faults, publishes it, and a trainee finds it."""

from __future__ import annotations

import re
from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from tests.web.browser.conftest import PATIENCE, Site
from tests.web.browser.test_first_day import OTHER, PASSWORD, choose, no_sideways_scroll
from transcripts.types import Language
from web.text import t

pytestmark = pytest.mark.browser
expect.set_options(timeout=PATIENCE)
PROOF = 400_000
"""Milliseconds for playing every path of a scenario beside everything else."""


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_author_check_publish(
    site: Site, visitor: Callable[..., Page], lang: Language
) -> None:  # fmt: skip
    page = visitor(1280)
    choose(page, site.address + site.link, PASSWORD)
    expect(page.get_by_role("heading", name="admin，你好")).to_be_visible()
    if lang == "en":
        page.get_by_role("button", name="English").click()
        expect(page.get_by_role("heading", name="Hello admin")).to_be_visible()
    link = invite(page, site, lang)

    page.goto(f"{site.address}/teach?q=storm-notice")
    expect(page.locator("tbody tr")).to_have_count(1)
    no_sideways_scroll(page)
    page.get_by_label(t(lang, "teach.new_name")).fill("late-crab")
    page.get_by_role("button", name=t(lang, "teach.copy")).click()

    text = page.get_by_role("textbox", name=t(lang, "studio.text"))
    expect(text).to_have_value(re.compile("id: late-crab"))
    no_sideways_scroll(page)
    good = text.input_value()
    text.fill(good.replace("level: beginner", "levl: beginner"))
    expect(page.locator(".st-fault").filter(has_text="levl").first).to_be_visible()
    expect(page.locator(".st-gutter .st-wrong").first).to_be_visible()
    page.reload()
    expect(text).to_have_value(re.compile("levl: beginner"))

    words = "螃蟹怎么还没到" if lang == "zh" else "Where are my crabs"
    shelf = next(line for line in good.splitlines() if line.startswith("shelf:"))
    text.fill(good.replace(shelf, f'shelf: "{words}"'))
    expect(page.locator(".st-panel")).to_contain_text(t(lang, "studio.no_faults"))

    text.press("Control+Enter")
    composer = page.get_by_role("textbox", name=t(lang, "studio.composer"))
    composer.fill("您好，台风停运，您的包裹要晚两天，预计 8 月 7 日送到，实在对不起。")
    composer.press("Enter")
    expect(page.locator(".st-line.st-agent + .st-line.st-customer")).to_be_visible()
    expect(page.locator(".st-feel")).to_contain_text(t(lang, "studio.mood"))

    page.get_by_role("button", name=t(lang, "studio.save")).click()
    publish = page.get_by_role("button", name=t(lang, "studio.publish_n", n=1))
    expect(publish).to_be_enabled()
    publish.click()
    expect(page.locator("[data-state]")).to_have_text(
        t(lang, "studio.published", n=1), timeout=PROOF
    )

    trainee = visitor(390)
    choose(trainee, site.address + link, OTHER)
    expect(trainee.get_by_role("heading", name="小李")).to_be_visible()
    trainee.goto(f"{site.address}/zh/practice/shelf")
    expect(trainee.get_by_text(words)).to_be_visible()


def invite(page: Page, site: Site, lang: Language) -> str:
    """The link of a new trainee."""
    page.goto(f"{site.address}/people")
    page.get_by_label(t(lang, "login.name")).fill("li")
    page.get_by_label(t(lang, "people.name")).fill("小李")
    page.get_by_role("button", name=t(lang, "people.make_link")).click()
    link = page.locator(".link input").input_value()
    return link.removeprefix(site.address)
