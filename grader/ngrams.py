"""Word and character n-grams of normalised text: Chinese by character, English by word."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import pairwise
from typing import Any

import numpy as np
from numpy.typing import NDArray

_TOKEN = re.compile(r"[a-z']+|[一-鿿]|[0?!]")
_DIGITS = re.compile(r"\d+")


def ngrams(text: str) -> list[str]:
    """The 1-, 2- and 3-grams of a text between its edges; every number is one 0."""
    tokens = ["^", *_TOKEN.findall(_DIGITS.sub("0", text.lower())), "$"]
    grams = list(tokens)
    grams += [f"{a}|{b}" for a, b in pairwise(tokens)]
    grams += [f"{a}|{b}|{c}" for a, b, c in zip(tokens, tokens[1:], tokens[2:], strict=False)]
    return grams


@dataclass(frozen=True, slots=True)
class Rows:
    """A sparse matrix: row i holds `values` at `columns` from ends[i] to ends[i + 1].

    Grading needs so little of it that it does not wait for scipy.
    """

    columns: NDArray[np.intp]
    values: NDArray[np.float32]
    ends: NDArray[np.intp]
    width: int

    def times(self, matrix: NDArray[np.float32]) -> NDArray[np.float32]:
        """The product with (width, k), shape (n, k): added up in the order of the columns."""
        found = np.zeros((len(self.ends) - 1, matrix.shape[1]), dtype=np.float32)
        for row, (start, end) in enumerate(pairwise(self.ends.tolist())):
            if end > start:
                shares = self.values[start:end, None] * matrix[self.columns[start:end]]
                found[row] = np.add.accumulate(shares, axis=0)[-1]
        return found

    def take(self, rows: NDArray[Any]) -> Rows:
        """Some of the rows, by number or by a mask."""
        numbers = np.arange(len(self.ends) - 1)[rows]
        places = [np.arange(self.ends[row], self.ends[row + 1]) for row in numbers]
        kept = np.concatenate([np.zeros(0, dtype=np.intp), *places])
        ends = np.cumsum([0, *map(len, places)], dtype=np.intp)
        return Rows(self.columns[kept], self.values[kept], ends, self.width)

    def csr(self) -> Any:
        """The same as a matrix of scipy, for fitting."""
        from scipy.sparse import csr_matrix

        shape = (len(self.ends) - 1, self.width)
        return csr_matrix((self.values, self.columns, self.ends), shape=shape)


@dataclass(frozen=True)
class Vocabulary:
    """Known n-grams with their inverse document frequency (smoothed, as in scikit-learn)."""

    grams: tuple[str, ...]
    idf: NDArray[np.float32]

    @cached_property
    def index(self) -> dict[str, int]:
        """The column of each n-gram."""
        return {gram: column for column, gram in enumerate(self.grams)}

    @classmethod
    def fit(cls, texts: Sequence[str], least: int, most: int) -> Vocabulary:
        """The at most `most` n-grams that at least `least` texts hold; ties by spelling."""
        count: Counter[str] = Counter()
        for text in texts:
            count.update(set(ngrams(text)))
        kept = sorted((-n, gram) for gram, n in count.items() if n >= least)[:most]
        grams = tuple(sorted(gram for _, gram in kept))
        frequency = np.array([count[gram] for gram in grams], dtype=np.float64)
        idf = np.log((1 + len(texts)) / (1 + frequency)) + 1
        return cls(grams, idf.astype(np.float32))

    def row(self, text: str) -> tuple[NDArray[np.intp], NDArray[np.float32]]:
        """Columns and tf-idf values of one text: sublinear counts, length 1."""
        index = self.index
        count = Counter(gram for gram in ngrams(text) if gram in index)
        if not count:
            return np.zeros(0, dtype=np.intp), np.zeros(0, dtype=np.float32)
        columns = np.array([index[gram] for gram in count], dtype=np.intp)
        values = (1 + np.log(np.array(list(count.values()), dtype=np.float32))) * self.idf[columns]
        return columns, (values / np.linalg.norm(values)).astype(np.float32)

    def matrix(self, texts: Iterable[str]) -> Rows:
        """The rows of many texts as a sparse matrix."""
        columns, values, ends = [], [], [0]
        for text in texts:
            where, what = self.row(text)
            columns.append(where)
            values.append(what)
            ends.append(ends[-1] + len(where))
        data = np.concatenate(values) if values else np.zeros(0, dtype=np.float32)
        place = np.concatenate(columns) if columns else np.zeros(0, dtype=np.intp)
        return Rows(place, data, np.array(ends, dtype=np.intp), len(self.grams))
