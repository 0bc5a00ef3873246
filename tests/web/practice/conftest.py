"""A server's services over a store of its own, with the real grader and a clock that is set."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
import structlog

from grader.model import Model
from store.opening import open_store
from store.people import Person, add_person
from tests.shipped import shipped_model
from web.practice.desk import Body, Desk
from web.practice.rooms import Rooms
from web.services import Folders, Later, Services
from web.text import t

START = datetime(2026, 3, 2, 2, 0, tzinfo=UTC)


@pytest.fixture(scope="session")
def model() -> Model:
    return shipped_model()


@dataclass
class Bench:
    """A desk and the time, which passes only when told to."""

    services: Services
    me: Person
    other: Person
    passed: list[float] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.again()

    def again(self) -> None:
        """The server starts anew on the same data."""
        self.rooms = Rooms(self.services)
        self.desk = Desk(self.services, self.rooms, lambda key, **values: t("zh", key, **values))

    def wait(self, seconds: float) -> None:
        """Time passes."""
        self.passed.append(seconds)

    def begin(self, scenario: str = "rotten-fruit", seed: int = 0, **more: Any) -> int:
        return self.rooms.start(self.me.id, scenario, seed, **more)

    def call(self, name: str, number: int, clock: float = 0, **more: Any) -> Body:
        """What the page would send; `clock` in seconds."""
        body = {"p": number, "clock": round(clock * 1000), "since": 0, **more}
        found: Body = getattr(self.desk, name)(self.me, body)
        return found


@pytest.fixture
def bench(tmp_path: Path, model: Model) -> Iterator[Bench]:
    passed: list[float] = []
    loaded = Later(lambda: model)
    with open_store(tmp_path / "data") as store:
        services = Services(
            store=store,
            model=loaded,
            clock=lambda: START + timedelta(seconds=sum(passed)),
            zone=UTC,
            folders=Folders(tmp_path / "data"),
            logs=structlog.get_logger(),
        )
        me = add_person(store, "xiaolin", "小林", "agent", START)
        other = add_person(store, "xiaowang", "小王", "agent", START)
        yield Bench(services, me, other, passed)
