"""The text that the detector reads: normalised one to one, cut into windows and clauses."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from functools import cache, lru_cache

from transcripts.scripts import simplified_character

WINDOW = {"zh": 110, "en": 280}
"""Characters of a window: about the length of the replies that the heads were fitted on."""
MAX_CHARS = 6000
"""Of longer messages the beginning and the end are read."""

_SENTENCE = re.compile(r"[^。！？!?\n~～；;]*(?:[。！？!?\n~～；;]+|$)|[^.\n]*\.(?:\s|$)")
_CLAUSE = re.compile(
    r"[，。！？!?；;\n~～]+|,(?=\s|\D)|\.(?=\s|$)|\s+(?=[\u3400-\u9fff])|(?<=[\u3400-\u9fff])"
    r"\s+|—+"
)
_STICKER = re.compile(r"\[[\u3400-\u9fff]{1,6}x?\]")
_QUOTED = re.compile(r"“[^”]{1,60}”|「[^」]{1,60}」|『[^』]{1,60}』|\"[^\"]{1,120}\"|‘[^’]{1,60}’")


@cache
def _char(char: str) -> str:
    """One character for one: Simplified, half-width, lower case."""
    folded = unicodedata.normalize("NFKC", char).lower()
    folded = folded if len(folded) == 1 else char
    if "\u3400" <= folded <= "\u9fff":
        return simplified_character(folded)
    return " " if folded.isspace() and folded != "\n" else folded


@lru_cache(maxsize=1024)
def normal(text: str) -> str:
    """The text in Simplified, half-width lower case, of the same length: offsets stay valid.

    Stickers and masks ([呵呵], [电话x]) are blanked: they say nothing that a pattern should hear.
    """
    return _STICKER.sub(lambda mark: " " * len(mark.group()), "".join(map(_char, text)))


@dataclass(frozen=True, slots=True)
class Span:
    """A stretch of a text in code points."""

    start: int
    end: int


def clauses(text: str) -> list[Span]:
    """Clauses of a normalised text, without the marks between them."""
    spans: list[Span] = []
    at = 0
    for mark in _CLAUSE.finditer(text):
        if mark.start() > at:
            spans.append(Span(at, mark.start()))
        at = mark.end()
    if at < len(text):
        spans.append(Span(at, len(text)))
    return [span for span in spans if text[span.start : span.end].strip()]


def quotations(text: str) -> list[Span]:
    """What stands between quotation marks."""
    return [Span(m.start(), m.end()) for m in _QUOTED.finditer(text)]


def windows(text: str, lang: str) -> list[Span]:
    """Lines, long ones packed sentence by sentence up to WINDOW characters."""
    limit = WINDOW["en" if lang == "en" else "zh"]
    spans: list[Span] = []
    for line in _lines(text):
        if line.end - line.start <= limit:
            spans.append(line)
        else:
            spans.extend(_packed(text, line, limit))
    return spans


def _lines(text: str) -> list[Span]:
    spans: list[Span] = []
    at = 0
    for line in text.split("\n"):
        if line.strip():
            spans.append(Span(at, at + len(line)))
        at += len(line) + 1
    if len(text) <= MAX_CHARS:
        return spans
    half = MAX_CHARS // 2
    cut = len(text) - half
    head = [Span(s.start, min(s.end, half)) for s in spans if s.start < half]
    return head + [Span(max(s.start, cut), s.end) for s in spans if s.end > cut]


def _packed(text: str, line: Span, limit: int) -> list[Span]:
    spans: list[Span] = []
    start = at = line.start
    for piece in _pieces(text, line, limit):
        if piece.end - start > limit and at > start:
            spans.append(Span(start, at))
            start = piece.start
        at = piece.end
    spans.append(Span(start, line.end))
    return [span for span in spans if text[span.start : span.end].strip()]


def _pieces(text: str, line: Span, limit: int) -> list[Span]:
    """Sentences of a line; one longer than `limit` is cut hard."""
    spans: list[Span] = []
    at = line.start
    for mark in re.finditer(r"[。！？!?~～；;]+|\.(?=\s)", text[line.start : line.end]):
        spans.append(Span(at, line.start + mark.end()))
        at = line.start + mark.end()
    if at < line.end:
        spans.append(Span(at, line.end))
    return [
        Span(cut, min(cut + limit, span.end))
        for span in spans
        for cut in range(span.start, span.end, limit)
    ]
