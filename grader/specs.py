"""How people write which encoder they want (`--encoder`, `kefu.toml`); reading it loads nothing."""

from __future__ import annotations

from typing import Final

from transcripts.errors import UnreadableInput

EMBEDDED: Final = "embedded"
NEURAL: Final = "sentence-transformers"
BATCHED: Final = f"{NEURAL}+batched"
"""The same, encoding texts together: faster, and a vector's last bits depend on its neighbours."""


def check_spec(spec: str) -> str:
    """The SPEC itself, if it can name an encoder. `UnreadableInput` otherwise; loads nothing."""
    kind, _, name = spec.partition(":")
    if spec == EMBEDDED or (kind in (NEURAL, BATCHED) and name.strip()):
        return spec
    raise UnreadableInput(
        f"encoder {spec!r} is not known: write {EMBEDDED}, or {NEURAL}:NAME with the name or "
        "folder of a SentenceTransformer model"
    )
