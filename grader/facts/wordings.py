"""Words of a reply seen against its facts: shared, new, missing. Weights are tf-idf of a small,
fixed vocabulary, so that a linear model can learn what an invented "随时" or a missing "需" means."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Mapping, Sequence
from itertools import pairwise
from typing import Final

import numpy as np
from numpy.typing import NDArray

from transcripts.aligned import aligned

_NUMBER: Final = re.compile(r"\d+(?:\.\d+)?")
_RUN: Final = re.compile(r"[\u4e00-\u9fff#]+|[a-z']+")
SIZE: Final = 4000
"""Words in the vocabulary: more gained nothing in cross-validation."""


def words(text: str) -> frozenset[str]:
    """Character 1- to 3-grams of Chinese runs, English words and pairs of them; numbers are #."""
    runs = _RUN.findall(_NUMBER.sub("#", aligned(text[:1500])))
    found: set[str] = set()
    english = [run for run in runs if run[0].isascii() and run[0] != "#"]
    found.update(english)
    found.update(f"{a} {b}" for a, b in pairwise(english))
    for run in runs:
        if not run[0].isascii() or run[0] == "#":
            for size in (1, 2, 3):
                found.update(run[i : i + size] for i in range(len(run) - size + 1))
    return frozenset(found)


def marked(reply: str, customer: str, facts: Sequence[str]) -> frozenset[str]:
    """The reply's words with marks: r said, n new (in no fact, not the customer's), s shared with
    a fact, m missing from the reply though a fact has it."""
    said, heard = words(reply), words(customer)
    known = frozenset().union(*(words(fact) for fact in facts))
    return frozenset(
        [f"r{word}" for word in said]
        + [f"n{word}" for word in said - known - heard]
        + [f"s{word}" for word in said & known]
        + [f"m{word}" for word in known - said]
    )


def vocabulary(documents: Sequence[frozenset[str]]) -> tuple[list[str], NDArray[np.float64]]:
    """The most frequent marked words (in at least 3 documents) and their idf."""
    counts = Counter(word for document in documents for word in document)
    kept = sorted((w for w, n in counts.items() if n >= 3), key=lambda w: (-counts[w], w))[:SIZE]
    idf = np.log(len(documents) / np.array([counts[word] for word in kept], dtype=np.float64))
    return kept, idf


def weigh(
    documents: Sequence[frozenset[str]], index: Mapping[str, int], idf: NDArray[np.float64]
) -> NDArray[np.float64]:
    """Rows of length 1 (0 where no word is known), shape (len(documents), len(index))."""
    out = np.zeros((len(documents), len(index)))
    for row, document in enumerate(documents):
        columns = sorted(index[word] for word in document if word in index)
        out[row, columns] = idf[columns]
    return np.asarray(out / np.maximum(np.linalg.norm(out, axis=1, keepdims=True), 1e-9))
