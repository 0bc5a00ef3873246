"""Logging in and out, links, one's own account, the switches: as a browser sends them."""

from __future__ import annotations

import pytest

from store.audit import deeds
from store.links import make_link
from store.logins import IDLE
from store.people import named
from tests.web.served import HTML, PASSWORD, Clock, Kept, Server

NEW = "樱桃一箱到底多少钱-9"


def test_whoever_is_not_logged_in_is_led_to_the_login_and_back(server: Server) -> None:
    server.add("li")
    browser = server.browser()
    first = browser.get("/me?done=x", headers=HTML)
    assert (first.status_code, first.headers["location"]) == (303, "/login?next=%2Fme%3Fdone%3Dx")
    into = browser.fill("/login", login="LI ", password=PASSWORD, next="/me")
    assert (into.status_code, into.headers["location"]) == (303, "/me")
    assert browser.get("/me", headers=HTML).status_code == 200
    assert browser.get("/login", headers=HTML).headers["location"] == "/"


def test_the_cookie_of_a_login_is_for_this_site_alone(server: Server) -> None:
    server.add("li")
    into = server.browser().log_in("li")
    (cookie,) = [one for one in into.headers.get_list("set-cookie") if "kefu_login" in one]
    assert {"HttpOnly", "SameSite=lax", "Path=/"} <= {part.strip() for part in cookie.split(";")}
    assert "Secure" not in cookie
    safe = server.browser()
    safe.base_url = "https://kefu.test"
    (cookie,) = [one for one in safe.log_in("li").headers.get_list("set-cookie") if "_login" in one]
    assert "Secure" in cookie


def test_a_wrong_password_tells_nothing_and_too_many_shut_out(server: Server, clock: Clock) -> None:
    server.add("li")
    browser = server.browser()
    answers = [browser.log_in(name, "wrong wrong") for name in ("li", "nobody")]
    assert [one.status_code for one in answers] == [401, 401]
    assert all("登录名或密码不对" in one.text for one in answers)
    for _ in range(4):
        browser.log_in("li", "wrong wrong")
    shut = browser.log_in("li")
    assert shut.status_code == 429
    assert "请 15 分钟后再试" in shut.text
    clock.move(minutes=16)
    assert browser.log_in("li").status_code == 303


def test_a_form_that_is_not_ours_does_nothing(server: Server) -> None:
    server.add("li")
    browser = server.browser()
    sent = browser.post("/login", data={"login": "li", "password": PASSWORD, "form": "0" * 64})
    assert sent.status_code == 403
    assert "页面放太久了" in sent.text
    other = server.browser().token()
    browser.get("/login", headers=HTML)
    assert browser.post("/login", data={"login": "li", "form": other}).status_code == 403


@pytest.mark.parametrize(
    "there", ["//evil.example", "https://evil.example", "/\\evil.example", "/login", "/a\nb", ""]
)
def test_a_login_leads_nowhere_else(server: Server, there: str) -> None:
    server.add("li")
    into = server.browser().fill("/login", login="li", password=PASSWORD, next=there)
    assert into.headers["location"] == "/"


def test_logging_out_ends_the_session_in_the_store(server: Server) -> None:
    browser = server.inside("li")
    cookies = dict(browser.cookies)
    assert browser.fill("/logout", "/me").headers["location"] == "/login"
    stolen = server.browser()
    stolen.cookies.update(cookies)
    assert stolen.get("/me", headers=HTML).status_code == 303


def test_a_session_that_nobody_uses_ends(server: Server, clock: Clock) -> None:
    browser = server.inside("li")
    clock.move(seconds=IDLE.total_seconds() + 1)
    assert browser.get("/me").status_code == 401


def test_an_invitation_is_used_once_and_leads_in(server: Server) -> None:
    store, at = server.services.store, server.services.clock()
    person = server.add("li", name="小<b>李</b>")
    make_link(store, person.id, "reset", "t" * 43, None, at)
    browser = server.browser()
    path = "/link/" + "t" * 43
    shown = browser.get(path, headers=HTML)
    assert "小&lt;b&gt;李&lt;/b&gt;，你好" in shown.text
    weak = browser.fill(path, password="li-li-li-li")
    assert weak.status_code == 422
    assert "太容易猜到" in weak.text
    done = browser.fill(path, password=NEW)
    assert (done.status_code, done.headers["location"]) == (303, "/")
    assert browser.get("/me").status_code == 200
    again = server.browser().get(path, headers=HTML)
    assert again.status_code == 410
    assert "链接已失效" in again.text


def test_the_password_is_changed_and_other_devices_end(server: Server) -> None:
    browser = server.inside("li")
    other = server.browser()
    other.log_in("li")
    wrong = browser.fill("/me/password", "/me", old="not it at all", password=NEW)
    assert (wrong.status_code, "现在的密码不对" in wrong.text) == (422, True)
    done = browser.fill("/me/password", "/me", old=PASSWORD, password=NEW)
    assert done.headers["location"] == "/me?done=password"
    assert "密码改好了" in browser.get("/me?done=password", headers=HTML).text
    assert other.get("/me").status_code == 401
    assert deeds(server.services.store)[0].action == "password.changed"


def test_one_of_several_devices_is_logged_out(server: Server) -> None:
    browser = server.inside("li")
    other = server.browser()
    other.log_in("li")
    assert browser.fill("/me/login", "/me", number=2).status_code == 303
    assert (browser.get("/me").status_code, other.get("/me").status_code) == (200, 401)


def test_the_language_is_chosen_and_follows_the_account(server: Server) -> None:
    server.add("li")
    browser = server.browser(**{"accept-language": "en-GB,en;q=0.9"})
    assert "Log in" in browser.get("/login", headers=HTML).text
    browser.fill("/switch/language", "/login", lang="zh-Hant", next="/login")
    assert "登入" in browser.get("/login", headers=HTML).text
    browser.log_in("li")
    browser.fill("/switch/language", "/me", lang="en", next="/me")
    assert named(server.services.store, "li").lang == "en"
    elsewhere = server.browser()
    elsewhere.log_in("li")
    assert '<html lang="en"' in elsewhere.get("/me", headers=HTML).text


def test_a_first_visit_is_chinese_unless_the_browser_says_otherwise(server: Server) -> None:
    for header, lang in (("", "zh"), ("fr", "zh"), ("zh-HK", "zh-Hant"), ("de,en;q=0.5", "en")):
        browser = server.browser(**{"accept-language": header})
        assert f'<html lang="{lang}"' in browser.get("/login", headers=HTML).text


def test_the_theme_is_remembered(server: Server) -> None:
    browser = server.browser()
    assert 'data-theme="system"' in browser.get("/login", headers=HTML).text
    assert browser.fill("/switch/theme", "/login", theme="dark", next="/login").status_code == 303
    assert 'data-theme="dark"' in browser.get("/login", headers=HTML).text
    assert browser.fill("/switch/theme", "/login", theme="pink").status_code == 403


def test_no_secret_reaches_the_logs(server: Server, logs: Kept) -> None:
    browser = server.inside("li")
    server.browser().log_in("li", "a wrong password")
    browser.get("/link/" + "s" * 43, headers=HTML)
    told = repr(logs.events)
    assert logs.events
    assert not [word for word in (PASSWORD, "a wrong password", "ssss") if word in told]
