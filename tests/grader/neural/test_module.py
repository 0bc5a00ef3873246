"""The embedded encoder among the tools of sentence-transformers: saved, loaded, compared."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from grader.encoder import EmbeddedEncoder
from grader.encoders import open_encoder
from transcripts.errors import MissingModel

# That library leaves the files of a custom module to the garbage collector.
pytestmark = [
    pytest.mark.neural,
    pytest.mark.filterwarnings("ignore::pytest.PytestUnraisableExceptionWarning"),
    pytest.mark.filterwarnings("ignore::ResourceWarning"),
]

TEXTS = ["草莓烂了一半", "The strawberries are rotten", "", "什么时候发货"]


@pytest.fixture(scope="module")
def model() -> Any:
    from grader.neural.module import as_sentence_transformer

    return as_sentence_transformer()


def test_its_vectors_are_those_of_the_encoder(model: Any) -> None:
    assert model.encode(TEXTS).tobytes() == EmbeddedEncoder().encode(TEXTS).tobytes()
    assert model.get_embedding_dimension() == 512


def test_saved_and_loaded_it_is_the_same(model: Any, tmp_path: Path) -> None:
    from sentence_transformers import SentenceTransformer

    from grader.neural.module import load_saved

    folder = str(tmp_path / "use")
    model.save(folder)
    expected = model.encode(TEXTS).tobytes()
    assert load_saved(folder).encode(TEXTS).tobytes() == expected
    theirs = SentenceTransformer(folder, device="cpu", trust_remote_code=True)
    assert theirs.encode(TEXTS).tobytes() == expected
    as_encoder = open_encoder(f"sentence-transformers:{folder}")
    assert np.allclose(as_encoder.encode(TEXTS), EmbeddedEncoder().encode(TEXTS), atol=1e-6)


def test_their_evaluator_takes_it(model: Any) -> None:
    from sentence_transformers.sentence_transformer.evaluation import EmbeddingSimilarityEvaluator

    evaluator = EmbeddingSimilarityEvaluator(
        ["可以退款吗", "可以退款吗", "可以退款吗"],
        ["能不能退钱", "什么时候发货", "今天天气真好"],
        [1.0, 0.4, 0.0],
    )
    figures = model.evaluate(evaluator)
    assert figures["spearman_cosine"] > 0.4


def test_a_module_saved_for_other_weights_is_refused(model: Any, tmp_path: Path) -> None:
    from grader.neural.module import load_saved

    model.save(str(tmp_path))
    (tmp_path / "embedded.json").write_text(json.dumps({"encoder": "embedded:other"}), "utf-8")
    with pytest.raises(MissingModel, match="needs embedded:other"):
        load_saved(tmp_path)
