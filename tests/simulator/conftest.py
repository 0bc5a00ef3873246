"""The tiny case and a session of it, whose opening has been said."""

from __future__ import annotations

import pytest

from simulator.session import Session
from simulator.state import Case
from tests.simulator.tiny import coded, tiny


@pytest.fixture
def case() -> Case:
    """The tiny case as it stands."""
    return tiny()


@pytest.fixture
def session(case: Case) -> Session:
    """Its agent speaks code; the opening has been said."""
    found = Session(case, coded)
    found.advance(5_000)
    return found
