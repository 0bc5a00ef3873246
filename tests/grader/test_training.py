"""The shipped model is what the corpus and the code give, and nothing else."""

from __future__ import annotations

import numpy as np
import pytest

from grader.encoder import Cached
from grader.model import FOLDER, load_model
from grader.training import read_corpus, train, turn_of
from grader.turn import see
from tests.shipped import shipped_model

SAME = 1e-4


def test_the_model_files_stay_small() -> None:
    size = sum(file.stat().st_size for file in FOLDER.iterdir())
    assert size <= 8_000_000


def test_the_manifest_says_what_the_model_is() -> None:
    manifest = shipped_model().manifest
    assert manifest["corpus"] == read_corpus().hash, "the corpus changed: run kefu train"
    for key in ("encoder", "seed", "thresholds", "vocabularies", "versions", "outcome", "truth"):
        assert key in manifest


@pytest.mark.longest
@pytest.mark.slow
def test_training_again_gives_the_same_model(corpus_encoder: Cached) -> None:
    shipped = load_model()
    corpus = read_corpus()
    again = train(corpus, corpus_encoder)

    assert set(again.arrays) == set(shipped.arrays)
    assert again.manifest["vocabularies"] == shipped.manifest["vocabularies"]
    for name, matrix in shipped.arrays.items():
        if matrix.dtype.kind == "f":
            apart = float(np.abs(again.arrays[name] - matrix).max())
            assert apart <= SAME, f"{name} is {apart} apart"

    turns = [turn_of(row, corpus_encoder) for row in corpus.replies]
    seen = see(turns, again.eyes)
    old = shipped.acts.acts(shipped.acts.probabilities(seen))
    new = again.acts.acts(again.acts.probabilities(seen))
    assert old == new
