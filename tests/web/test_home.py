"""The first page: what is due comes first, what waits for others, news until they are read."""

from __future__ import annotations

import re
from datetime import timedelta

import pytest

from store.assignments import Order, assign
from store.feedback import answer, ask, note
from store.people import ROLES, Person, set_group
from store.practices import flag, practice
from store.shifts import begin_shift
from tests.web.played import opened, played
from tests.web.served import HTML, Browser, Clock, Server
from web.areas import AREAS
from web.pages import Area, Page, PageContext


@pytest.fixture
def areas() -> tuple[Area, ...]:
    return AREAS


def plain(html: str) -> str:
    """The text of a page, without what only readers of the screen hear."""
    html = re.sub(r'<span class="hidden">.*?</span>|<head>.*?</head>', "", html, flags=re.S)
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", html))


def home(browser: Browser) -> str:
    answer = browser.get("/", headers=HTML)
    assert answer.status_code == 200
    return str(answer.text)


def first_card(html: str) -> str:
    found = re.search(r'<section class="card next.*?</section>', html, re.S)
    assert found is not None
    return plain(found[0])


def test_a_newcomer_starts_with_a_beginners_customer(page: Browser) -> None:
    html = home(page)
    assert "下一位新客户" in first_card(html)
    assert "入门" in first_card(html)
    assert re.search(r"开始，约 \d+ 分钟", first_card(html))
    assert "练完第一位客户，这里会有各项得分" in html
    assert html.count("data-enter") == 1, "Enter presses one button"
    assert "练习只有你和培训师能看到，不计绩效；考试计入" in html


def test_what_is_open_comes_first_and_an_exam_before_it(
    page: Browser, server: Server, li: Person, clock: Clock
) -> None:
    store = server.services.store
    number = opened(store, li, clock())
    assert "接着练" in first_card(home(page))
    assert f'href="/zh/practice/play?id={number}"' in home(page)
    exam = assign(store, Order("exam", "期中", ("size-return",), people=(li.id,)), li.id, clock())
    sitting = opened(store, li, clock(), "size-return", mode="exam", assignment=exam)
    assert "考试还没结束" in first_card(home(page))
    assert f'href="/zh/practice/play?id={sitting}" data-enter' in home(page)


def test_assigned_with_a_date_then_due_then_new(
    page: Browser, server: Server, li: Person, clock: Clock
) -> None:
    store = server.services.store
    played(store, li, clock() - timedelta(days=1), 40)
    assert "该再练一次了" in first_card(home(page)), "a failed one is back the next day"
    due = clock.at.replace(hour=10)
    assign(store, Order("practice", "", ("wrong-item",), people=(li.id,), due_at=due), 1, clock())
    html = home(page)
    assert "培训师布置的 · 截止：今天" in first_card(html)
    assert 'name="assignment" value="1"' in html
    assert "该再练一次了" in plain(html.split('id="list"')[1])
    played(store, li, clock(), 80, "wrong-item", assignment=1)
    assert "该再练一次了" in first_card(home(page)), "passed: off the list"


def test_what_comes_back_later_is_listed(
    page: Browser, server: Server, li: Person, clock: Clock
) -> None:
    played(server.services.store, li, clock(), 80)
    assert "2 天后再来" in plain(home(page))


def test_news_stay_until_they_were_read(
    page: Browser, server: Server, li: Person, clock: Clock
) -> None:
    store = server.services.store
    boss = server.add("chen", "trainer", "陈老师")
    kept = practice(store, played(store, li, clock()))
    assert kept.scorecard is not None
    assert kept.conversation is not None
    question = ask(store, kept.scorecard, li.id, "为什么<b>扣分</b>？", clock())
    assert "给你的回复" not in home(page)
    answer(store, question, boss.id, "没有给时间", clock())
    html = home(page)
    assert "陈老师回答了你" in html
    assert "为什么&lt;b&gt;扣分&lt;/b&gt;？" in html, "nothing from people is HTML"
    assert f"/zh/practice/card?id={kept.id}" in html
    until = re.search(r'name="until" value="([^"]+)"', html)
    assert until is not None
    clock.move(minutes=1)
    note(store, kept.conversation, 2, boss.id, "这句很好", clock())
    told = {"form": page.token("/me"), "until": until[1]}
    assert page.post("/news", data=told, headers=HTML).status_code == 303
    html = home(page)
    assert "没有给时间" not in html
    assert "这句很好" in html, "it came after the page was made"
    assert page.post("/news", data={"until": until[1]}, headers=HTML).status_code == 403
    assert page.post("/news", data=told | {"until": "x"}, headers=HTML).status_code == 422


