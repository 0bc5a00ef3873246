"""Which labelled rows say the same, so that none is graded by a model that learnt from its twin.

`text_key` is the normalised form that rows are grouped by; `fingerprint` is what a model file keeps
of each training row, so that rows it has learnt from are recognised without their text.
"""

from __future__ import annotations

import hashlib
import re
import unicodedata
from collections.abc import Iterable, Sequence
from functools import lru_cache

import numpy as np
from numpy.typing import NDArray

from grader.labels import CustomerRow, ReplyRow
from transcripts.scripts import converter

_NOT_WORDS = re.compile(r"[\W_]+")
_DIGITS = re.compile(r"\d+")


@lru_cache(maxsize=50_000)
def text_key(text: str) -> str:
    """Half-width, Simplified, lower case, letters and digits only."""
    plain = str(converter("t2s").convert(unicodedata.normalize("NFKC", text)))
    return _NOT_WORDS.sub("", plain).lower()


def fingerprint(customer: str, reply: str) -> int:
    """The first 8 bytes of SHA-256 over the keys of both texts, as an unsigned integer."""
    joined = f"{text_key(customer)}\n{text_key(reply)}".encode()
    return int.from_bytes(hashlib.sha256(joined).digest()[:8], "big")


def fingerprint_of(row: ReplyRow | CustomerRow) -> int:
    """A customer message is a row without a reply."""
    if isinstance(row, CustomerRow):
        return fingerprint(row.text, "")
    return fingerprint(row.customer, row.reply)


def fingerprints(
    rows: Iterable[ReplyRow | CustomerRow], pairs: Iterable[tuple[str, str]] = ()
) -> NDArray[np.uint64]:
    """What a model file keeps of its training rows: sorted, each once.

    `pairs` are further rows, each a customer's words and the reply.
    """
    known = {fingerprint_of(row) for row in rows}
    known |= {fingerprint(customer, reply) for customer, reply in pairs}
    return np.array(sorted(known), dtype=np.uint64)


def learnt_from(
    rows: Sequence[ReplyRow | CustomerRow], known: NDArray[np.uint64]
) -> NDArray[np.bool_]:
    """Which rows a model with these fingerprints was trained on."""
    return np.isin(np.array([fingerprint_of(row) for row in rows], dtype=np.uint64), known)


def group_keys(row: ReplyRow | CustomerRow) -> tuple[str, ...]:
    """Keys that make rows twins: the customer's words, and the same facts in the same situation.

    Facts that differ in their numbers alone count as the same. A row without a customer's message
    goes by its reply.
    """
    if isinstance(row, CustomerRow):
        return (f"customer:{text_key(row.text)}",)
    keys = [
        f"customer:{text_key(row.customer)}" if row.customer else f"reply:{text_key(row.reply)}"
    ]
    if row.facts:
        facts = "".join(sorted(text_key(fact) for fact in row.facts))
        keys.append(f"facts:{row.situation}:{_DIGITS.sub('0', facts)}")
    return tuple(keys)


def groups(rows: Sequence[ReplyRow | CustomerRow]) -> list[int]:
    """The number of each row's group: rows that share any key, directly or through others."""
    owner: dict[str, int] = {}
    parent = list(range(len(rows)))

    def root(number: int) -> int:
        while parent[number] != number:
            parent[number] = parent[parent[number]]
            number = parent[number]
        return number

    for number, row in enumerate(rows):
        for key in group_keys(row):
            other = root(owner.setdefault(key, number))
            mine = root(number)
            parent[max(mine, other)] = min(mine, other)
    return [root(number) for number in range(len(rows))]


def group_folds(groups: Sequence[int], k: int, seed: int = 0) -> NDArray[np.intp]:
    """The fold (0 … k−1) of each row; whole groups, largest first into the smallest fold."""
    numbers, inverse, sizes = np.unique(groups, return_inverse=True, return_counts=True)
    shuffled = np.random.Generator(np.random.PCG64(seed)).permutation(len(numbers))
    order = shuffled[np.argsort(-sizes[shuffled], kind="stable")]
    filled = np.zeros(k, dtype=np.intp)
    fold = np.zeros(len(numbers), dtype=np.intp)
    for group in order:
        fold[group] = int(np.argmin(filled))
        filled[fold[group]] += sizes[group]
    return np.asarray(fold[inverse])
