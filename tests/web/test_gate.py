"""The gate: what is open, what another site may not do, what browsers are told, what is counted."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import pytest

from store.people import set_lang
from tests.web.served import HTML, Kept, Server
from web.pages import Area, Page, PageContext


def nothing(page: PageContext) -> None:
    """Pages of these tests are never built."""


AREA = Area(
    "lab",
    (
        Page("home", "all", ("agent", "trainer", "admin"), nothing, menu=True),
        Page("people", "some", ("trainer",), nothing),
    ),
)


@pytest.fixture
def areas() -> tuple[Area, ...]:
    return (AREA,)


def test_probes_are_open_and_tell_what_is_there(server: Server) -> None:
    browser = server.browser()
    assert browser.get("/healthz").text == "ok"
    before = browser.get("/readyz")
    assert (before.status_code, before.json()) == (
        503, {"store": True, "model": False, "pages": False}
    )  # fmt: skip
    server.services.model.get()
    server.house.open.add(("zh", "lab"))
    assert browser.get("/readyz").status_code == 200


def test_counts_are_for_admins(server: Server) -> None:
    assert server.browser().get("/metrics").status_code == 403
    assert server.inside("li").get("/metrics").status_code == 403
    told = server.inside("boss", "admin").get("/metrics").text
    assert 'kefu_requests_total{kind="page",status="303"} 2' in told
    assert "kefu_model_ready 0" in told


@pytest.mark.parametrize(
    ("headers", "status"),
    [
        ({"sec-fetch-site": "cross-site"}, 403),
        ({"sec-fetch-site": "same-site"}, 403),
        ({"sec-fetch-site": "same-origin"}, 303),
        ({"origin": "http://evil.example"}, 403),
        ({"origin": "null"}, 403),
        ({"origin": "http://kefu.test"}, 303),
        ({"origin": "https://kefu.example", "x-forwarded-host": "kefu.example"}, 303),
        ({}, 303),
    ],
)
def test_another_site_cannot_send_forms(
    server: Server, headers: Mapping[str, str], status: int
) -> None:
    browser = server.inside("li")
    form = {"form": browser.token("/me"), "theme": "dark", "next": "/"}
    assert browser.post("/switch/theme", data=form, headers=dict(headers)).status_code == status


def test_a_huge_form_is_not_read(server: Server) -> None:
    browser = server.browser()
    assert browser.post("/login", content=b"x" * 70_000).status_code == 413

    def endless() -> Any:
        yield b"login=x"

    assert browser.post("/login", content=endless()).status_code == 413


def test_browsers_are_told_what_a_page_may_do(server: Server) -> None:
    answer = server.browser().get("/login", headers=HTML)
    assert answer.headers["x-frame-options"] == "DENY"
    assert answer.headers["x-content-type-options"] == "nosniff"
    assert answer.headers["cache-control"] == "no-store"
    assert "unsafe" not in answer.headers["content-security-policy"]
    style = server.browser().get("/static/kefu.css")
    assert "immutable" in style.headers["cache-control"]


def test_a_page_that_is_not_open_yet_says_so_and_comes_by_itself(server: Server) -> None:
    browser = server.inside("li")
    answer = browser.get("/zh/lab/all", headers=HTML)
    assert (answer.status_code, answer.headers["refresh"]) == (503, "1")
    assert "马上就好" in answer.text
    assert browser.post("/zh/lab/gradio_api/queue/join").json() == {"error": "opening"}
    server.house.fault = "ImportError"
    assert "出了点问题" in browser.get("/zh/lab/all", headers=HTML).text


def test_an_area_opens_at_its_first_page(server: Server) -> None:
    assert server.inside("li").get("/zh/lab/", headers=HTML).headers["location"] == "/zh/lab/all"


def test_a_page_comes_in_the_language_of_its_reader(server: Server) -> None:
    browser = server.inside("li")
    set_lang(server.services.store, 1, "en")
    answer = browser.get("/zh/lab/all?id=3", headers=HTML)
    assert (answer.status_code, answer.headers["location"]) == (303, "/en/lab/all?id=3")


@pytest.mark.parametrize(
    ("path", "role", "status"),
    [
        ("/zh/lab/all", "agent", 503),
        ("/zh/lab/some", "agent", 403),
        ("/zh/lab/some/", "agent", 403),
        ("/zh/lab/some", "trainer", 503),
        ("/zh/lab/config", "agent", 503),
        ("/zh/lab/config", "team_leader", 403),
        ("/zh/lab/gradio_api/info", "lead", 403),
        ("/people", "trainer", 403),
        ("/people/", "trainer", 403),
        ("/nowhere", "agent", 404),
        ("/fr/lab/all", "agent", 404),
    ],
)
def test_who_may_go_where(server: Server, path: str, role: Any, status: int) -> None:
    browser = server.inside("li", role)
    assert browser.get(path, headers=HTML).status_code == status
    assert server.browser().get(path).status_code == 401


def test_the_header_shows_what_one_may_see(server: Server) -> None:
    for login, role, there in (("a", "agent", True), ("b", "lead", False)):
        page = server.inside(login, role).get("/", headers=HTML).text  # type: ignore[arg-type]
        assert ('href="/zh/lab/all"' in page) is there
        assert 'href="/people"' not in page
    assert 'href="/people"' in server.inside("c", "admin").get("/", headers=HTML).text


def test_what_breaks_is_logged_by_place_and_told_kindly(
    server: Server, logs: Kept, monkeypatch: pytest.MonkeyPatch
) -> None:
    browser = server.inside("li")

    def broken(*_: object) -> None:
        raise ValueError("草莓")

    monkeypatch.setattr(server.house, "links", broken)
    assert browser.get("/me", headers=HTML).status_code == 500
    event, ids = next(one[1:] for one in logs.events if one[0] == "error")
    assert (event, ids["error"], "草莓" in repr(ids)) == ("request_failed", "ValueError", False)
