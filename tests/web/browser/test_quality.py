"""Real conversations come in, are scored beside the web app, looked through, changed, taken out."""

from __future__ import annotations

import csv
import json
from collections.abc import Callable
from io import StringIO
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from tests.web.browser.conftest import PATIENCE, ROOT, Site
from tests.web.browser.test_first_day import PASSWORD, choose, no_sideways_scroll
from transcripts.types import Language
from web.text import t

pytestmark = pytest.mark.browser
expect.set_options(timeout=PATIENCE)
REAL = ROOT / ".." / "shared" / "real" / "jddc_chat.txt"
SAMPLE = ROOT / "kefu" / "samples" / "transcripts.jsonl"
MINUTES = 60_000


def sessions(path: Path, most: int) -> Path:
    """The first sessions of the real chats and a line that cannot be read; else the sample."""
    if not REAL.exists():
        lines = SAMPLE.read_text("utf-8").splitlines()[:most]
        target = path / "chats.jsonl"
        target.write_text("\n".join([*lines, '{"id": "x"']) + "\n", encoding="utf-8")
        return target
    lines = REAL.read_text("utf-8").splitlines()
    first = set(list(dict.fromkeys(line.partition("\t")[0] for line in lines))[:most])
    chosen = [line for line in lines if line.partition("\t")[0] in first]
    target = path / "chats.txt"
    target.write_text("\n".join([*chosen, "broken\tline"]) + "\n", encoding="utf-8")
    return target


def count_of(path: Path) -> int:
    lines = path.read_text("utf-8").splitlines()[:-1]
    if path.suffix == ".jsonl":
        return len(lines)
    return len({line.partition("\t")[0] for line in lines})


def enter(page: Page, site: Site, lang: Language) -> None:
    choose(page, site.address + site.link, PASSWORD)
    expect(page.get_by_role("heading", name="admin，你好")).to_be_visible()
    if lang == "en":
        page.get_by_role("button", name="English").click()
        expect(page.get_by_role("heading", name="Hello admin")).to_be_visible()
    page.goto(f"{site.address}/{lang}/quality/desk")
    # The server has just started, and this area is built after the others.
    expect(page.get_by_text(t(lang, "quality.empty_title"))).to_be_visible(timeout=4 * PATIENCE)


def bring_in(page: Page, lang: Language, path: Path, minutes: float) -> None:
    page.get_by_role("button", name=t(lang, "quality.import")).click()
    page.locator("#kq-pick").set_input_files(path)
    expect(page.get_by_text(t(lang, "quality.no_rules"))).to_be_visible()
    no_sideways_scroll(page)
    page.get_by_role("button", name=t(lang, "quality.begin"), exact=True).click()
    job = page.locator(".kq-job")
    expect(job).to_contain_text(t(lang, "quality.s_done"), timeout=minutes * MINUTES)
    expect(job).to_contain_text(t(lang, "quality.rejected_n", n=1))


@pytest.mark.parametrize(("width", "lang"), [(1280, "zh"), (390, "en")])
def test_an_import_is_looked_through_and_changed(
    site: Site, visitor: Callable[..., Page], tmp_path: Path, width: int, lang: Language
) -> None:
    def say(key: str, **values: object) -> str:
        return t(lang, f"quality.{key}", **values)

    page = visitor(width)
    enter(page, site, lang)
    file = sessions(tmp_path, 6)
    count = count_of(file)
    bring_in(page, lang, file, 4)

    page.get_by_role("button", name=say("rejected_n", n=1)).locator("visible=true").first.click()
    expect(page.locator(".kq-rejects tbody tr")).to_have_count(1)
    no_sideways_scroll(page)
    page.get_by_role("button", name=say("close")).click()
    page.get_by_role("button", name=say("see")).click()
    if width < 640:
        page.locator(".kq-row").first.click()
    expect(page.locator(".kf-overall")).to_be_visible()
    expect(page.get_by_text(f"▦ {say('masked')}", exact=True)).to_be_visible()
    expect(page.get_by_text(say("machine"))).to_be_visible()
    no_sideways_scroll(page)
    before = page.locator(".kq-title h1").inner_text()
    page.keyboard.press("j")
    expect(page.locator(".kq-title h1")).not_to_have_text(before)
    page.keyboard.press("k")
    expect(page.locator(".kq-title h1")).to_have_text(before)

    row = page.locator(".kq-criterion").first
    row.get_by_role("button", name=say("change")).click()
    row.get_by_label(say("new_score")).fill("88")
    row.get_by_role("button", name=say("save")).click()
    expect(page.get_by_role("alert")).to_contain_text(say("need_reason", most=2000))
    row.get_by_label(say("reason")).fill("<b>看过了</b>")
    row.get_by_role("button", name=say("save")).click()
    expect(page.get_by_text(say("saved"))).to_be_visible()
    expect(page.get_by_text(say("reviewed"))).to_be_visible()
    expect(row.locator(".kq-word")).to_contain_text("<b>看过了</b>")

    if width < 640:
        page.get_by_role("button", name=say("back")).locator("visible=true").click()
    else:
        page.keyboard.press("/")
        expect(page.get_by_role("searchbox")).to_be_focused()
        page.keyboard.press("Escape")
    expect(page.get_by_text(say("count", n=count))).to_be_visible()
    page.get_by_role("button", name=say("by_hand"), exact=True).click()
    expect(page.get_by_text(say("count", n=1))).to_be_visible()
    expect(page.locator(".kq-row")).to_have_count(1)
    page.get_by_text(say("download"), exact=True).click()
    with page.expect_download() as taken:
        page.get_by_role("link", name=say("as_csv")).click()
    rows = list(csv.DictReader(StringIO(taken.value.path().read_text("utf-8-sig"))))
    assert len(rows) == 1
    assert "88.0" in rows[0].values()
    page.get_by_role("button", name=say("clear")).click()
    expect(page.locator(".kq-row")).to_have_count(count)


@pytest.mark.slow
@pytest.mark.longest
def test_600_real_sessions(site: Site, visitor: Callable[..., Page], tmp_path: Path) -> None:
    if not REAL.exists():
        pytest.skip("the real sessions are not beside this checkout")
    page = visitor()
    enter(page, site, "zh")
    file = sessions(tmp_path, 600)
    bring_in(page, "zh", file, 40)
    page.get_by_role("button", name=t("zh", "quality.see")).click()
    expect(page.get_by_text(t("zh", "quality.count", n=600))).to_be_visible()
    expect(page.locator(".kq-row")).to_have_count(50)
    page.get_by_role("button", name=t("zh", "quality.more")).click()
    expect(page.locator(".kq-row")).to_have_count(100)
    page.get_by_text(t("zh", "quality.download"), exact=True).click()
    with page.expect_download() as taken:
        page.get_by_role("link", name=t("zh", "quality.as_jsonl")).click()
    cards = [json.loads(line) for line in taken.value.path().read_text("utf-8").splitlines()]
    assert len({card["transcript"] for card in cards}) == 600