def test_names_of_exams_cannot_inject(
    page: Browser, server: Server, li: Person, clock: Clock
) -> None:
    order = Order("exam", "<script>x</script>", ("size-return",), people=(li.id,))
    assign(server.services.store, order, li.id, clock())
    assert "<script>x" not in home(page)


def test_what_waits_for_a_trainer(server: Server, li: Person, clock: Clock) -> None:
    store = server.services.store
    browser = server.inside("chen", "trainer")
    assert "没有等你处理的" in home(browser)
    number = played(store, li, clock())
    card = practice(store, number).scorecard
    assert card is not None
    ask(store, card, li.id, "为什么？", clock())
    flag(store, number, 0, clock() - timedelta(days=31))
    told = plain(home(browser))
    assert "1 个学员提问" in told
    assert "答非所问" not in told
    flag(store, number, 0, clock())
    assert "1 句客户的话被标了答非所问" in plain(home(browser))


def test_what_waits_for_an_admin(server: Server) -> None:
    from store.people import add_person

    boss = server.inside("boss", "admin")
    assert "先请大家进来" in home(boss)
    add_person(server.services.store, "wang", "", "agent", server.services.clock())
    assert "1 个人还没设密码" in home(boss)


def test_a_team_leader_sees_exams_and_never_practice(
    server: Server, li: Person, clock: Clock
) -> None:
    store = server.services.store
    wang = server.add("wang", "agent", "小王")
    leader = server.inside("zhao", "team_leader")
    assert "你还没有带组" in leader.get("/team", headers=HTML).text
    zhao = server.services.store.value("SELECT id FROM people WHERE login = 'zhao'")
    set_group(store, "早班", [li.id], [zhao], clock())
    assert "组里还没有考试" in leader.get("/team", headers=HTML).text
    ids = (li.id, wang.id)
    exam = assign(store, Order("exam", "期中", ("size-return",), people=ids), zhao, clock())
    practised = played(store, li, clock(), 37)
    number = played(store, li, clock(), 91, "size-return", mode="exam", assignment=exam)
    other = played(store, wang, clock(), 92, "size-return", mode="exam", assignment=exam)
    team = plain(leader.get("/team", headers=HTML).text)
    assert "小李" in team
    assert "91" in team
    assert "37" not in team, "practice is no business of a team leader"
    assert "小王" not in team, "nor are people of other teams"
    for text in (leader.get("/progress", headers=HTML).text, home(leader)):
        for hidden in (practised, number, other):
            assert f"id={hidden}" not in text
    assert leader.get(f"/exams/{exam}", headers=HTML).status_code == 404, "it is not their own exam"
    for role in ("agent", "trainer", "lead", "admin"):
        assert server.inside(f"x-{role}", role).get("/team", headers=HTML).status_code == 403


def nothing(page: PageContext) -> None:
    """A page that is never built here."""


class TestWithMorePages:
    """Pages of the practice area that are linked where they are there."""

    @pytest.fixture
    def areas(self) -> tuple[Area, ...]:
        keys = ("shelf", "play", "lesson", "shift")
        return (Area("practice", tuple(Page(key, key, ROLES, nothing) for key in keys)),)

    def test_a_newcomer_to_a_topic_may_watch_first(
        self, page: Browser, server: Server, li: Person, clock: Clock
    ) -> None:
        lesson = r'/zh/practice/lesson\?scenario=[a-z-]+&amp;way=watch"'
        assert re.search(lesson, home(page))
        played(server.services.store, li, clock() - timedelta(days=1), 30)
        html = home(page)
        assert "该再练一次了" in first_card(html)
        assert not re.search(lesson, html), "that topic is known"

    def test_a_shift_is_one_thing_to_go_on_with(
        self, page: Browser, server: Server, li: Person, clock: Clock
    ) -> None:
        store = server.services.store
        shift = begin_shift(store, li.id, "quiet", 1, (), clock())
        for scenario in ("rotten-fruit", "wrong-item"):
            opened(store, li, clock(), scenario, mode="shift", shift=shift)
        html = home(page)
        assert html.count(f"/zh/practice/shift?id={shift}") == 1
        assert "play?id=" not in html


def test_english_and_traditional_chinese(server: Server, li: Person, clock: Clock) -> None:
    played(server.services.store, li, clock(), 80)
    for tag, wanted in (("en", "Your criteria"), ("zh-TW", "各項得分")):
        browser = server.browser(**{"accept-language": tag})
        browser.log_in("li")
        assert wanted in home(browser)
