"""The interface for programs: tokens, roles, the same bytes as the shell, its own schema."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
import schemathesis
from hypothesis import HealthCheck, Phase, given, settings
from schemathesis.checks import load_all_checks

from grader.batch import Grading
from grader.model import Model, load_model
from rubrics.load import load_rubric
from store.audit import deeds
from store.logins import make_api_token
from store.opening import open_store
from store.people import Role, add_person, set_group
from tests.store.playing import whole
from tests.web.served import HTML, Browser, Clock, Kept, Server
from transcripts.times import zone
from web.server import make_app
from web.services import Folders, Later, Services

CHAT = json.dumps({
    "id": "c1", "facts": ["签收 24 小时内坏果包赔，需照片"],
    "messages": [
        {"role": "customer", "text": "草莓烂了一半，电话 13812345678", "at": "2026-03-02T02:00Z"},
        {"role": "agent", "text": "非常抱歉，麻烦您拍张照片。", "at": "2026-03-02T02:01Z"},
    ],
})  # fmt: skip


def program(server: Server, login: str, role: Role = "agent") -> Browser:
    """A program with the token of somebody new."""
    services = server.services
    person = add_person(services.store, login, login, role, services.clock())
    make_api_token(
        services.store, person.id, "report", f"t-{login}", services.clock(), timedelta(days=30)
    )
    return server.browser(authorization=f"Bearer t-{login}")


def cards(one: Browser) -> list[int]:
    return [card["person"] for card in one.get("/api/v1/scorecards").json()["scorecards"]]


class TestTokens:
    def test_a_token_is_shown_once_and_opens_the_interface_alone(self, server: Server) -> None:
        li = server.inside("li")
        made = li.fill("/me/token", "/me", label="日报", days=90)
        token = re.search(r'value="([\w-]{43})"', made.text)
        assert token is not None
        me = li.get("/me", headers=HTML).text
        assert ("日报" in me, token[1] in me) == (True, False)
        told = server.browser(authorization=f"Bearer {token[1]}")
        assert told.get("/api/v1/scorecards").json() == {"scorecards": [], "next": None}
        assert told.get("/me").status_code == 401
        assert deeds(server.services.store)[0].action == "token.made"

    def test_it_ends_with_its_time_its_owner_or_when_it_is_revoked(
        self, server: Server, clock: Clock
    ) -> None:
        li = program(server, "li")
        assert li.get("/api/v1/scorecards").status_code == 200
        clock.move(days=31)
        answer = li.get("/api/v1/scorecards")
        assert (answer.status_code, answer.json()["error"]) == (401, "login")

    def test_nobody_comes_in_without_one(self, server: Server) -> None:
        for told in ({}, {"authorization": "Bearer x"}, {"authorization": "Basic eDp4"}):
            answer = server.browser(**told).get("/api/v1/scorecards")
            assert (answer.status_code, "Bearer TOKEN" in answer.json()["text"]) == (401, True)

    def test_another_site_cannot_use_a_login(self, server: Server) -> None:
        li = server.inside("li")
        answer = li.post("/api/v1/grade", content=CHAT, headers={"sec-fetch-site": "cross-site"})
        assert (answer.status_code, answer.json()["error"]) == (403, "forged")


class TestScorecards:
    def test_everybody_reads_what_their_role_may(self, server: Server) -> None:
        store, at = server.services.store, server.services.clock()
        told = {role: program(server, role, role) for role in ("trainer", "lead", "team_leader")}
        li, wang = (add_person(store, name, name, "agent", at) for name in ("li", "wang"))
        set_group(store, "early", [li.id], [3], at)  # the team leader was added third
        whole(store, li, at)
        whole(store, wang, at, mode="exam")
        whole(store, li, at, mode="exam")
        assert cards(told["trainer"]) == [li.id, wang.id, li.id]
        assert cards(told["team_leader"]) == [li.id], "the team's exam, no practice"
        assert cards(told["lead"]) == []
        assert told["lead"].get("/api/v1/scorecards/1").status_code == 404
        noted = [(one.action, one.person) for one in deeds(store)]
        assert ("api.list", 1) in noted

    def test_pages_go_by_key(self, server: Server) -> None:
        store, at = server.services.store, server.services.clock()
        li = program(server, "li")
        for _ in range(3):
            whole(store, add_one(server), at)
        trainer = program(server, "trainer", "trainer")
        first = trainer.get("/api/v1/scorecards?most=2").json()
        assert ([one["id"] for one in first["scorecards"]], first["next"]) == ([3, 2], 2)
        last = trainer.get("/api/v1/scorecards?most=2&before=2").json()
        assert ([one["id"] for one in last["scorecards"]], last["next"]) == ([1], None)
        assert trainer.get("/api/v1/scorecards/3").json()["overall"] == 80.0
        assert li.get("/api/v1/scorecards/3").status_code == 404


def add_one(server: Server) -> Any:
    store, at = server.services.store, server.services.clock()
    number = len(store.rows("SELECT id FROM people"))
    return add_person(store, f"p{number}", "p", "agent", at)


def test_scenarios_keep_the_diagnosis_from_those_who_practise(server: Server) -> None:
    for role, told in (("agent", False), ("trainer", True)):
        found = program(server, role, role).get("/api/v1/scenarios").json()["scenarios"]
        assert len(found) >= 30
        assert all((one["title"] is not None) is told for one in found)


def test_what_cannot_be_used_is_said(server: Server) -> None:
    li = program(server, "li")
    server.services.model.get()
    for body, word in (
        ("", "json"), ("[" * 100_000, "json"), ("[1]", "transcript"), ('{"id": 1}', "transcript"),
    ):  # fmt: skip
        answer = li.post("/api/v1/grade", content=body)
        assert (answer.status_code, answer.json()["error"]) == (422, word)
    assert "general" in li.post("/api/v1/grade?rubric=../x", content=CHAT).json()["text"]
    assert li.get("/api/v1/scorecards?most=0").json()["error"] == "query"
    assert li.get("/api/v1/nothing").json()["error"] == "path"
    assert li.post("/api/v1/grade", content="x" * 2_100_000).status_code == 413


def test_the_page_about_it_names_every_deed(server: Server) -> None:
    li = server.inside("li")
    told = li.get("/api/v1/", headers=HTML).text
    for path in li.get("/api/v1/openapi.json").json()["paths"]:
        assert f"/api/v1{path}" in told


@pytest.fixture(scope="module")
def graded(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    """A server with the real grader and one practice."""
    folder: Path = tmp_path_factory.mktemp("api") / "data"
    with open_store(folder) as store:
        clock = Clock()
        model: Later[Model] = Later(load_model)
        services = Services(store, model, clock, zone("Asia/Shanghai"), Folders(folder), Kept())
        app, house = make_app(services, ())
        server = Server(app, house, services)
        model.get()
        whole(store, add_one(server), clock())
        line = Grading(load_rubric("general"), model.get().hash).open()(CHAT)
        store.write(lambda t: t.run("UPDATE scorecards SET line = ?", (line,)))
        yield server


@pytest.mark.slow
def test_a_grade_is_the_line_that_the_shell_writes(graded: Server) -> None:
    li = program(graded, "li")
    told = li.post("/api/v1/grade", content=CHAT)
    assert told.status_code == 200
    model = graded.services.model.get()
    assert told.text == Grading(load_rubric("general"), model.hash).open()(CHAT)
    assert "13812345678" not in told.text


@pytest.mark.slow
def test_the_interface_keeps_its_own_schema(graded: Server) -> None:
    """Whatever the schema allows, and much that it does not, gets an answer that it describes."""
    program(graded, "robot", "trainer")
    told = {"authorization": "Bearer t-robot", "user-agent": "test"}
    schema = schemathesis.openapi.from_asgi("/api/v1/openapi.json", graded.app, headers=told)
    load_all_checks()
    names = (
        "not_a_server_error", "status_code_conformance", "content_type_conformance",
        "response_schema_conformance",
    )  # fmt: skip
    checks = schemathesis.checks.CHECKS.get_by_names(list(names))
    seen = set()
    for found in schema.get_all_operations():
        operation = found.ok()
        seen.add(operation.label)

        @settings(
            max_examples=25, derandomize=True, deadline=None, phases=[Phase.generate],
            suppress_health_check=list(HealthCheck), database=None,
        )  # fmt: skip
        @given(case=operation.as_strategy())
        def keeps(case: Any) -> None:
            case.call_and_validate(headers=told, checks=checks, timeout=120)

        keeps()
    assert len(seen) == 4
