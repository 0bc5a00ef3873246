"""A store in a folder of its own, and times that no clock gives."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from store.database import Store
from store.opening import open_store
from store.people import Person, add_person, first_person

START = datetime(2026, 3, 2, 2, 0, tzinfo=UTC)


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    with open_store(tmp_path / "data") as opened:
        yield opened


@pytest.fixture
def at() -> Callable[..., datetime]:
    """The time so long after the start."""
    return lambda **later: START + timedelta(**later)


@pytest.fixture
def li(store: Store) -> Person:
    """Somebody who practises, beside the admin who is number 1."""
    assert first_person(store, "boss", START) is not None
    return add_person(store, "li", "小李", "agent", START)
