"""A model that is broken, or does not fit the encoder, is told in one line when it is loaded."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from numpy.typing import NDArray
from safetensors.numpy import load, save

from grader.model import FOLDER, load_model
from transcripts.errors import MissingModel

Change = Callable[[dict[str, NDArray[Any]], dict[str, Any]], Any]


def _not_a_number(arrays: dict[str, NDArray[Any]], _: dict[str, Any]) -> None:
    arrays["mood.bias"] = np.full_like(arrays["mood.bias"], np.nan)


def _other_vectors(arrays: dict[str, NDArray[Any]], _: dict[str, Any]) -> None:
    arrays["narrow"] = arrays["narrow"][:384]


def _fewer_grams(arrays: dict[str, NDArray[Any]], _: dict[str, Any]) -> None:
    arrays["whole.grams"] = arrays["whole.grams"][:100]


BROKEN: dict[str, Change] = {
    r"damaged \(KeyError: 'narrow'\)": lambda arrays, _: arrays.pop("narrow"),
    r"damaged \(KeyError: 'vocabularies'\)": lambda _, manifest: manifest.pop("vocabularies"),
    r"mood\.bias holds numbers that are none": _not_a_number,
    r"its vectors have 384 numbers, the encoder's 512": _other_vectors,
    r"whole\.grams is 100×\d+, which fits no \d+ labels": _fewer_grams,
    r"30 thresholds for 31 acts": lambda _, manifest: manifest["thresholds"].pop(),
    r"model format 99 is not known": lambda _, manifest: manifest.update(format=99),
    r"the heads were fitted to other@1, not to": lambda _, manifest: manifest.update(
        encoder="other@1"
    ),
}


@pytest.fixture(scope="module")
def shipped() -> tuple[bytes, str]:
    return (FOLDER / "model.safetensors").read_bytes(), (FOLDER / "model.json").read_text("utf-8")


@pytest.mark.parametrize("told", BROKEN)
def test_a_model_that_does_not_fit(told: str, shipped: tuple[bytes, str], tmp_path: Path) -> None:
    arrays, manifest = load(shipped[0]), json.loads(shipped[1])
    BROKEN[told](arrays, manifest)
    (tmp_path / "model.safetensors").write_bytes(save(arrays))
    (tmp_path / "model.json").write_text(json.dumps(manifest), encoding="utf-8")
    with pytest.raises(MissingModel, match=told) as raised:
        load_model(tmp_path)
    assert "\n" not in str(raised.value)


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("model.json", b"{"),
        ("model.json", b"[]"),
        ("model.json", b"\xff\xfe"),
        ("model.safetensors", b""),
        ("model.safetensors", b"PK\x03\x04 not this"),
    ],
)
def test_a_file_that_is_no_model(
    name: str, content: bytes, shipped: tuple[bytes, str], tmp_path: Path
) -> None:
    (tmp_path / "model.safetensors").write_bytes(shipped[0])
    (tmp_path / "model.json").write_text(shipped[1], encoding="utf-8")
    (tmp_path / name).write_bytes(content)
    with pytest.raises(MissingModel, match=r"damaged.*train it again") as raised:
        load_model(tmp_path)
    assert "\n" not in str(raised.value)


def test_no_model(tmp_path: Path) -> None:
    with pytest.raises(MissingModel, match=r"no model in .*kefu train"):
        load_model(tmp_path)


def test_the_shipped_model_is_sound() -> None:
    assert load_model().hash.startswith("sha256:")
