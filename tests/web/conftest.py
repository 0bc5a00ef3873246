"""A server in memory: a store in a folder of its own, no grader."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from store.opening import open_store
from store.people import Person
from tests.web.served import Browser, Clock, Kept, Server
from transcripts.times import zone
from web.pages import Area
from web.server import make_app
from web.services import Folders, Later, Services


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def logs() -> Kept:
    return Kept()


@pytest.fixture
def services(tmp_path: Path, clock: Clock, logs: Kept) -> Iterator[Services]:
    with open_store(tmp_path / "data") as store:
        model: Later[Any] = Later(object)
        yield Services(store, model, clock, zone("Asia/Shanghai"), Folders(tmp_path / "data"), logs)


@pytest.fixture
def areas() -> tuple[Area, ...]:
    """Tests with areas of their own replace this."""
    return ()


@pytest.fixture
def server(services: Services, areas: tuple[Area, ...]) -> Server:
    app, house = make_app(services, areas)
    return Server(app, house, services)


@pytest.fixture
def li(server: Server) -> Person:
    """A trainee."""
    return server.add("li", "agent", "小李")


@pytest.fixture
def page(server: Server, li: Person) -> Browser:
    """Her browser, logged in, in Chinese."""
    browser = server.browser(**{"accept-language": "zh"})
    assert browser.log_in(li.login).status_code == 303
    return browser
