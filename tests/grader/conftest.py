"""The model is read once for all tests of the grader."""

from __future__ import annotations

import pytest

from grader.model import Model, load_model


@pytest.fixture(scope="session")
def model() -> Model:
    """The model in the repository."""
    return load_model()
