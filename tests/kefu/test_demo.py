"""`kefu serve --demo`: real sessions of invented people, in a folder of their own, filled once."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from functools import partial
from pathlib import Path
from typing import Any

import pytest

from grader.batch import grade_each
from grader.grade import grade
from grader.scorecard import to_json
from kefu import serve as serving
from kefu.demo import Filling, fill, filled, greeting
from kefu.demo_plan import ADMIN, PEOPLE, TRIES
from kefu.order import grading_for
from kefu.serve import DEMO, serve
from kefu.settings import configure
from kefu.spooled import read_off
from kefu.worker import work_off
from simulator.play import ears
from store.assignments import assignments
from store.contents import rubric_at
from store.database import Store
from store.demo import Demo, begin_anew, demo_in, demo_of, mark_demo, no_demo
from store.feedback import news, own_view, questions
from store.going_on import go_on
from store.imports import imports
from store.opening import open_store
from store.people import add_person, named, people
from store.practices import flags, practices_of
from tests.shipped import shipped_model
from tests.web.served import Kept, Server
from transcripts.canonical import parse
from transcripts.errors import UnreadableInput
from transcripts.times import zone
from web.server import make_app
from web.services import Folders, Later, Services
from web.text import t

START = datetime(2026, 3, 30, 2, 0, tzinfo=UTC)


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    with open_store(tmp_path / "data" / DEMO) as opened:
        yield opened


def services_of(store: Store) -> Services:
    model: Later[Any] = Later(shipped_model)
    folders = Folders(store.path.parent)
    return Services(store, model, lambda: START, zone("Asia/Shanghai"), folders, Kept())


def begun(store: Store, at: datetime) -> Demo:
    return demo_in(store, 20, f"word-of-{at:%Y-%m-%d}", at)


def test_people_are_there_with_the_printed_password_and_a_banner_stands_on_every_page(
    store: Store,
) -> None:
    demo, filling = begun(store, START), Filling()
    services = replace(services_of(store), notice=filling.notice)
    assert fill(services, demo, lambda: True) is False  # stopped before the first practice
    assert [one.login for one in people(store)] == sorted(who.login for who in PEOPLE)
    app, house = make_app(services, ())
    browser = Server(app, house, services).browser()
    assert t("zh", "demo.filling") in browser.get("/login").text
    filling.state = "demo.filled"
    assert t("zh", "demo.filled") in browser.get("/login").text
    assert browser.log_in(ADMIN, demo.password).status_code == 303
    for path in ("/", "/me", "/people", "/progress", "/nowhere"):
        assert t("zh", "demo.filled") in browser.get(path, headers={"accept": "text/html"}).text
    told = "\n".join(greeting(demo))
    assert demo.password in told
    assert all(who.login in told and who.name in told for who in PEOPLE)


def test_without_a_demo_no_page_has_a_banner(store: Store) -> None:
    services = services_of(store)
    app, house = make_app(services, ())
    assert "notice" not in Server(app, house, services).browser().get("/login").text


def test_what_was_cut_short_is_made_anew_and_what_is_whole_is_left_alone(store: Store) -> None:
    first = begun(store, START)
    assert not fill(services_of(store), first, lambda: True)
    again = begun(store, START + timedelta(days=1))
    assert again.password != first.password
    assert not people(store)
    assert fill(services_of(store), again, tries=())
    whole = begun(store, START + timedelta(days=2))
    assert (whole.password, whole.filled_at) == (again.password, again.begun_at)
    count, filling = len(people(store)), Filling()
    with filled(services_of(store), whole, filling):
        assert filling.notice() == "demo.filled"
    assert len(people(store)) == count


def test_real_accounts_and_invented_ones_never_share_a_folder(tmp_path: Path) -> None:
    real = tmp_path / "real"
    with open_store(real / DEMO) as store:
        add_person(store, "boss", "boss", "admin", START)
        with pytest.raises(UnreadableInput, match="real accounts are there"):
            begun(store, START)
        with pytest.raises(UnreadableInput, match="holds no demo data"):
            begin_anew(store)
        assert [one.login for one in people(store)] == ["boss"]
    with pytest.raises(UnreadableInput, match="real accounts are there"):
        serve(port=0, data=real, demo=True)
    assert not (real / "kefu.db").exists()


def test_a_demo_is_not_served_as_if_it_were_real(tmp_path: Path) -> None:
    with open_store(tmp_path / DEMO) as store:
        no_demo(store)
        mark_demo(store, 1, "secret-word", START)
    with pytest.raises(UnreadableInput, match=rf"kefu serve --demo --data {tmp_path}"):
        serve(port=0, data=tmp_path / DEMO)


def test_the_command_serves_the_demo_folder_and_says_who_is_in_it(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    seen = []

    def run(services: Services, listening: Any) -> None:
        listening.close()
        seen.append((services.notice(), services.store.path.parent))

    with open_store(tmp_path / DEMO) as store:
        assert fill(services_of(store), begun(store, START), tries=())
        demo = demo_of(store)
    assert demo is not None
    monkeypatch.setattr(serving, "_run", run)
    monkeypatch.setattr(serving, "temporary", lambda data: None)
    serve(port=0, data=tmp_path, demo=True)
    assert seen == [("demo.filled", tmp_path / DEMO)]
    told = capsys.readouterr().out
    assert demo.password in told
    assert "First admin" not in told
    assert not (tmp_path / "kefu.db").exists()


def test_a_fault_is_said_above_every_page(store: Store) -> None:
    demo, filling = begun(store, START), Filling()
    add_person(store, ADMIN, "somebody", "agent", START)  # the name is taken
    with filled(services_of(store), demo, filling):
        pass  # the end waits for the thread
    assert filling.notice() == "demo.broken"


@pytest.mark.slow
def test_a_practice_is_played_kept_and_graded_as_anybodys(store: Store) -> None:
    demo, services = begun(store, START), services_of(store)
    tries = [one for one in TRIES if one.login == "liuyang"][:2]
    assert fill(services, demo, tries=tries)
    liuyang = named(store, "liuyang")
    newer, older = practices_of(store, liuyang.id)
    assert [older.scenario, newer.scenario] == [one.scenario for one in tries]
    assert [older.state, newer.state] == ["ended", "ended"]
    assert older.help
    assert not newer.help
    for one in (newer, older):
        assert own_view(store, one.id) is not None
        same_as_graded_again(store, one.conversation)
        assert go_on(store, one.id, partial(ears, model=shipped_model())).session.ended
        assert START - timedelta(days=20) < one.started_at < (one.ended_at or START) < START


@pytest.mark.slow
def test_the_whole_demo_is_real_and_the_same_again(store: Store, tmp_path: Path) -> None:
    demo, services = begun(store, START), services_of(store)
    assert fill(services, demo)
    rows = store.rows("SELECT id FROM conversations WHERE practice IS NOT NULL")
    assert 20 <= len(rows) <= 25
    for row in rows:
        same_as_graded_again(store, row["id"])
    exams = [one for one in assignments(store) if one.order.kind == "exam"]
    assert [(one.order.due_at or START) > START for one in exams] == [True, False]
    assert [one.answer is None for one in questions(store)] == [False, True]
    assert len(news(store, named(store, "zhaopeng").id)) == 1
    assert any(flags(store, one.id) for one in practices_of(store, named(store, "zhaopeng").id))
    read_off(store, store.path.parent, lambda: START)
    settings = configure({"data": store.path.parent}).settings
    work_off(store, partial(grading_for, settings), grade_each, lambda: START)
    (job,) = imports(store)
    assert (job.state, job.graded, job.rejected) == ("done", job.total, 0)
    assert job.total > 5
    with open_store(tmp_path / "again" / DEMO) as other:
        assert fill(services_of(other), replace(begun(other, START), password="another-word"))
        assert practised(other) == practised(store)


def practised(store: Store) -> list[dict[str, Any]]:
    """Every practice with all that was said and its card."""
    return store.rows(
        """SELECT p.scenario, p.variant, p.seed, p.started_at, p.ended_at, c.transcript, s.line
           FROM practices AS p JOIN conversations AS c ON c.practice = p.id
           JOIN scorecards AS s ON s.id = c.scorecard ORDER BY p.id"""
    )


def same_as_graded_again(store: Store, conversation: int | None) -> None:
    """The card says what the grader says of the words that were kept."""
    row = store.row(
        """SELECT c.transcript, s.line, s.rubric FROM conversations AS c
           JOIN scorecards AS s ON s.id = c.scorecard WHERE c.id = ?""",
        (conversation,),
    )
    assert row is not None
    said = parse(json.loads(row["transcript"]))
    card = grade(said, rubric_at(store, row["rubric"]), shipped_model())
    assert to_json(card) == json.loads(row["line"])
