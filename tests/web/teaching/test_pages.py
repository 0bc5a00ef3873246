"""The trainer's plain pages: what they show, to whom, and what their forms do."""

from __future__ import annotations

import re
from typing import Any

import pytest

from store.assignments import Order, assign, assignments
from store.feedback import ask, notes, questions
from store.health import health
from store.people import groups, set_group
from store.practices import flag, practice
from store.tries import tries
from tests.store.playing import whole
from tests.web.served import HTML, Browser, Server
from web.teaching.board import rows_of


@pytest.fixture
def trainer(server: Server) -> Browser:
    return server.inside("chen", "trainer")


def page(browser: Browser, path: str) -> str:
    answer = browser.get(path, headers=HTML)
    assert answer.status_code == 200, path
    return answer.text


def test_the_library_shows_everything_and_filters(trainer: Browser) -> None:
    text = page(trainer, "/teach")
    assert "storm-notice" in text
    assert "随附" in text
    text = page(trainer, "/teach?q=storm")
    assert len(re.findall(r'<th scope="row">', text)) == 1
    assert "没有符合的" in page(trainer, "/teach?q=%3Cscript%3E")
    assert "presale" in page(trainer, "/teach?kind=rubric")


def test_a_copy_opens_in_the_studio(trainer: Browser) -> None:
    answer = trainer.fill(
        "/teach/copy", "/teach", kind="scenario", source="storm-notice", name="late-cake"
    )
    assert answer.headers["location"] == "/zh/studio/scenario?name=late-cake"
    assert "late-cake" in page(trainer, "/teach?state=draft")
    answer = trainer.fill(
        "/teach/copy", "/teach", kind="scenario", source="storm-notice", name="Nein!"
    )
    assert answer.status_code == 422
    assert "小写字母" in answer.text


def test_an_exam_is_assigned_to_a_group(server: Server, trainer: Browser) -> None:
    li = server.add("li")
    store = server.services.store
    trainer.fill("/teach/group", "/teach/assign", name="早班", person=li.id)
    [team] = groups(store)
    assert team.members == (li.id,)
    answer = trainer.fill(
        "/teach/assign", "/teach/assign", kind="exam", title="<b>期中</b>",
        scenario=["storm-notice", "no-such"], group=team.id, tries="2", mark="75",
        until="2026-03-09",
    )  # fmt: skip
    assert answer.status_code == 303
    [given] = assignments(store)
    order = given.order
    assert (order.kind, order.scenarios, order.tries, order.pass_mark) == (
        "exam", ("storm-notice",), 2, 75.0,
    )  # fmt: skip
    # The end of that day in Shanghai, eight hours ahead.
    assert order.due_at is not None
    assert order.due_at.isoformat() == "2026-03-09T15:59:59+00:00"
    text = page(trainer, "/teach/assign")
    assert "&lt;b&gt;期中&lt;/b&gt;" in text
    assert "<b>期中" not in text
    trainer.fill("/teach/close", "/teach/assign", number=given.id)
    assert assignments(store)[0].closed_at is not None


@pytest.mark.parametrize(
    "wrong", [{"tries": "0"}, {"mark": "101"}, {"until": "soon"}, {"scenario": "no-such"}]
)
def test_a_wrong_order_is_not_given(
    server: Server, trainer: Browser, wrong: dict[str, str]
) -> None:
    li = server.add("li")
    fields = {"kind": "exam", "scenario": "storm-notice", "person": li.id} | wrong
    assert trainer.fill("/teach/assign", "/teach/assign", **fields).status_code == 422
    assert assignments(server.services.store) == []


def test_the_board_leaves_empty_what_was_not_scored(server: Server, trainer: Browser) -> None:
    li, wu = server.add("li"), server.add("wu")
    services = server.services
    whole(services.store, li, services.clock(), 80.0)
    whole(services.store, li, services.clock(), 60.0)
    rows = rows_of([li, wu], tries(services.store, [li.id, wu.id], services.zone))
    assert (rows[0].overall.value, rows[0].overall.n) == (70.0, 2)
    assert rows[1].cells == {}
    text = page(trainer, "/teach/board")
    assert "70.0 <small>n=2</small>" in text
    assert "<td></td>" in text
    assert "<small>n=" not in text[text.index(">wu<") :]


