"""The one guard in front of torch, transformers and sentence-transformers."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from importlib.util import find_spec

from grader.encoder import hold_threads
from transcripts.errors import MissingModel

INSTALL = "pip install 'kefu[neural]'"


@contextmanager
def extra_needed() -> Iterator[None]:
    """Around imports of the extra: `MissingModel` names it where they fail."""
    try:
        yield
    except ImportError as missing:
        raise MissingModel(
            f"bigger models need the extra neural ({missing}); run: {INSTALL}"
        ) from missing


def check_extra() -> None:
    """`MissingModel` where the extra is not installed; quick, for nothing heavy is imported."""
    with extra_needed():
        for library in ("torch", "transformers", "sentence_transformers"):
            if find_spec(library) is None:
                raise ModuleNotFoundError(f"No module named {library!r}")


def hold_still() -> None:
    """One thread, as the encoder protocol demands, and no bars or hints between our own lines."""
    hold_threads()
    with extra_needed():
        import torch
        from transformers.utils import logging
    torch.set_num_threads(1)
    logging.set_verbosity_error()
    logging.disable_progress_bar()
