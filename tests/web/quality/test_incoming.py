"""Files that come in: kept apart by person, looked at, told what columns mean, made an import."""

from __future__ import annotations

from functools import partial
from pathlib import Path
from typing import Any

import pytest

from store.audit import deeds
from store.imports import imported, spools
from store.people import Person, add_person
from store.reading import Spool
from store.temporary import UPLOADS, sweep_temporary
from tests.web.served import Clock
from web.quality.incoming import Intake
from web.quality.jobs import Jobs
from web.quality.uploads import Waiting, clean_name
from web.services import Services
from web.text import t

UNKNOWN = "甲,乙,丙\n1,客户,草莓烂了\n1,客服,实在抱歉\n"
KNOWN = "会话ID,时间,角色,内容\n1,2026-03-02 10:00:00,客户,电话13987654321\n"


@pytest.fixture
def lead(services: Services) -> Person:
    return add_person(services.store, "lead", "lead", "lead", services.clock())


@pytest.fixture
def waiting(services: Services) -> Waiting:
    return Waiting(services.folders.data)


@pytest.fixture
def intake(services: Services) -> Intake:
    return Intake(services, "zh", partial(t, "zh"))


def put(
    waiting: Waiting, owner: int, data: str | bytes, name: str = "a.csv", token: str = "ab"
) -> str:
    content = data.encode() if isinstance(data, str) else data
    waiting.place(owner, name, token).write_bytes(content)
    return token


def test_columns_are_shown_masked_with_what_can_be_scored(
    intake: Intake, waiting: Waiting, lead: Person
) -> None:
    token = put(waiting, lead.id, KNOWN)
    found = intake.look(lead, {"files": [token]})
    (file,) = found["files"]
    assert [(one["name"], one["meaning"]) for one in file["columns"]] == [
        ("会话ID", "id"), ("时间", "at"), ("角色", "role"), ("内容", "text"),
    ]  # fmt: skip
    assert "13987654321" not in str(found)
    missing = {one["label"]: one["missing"] for one in found["can"]}
    assert missing["准确"] == "facts"
    assert missing["时效"] == ""
    assert {
        one["missing"] for one in intake.look(lead, {"files": [token], "facts": "x"})["can"]
    } == {""}


def test_a_choice_over_columns_makes_a_table_readable(
    intake: Intake, waiting: Waiting, lead: Person
) -> None:
    token = put(waiting, lead.id, UNKNOWN)
    before = intake.look(lead, {"files": [token]})["files"][0]
    assert before["fault"] == f"a.csv: {t('zh', 'reason.format')}"
    assert [one["meaning"] for one in before["columns"]] == ["", "", ""]
    told = {"甲": "id", "乙": "role", "丙": "text"}
    after = intake.look(lead, {"files": [token], "columns": told})
    assert after["files"][0]["fault"] == ""
    assert {one["label"]: one["missing"] for one in after["can"]}["时效"] == "times"


def test_an_import_waits_with_all_that_was_chosen(
    services: Services, intake: Intake, waiting: Waiting, lead: Person
) -> None:
    jobs = Jobs(services, "zh", partial(t, "zh"))
    assert (
        jobs.add_facts(lead, {"name": "水果", "text": "- 坏果包赔\n坏果包赔\n"})["name"]
        == "水果.json"
    )
    token = put(waiting, lead.id, UNKNOWN)
    asked = {
        "files": [token], "columns": {"甲": "id", "乙": "role", "丙": "text"}, "zone": "Asia/Tokyo",
        "rubric": "complaint", "facts": "水果.json",
    }  # fmt: skip
    number = intake.start(lead, asked, "cd")["import"]
    spool = Spool.of(spools(services.store)[number])
    assert spool.options.timezone == "Asia/Tokyo"
    assert spool.options.chosen["丙"] == "text"
    assert all((services.folders.data / path).is_file() for path in spool.paths)
    assert len(spool.paths) == 2
    job = imported(services.store, number)
    assert (job.state, job.spooled, job.made_by) == ("reading", True, lead.id)
    assert deeds(services.store)[0].action == "import"
    assert jobs.watch({"numbers": [number]})["rows"][0]["state"] == "reading"
    jobs.stop(lead, {"import": number, "on": False})
    assert imported(services.store, number).state == "stopped"
    jobs.stop(lead, {"import": number, "on": True})
    assert imported(services.store, number).state == "reading"
    jobs.remove(lead, {"import": number})
    assert not list((services.folders.data / UPLOADS).glob("*/*"))
    assert jobs.rows({})["rows"] == []


