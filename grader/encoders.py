"""From the SPEC that people write (`--encoder`, `kefu.toml`) to an encoder."""

from __future__ import annotations

from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Final

from grader.encoder import Cached, EmbeddedEncoder, Encoder, Vectors
from grader.specs import BATCHED, EMBEDDED, check_spec

CACHED: Final = 16_384
"""Vectors kept: canned phrases stay, and 35 MB do not grow with the input."""

_ANY: Final = "您好"


def open_encoder(spec: str = EMBEDDED) -> Encoder:
    """The encoder of a SPEC, each distinct text encoded once.

    `embedded`, or `sentence-transformers:NAME|PATH` (extra `neural`), with `+batched` before the
    colon where speed counts for more than equal bits. Raises `UnreadableInput` for
    another SPEC and `MissingModel` where the extra or the model is missing.
    """
    if check_spec(spec) == EMBEDDED:
        return Cached(Soon(EmbeddedEncoder()), CACHED)
    from grader.neural.sentence import SentenceTransformerEncoder

    batched = spec.startswith(BATCHED)
    encoder = SentenceTransformerEncoder(name_of(spec), batched)
    return Cached(encoder, CACHED)


def encoder_name(spec: str) -> str:
    """What scorecards call the encoder of a SPEC; loads no weights. Raises as `open_encoder`."""
    if check_spec(spec) == EMBEDDED:
        return EmbeddedEncoder.name
    from grader.neural.sentence import name_at, place_of

    return name_at(place_of(name_of(spec)), spec.startswith(BATCHED))


class Soon:
    """An encoder whose weights are loaded beside what the caller does until the first text.

    Unpacking weights needs no interpreter lock, so it takes no time from reading rubric and heads.
    """

    def __init__(self, encoder: Encoder) -> None:
        self.name = encoder.name
        self.dimension = encoder.dimension
        self._encoder = encoder
        thread = ThreadPoolExecutor(max_workers=1, thread_name_prefix="weights")
        self._ready = thread.submit(encoder.encode, [_ANY])
        thread.shutdown(wait=False)

    def encode(self, texts: Sequence[str]) -> Vectors:
        """As the encoder itself; the first call waits for the weights."""
        self._ready.result()
        return self._encoder.encode(texts)


def name_of(spec: str) -> str:
    """The name or folder of a model in its SPEC; "" for the embedded encoder."""
    return spec.partition(":")[2].strip()


def settled(spec: str) -> str:
    """The SPEC with an absolute folder where it names one: another process starts elsewhere."""
    name = name_of(spec)
    folder = Path(name).expanduser() if name else None
    if folder is None or not folder.is_dir():
        return spec
    return f"{spec.partition(':')[0]}:{folder.resolve()}"
