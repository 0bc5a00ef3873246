"""`kefu user`: accounts from the shell."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

import pytest
from typer.testing import CliRunner, Result

from kefu.commands import commands
from store.audit import deeds
from store.links import choose_password
from store.opening import open_store
from transcripts.errors import KefuError

AT = datetime(2026, 3, 2, tzinfo=UTC)


@pytest.fixture(autouse=True)
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("KEFU_DATA", str(tmp_path / "data"))
    return tmp_path / "data"


def kefu(*arguments: str, text: str | None = None) -> Result:
    found = CliRunner().invoke(commands("user"), ["user", *arguments], input=text)
    if isinstance(found.exception, KefuError):
        raise found.exception
    return found


def test_an_account_from_the_first_link_to_the_last(folder: Path) -> None:
    assert kefu("add", "boss", "--role", "admin").exit_code == 0
    shown = kefu("add", "li", "--name", "小李")
    token = shown.stdout.strip().removeprefix("/link/")
    assert len(token) >= 43
    assert "168 h" in shown.stderr
    with open_store(folder) as store:
        assert choose_password(store, token, "草莓烂了一半-2026", AT).login == "li"
    kefu("role", "li", "trainer")
    kefu("disable", "li")
    assert kefu("list").stdout == "boss\tboss\tadmin\tinvited\nli\t小李\ttrainer\tshut out\n"
    kefu("disable", "li", "--undo")
    assert kefu("reset", "li").stdout.startswith("/link/")
    assert kefu("forget", "li", text="n\n").exit_code == 1
    assert kefu("forget", "li", "--yes").exit_code == 0
    assert kefu("list").stdout == "boss\tboss\tadmin\tinvited\n"
    with open_store(folder) as store:
        found = deeds(store)
        assert {one.subject for one in found} == {"person 1", "person 2"}
        done = [one.action for one in found]
    assert done == ["user.forget", "user.reset", "user.enable", "user.disable", "user.role",
                    "user.add", "user.add"]  # fmt: skip


def test_what_cannot_be_is_said(folder: Path) -> None:
    kefu("add", "boss", "--role", "admin")
    with pytest.raises(KefuError, match="last admin"):
        kefu("disable", "boss")
    with pytest.raises(KefuError, match="last admin"):
        kefu("forget", "boss", "--yes")
    with pytest.raises(KefuError, match="kefu user list"):
        kefu("invite", "nobody")
    assert kefu("role", "boss", "emperor").exit_code == 2
