"""My progress and exams: own data only, the score after one's own view, tries that are counted."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import date, timedelta

import pytest

from store.assignments import Order, assign, close_assignment
from store.feedback import OwnView, answer, ask, keep_own_view
from store.history import PAGE
from store.people import Person
from store.practices import practice
from tests.web.played import opened, played
from tests.web.served import HTML, Browser, Clock, Server
from tests.web.test_home import plain
from web.areas import AREAS
from web.pages import Area
from web.progress.charts import line
from web.progress.words import day_words, seconds_words
from web.text import t


@pytest.fixture
def areas() -> tuple[Area, ...]:
    return AREAS


def get(browser: Browser, path: str, status: int = 200) -> str:
    answer = browser.get(path, headers=HTML)
    assert answer.status_code == status
    return str(answer.text)


def test_an_empty_page_says_what_will_stand_here(page: Browser) -> None:
    html = get(page, "/progress")
    assert "还没有练过" in html
    assert "还没有考试" in html
    assert "练习只有你和培训师能看到，不计绩效；考试计入" in html
    assert html.count("data-enter") == 1


def test_trends_times_levels_and_the_list(
    page: Browser, server: Server, li: Person, clock: Clock
) -> None:
    store = server.services.store
    for day, score in enumerate((50, 70, 90)):
        played(store, li, clock() - timedelta(days=3 - day), score, variant=day % 2)
    html = get(page, "/progress")
    told = plain(html)
    # (50 + 70 + 90) / 3 = 70 in every criterion; passed at 60: two days, two variants
    assert html.count('aria-label="') >= 6
    assert "3 次，第一次 50 分，最近 90 分，最低 50，最高 90" in html
    assert "70 近 3 次平均" in told
    assert "20 秒 3 次会话" in told
    assert "✓ 生鲜坏果" in told
    assert "共情 70 分（3 次）" in told or "（3 次）" in told
    assert told.count("通过") >= 2
    assert len(re.findall(r"practice/card\?id=\d+", html)) == 3


def test_a_score_waits_for_the_own_view(
    page: Browser, server: Server, li: Person, clock: Clock
) -> None:
    store = server.services.store
    exam = assign(store, Order("exam", "期中", ("size-return",), people=(li.id,)), li.id, clock())
    number = played(
        store, li, clock(), 93, "size-return", mode="exam", viewed=False, assignment=exam
    )
    for path in ("/progress", f"/exams/{exam}"):
        listed = get(page, path).split("<h2")
        rows = "".join(part for part in listed if "exams" in part[:20] or "mine" in part[:20])
        assert "先说说你的看法" in get(page, path)
        assert ">93<" not in rows
    assert ">93<" not in get(page, f"/exams/{exam}")
    keep_own_view(store, number, OwnView(4, "empathy", 2), clock())
    html = get(page, f"/exams/{exam}")
    assert "通过了" in html
    assert ">93<" in html


def test_own_tries_page_by_page(page: Browser, server: Server, li: Person, clock: Clock) -> None:
    for _ in range(PAGE + 1):
        played(server.services.store, li, clock())
    first = get(page, "/progress")
    older = re.search(r"/progress\?before=(\d+)", first)
    assert older is not None
    second = get(page, older[0])
    assert len(re.findall(r"practice/card\?id=\d+", second)) == 1
    assert "各项走势" not in second
    get(page, "/progress?before=x")


def test_a_question_and_its_answer(page: Browser, server: Server, li: Person, clock: Clock) -> None:
    store = server.services.store
    card = practice(store, played(store, li, clock())).scorecard
    assert card is not None
    number = ask(store, card, li.id, "为什么？", clock())
    assert "等培训师回复" in get(page, "/progress")
    answer(store, number, li.id, "因为没有给时间", clock())
    assert "因为没有给时间" in get(page, "/progress")


# --- exams


def test_the_start_page_says_what_holds(
    page: Browser, server: Server, li: Person, clock: Clock
) -> None:
    due = clock.at.replace(day=9, hour=10)
    order = Order("exam", "期中", ("size-return", "wrong-item"), people=(li.id,), tries=2,
                  pass_mark=85, due_at=due)  # fmt: skip
    exam = assign(server.services.store, order, li.id, clock())
    told = plain(get(page, f"/exams/{exam}"))
    rules = ("时钟一直走", "没有提示，不能暂停", "不能从中间重来", "最多 2 次", "85 分通过",
             "3月9日 18:00 前", "组长和培训师能看到")  # fmt: skip
    for words in (*rules, "开始第 1 位客户", "还剩 2 次"):
        assert words in told, words


def test_without_a_mark_of_its_own_the_rubrics_holds(
    page: Browser, server: Server, li: Person, clock: Clock
) -> None:
    exam = assign(server.services.store, Order("exam", "", ("size-return",), people=(li.id,)),
                  li.id, clock())  # fmt: skip
    told = plain(get(page, f"/exams/{exam}"))
    assert re.search(r"\d+ 分通过", told)
    assert "次数不限" in told


def test_an_exam_is_ones_own(page: Browser, server: Server, li: Person, clock: Clock) -> None:
    wang = server.add("wang")
    exam = assign(server.services.store, Order("exam", "", ("size-return",), people=(wang.id,)),
                  li.id, clock())  # fmt: skip
    task = assign(server.services.store, Order("practice", "", ("size-return",), people=(li.id,)),
                  li.id, clock())  # fmt: skip
    for number in (exam, task, 99, "x", "-1", "9" * 30):
        get(page, f"/exams/{number}", 404)
        answer = page.post(f"/exams/{number}/start", data={"form": page.token("/me")}, headers=HTML)
        assert answer.status_code == 404
    assert page.post(f"/exams/{exam}/start", headers=HTML).status_code == 403, "no form of ours"


def test_under_way_over_and_taken_back(
    page: Browser, server: Server, li: Person, clock: Clock
) -> None:
    store = server.services.store
    due = clock.at.replace(day=9)
    order = Order("exam", "期中", ("size-return",), people=(li.id,), tries=1, due_at=due)
    exam = assign(store, order, li.id, clock())
    number = opened(store, li, clock(), "size-return", mode="exam", assignment=exam)
    html = get(page, f"/exams/{exam}")
    assert "回到考试" in html
    assert f"/zh/practice/play?id={number}" in html
    started = page.post(f"/exams/{exam}/start", data={"form": page.token("/me")}, headers=HTML)
    assert started.status_code == 422
    assert "没有可以再考的了" in started.text
    over = replace(order, due_at=clock.at - timedelta(days=1))
    other = assign(store, over, li.id, clock())
    assert "这场考试过期了" in get(page, f"/exams/{other}")
    close_assignment(store, other, clock())
    assert "这场考试过期了" in get(page, f"/exams/{other}")
    again = assign(store, replace(order, title="补考"), li.id, clock())
    played(store, li, clock(), 30, "size-return", mode="exam", assignment=again)
    assert "未通过" in plain(get(page, "/progress"))


def test_start_refuses_what_it_does_not_know(page: Browser, li: Person) -> None:
    token = page.token("/me")
    for scenario in ("", "../etc/passwd", "no-such-one", "/etc/passwd", "C:\\x"):
        told = {"form": token, "scenario": scenario}
        assert page.post("/start", data=told, headers=HTML).status_code == 422
    assert page.post("/start", data={"scenario": "size-return"}, headers=HTML).status_code == 403


# --- words and pictures


def test_days_and_seconds_in_words() -> None:
    def say(key: str, **values: object) -> str:
        return t("zh", key, **values)

    today = date(2026, 3, 2)
    days = {-1: "已过 1 天", 0: "今天", 1: "明天", 7: "7 天后", 8: "3月10日"}
    for away, words in days.items():
        assert day_words(say, date(2026, 3, 2 + away), today) == words
    assert seconds_words(say, 59.4) == "59 秒"
    assert seconds_words(say, 83.0) == "1 分 23 秒"
    assert seconds_words(say, None) == "–"


def test_a_line_by_hand() -> None:
    # 240 × 72 with 6 free: x from 6 to 234, y from 66 (0 points) to 6 (100 points)
    found = line([0, 50, 100], 60)
    assert found.dots == ((6.0, 66.0), (120.0, 36.0), (234.0, 6.0))
    assert found.mark == 30.0
    assert line([80], 60).dots == ((234.0, 18.0),)
