"""From the SPEC that people write (`--encoder`, `kefu.toml`) to an encoder."""

from __future__ import annotations

from importlib import import_module
from importlib.util import find_spec
from typing import Final

from grader.encoder import Cached, EmbeddedEncoder, Encoder
from transcripts.errors import MissingModel, UnreadableInput

EMBEDDED: Final = "embedded"
NEURAL: Final = "sentence-transformers"


def check_spec(spec: str) -> str:
    """The SPEC itself, if it can name an encoder. `UnreadableInput` otherwise; loads nothing."""
    kind, _, name = spec.partition(":")
    if spec == EMBEDDED or (kind == NEURAL and name.strip()):
        return spec
    raise UnreadableInput(
        f"encoder {spec!r} is not known: write {EMBEDDED}, or {NEURAL}:NAME with the name or "
        "folder of a SentenceTransformer model"
    )


def open_encoder(spec: str = EMBEDDED) -> Encoder:
    """The encoder of a SPEC, each distinct text encoded once.

    `embedded`, or `sentence-transformers:NAME|PATH` (extra `neural`). Raises `UnreadableInput` for
    another SPEC and `MissingModel` where the extra or the model is missing.
    """
    if check_spec(spec) == EMBEDDED:
        return Cached(EmbeddedEncoder())
    if find_spec("sentence_transformers") is None:
        raise MissingModel(
            f"{spec}: bigger encoders need the extra neural; run: pip install 'kefu[neural]'"
        )
    # Loaded late and by name: it pulls in torch, and the base install has no such module's needs.
    neural = import_module("grader.neural.encoder")
    encoder: Encoder = neural.open_sentence_transformer(spec.partition(":")[2].strip())
    return Cached(encoder)
