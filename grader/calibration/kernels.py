"""How alike two conversations are, as a sum over named groups.

A group is a sum of parts: Gaussian kernels over vectors, linear kernels over character n-grams
(TF-IDF), Gaussian plus linear kernels over standardised numbers. Because the groups add up, so do
their contributions to a fitted score.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final, Literal

import numpy as np
from numpy.typing import NDArray

from grader.calibration.features import (
    NGRAM_FIELDS,
    NUMBER_GROUPS,
    VECTOR_FIELDS,
    Features,
)

Floats = NDArray[np.float64]
CARD: Final = frozenset(NUMBER_GROUPS)
"""Groups that come from the scorecard's numbers; the others are wording."""


@dataclass(frozen=True, slots=True)
class Part:
    """One kernel: the group it counts for, what it compares, and its weight in the sum."""

    group: str
    kind: Literal["vectors", "ngrams", "numbers"]
    field: str
    weight: float


PARTS: Final = (
    Part("scores", "numbers", "scores", 1.0),
    Part("acts", "numbers", "acts", 0.5),
    Part("emotion", "numbers", "emotion", 0.5),
    Part("course", "numbers", "course", 0.5),
    Part("last_words", "vectors", "customer_last", 2.0),
    Part("last_words", "ngrams", "customer_last", 2.0),
    Part("answer_to_reply", "vectors", "customer_after", 1.0),
    Part("answer_to_reply", "ngrams", "customer_after", 2.0),
    Part("customer_wording", "vectors", "customer", 1.0),
    Part("customer_wording", "ngrams", "customer", 2.0),
    Part("agent_wording", "vectors", "agent", 0.5),
    Part("agent_wording", "vectors", "agent_last", 1.0),
    Part("agent_wording", "ngrams", "agent", 1.0),
)
GROUPS: Final = tuple(dict.fromkeys(part.group for part in PARTS))
_VECTOR_WIDTH: Final = 2.0
_NUMBER_WIDTH: Final = 0.5
_COMMON: Final = 3
"""Conversations that must share an n-gram before it says anything."""
_FARTHEST: Final = 4.0
"""Standard deviations beyond which a number counts as an outlier and is cut."""


@dataclass(frozen=True, slots=True)
class Basis:
    """What turns features into comparable rows, learnt from the rated conversations.

    `names`: the numbers of each group in order; `means`, `scales`: of each; `buckets`: field → the
    n-gram buckets that enough conversations hit, sorted; `idf`: the weight of each of them.
    """

    names: Mapping[str, tuple[str, ...]]
    means: Mapping[str, Floats]
    scales: Mapping[str, Floats]
    buckets: Mapping[str, NDArray[np.int32]]
    idf: Mapping[str, NDArray[np.float32]]


@dataclass(frozen=True, slots=True)
class Rows:
    """Conversations ready to be compared. `ngrams` are sparse matrices (rows, buckets)."""

    vectors: Mapping[str, NDArray[np.float32]]
    ngrams: Mapping[str, Any]
    numbers: Mapping[str, Floats]

    def subset(self, picked: NDArray[np.intp]) -> Rows:
        """These rows alone, in this order."""
        return Rows(
            {key: values[picked] for key, values in self.vectors.items()},
            {key: values[picked] for key, values in self.ngrams.items()},
            {key: values[picked] for key, values in self.numbers.items()},
        )


def learn(features: Sequence[Features]) -> Basis:
    """Means, spreads and document frequencies of the rated conversations."""
    names = {
        group: tuple(sorted({name for row in features for name in row.numbers[group]}))
        for group in NUMBER_GROUPS
    }
    raw = {group: _raw(features, group, names[group]) for group in NUMBER_GROUPS}
    means = {group: _mean(values) for group, values in raw.items()}
    spreads = {group: _spread(values) for group, values in raw.items()}
    buckets = {field: _common(features, field) for field in NGRAM_FIELDS}
    return Basis(
        names,
        means,
        spreads,
        buckets={field: kept for field, (kept, _) in buckets.items()},
        idf={field: weights for field, (_, weights) in buckets.items()},
    )


def _raw(features: Sequence[Features], group: str, names: Sequence[str]) -> Floats:
    """Numbers, not a number where one could not be seen. An act that was not done is 0."""
    missing = 0.0 if group == "acts" else np.nan
    values = [[row.numbers[group].get(name, missing) for name in names] for row in features]
    return np.array(values, dtype=np.float64).reshape(len(features), len(names))


