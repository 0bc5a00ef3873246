"""`kefu serve`: the first admin's link, one server a folder, a port that is taken."""

from __future__ import annotations

import socket
from datetime import UTC, datetime
from pathlib import Path

import pytest

from kefu.lock import Lock
from kefu.serve import _listen, first_link, serve
from store.declined import Declined
from store.links import choose_password, whom
from store.opening import open_store
from store.people import add_person, people
from transcripts.errors import UnreadableInput

PASSWORD = "草莓烂了一半-2026"


def token(link: str | None) -> str:
    assert link is not None
    return link.removeprefix("/link/")


def test_the_first_admin_gets_a_new_link_at_every_start_until_one_is_used(tmp_path: Path) -> None:
    with open_store(tmp_path) as store:
        first, second = token(first_link(store)), token(first_link(store))
        at = datetime.now(UTC)
        with pytest.raises(Declined):
            whom(store, first, at)
        assert choose_password(store, second, PASSWORD, at).role == "admin"
        assert first_link(store) is None
        assert len(people(store)) == 1


def test_an_admin_from_the_shell_is_not_joined_by_another(tmp_path: Path) -> None:
    with open_store(tmp_path) as store:
        add_person(store, "boss", "boss", "admin", datetime.now(UTC))
        assert first_link(store) is None
        assert [one.login for one in people(store)] == ["boss"]


def test_one_server_a_folder(tmp_path: Path) -> None:
    open_store(tmp_path).close()
    with (
        Lock(tmp_path / "server.lock", "taken", "unwritable"),
        pytest.raises(UnreadableInput, match="another server is running on this data folder"),
    ):
        serve(port=0, data=tmp_path)


def test_a_port_that_is_taken_is_said() -> None:
    with socket.socket() as other:
        other.bind(("127.0.0.1", 0))
        other.listen()
        port = other.getsockname()[1]
        with pytest.raises(UnreadableInput, match=rf"127\.0\.0\.1:{port}: cannot be listened on"):
            _listen("127.0.0.1", port)
