"""The model is read once for all tests of the grader."""

from __future__ import annotations

import pytest

from grader.encoder import Cached, EmbeddedEncoder
from grader.model import Model
from grader.training import KEPT
from tests.shipped import shipped_model


@pytest.fixture(scope="session")
def model() -> Model:
    """The model in the repository."""
    return shipped_model()


@pytest.fixture(scope="session")
def corpus_encoder() -> Cached:
    """For tests that go through the whole corpus: none of its texts is encoded twice."""
    return Cached(EmbeddedEncoder(), KEPT)
