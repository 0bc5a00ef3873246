"""The page of people: admins invite, change roles, shut out and make links."""

from __future__ import annotations

import re

import pytest

from store.audit import deeds
from store.people import named
from tests.web.served import HTML, PASSWORD, Server


def test_somebody_is_invited_by_a_link_that_is_shown_once(server: Server) -> None:
    boss = server.inside("boss", "admin")
    made = boss.fill("/people", login="Li", name="小李", role="trainer")
    link = re.search(r'value="http://kefu\.test(/link/[\w-]{43})"', made.text)
    assert link is not None
    assert "168 小时内有效" in made.text
    new = server.browser()
    assert new.fill(link[1], password=PASSWORD).status_code == 303
    assert named(server.services.store, "li").role == "trainer"
    done = [(one.action, one.subject) for one in deeds(server.services.store)]
    assert done[1:3] == [("user.invite", "2"), ("user.add", "2")]
    assert link[1] not in boss.get("/people", headers=HTML).text


@pytest.mark.parametrize(
    ("login", "told"), [("boss", "已经有人用了"), ("a b", "中间不能有空格"), ("", "1 到 60 个字符")]
)
def test_what_cannot_be_a_login_is_said_beside_the_form(
    server: Server, login: str, told: str
) -> None:
    boss = server.inside("boss", "admin")
    answer = boss.fill("/people", login=login, name="<i>x</i>", role="agent")
    assert (answer.status_code, told in answer.text) == (422, True)
    assert "&lt;i&gt;x&lt;/i&gt;" in answer.text


def test_a_role_is_changed_at_once(server: Server) -> None:
    boss = server.inside("boss", "admin")
    li = server.inside("li")
    assert li.get("/people").status_code == 403
    number = named(server.services.store, "li").id
    assert boss.fill("/people/role", "/people", number=number, role="admin").status_code == 303
    assert li.get("/people").status_code == 200


def test_whoever_is_shut_out_is_out_at_once_and_may_come_back(server: Server) -> None:
    boss = server.inside("boss", "admin")
    li = server.inside("li")
    number = named(server.services.store, "li").id
    boss.fill("/people/active", "/people", number=number, active=0)
    assert li.get("/me").status_code == 401
    assert li.log_in("li").status_code == 401
    refused = boss.fill("/people/link", "/people", number=number)
    assert "停用了，先恢复它" in refused.text
    boss.fill("/people/active", "/people", number=number, active=1)
    assert li.log_in("li").status_code == 303


def test_the_last_admin_stays(server: Server) -> None:
    boss = server.inside("boss", "admin")
    number = named(server.services.store, "boss").id
    for path, more in (("/people/role", {"role": "agent"}), ("/people/active", {"active": 0})):
        answer = boss.fill(path, "/people", number=number, **more)
        assert (answer.status_code, "最后一位管理员" in answer.text) == (422, True)


def test_a_reset_link_ends_the_old_password(server: Server) -> None:
    boss = server.inside("boss", "admin")
    server.add("li")
    number = named(server.services.store, "li").id
    made = boss.fill("/people/link", "/people", number=number)
    assert "2 小时内有效" in made.text
    link = re.search(r"/link/[\w-]{43}", made.text)
    assert link is not None
    server.browser().fill(link[0], password="樱桃一箱到底多少钱-9")
    assert server.browser().log_in("li").status_code == 401


def test_somebody_who_is_gone_is_no_fault(server: Server) -> None:
    boss = server.inside("boss", "admin")
    for path in ("/people/link", "/people/active", "/people/role"):
        assert boss.fill(path, "/people", number=99).headers["location"] == "/people"
    assert boss.fill("/people/role", "/people", number="x").status_code == 422
