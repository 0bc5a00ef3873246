"""Any sentence-transformers model behind the encoder protocol."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

import numpy as np
from safetensors import SafetensorError

from grader.encoder import MAX_CHARS, Vectors
from grader.neural.extra import check_extra, extra_needed, hold_still
from grader.neural.place import Place, fingerprint, locate
from transcripts.errors import MissingModel

KIND: Final = "sentence-transformers"
OWNER: Final = "sentence-transformers"
BATCHED: Final = "+batched"
BATCH: Final = 32


def place_of(name_or_path: str) -> Place:
    """Where the model lies; nothing heavy is loaded. Raises `MissingModel`."""
    check_extra()
    return locate(name_or_path, OWNER)


def name_at(place: Place, batched: bool = False) -> str:
    """What scorecards and manifests call the encoder of this place."""
    return f"{KIND}{BATCHED if batched else ''}:{place.name}@{fingerprint(place.folder)}"


class SentenceTransformerEncoder:
    """A SentenceTransformer on the CPU, by name, by folder, or by the package that carries it.

    One text a call, so that a vector never depends on its neighbours. With `batched` texts are
    encoded together: faster on long lists, without that promise, and the name says so. Raises
    `MissingModel`.
    """

    name: str
    dimension: int

    def __init__(self, name_or_path: str, batched: bool = False) -> None:
        place = place_of(name_or_path)
        with extra_needed():
            from sentence_transformers import SentenceTransformer

            from grader.neural.module import is_saved_here, load_saved
        hold_still()
        try:
            if is_saved_here(place.folder):
                self._model = load_saved(place.folder)
            else:
                self._model = SentenceTransformer(
                    str(place.folder), device="cpu", local_files_only=True
                )
        except (OSError, ValueError, KeyError, ImportError, SafetensorError) as error:
            first = (str(error).strip() or type(error).__name__).split("\n")[0]
            raise MissingModel(
                f"the model {place.name!r} cannot be loaded ({first}); download it again, or name "
                "another one"
            ) from error
        self._model.eval()
        self.batched = batched
        self.dimension = int(self._model.get_embedding_dimension())
        self.name = name_at(place, batched)

    def encode(self, texts: Sequence[str]) -> Vectors:
        """Shape (len(texts), dimension), float32, rows of length 1 (0 for blank text)."""
        vectors = np.zeros((len(texts), self.dimension), dtype=np.float32)
        said = [row for row, text in enumerate(texts) if text.strip()]
        step = BATCH if self.batched else 1
        for start in range(0, len(said), step):
            rows = said[start : start + step]
            vectors[rows] = self._model.encode(
                [texts[row][:MAX_CHARS] for row in rows],
                batch_size=step,
                normalize_embeddings=True,
                convert_to_numpy=True,
                show_progress_bar=False,
            )
        return vectors
