"""Whether the matrices of a model fit each other and the encoder, told before any grading."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any, Final

import numpy as np
from numpy.typing import NDArray

Arrays = Mapping[str, NDArray[Any]]

#: The heads, and whose n-grams they read.
_HEADS: Final = {
    "clause": "replies", "whole": "replies", "warmth": "replies", "mood": "customers",
}  # fmt: skip


def unsound(arrays: Arrays, manifest: Mapping[str, Any], dimension: int) -> str | None:
    """The first thing that does not fit; None for a sound model.

    `dimension` is the encoder's. Raises `KeyError` or `TypeError` where a part is not there.
    """
    return next(_faults(arrays, manifest, dimension), None)


def _faults(arrays: Arrays, manifest: Mapping[str, Any], dimension: int) -> Iterator[str]:
    for name, array in arrays.items():
        if array.dtype.kind == "f" and not np.isfinite(array).all():
            yield f"{name} holds numbers that are none"
    if arrays["narrow"].shape[0] != dimension:
        yield f"its vectors have {arrays['narrow'].shape[0]} numbers, the encoder's {dimension}"
    for name, array in arrays.items():
        vector = name.startswith("critical/") and name.endswith((".reply", ".customer"))
        if vector and len(array) != dimension:
            yield f"{name} has {len(array)} numbers, the encoder's vectors {dimension}"
    for name, its in _HEADS.items():
        yield from _head(arrays, name, len(manifest["vocabularies"][its]))
    if len(manifest["thresholds"]) != len(arrays["clause.bias"]):
        yield f"{len(manifest['thresholds'])} thresholds for {len(arrays['clause.bias'])} acts"


def _head(arrays: Arrays, name: str, grams: int) -> Iterator[str]:
    labels = arrays[f"{name}.bias"].shape[0]
    for part, rows in (("dense", None), ("grams", grams)):
        shape = arrays[f"{name}.{part}"].shape
        if len(shape) != 2 or shape[1] != labels or (rows is not None and shape[0] != rows):
            yield f"{name}.{part} is {'×'.join(map(str, shape))}, which fits no {labels} labels"