def test_the_same_files_once_more_are_the_same_import(
    services: Services, intake: Intake, waiting: Waiting, lead: Person
) -> None:
    first = intake.start(lead, {"files": [put(waiting, lead.id, KNOWN)]}, "x1")
    again = intake.start(lead, {"files": [put(waiting, lead.id, KNOWN, token="cd")]}, "x2")
    assert (first["import"], first["known"]) == (again["import"], "")
    assert "cd" in spools(services.store)[again["import"]], "the newer files are read"


@pytest.mark.parametrize(
    ("data", "name", "key"),
    [
        (b"", "a.csv", "empty"),
        (b"\x89PNG\r\n\x1a\n\x00\x00\x00\x0d" * 99, "a.png", "not_text"),
        (b"PK\x03\x04" + b"x" * 500, "a.xlsx", "excel"),
        (b"\x1f\x8bnothing", "a.gz", "gzip"),
        ("你好世界\n".encode() * 5, "a.txt", "format"),
        ("时间,内容\n2026-03-02 10:00,在吗\n".encode(), "a.csv", "no_role"),
    ],
)
def test_a_broken_file_gives_one_clear_line(
    intake: Intake, waiting: Waiting, lead: Person, data: bytes, name: str, key: str
) -> None:
    token = put(waiting, lead.id, data, name)
    told = f"{name}: {t('zh', f'reason.{key}')}"
    assert intake.look(lead, {"files": [token]})["files"][0]["fault"] == told
    assert intake.start(lead, {"files": [token]}, "cd") == {"refused": told}


def test_nobody_can_name_the_files_of_others(
    services: Services, intake: Intake, waiting: Waiting, lead: Person
) -> None:
    other = add_person(services.store, "other", "other", "lead", services.clock())
    put(waiting, other.id, KNOWN)
    for token in ("ab", "../1-ab", f"{other.id}-ab", ""):
        gone = {"refused": t("zh", "quality.files_gone")}
        assert intake.look(lead, {"files": [token]}) == gone
        assert intake.start(lead, {"files": [token]}, "cd") == gone
        intake.drop(lead, {"token": token})
    assert waiting.of(other.id)


@pytest.mark.parametrize("rubric", ["../secret", "/etc/passwd", "nothing", "C:\\x"])
def test_a_rubric_is_a_name(intake: Intake, waiting: Waiting, lead: Person, rubric: str) -> None:
    token = put(waiting, lead.id, KNOWN)
    assert "refused" in intake.start(lead, {"files": [token], "rubric": rubric}, "cd")


@pytest.mark.parametrize(
    ("given", "clean"),
    [
        ("../../etc/passwd", "passwd"),
        ("a\\b\\c.csv", "c.csv"),
        ("\x00\n", "chats"),
        ("..", "chats"),
    ],
)
def test_names_stay_in_their_folder(given: str, clean: str) -> None:
    assert clean_name(given) == clean


@pytest.mark.parametrize(
    "body",
    [
        {},
        {"name": "a", "text": " "},
        {"name": "../", "text": "x"},
        {"name": "a.yaml", "text": "x: ["},
        {"name": "a", "text": "x" * 200_001},
    ],
)
def test_rules_that_cannot_be_kept_are_told(
    services: Services, lead: Person, body: dict[str, Any]
) -> None:
    jobs = Jobs(services, "zh", partial(t, "zh"))
    assert "refused" in jobs.add_facts(lead, body)
    assert not (services.folders.data / "facts").exists()


def test_what_was_left_behind_is_deleted_and_what_is_needed_stays(
    tmp_path: Path, clock: Clock
) -> None:
    for name in ("1-ab", "1-cd"):
        folder = tmp_path / UPLOADS / name
        folder.mkdir(parents=True)
        (folder / "a.csv").write_text("x")
    (tmp_path / "temporary" / "kefu-x").write_text("x")
    sweep_temporary(tmp_path, ["temporary/uploads/1-ab/a.csv"], clock().replace(year=1990))
    assert len(list((tmp_path / UPLOADS).iterdir())) == 2
    gone = sweep_temporary(tmp_path, ["temporary/uploads/1-ab/a.csv"], clock().replace(year=2090))
    assert gone == 2
    assert [path.name for path in (tmp_path / UPLOADS).iterdir()] == ["1-ab"]
