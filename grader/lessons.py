"""What every head is taught from: the vocabulary and directions of replies, the rated moods."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from grader.encoder import Encoder
from grader.labels import CustomerRow, ReplyRow
from grader.ngrams import Vocabulary
from grader.turn import Eyes, Turn, principal

WIDTH: Final = 128
"""Directions that customer and history vectors are narrowed to."""
GRAMS: Final = 15_000
"""N-grams of replies that are kept, the most frequent."""


def eyes_for(turns: Sequence[Turn], encoder: Encoder) -> Eyes:
    """The eyes that these turns are seen with: their n-grams, and the directions they differ in."""
    texts = [text for turn in turns for text in (*turn.clauses, turn.text)]
    vocabulary = Vocabulary.fit(texts, least=3, most=GRAMS)
    distinct = sorted({text for turn in turns for text in (*turn.clauses, *turn.customer)})
    return Eyes(encoder, vocabulary, principal(encoder.encode(distinct), WIDTH))


def moods(
    replies: Sequence[ReplyRow], customers: Sequence[CustomerRow]
) -> tuple[list[str], list[float], list[str]]:
    """Customer messages with emotion and intent: their own rows, and those that replies answer."""
    texts = [row.text for row in customers]
    emotions = [row.emotion for row in customers]
    intents = [row.intent for row in customers]
    for row in replies:
        if row.customer and row.emotion is not None:
            texts.append(row.customer)
            emotions.append(row.emotion)
            intents.append("")
    return texts, emotions, intents
