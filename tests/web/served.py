"""A server in memory and the browsers on it: a clock that stands, logs that remember."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from typing import Any

from starlette.testclient import TestClient

from store.links import choose_password, make_link
from store.people import Person, Role, add_person
from web.house import House
from web.services import Services

PASSWORD = "草莓烂了一半-2026"
HTML = {"accept": "text/html"}


@dataclass(eq=False)
class Clock:
    """Stands until it is moved."""

    at: datetime = datetime(2026, 3, 2, 2, 0, tzinfo=UTC)

    def __call__(self) -> datetime:
        return self.at

    def move(self, **by: float) -> None:
        self.at += timedelta(**by)


@dataclass(eq=False)
class Kept:
    """Logs that remember what they were told."""

    events: list[tuple[str, str, dict[str, Any]]] = field(default_factory=list)

    def info(self, event: str, **ids: Any) -> None:
        self.events.append(("info", event, ids))

    def warning(self, event: str, **ids: Any) -> None:
        self.events.append(("warning", event, ids))

    def error(self, event: str, **ids: Any) -> None:
        self.events.append(("error", event, ids))


class Browser(TestClient):
    """A client that fills in forms as a browser does."""

    def token(self, path: str = "/login") -> str:
        """What a form of that page brings along."""
        found = re.search(r'name="form" value="(\w+)"', self.get(path, headers=HTML).text)
        assert found is not None
        return found[1]

    def fill(self, path: str, where: str | None = None, **fields: Any) -> Any:
        """Send a form that stands on the page `where`."""
        token = self.token(where or path)
        return self.post(path, data={"form": token, **fields}, headers=HTML)

    def log_in(self, login: str, password: str = PASSWORD) -> Any:
        return self.fill("/login", login=login, password=password)


@dataclass
class Server:
    """The app, its state, and how to get a browser on it."""

    app: Any
    house: House
    services: Services

    def browser(self, **headers: str) -> Browser:
        told = {"user-agent": "test", **headers}
        return Browser(self.app, "http://kefu.test", headers=told, follow_redirects=False)

    def add(self, login: str, role: Role = "agent", name: str = "") -> Person:
        """Somebody who has chosen a password."""
        store, at = self.services.store, self.services.clock()
        person = add_person(store, login, name or login, role, at)
        make_link(store, person.id, "invite", f"token-of-{login}", None, at)
        return choose_password(store, f"token-of-{login}", PASSWORD, at)

    def inside(self, login: str, role: Role = "agent") -> Browser:
        """A browser in which somebody new is logged in."""
        self.add(login, role)
        browser = self.browser()
        assert browser.log_in(login).status_code == 303
        return browser
