"""Cutting an agent's message into clauses: acts are properties of clauses, not of messages."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Final

from grader.normalise import normalise

BETWEEN_PHRASES: Final = (
    r"(?<=[\u4e00-\u9fff\]）)])(?<![二两三四五六七八九十百千半几])\s+(?=[\u4e00-\u9fff\[（(])"
)
"""A blank that parts two Chinese phrases, not one beside digits or Latin words: 退您 30 元."""
_STOP = re.compile(
    r"[。！!？?；;\n～~…]+"  # stops, and what people type in place of one
    r"|(?<=[A-Za-z0-9)])\.(?=\s|$)"  # an English stop, not a decimal point
    r"|\[[一-鿿A-Za-z]{1,4}\]|#E-[a-z](?:\[数字x\]|\d+)?"  # a sticker ends a clause
    rf"|{BETWEEN_PHRASES}"
)
_OPENING = re.compile(
    r"^\s*(?:(?:亲亲?|亲爱的|尊敬的[一-鿿]{0,4})[\s,，]*)?"
    r"(?:您好|你好|妳好|在的|在呢|hello|hi|hey)(?:亲亲?|呀|呢|哦|哈|啊)*(?=[\s,，:：、一-鿿A-Za-z])[\s,，:：、]*",
    re.IGNORECASE,
)
_KEPT = re.compile(r"^\[(?:图片|照片|视频|语音|链接|截图|文件|image|photo|video)\]$", re.IGNORECASE)
_COMMA = re.compile(r"[，,、]")

LONG = 24
"""A clause of more characters is cut again at its commas."""
SHORT = 5
"""A piece of fewer characters stays with what follows it."""


@dataclass(frozen=True, slots=True)
class Span:
    """A clause: its place in the message in code points, and the text that models read."""

    start: int
    end: int
    text: str


def clauses(text: str) -> list[Span]:
    """The clauses of a message, in order. Blank pieces and pure decoration are left out."""
    found: list[Span] = []
    for start, end in _sentences(text):
        opening = _OPENING.match(text[start:end])
        if opening and opening.end() < end - start:
            _add(found, text, start, start + opening.end())
            start += opening.end()
        for piece_start, piece_end in _pieces(text, start, end):
            _add(found, text, piece_start, piece_end)
    return found


def shown(text: str) -> str:
    """A whole message as models read it: its clauses on one line, whatever stood between them."""
    return " ".join(span.text for span in clauses(text)) or normalise(text)


def _sentences(text: str) -> list[tuple[int, int]]:
    spans, start = [], 0
    for stop in _STOP.finditer(text):
        if _KEPT.match(stop.group()):
            continue
        # A question mark tells a question from a statement, so it stays with its clause.
        end = stop.end() if "?" in stop.group() or "？" in stop.group() else stop.start()
        spans.append((start, end))
        start = stop.end()
    spans.append((start, len(text)))
    return spans


def _pieces(text: str, start: int, end: int) -> list[tuple[int, int]]:
    """A long sentence in pieces between commas, none of them shorter than SHORT."""
    if _length(text, start, end) <= LONG:
        return [(start, end)]
    pieces, begin = [], start
    for comma in _COMMA.finditer(text, start, end):
        if min(_length(text, begin, comma.start()), _length(text, comma.end(), end)) >= SHORT:
            pieces.append((begin, comma.start()))
            begin = comma.end()
    pieces.append((begin, end))
    return pieces


def _length(text: str, start: int, end: int) -> int:
    """Characters as models read them; more than enough is measured as it stands."""
    return len(normalise(text[start:end])) if end - start <= 4 * LONG else end - start


def _add(found: list[Span], text: str, start: int, end: int) -> None:
    while start < end and text[start] in " \t\r\n　,，、":
        start += 1
    while end > start and text[end - 1] in " \t\r\n　,，、":
        end -= 1
    shown = normalise(text[start:end])
    if any(c.isalnum() for c in shown):
        found.append(Span(start, end, shown))
