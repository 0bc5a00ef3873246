"""Finding critical errors in a reply with fitted heads: numpy only, no training code.

A head is linear in token weights, the window's sentence vector, the customer's sentence vector (for
some ids) and structured features. Windows whose gate is shut, or whose token score no sentence
vector could lift over the threshold, are never encoded.
"""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from grader.critical import claims
from grader.critical.cues import caution
from grader.critical.features import ASKING, Window, structured, tokens
from grader.critical.text import Span, normal, windows
from grader.encoder import Encoder
from grader.normalise import normalise
from rubrics.ids import CRITICALS

Arrays = Mapping[str, NDArray[np.float32]]
MARGIN = 1.5
"""Logits beyond the largest contribution of sentence vectors seen in training."""


@dataclass(frozen=True, slots=True)
class Suspicion:
    """A critical error suspected in `reply[start:end]`; `confidence` is a probability,
    lowered by what is asked for on top where no turn of phrase of the error stands (`caution`).

    `critical` is False where facts would have to decide and there are none: list it as unverified.
    """

    id: str
    start: int
    end: int
    confidence: float
    critical: bool = True


@dataclass(frozen=True, slots=True)
class _Heard:
    """A window with its tokens looked up: (index, weight, clause) each, weights of length 1."""

    window: Window
    span: Span
    grams: tuple[tuple[int, float, Span], ...]


class Detector:
    """Heads for the seven critical ids; `arrays` and `meta` come from `grader.critical.fit.fit`."""

    def __init__(self, arrays: Arrays, meta: Mapping[str, Any]) -> None:
        self._arrays = {name: np.asarray(value, dtype=np.float32) for name, value in arrays.items()}
        self._index = {token: number for number, token in enumerate(meta["vocabulary"])}
        self._threshold: Mapping[str, Mapping[str, float]] = meta["thresholds"]
        self._reach: Mapping[str, float] = meta["reach"]

    def find(
        self,
        reply: str,
        customer: str,
        earlier: Sequence[str],
        facts: Sequence[str],
        lang: str,
        encoder: Encoder,
    ) -> list[Suspicion]:
        """Suspected critical errors of a reply, each id at most once, its likeliest window.

        `customer` is what the reply answers; `earlier` what was said before, oldest first; offsets
        are code points of `reply`.
        """
        facts = tuple(fact[:300] for fact in facts[:40])
        best: dict[str, Suspicion] = {}
        for span in windows(reply, lang):
            window = Window(reply[span.start : span.end], customer[-400:], tuple(facts))
            for suspicion in self._judge(window, span, lang, encoder):
                known = best.get(suspicion.id)
                if known is None or suspicion.confidence > known.confidence:
                    best[suspicion.id] = suspicion
        return [best[critical] for critical in CRITICALS if critical in best]

    def likeliest(
        self,
        critical: str,
        reply: str,
        customer: str,
        facts: Sequence[str],
        lang: str,
        encoder: Encoder,
    ) -> float:
        """The probability of one id in the window of a reply that speaks most for it."""
        shown = (reply[span.start : span.end] for span in windows(reply, lang))
        scores = (
            self.score(critical, Window(text, customer[-400:], tuple(facts)), encoder)
            for text in shown
        )
        return max(scores, default=0.0)

    def score(self, critical: str, window: Window, encoder: Encoder) -> float:
        """The probability of one id in one window, without gate; what cross-validation counts."""
        heard = self._hear(window, Span(0, len(window.text)))
        return _sigmoid(self._logit(critical, heard) + self._vectors(critical, window, encoder))

    def _judge(self, window: Window, span: Span, lang: str, encoder: Encoder) -> list[Suspicion]:
        heard: _Heard | None = None
        plain = normal(window.text)
        found: list[Suspicion] = []
        for critical in CRITICALS:
            heard = heard or self._hear(window, span)
            threshold = self._threshold[critical]["en" if lang == "en" else "zh"]
            least = math.log(threshold / (1 - threshold))
            logit = self._logit(critical, heard) - caution(critical, plain)
            if logit + self._reach[critical] + MARGIN < least:
                continue
            logit += self._vectors(critical, window, encoder)
            decided = decides(critical, window)
            if logit >= least and decided is not None:
                start, end = self._place(critical, heard)
                found.append(Suspicion(critical, start, end, _sigmoid(logit), decided))
        return found

    def _hear(self, window: Window, span: Span) -> _Heard:
        known: dict[int, Span] = {}
        for token, clause in tokens(window.text):
            number = self._index.get(token)
            if number is not None:
                known.setdefault(number, clause)
        idf = self._arrays["idf"]
        weights = {number: float(idf[number]) for number in known}
        length = math.sqrt(sum(w * w for w in weights.values())) or 1.0
        grams = tuple((n, weights[n] / length, known[n]) for n in sorted(known))
        return _Heard(window, span, grams)

    def _logit(self, critical: str, heard: _Heard) -> float:
        weights = self._arrays[f"{critical}.grams"]
        score = float(self._arrays[f"{critical}.bias"][0])
        score += sum(weight * float(weights[number]) for number, weight, _ in heard.grams)
        features = structured(critical, heard.window)
        known = self._arrays[f"{critical}.structured"]
        # Features are only ever added at the end: a model fitted before knows nothing of them.
        return score + float(np.dot(known, features[: len(known)]))

    def _vectors(self, critical: str, window: Window, encoder: Encoder) -> float:
        said = encoder.encode([normalise(window.text)])[0]
        score = float(np.dot(self._arrays[f"{critical}.reply"], said))
        if critical in ASKING:
            asked = encoder.encode([normalise(window.customer)])[0]
            score += float(np.dot(self._arrays[f"{critical}.customer"], asked))
        return score

    def _place(self, critical: str, heard: _Heard) -> tuple[int, int]:
        """The clause that speaks most for the id; the whole window if none does."""
        weights = self._arrays[f"{critical}.grams"]
        spoken: dict[Span, float] = {}
        for number, weight, clause in heard.grams:
            spoken[clause] = spoken.get(clause, 0.0) + weight * float(weights[number])
        best = max(spoken, key=lambda s: (spoken[s], -s.start), default=None)
        if best is None or spoken[best] <= 0:
            return _trimmed(heard.window.text, Span(0, len(heard.window.text)), heard.span.start)
        return _trimmed(heard.window.text, best, heard.span.start)


def decides(critical: str, window: Window) -> bool | None:
    """True: critical if the head says so. False: unverified. None: not even that.

    Promises and claims are critical against facts; without any, only claims that no fact could make
    true (cures, "lowest anywhere") are.
    """
    if critical == "false_promise":
        return bool(window.facts)
    if critical == "false_claim" and not window.facts:
        return claims.blatant(normal(window.text))
    return True


def _trimmed(text: str, span: Span, offset: int) -> tuple[int, int]:
    start, end = span.start, span.end
    while start < end and text[start].isspace():
        start += 1
    while end > start and text[end - 1].isspace():
        end -= 1
    return offset + start, offset + end


def _sigmoid(logit: float) -> float:
    return 1 / (1 + math.exp(-max(-60.0, min(60.0, logit))))
