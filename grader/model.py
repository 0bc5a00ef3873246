"""Everything learnt, as one value: loaded from, and saved to, matrices and a manifest.

`model.safetensors` holds the matrices, `model.json` labels, vocabularies, thresholds, what it was
trained from and with which versions. Neither can run code.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from dataclasses import dataclass, replace
from functools import cached_property
from pathlib import Path
from typing import Any, Final

import numpy as np
from numpy.typing import NDArray
from safetensors import SafetensorError
from safetensors.numpy import load, save

from grader.acts import ActHead
from grader.babble import Words
from grader.critical import Detector
from grader.ears import ActEars, MoodEars, WarmthEars
from grader.encoder import Cached, EmbeddedEncoder, Encoder, same_vectors
from grader.facts.rating import Head as AccuracyHead
from grader.linear import Head
from grader.mood import MoodHead
from grader.ngrams import Vocabulary
from grader.signs import SignHead
from grader.sound import unsound
from grader.turn import Eyes
from grader.warmth import WarmthHead
from transcripts.errors import MissingModel

FOLDER: Final = Path(__file__).parent / "model"
FORMAT: Final = 1
Arrays = dict[str, NDArray[Any]]


@dataclass(frozen=True)
class Model:
    """The heads with the encoder that they were fitted to.

    `arrays` and `manifest` are what the model is saved from; the heads are views of them.
    `read_as` is the hash of the files that it was read from, where it was read from files.
    `fingerprints` are the training rows, see `grader.folds`.
    """

    encoder: Encoder
    acts: ActEars
    mood: MoodEars
    warmth: WarmthEars
    accuracy: AccuracyHead
    detector: Detector
    outcome: SignHead
    truth: SignHead
    eyes: Eyes
    arrays: Mapping[str, NDArray[Any]]
    manifest: Mapping[str, Any]
    read_as: str | None = None

    @property
    def fingerprints(self) -> NDArray[np.uint64]:
        """What is kept of each training row."""
        return np.asarray(self.arrays["fingerprints"], dtype=np.uint64)

    @cached_property
    def hash(self) -> str:
        """sha256 over matrices and manifest."""
        return self.read_as or _hash(save(dict(self.arrays)), _text(self.manifest))

    @cached_property
    def words(self) -> Words:
        """The English words that the heads know."""
        known = (*self.manifest["vocabularies"].values(), self.manifest["critical"]["vocabulary"])
        return Words.of(gram for grams in known for gram in grams)

    def with_encoder(self, encoder: Encoder) -> Model:
        """The same heads on another instance of the same encoder."""
        return replace(self, encoder=encoder, eyes=replace(self.eyes, encoder=encoder))


def _hash(matrices: bytes, manifest: str) -> str:
    return "sha256:" + hashlib.sha256(matrices + manifest.encode()).hexdigest()


def _text(manifest: Mapping[str, Any]) -> str:
    return json.dumps(manifest, ensure_ascii=False, indent=1, sort_keys=True) + "\n"


def assemble(arrays: Arrays, manifest: Mapping[str, Any], encoder: Encoder) -> Model:
    """The model of these matrices. Raises `MissingModel` if they do not fit the encoder."""
    if manifest.get("format") != FORMAT:
        raise MissingModel(f"model format {manifest.get('format')!r} is not known; train it again")
    if not same_vectors(manifest["encoder"], encoder.name):
        raise MissingModel(
            f"the heads were fitted to {manifest['encoder']}, not to {encoder.name}: give the "
            f"encoder that they know, or run: kefu train --encoder {encoder.name.partition('@')[0]}"
        )
    words = manifest["vocabularies"]
    replies = Vocabulary(tuple(words["replies"]), arrays["idf.replies"])
    eyes = Eyes(encoder, replies, arrays["narrow"])
    messages = Vocabulary(tuple(words["customers"]), arrays["idf.customers"])
    thresholds = np.array(manifest["thresholds"], dtype=np.float64)
    return Model(
        encoder=encoder,
        acts=ActHead(_head(arrays, "clause"), _head(arrays, "whole"), thresholds),
        mood=MoodHead(_head(arrays, "mood"), messages),
        warmth=WarmthHead(_head(arrays, "warmth")),
        accuracy=AccuracyHead(_under(arrays, "facts"), manifest["facts"]),
        detector=Detector(_under(arrays, "critical"), manifest["critical"]),
        outcome=_signs(manifest["outcome"]),
        truth=_signs(manifest["truth"]),
        eyes=eyes,
        arrays=arrays,
        manifest=manifest,
    )


def head_arrays(name: str, head: Head) -> Arrays:
    """The matrices of a head under its name."""
    return {f"{name}.dense": head.dense, f"{name}.grams": head.grams, f"{name}.bias": head.bias}


def _head(arrays: Arrays, name: str) -> Head:
    return Head(arrays[f"{name}.dense"], arrays[f"{name}.grams"], arrays[f"{name}.bias"])


def _signs(weights: Mapping[str, float]) -> SignHead:
    return SignHead(weights["base"], {name: w for name, w in weights.items() if name != "base"})


def _under(arrays: Arrays, name: str) -> Arrays:
    start = f"{name}/"
    return {key[len(start) :]: value for key, value in arrays.items() if key.startswith(start)}


def save_model(model: Model, folder: Path) -> None:
    """Write both files; the same model gives the same bytes."""
    folder.mkdir(parents=True, exist_ok=True)
    (folder / "model.safetensors").write_bytes(save(dict(model.arrays)))
    (folder / "model.json").write_text(_text(model.manifest), encoding="utf-8")


def _assembled(folder: Path, arrays: Arrays, manifest: Any, encoder: Encoder) -> Model:
    """The model, or `MissingModel` in one line where files do not fit each other or the encoder."""
    try:
        model = assemble(arrays, manifest, encoder)
        fault = unsound(arrays, manifest, encoder.dimension)
    except (KeyError, IndexError, TypeError, ValueError, AttributeError) as error:
        fault = f"{type(error).__name__}: {error}"
    if fault is not None:
        raise MissingModel(f"the model in {folder} is damaged ({fault}); train it again")
    return model


def load_model(folder: Path | None = None, encoder: Encoder | None = None) -> Model:
    """The model in a folder, the shipped one by default. Raises `MissingModel`."""
    folder = folder or FOLDER
    try:
        matrices = (folder / "model.safetensors").read_bytes()
        text = (folder / "model.json").read_text(encoding="utf-8")
        manifest = json.loads(text)
        arrays: Arrays = load(matrices)
    except OSError as error:
        raise MissingModel(
            f"no model in {folder} ({error.strerror}); run: kefu train --output {folder}"
        ) from error
    except (ValueError, SafetensorError) as error:
        raise MissingModel(f"the model in {folder} is damaged ({error}); train it again") from error
    model = _assembled(folder, arrays, manifest, encoder or Cached(EmbeddedEncoder()))
    model = replace(model, read_as=_hash(matrices, text))
    if "head" not in manifest:
        return model
    from grader.neural.head import attach  # needs the extra `neural`, as training it did

    return attach(model, folder)
