"""What a calibration sees of one graded conversation.

No text is kept: vectors of the encoder, hashed character n-grams and numbers of the scorecard.
"""

from __future__ import annotations

import math
import unicodedata
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from typing import Any, Final

import numpy as np
from numpy.typing import NDArray

from grader.encoder import Encoder
from grader.normalise import simplified
from grader.scorecard import Scorecard
from transcripts.types import Transcript

BUCKETS: Final = 1 << 20
"""Character n-grams are counted in this many buckets."""
VECTOR_FIELDS: Final = ("customer", "customer_last", "customer_after", "agent", "agent_last")
NGRAM_FIELDS: Final = ("customer", "customer_last", "customer_after", "agent")
NUMBER_GROUPS: Final = ("scores", "acts", "emotion", "course")


@dataclass(frozen=True, slots=True)
class Ngrams:
    """Buckets (sorted) and how often each was hit, as 1 + ln(count)."""

    buckets: NDArray[np.int32]
    values: NDArray[np.float32]


@dataclass(frozen=True, slots=True)
class Features:
    """One conversation.

    `vectors`: field → (dimension,) float16, zero where nobody said anything; `ngrams`: the same
    fields; `numbers`: group → name → value, a name missing where it could not be seen.
    """

    vectors: Mapping[str, NDArray[np.float16]]
    ngrams: Mapping[str, Ngrams]
    numbers: Mapping[str, Mapping[str, float]]


def describe(transcript: Transcript, card: Scorecard, encoder: Encoder) -> Features:
    """The features of a transcript and its uncalibrated scorecard."""
    said = _said(transcript)
    vectors = {field: _mean(encoder, said[field]) for field in VECTOR_FIELDS}
    return Features(
        vectors=vectors,
        ngrams={field: _ngrams("\n".join(said[field])) for field in NGRAM_FIELDS},
        numbers={
            "scores": _scores(card),
            "acts": _acts(card),
            "emotion": _emotions([mark.emotion for mark in card.customer]),
            "course": _course(transcript, said),
        },
    )


def _said(transcript: Transcript) -> dict[str, list[str]]:
    """Texts by field. `customer_after` is the last customer message that follows a reply."""
    customer = [m.text for m in transcript.messages if m.role == "customer"]
    agent = [m.text for m in transcript.messages if m.role == "agent"]
    first = next((i for i, m in enumerate(transcript.messages) if m.role == "agent"), None)
    later = transcript.messages[first:] if first is not None else ()
    after = [m.text for m in later if m.role == "customer"]
    return {
        "customer": customer,
        "customer_last": customer[-1:],
        "customer_after": after[-1:],
        "agent": agent,
        "agent_last": agent[-1:],
    }


def _mean(encoder: Encoder, texts: Sequence[str]) -> NDArray[np.float16]:
    if not texts:
        return np.zeros(encoder.dimension, dtype=np.float16)
    return np.asarray(encoder.encode(texts).mean(axis=0), dtype=np.float16)


@cache
def _hasher() -> Any:
    from sklearn.feature_extraction.text import HashingVectorizer

    return HashingVectorizer(
        analyzer="char", ngram_range=(1, 3), n_features=BUCKETS, alternate_sign=False, norm=None
    )


def _ngrams(text: str) -> Ngrams:
    # Decoration stays: to a rater, "！！！" and a smiley say something.
    row = _hasher().transform([simplified(unicodedata.normalize("NFKC", text))])
    row.sort_indices()
    return Ngrams(row.indices.astype(np.int32), (1 + np.log(row.data)).astype(np.float32))


def _scores(card: Scorecard) -> dict[str, float]:
    found = {name: result.score for name, result in card.criteria.items()}
    found["overall"] = card.overall
    kept = {name: float(score) for name, score in found.items() if score is not None}
    return kept | {"critical": float(len(card.critical)), "coverage": card.coverage}


def _acts(card: Scorecard) -> dict[str, float]:
    """Share of the replies that do each act."""
    times = Counter(act for reply in card.replies for act in reply.acts)
    return {act: count / len(card.replies) for act, count in sorted(times.items())}


def _emotions(emotions: Sequence[float]) -> dict[str, float]:
    if not emotions:
        return {}
    return {
        "first": emotions[0],
        "last": emotions[-1],
        "most": max(emotions),
        "mean": math.fsum(emotions) / len(emotions),
        "change": emotions[-1] - emotions[0],
    }


def _course(transcript: Transcript, said: Mapping[str, Sequence[str]]) -> dict[str, float]:
    roles = [m.role for m in transcript.messages if m.role in ("customer", "agent")]
    return {
        "messages": float(len(roles)),
        "replies": float(len(said["agent"])),
        "customer_ends": float(bool(roles) and roles[-1] == "customer"),
        "customer_length": _length(said["customer"]),
        "customer_last_length": _length(said["customer_last"]),
        "agent_length": _length(said["agent"]),
        "agent_last_length": _length(said["agent_last"]),
    }


def _length(texts: Iterable[str]) -> float:
    """ln(1 + characters)."""
    return math.log1p(sum(len(text) for text in texts))