def test_a_note_at_a_reply_and_an_answer(server: Server, trainer: Browser) -> None:
    li = server.add("li")
    services = server.services
    number = whole(services.store, li, services.clock())
    found = practice(services.store, number)
    assert found.scorecard is not None
    assert found.conversation is not None
    flag(services.store, number, 0, services.clock())
    ask(services.store, found.scorecard, li.id, "为什么<i>共情</i>低？", services.clock())
    text = page(trainer, f"/teach/talk?id={number}")
    assert "答非所问" in text
    assert "为什么&lt;i&gt;" in text
    message = int(re.findall(r'class="said agent" id="m(\d+)"', text)[0])
    where = f"/teach/talk?id={number}"
    trainer.fill("/teach/note", where, id=number, message=message, text="先认情绪")
    [left] = notes(services.store, found.conversation)
    assert (left.message, left.text) == (message, "先认情绪")
    assert "先认情绪" in page(trainer, where)

    [asked] = questions(services.store, waiting=True)
    trainer.fill("/teach/answer", "/teach/questions", id=asked.id, text="道歉之外还要说到这一单")
    assert questions(services.store, waiting=True) == []
    again = trainer.fill("/teach/answer", "/teach/questions", id=asked.id, text="又一次")
    assert "已经有人回答了" in again.text


def test_a_persons_word_settles_an_exam(server: Server, trainer: Browser) -> None:
    li = server.add("li")
    services = server.services
    exam = assign(
        services.store, Order("exam", "期中", ("tiny",), (li.id,), pass_mark=85), 1,
        services.clock(),
    )  # fmt: skip
    number = whole(services.store, li, services.clock(), 80.0, "exam", assignment=exam)
    where = f"/teach/talk?id={number}"
    assert "期中" in page(trainer, "/teach/exams")
    for name in ("empathy", "accuracy", "order", "timeliness", "resolution", "conduct"):
        answer = trainer.fill(
            "/teach/decide",
            where,
            id=number,
            what=f"criterion:{name}",
            value="95",
            reason="听了录音",
        )
        assert answer.status_code == 303
    [told] = tries(services.store, [li.id], services.zone)
    assert told.verdict == "passed"
    assert "系统评 80" in page(trainer, where)
    bad = trainer.fill("/teach/decide", where, id=number, what="criterion:empathy", value="95")
    assert bad.status_code == 422


def test_a_team_leader_sees_the_teams_exams_only(server: Server) -> None:
    services = server.services
    li, wu = server.add("li"), server.add("wu")
    leader = server.inside("boss", "team_leader")
    boss = next(one.id for one in _people(server) if one.login == "boss")
    set_group(services.store, "早班", [li.id], [boss], services.clock())
    exam = assign(
        services.store, Order("exam", "期中", ("tiny",), (li.id, wu.id)), 1, services.clock()
    )
    mine = whole(services.store, li, services.clock(), 80.0, "exam", assignment=exam)
    foreign = whole(services.store, wu, services.clock(), 80.0, "exam", assignment=exam)
    private = whole(services.store, li, services.clock(), 80.0)
    text = page(leader, "/teach/exams")
    assert f"/teach/talk?id={mine}" in text
    assert f"/teach/talk?id={foreign}" not in text
    assert "/teach/note" not in page(leader, f"/teach/talk?id={mine}")
    for other in (foreign, private):
        assert leader.get(f"/teach/talk?id={other}", headers=HTML).status_code == 422
    assert leader.get("/teach/board", headers=HTML).status_code == 403


def test_health_shows_sentences_and_flags(server: Server, trainer: Browser) -> None:
    li = server.add("li")
    services = server.services
    whole(services.store, li, services.clock())
    assert health(services.store, "tiny").replies
    assert "还没有人练过" in page(trainer, "/teach/health?name=storm-notice")
    gone = trainer.get("/teach/health?name=no-such", headers=HTML)
    assert gone.status_code == 422


def test_forms_of_other_sites_do_nothing(server: Server, trainer: Browser) -> None:
    answer = trainer.post("/teach/group", data={"form": "x", "name": "n", "person": "1"})
    assert answer.status_code == 403
    assert groups(server.services.store) == []


def _people(server: Server) -> list[Any]:
    from store.people import people

    return people(server.services.store)
