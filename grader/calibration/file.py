"""A calibration and its one file: safetensors, with the description as JSON in the header.

The file holds vectors, hashed n-gram weights and numbers, no text of any conversation.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

import numpy as np
from numpy.typing import NDArray

from grader.calibration.features import NGRAM_FIELDS, NUMBER_GROUPS, VECTOR_FIELDS
from grader.calibration.kernels import GROUPS, Basis, Rows
from grader.calibration.ridge import Ridge
from transcripts.errors import UnreadableInput

FORMAT: Final = 1
_HEADER: Final = "kefu_calibration"
_Tensors = dict[str, NDArray[Any]]


@dataclass(frozen=True, slots=True)
class Target:
    """One fitted score (`overall` or a criterion) and what it was worth out of fold.

    `n` rated conversations; `gain`: points by which the mean absolute error to the ratings fell;
    `shift`: mean of fitted minus old points; `low`, `high`: the scale that was mapped to 0–100.
    """

    ridge: Ridge
    n: int
    gain: float
    shift: float
    low: float
    high: float


@dataclass(frozen=True, slots=True)
class Calibration:
    """Fitted scores of one team for one rubric, encoder and model (`made_for`)."""

    id: str
    hash: str
    made_for: Mapping[str, str]
    basis: Basis
    support: Rows
    targets: Mapping[str, Target]


def save(calibration: Calibration) -> bytes:
    """The file's bytes; equal calibrations give equal bytes. `hash` is not part of them."""
    from safetensors.numpy import save as to_bytes

    # One metadata key only: safetensors writes several in no fixed order.
    header = json.dumps(_described(calibration), ensure_ascii=False, sort_keys=True)
    return bytes(to_bytes(_tensors(calibration), metadata={_HEADER: header}))


def load(path: Path) -> Calibration:
    """Read a calibration. Raises `UnreadableInput` for anything that is none."""
    from safetensors import SafetensorError
    from safetensors.numpy import load as from_bytes

    try:
        content = path.read_bytes()
    except OSError as error:
        raise UnreadableInput(f"{path}: cannot be read ({error.strerror})") from error
    try:
        tensors = from_bytes(content)
        described = _header(content)
        if described["format"] != FORMAT:
            raise UnreadableInput(
                f"{path}: is a calibration of format {described['format']}, this version reads "
                f"{FORMAT}; fit it again with `kefu calibrate`"
            )
        return _calibration(described, tensors, hashlib.sha256(content).hexdigest())
    except (SafetensorError, KeyError, ValueError, TypeError) as error:
        raise UnreadableInput(
            f"{path}: is no calibration; make one with `kefu calibrate LABELS --output {path.name}`"
        ) from error


def _header(content: bytes) -> dict[str, Any]:
    size = int.from_bytes(content[:8], "little")
    metadata = json.loads(content[8 : 8 + size])["__metadata__"]
    found = json.loads(metadata[_HEADER])
    if not isinstance(found, dict):
        raise TypeError(_HEADER)
    return found


def _described(calibration: Calibration) -> dict[str, Any]:
    return {
        "format": FORMAT,
        "id": calibration.id,
        "made_for": dict(calibration.made_for),
        "names": {group: list(names) for group, names in calibration.basis.names.items()},
        "targets": {
            name: {
                "n": target.n,
                "gain": target.gain,
                "shift": target.shift,
                "low": target.low,
                "high": target.high,
                "base": target.ridge.base,
                "centres": dict(target.ridge.centres),
                "penalty": target.ridge.penalty,
                "wording": target.ridge.wording,
            }
            for name, target in calibration.targets.items()
        },
    }


def _tensors(calibration: Calibration) -> _Tensors:
    basis, support = calibration.basis, calibration.support
    found: _Tensors = {}
    for field in VECTOR_FIELDS:
        found[f"support.vectors.{field}"] = support.vectors[field].astype(np.float16)
    for group in NUMBER_GROUPS:
        found[f"support.numbers.{group}"] = support.numbers[group]
        found[f"basis.means.{group}"] = basis.means[group]
        found[f"basis.scales.{group}"] = basis.scales[group]
    for field in NGRAM_FIELDS:
        found[f"basis.buckets.{field}"] = basis.buckets[field]
        found[f"basis.idf.{field}"] = basis.idf[field]
    for name, target in calibration.targets.items():
        found[f"target.{name}.alpha"] = target.ridge.alpha
        for field in NGRAM_FIELDS:
            found[f"target.{name}.ngrams.{field}"] = target.ridge.ngrams[field].astype(np.float32)
    return {key: np.ascontiguousarray(values) for key, values in found.items()}


def _calibration(described: Mapping[str, Any], tensors: _Tensors, digest: str) -> Calibration:
    basis = Basis(
        names={group: tuple(described["names"][group]) for group in NUMBER_GROUPS},
        means={group: tensors[f"basis.means.{group}"] for group in NUMBER_GROUPS},
        scales={group: tensors[f"basis.scales.{group}"] for group in NUMBER_GROUPS},
        buckets={field: tensors[f"basis.buckets.{field}"] for field in NGRAM_FIELDS},
        idf={field: tensors[f"basis.idf.{field}"] for field in NGRAM_FIELDS},
    )
    support = Rows(
        vectors={
            field: tensors[f"support.vectors.{field}"].astype(np.float32) for field in VECTOR_FIELDS
        },
        ngrams={},
        numbers={group: tensors[f"support.numbers.{group}"] for group in NUMBER_GROUPS},
    )
    return Calibration(
        id=described["id"],
        hash=f"sha256:{digest}",
        made_for=described["made_for"],
        basis=basis,
        support=support,
        targets={
            name: _target(name, facts, tensors) for name, facts in described["targets"].items()
        },
    )


def _target(name: str, facts: Mapping[str, Any], tensors: _Tensors) -> Target:
    ridge = Ridge(
        base=facts["base"],
        centres={group: facts["centres"][group] for group in GROUPS},
        alpha=tensors[f"target.{name}.alpha"],
        ngrams={
            field: tensors[f"target.{name}.ngrams.{field}"].astype(np.float64)
            for field in NGRAM_FIELDS
        },
        penalty=facts["penalty"],
        wording=facts["wording"],
    )
    return Target(ridge, facts["n"], facts["gain"], facts["shift"], facts["low"], facts["high"])
