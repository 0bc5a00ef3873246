"""How a customer feels (0 pleased … 4 furious) and what the message is for.

Four cumulative outputs P(emotion > 0), … P(emotion > 3) whose sum is the emotion, and one output an
intent; all linear in sentence vector, word groups, punctuation and n-grams.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Final

import numpy as np
from numpy.typing import NDArray

from grader.closings import closes, only_pictures
from grader.encoder import Encoder
from grader.linear import Examples, Floats, Head, Strength, fit_head, sigmoid
from grader.mood_words import counts
from grader.ngrams import Vocabulary
from grader.normalise import normalise

INTENTS: Final = (
    "accept", "ask_order", "ask_policy", "ask_product", "bargain", "cancel_order", "change_order",
    "chase", "complain", "greet", "provide_info", "refuse", "request_refund",
    "request_replacement", "request_return", "small_talk", "thank", "threaten",
)  # fmt: skip
CLOSING: Final = ("accept", "small_talk", "thank")
"""Intents that leave nothing to answer."""

STEPS: Final = 4
STRENGTH: Final = Strength(dense=0.12, grams=0.06, steps=150, tolerance=1e-8)
STRETCH: Final = 1.15
"""Expected values lie closer to the middle than labels do; this gives them the labels' spread."""
MIDDLE: Final = 2.0
NEUTRAL: Final = 1.0
WEIGHT: Final = 0.9

_ASKS = re.compile(r"[?？]|吗$|呢$|怎么|什么时候|多久")


_NOTHING: Final = re.compile(
    r"(?:暂时|暫時|目前)?[没沒](?:有|[别別]的|其他的?|事|[问問][题題])?[了啦](?:[，,。!！~ ].*)?$"
    r"|[没沒]有?[，,。~ ]*[谢謝]"
    r"|(?:no|nope),? (?:that's (?:all|it|everything)|thanks|thank you|nothing (?:else|more))",
    re.IGNORECASE,
)
"""The answer to "anything else?"."""


@dataclass(frozen=True)
class Mood:
    """What was heard in customer messages: emotion (n,) in 0–4, intents (n, len(INTENTS))."""

    emotion: Floats
    intents: Floats


@dataclass(frozen=True)
class MoodHead:
    """Coefficients and the vocabulary of customer messages."""

    head: Head
    vocabulary: Vocabulary

    def hear(self, texts: Sequence[str], encoder: Encoder) -> Mood:
        """The mood of raw customer messages."""
        shown = [normalise(text) for text in texts]
        logits = self.head.logits(_dense(texts, shown, encoder), self.vocabulary.matrix(shown))
        p = sigmoid(logits)
        expected = p[:, :STEPS].sum(axis=1)
        emotion = np.clip(MIDDLE + STRETCH * (expected - MIDDLE), 0, 4)
        return Mood(emotion, p[:, STEPS:])


def is_open(text: str, intents: NDArray[Any]) -> bool:
    """Whether a customer message leaves something to answer."""
    if closes(text) or (_NOTHING.match(text.strip()) and not _ASKS.search(text.strip())):
        return False
    closing = sum(float(intents[INTENTS.index(intent)]) for intent in CLOSING)
    return closing < 0.5 or _ASKS.search(text.strip()) is not None


def with_wordless(texts: Sequence[str], emotions: Sequence[float] | Floats) -> list[float]:
    """The emotions of messages in order, where a closing or a bare picture adds no unease.

    A closing is at most neutral; a picture says no more than the customer's last words did.
    """
    found: list[float] = []
    last = NEUTRAL
    for text, heard in zip(texts, emotions, strict=True):
        emotion = float(heard)
        if only_pictures(text):
            emotion = min(emotion, max(NEUTRAL, last))
        else:
            emotion = min(emotion, NEUTRAL) if closes(text) else emotion
            last = emotion
        found.append(emotion)
    return found


def _dense(texts: Sequence[str], shown: Sequence[str], encoder: Encoder) -> NDArray[np.float32]:
    surface = [
        [
            *(WEIGHT * count for count in counts(plain)),
            0.15 * min(len(re.findall("[!！]", raw)), 4),
            0.15 * min(len(re.findall("[?？]", raw)), 4),
            0.3 * min(len(plain), 150) / 50,
            0.3 * bool(re.search("[?？!！]{2}", raw)),
            0.3 * bool(re.search("[A-Z]{4}", raw)),
        ]
        for raw, plain in zip(texts, shown, strict=True)
    ]
    return np.hstack([encoder.encode(shown), np.array(surface, dtype=np.float32)])


def fit_mood(
    texts: Sequence[str], emotions: Sequence[float], intents: Sequence[str], encoder: Encoder
) -> MoodHead:
    """The head of labelled messages; an intent of "" is unknown. Equal texts share one vote."""
    shown = [normalise(text) for text in texts]
    vocabulary = Vocabulary.fit(shown, least=2, most=9000)
    times: dict[str, int] = {}
    for text in shown:
        times[text] = times.get(text, 0) + 1
    vote = np.array([1 / times[text] for text in shown])
    target = np.zeros((len(texts), STEPS + len(INTENTS)))
    weight = np.repeat(vote[:, None], target.shape[1], axis=1)
    target[:, :STEPS] = np.clip(np.array(emotions)[:, None] - np.arange(STEPS), 0, 1)
    for row, intent in enumerate(intents):
        if intent:
            target[row, STEPS + INTENTS.index(intent)] = 1
        else:
            weight[row, STEPS:] = 0
    examples = Examples(
        _dense(texts, shown, encoder),
        vocabulary.matrix(shown),
        np.arange(len(texts)),
        target,
        weight,
    )
    return MoodHead(fit_head(examples, STRENGTH), vocabulary)
