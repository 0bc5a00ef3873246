"""A studio over a store of its own, with proofs that are told what to find."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import timedelta, timezone
from pathlib import Path
from typing import Any

import pytest

from store.opening import open_store
from store.people import Person, add_person
from store.proofs import Result
from store.published import lay_out, published
from tests.web.served import Clock, Kept
from web.services import Folders, Later, Services
from web.studio.beside import Beside
from web.studio.proving import Proofs
from web.studio.shelf import Kind
from web.studio.writing import Writing
from web.text import t

CLEAN: Result = {
    "faults": [],
    "paths": [
        {"variant": 0, "path": "good", "ending": "satisfied", "right": True, "overall": 90.0,
         "states": ["start"], "faults": []},
    ],
    "variants": 4,
}  # fmt: skip


class Told(Proofs):
    """Proofs without a grader: what was told, or still under way."""

    result: Result | None = CLEAN

    def hash(self, kind: Kind, name: str, text: str) -> str:
        return f"{kind}/{name}"

    def ask(self, kind: Kind, name: str, text: str, soon: bool = False) -> Result | None:
        return self.result

    def progress(self, kind: Kind, name: str, text: str) -> tuple[int, int] | None:
        return (2, 5)


@pytest.fixture
def services(tmp_path: Path) -> Iterator[Services]:
    data = tmp_path / "data"
    model: Later[Any] = Later(object)
    model.get()
    with open_store(data) as store:
        lay_out(store, data)
        folders = Folders(
            data,
            (published(data, "rubric"),),
            (published(data, "scenario"),),
            (published(data, "persona"),),
        )
        clock = Clock()
        yield Services(store, model, clock, timezone(timedelta(hours=8)), folders, Kept())


@pytest.fixture
def me(services: Services) -> Person:
    return add_person(services.store, "chen", "陈老师", "trainer", services.clock())


@pytest.fixture
def other(services: Services) -> Person:
    return add_person(services.store, "wu", "吴老师", "trainer", services.clock())


@pytest.fixture
def proofs(services: Services) -> Told:
    return Told(services, Beside(services.model.load, services.logs, own_process=False))


@pytest.fixture
def writing(services: Services, proofs: Told) -> Callable[[Kind], Writing]:
    """The studio of a kind, in Chinese."""

    def make(kind: Kind = "scenario") -> Writing:
        return Writing(services, kind, "zh", lambda key, **values: t("zh", key, **values), proofs)

    return make
