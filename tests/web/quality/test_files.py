"""Files in and out over HTTP: limits, roles, formulas, what is logged, nothing left behind."""

from __future__ import annotations

import csv
import io
import json

import pytest
from openpyxl import load_workbook

from store.audit import deeds
from store.people import ROLES
from store.temporary import FOLDER, UPLOADS
from tests.web.quality.graded import EVIL, fill
from tests.web.served import Server
from web.quality import files
from web.quality.pages import LEADS


@pytest.mark.parametrize("role", [one for one in ROLES if one not in LEADS])
def test_only_leads_put_in_and_take_out(server: Server, role: str) -> None:
    browser = server.inside("li", role)  # type: ignore[arg-type]
    assert browser.post("/quality/files?name=a.csv", content=b"x").status_code == 403
    for path in ("/quality/export.csv", "/quality/rejects.csv?import=1"):
        assert browser.get(path).status_code == 403
    assert not list((server.services.folders.data / FOLDER).glob("**/*.csv"))


def test_a_file_lies_in_a_folder_of_its_owners(server: Server) -> None:
    browser = server.inside("lead", "lead")
    found = browser.post("/quality/files?name=../../a.csv", content=b"x" * 100_000).json()
    (path,) = (server.services.folders.data / UPLOADS).glob("*/*")
    assert (path.name, path.stat().st_size) == ("a.csv", 100_000)
    assert path.parent.name == f"1-{found['token']}"
    assert path.parent.stat().st_mode & 0o777 == 0o700


def test_what_is_too_large_or_empty_is_told_and_not_kept(
    server: Server, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(files, "LARGEST", 1000)
    monkeypatch.setattr(files, "MOST", 1)
    browser = server.inside("lead", "lead")
    assert browser.post("/quality/files?name=a", content=b"x" * 1001).status_code == 413
    assert "refused" in browser.post("/quality/files?name=a", content=b"").json()
    assert browser.post("/quality/files?name=", content=b"x").status_code == 422
    assert not list((server.services.folders.data / UPLOADS).glob("*/*"))
    assert browser.post("/quality/files?name=a", content=b"x").status_code == 200
    assert browser.post("/quality/files?name=b", content=b"x").status_code == 409


def test_another_site_puts_nothing_in(server: Server) -> None:
    browser = server.inside("lead", "lead")
    told = {"sec-fetch-site": "cross-site"}
    assert browser.post("/quality/files?name=a", content=b"x", headers=told).status_code == 403


def test_exports_follow_the_filter_and_are_noted(server: Server) -> None:
    fill(server.services.store, server.services.clock())
    browser = server.inside("lead", "lead")
    text = browser.get("/quality/export.csv?failed=1&text=%E8%8D%89")
    rows = list(csv.DictReader(io.StringIO(text.content.decode("utf-8-sig"))))
    assert [row["transcript"] for row in rows] == ["c1", "c3", "c5", "c7", "c8"]
    assert rows[0]["empathy_advice"] == f"'{EVIL}"
    book = load_workbook(io.BytesIO(browser.get("/quality/export.xlsx?critical=1").content))
    sheet = book.worksheets[0]
    titles, only = [[cell.value for cell in row] for row in sheet.iter_rows()]
    assert only[titles.index("transcript")] == "c8"
    assert only[titles.index("empathy_advice")] == f"'{EVIL}"
    lines = browser.get("/quality/export.jsonl?import=1").text.splitlines()
    assert [json.loads(line)["transcript"] for line in lines] == [f"c{n}" for n in range(1, 9)]
    assert browser.get("/quality/export.exe").status_code == 404
    last = deeds(server.services.store)[:3]
    assert [(one.action, one.subject, one.detail["cards"]) for one in last] == [
        ("export", "import 1", 8), ("export", None, 1), ("export", None, 5),
    ]  # fmt: skip
    assert last[2].detail["filter"] == {"failed": "1", "text": "…"}
    assert last[0].person is not None
    assert not list((server.services.folders.data / FOLDER).glob("export-*"))


def test_rejects_are_a_table_in_words(server: Server) -> None:
    fill(server.services.store, server.services.clock())
    text = server.inside("lead", "lead").get("/quality/rejects.csv?import=1")
    titles, first, second = csv.reader(io.StringIO(text.content.decode("utf-8-sig")))
    assert titles == ["文件", "工作表", "行", "原因和办法"]
    assert first == ["'=chats.csv", "", "4", "内容是空的。补上内容，或删掉这一行"]
    assert second == ["b", "s", "", "x"]
