"""A store in a folder of its own, and times that no clock gives."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from store.database import Store
from store.opening import open_store

START = datetime(2026, 3, 2, 2, 0, tzinfo=UTC)


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    with open_store(tmp_path / "data") as opened:
        yield opened


@pytest.fixture
def at() -> Callable[..., datetime]:
    """The time so long after the start."""
    return lambda **later: START + timedelta(**later)