def _mean(values: Floats) -> Floats:
    seen = ~np.isnan(values)
    return np.asarray(np.where(seen, values, 0).sum(axis=0) / np.maximum(seen.sum(axis=0), 1))


def _spread(values: Floats) -> Floats:
    away = np.nan_to_num(values - _mean(values)) ** 2
    spread = np.sqrt(away.sum(axis=0) / np.maximum((~np.isnan(values)).sum(axis=0), 1))
    return np.asarray(np.where(spread > 1e-9, spread, 1.0))


def _common(
    features: Sequence[Features], field: str
) -> tuple[NDArray[np.int32], NDArray[np.float32]]:
    """Buckets of enough conversations, and ln((1 + n) / (1 + conversations with it)) + 1."""
    hits = np.concatenate([row.ngrams[field].buckets for row in features])
    buckets, seen = np.unique(hits, return_counts=True)
    kept = seen >= _COMMON
    weights = np.log((1 + len(features)) / (1 + seen[kept])) + 1
    return buckets[kept].astype(np.int32), weights.astype(np.float32)


def prepare(basis: Basis, features: Sequence[Features]) -> Rows:
    """The rows of these conversations under a basis."""
    return Rows(
        vectors={
            field: np.stack([row.vectors[field] for row in features]).astype(np.float32)
            for field in VECTOR_FIELDS
        },
        ngrams={field: _weighted(basis, features, field) for field in NGRAM_FIELDS},
        numbers={group: _standard(basis, features, group) for group in NUMBER_GROUPS},
    )


def _standard(basis: Basis, features: Sequence[Features], group: str) -> Floats:
    """In standard deviations from the mean, divided by √names; what was not seen is at the mean."""
    names = basis.names[group]
    apart = (_raw(features, group, names) - basis.means[group]) / basis.scales[group]
    kept = np.clip(np.nan_to_num(apart), -_FARTHEST, _FARTHEST)
    return np.asarray(kept / np.sqrt(max(1, len(names))))


def _weighted(basis: Basis, features: Sequence[Features], field: str) -> Any:
    """TF-IDF rows of length 1; buckets that the basis does not know are left out."""
    from scipy.sparse import csr_matrix

    known = basis.buckets[field]
    columns, data = [], []
    for row in features:
        grams = row.ngrams[field]
        place = np.searchsorted(known, grams.buckets)
        here = np.append(known, -1)[place] == grams.buckets
        place = place[here]
        values = grams.values[here].astype(np.float64) * basis.idf[field][place]
        columns.append(place)
        data.append(values / (np.sqrt(np.sum(values**2)) or 1.0))
    ends = np.concatenate([[0], np.cumsum([len(row) for row in data])])
    parts = (np.concatenate(data), np.concatenate(columns), ends)
    return csr_matrix(parts, shape=(len(features), len(known)))


@dataclass(frozen=True, slots=True)
class Gram:
    """The weighted sum of all parts, shape (rows, others), and each part's mean over the rows."""

    total: Floats
    means: Mapping[Part, Floats]


def gram(rows: Rows, others: Rows, wording: float = 1.0) -> Gram:
    """How alike rows and others are; `wording` scales the groups of words."""
    total = np.zeros((len(rows.numbers["scores"]), len(others.numbers["scores"])))
    means: dict[Part, Floats] = {}
    for part in PARTS:
        weight = weight_of(part, wording)
        if weight:
            alike = similarity(part, rows, others)
            means[part] = alike.mean(axis=0)
            total += weight * alike
    return Gram(total, means)


def weight_of(part: Part, wording: float) -> float:
    """Parts that compare numbers of the card keep their weight, the others share `wording`."""
    return part.weight * (1.0 if part.group in CARD else wording)


def similarity(part: Part, rows: Rows, others: Rows) -> Floats:
    """One part without its weight, shape (rows, others)."""
    if part.kind == "vectors":
        return _gauss(rows.vectors[part.field], others.vectors[part.field], _VECTOR_WIDTH)
    if part.kind == "ngrams":
        product = rows.ngrams[part.field] @ others.ngrams[part.field].T
        return np.asarray(product.toarray(), dtype=np.float64)
    a, b = rows.numbers[part.field], others.numbers[part.field]
    return (a @ b.T + _gauss(a, b, _NUMBER_WIDTH)) / 2


def _gauss(a: NDArray[Any], b: NDArray[Any], width: float) -> Floats:
    apart = (a * a).sum(axis=1)[:, None] + (b * b).sum(axis=1)[None, :] - 2 * (a @ b.T)
    return np.asarray(np.exp(-width * np.maximum(apart, 0).astype(np.float64)))
