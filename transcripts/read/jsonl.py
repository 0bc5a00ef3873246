"""Canonical conversations: JSON Lines, a JSON list, or objects written over several lines."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from transcripts.canonical import parse
from transcripts.errors import BadRecord
from transcripts.notes import Notes
from transcripts.read.elements import elements, load, shape_of
from transcripts.read.options import Found, Reader, ReadOptions, Reject
from transcripts.read.source import Source
from transcripts.read.text import broken, encoding_of, head_of, lines, readable, wrong_bytes
from transcripts.times import Clock, zone

RECORD_KEYS: Final = ("messages",)
WRAPPERS: Final = ("transcripts", "conversations", "data")


def jsonl_reader(source: Source, options: ReadOptions, notes: Notes) -> Reader:
    """A reader of canonical conversations. Each bad one is a reject of its own."""
    encoding = encoding_of(source)
    shape = shape_of(head_of(source, encoding), WRAPPERS, RECORD_KEYS)
    clock = Clock(zone(options.timezone))

    def run() -> Iterator[Found | Reject]:
        for element in elements(lines(source, encoding), shape):
            if shape == "wrapper" and element.key not in WRAPPERS:
                continue
            text = element.text.lstrip("\ufeff")
            try:
                if broken(text):
                    raise BadRecord(wrong_bytes(encoding))
                transcript = parse(load(text), notes=notes, clock=clock, fallback_id="")
            except BadRecord as bad:
                yield Reject(source.name, element.line, bad.reason, readable(text))
            else:
                yield Found(transcript, element.line, text)

    return run
