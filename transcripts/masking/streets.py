"""Postal addresses in English: street, flat, city and postcode as they stand together."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

from transcripts.masking.spans import Find

_TYPE: Final = (
    r"(?:Street|St|Road|Rd|Avenue|Ave|Av|Lane|Ln|Drive|Dr|Court|Ct|Boulevard|Blvd|Way|Close|"
    r"Terrace|Place|Pl|"
    r"Square|Sq|Crescent|Cres|Gardens|Grove|Parkway|Pkwy|Highway|Hwy|Circle|Cir|Trail|Hill|Row|"
    r"Mews|Walk|Path|Loop|Broadway|Quay|Green|Park)"
)
_WORD = r"[A-Za-z][A-Za-z'’]{0,20}\.?"
_UNIT = (
    r"(?:(?:Apartment|Apt|Unit|Flat|Room|Rm|Suite|Ste|Floor|Block|Blk|Tower|Building|Bldg|House|"
    r"Level|No)\.? ?#?[A-Z]?\d{0,5}[A-Za-z]?\b|"
    r"#\s?\d{1,5}[A-Za-z]?(?:-\d+)?|\d{1,3}/F\b|G/F\b|\d{1,3}(?:st|nd|rd|th) (?:Floor|Fl)\b)"
)
_POST = (
    r"(?:[A-Z]{1,2}\d[A-Z\d]? ?\d[A-Z]{2}|[A-Z]{2}[ ,]{1,2}\d{5}(?:-\d{4})?|\d{5}(?:-\d{4})?|"
    r"[A-Z]\d[A-Z] ?\d[A-Z]\d)(?![A-Za-z0-9])"
)
_NUMBER = r"\d{1,5}(?:-\d{1,5})?[A-Za-z]?"
_STREET = re.compile(
    rf"(?<![A-Za-z0-9.$£€#])(?P<num>{_NUMBER}),? (?:(?!and\b|or\b|for\b|to\b|the\b|in\b|on\b|"
    r"at\b|is\b|of\b|from\b|days?\b|weeks?\b|hours?\b|minutes?\b|x\b)"
    rf"(?:{_WORD}|\d{{1,3}}(?:st|nd|rd|th)) ){{1,4}}?{_TYPE}\b\.?(?! (?:of|to) )",
    re.IGNORECASE,
)
#: A number and a name that no word for a street ends, down to the postcode: 45 Kingsway, … WC2B 6XF
_TO_POSTCODE = re.compile(
    rf"(?<![A-Za-z0-9.$£€#\-]){_NUMBER} [A-Z][a-z'’]+(?: [A-Z][a-z'’]+){{0,3}},"
    rf"[A-Za-z0-9 ,.'’#/\-]{{2,60}}?"
    rf"(?:[A-Z]{{1,2}}\d[A-Z\d]? ?\d[A-Z]{{2}}|[A-Z]{{2}},? \d{{5}}(?:-\d{{4}})?)(?![A-Za-z0-9])"
)
_POBOX = re.compile(r"(?<![A-Za-z])P\.? ?O\.? ?Box \d{1,6}", re.IGNORECASE)
_LEFT = re.compile(
    rf"(?<![A-Za-z])(?:(?:{_UNIT})|(?:(?:[A-Z][A-Za-z'’]+ ){{1,3}}(?:House|Court|Mansion|Plaza|"
    rf"Building|Centre|Center|Tower|Estate|Garden|Gardens)(?: \d{{1,3}}| [A-Z])?))(?:,? |, ?)$",
    re.IGNORECASE,
)
_RIGHT_UNIT = re.compile(rf",? ?(?:{_UNIT})", re.IGNORECASE)
_RIGHT_CITY = re.compile(
    r",? (?!Please|Thanks|Thank|I\b|And\b|The\b|My\b|It\b|Can|Could|Is\b|Instead|Not\b|But|Tel|"
    r"Phone|Call|Email|Attn|Mr|Ms|Mrs)[A-Z][A-Za-z.'’]+(?: [A-Z][A-Za-z.'’]+){0,2}(?=[,.;!?\n]|$|"
    r" \d| [A-Z]{1,2}\d| [A-Z]{2}\b|\s(?:please|thanks|and|not|instead|is|by|for|before|but|if|"
    r"so|now|tomorrow|from|as|where|it|to|today|with|because|when)\b)"
)
_RIGHT_POST = re.compile(rf",? ?{_POST}")
_STATE = re.compile(r",? ?(?:[A-Z]{2})(?=[,.;!?\n ]|$)")


def streets(text: str) -> Iterator[Find]:
    """English postal addresses in a view."""
    if re.search(r"\d", text) is None:
        return
    for match in _STREET.finditer(text):
        if re.match(
            r"^(?:st|dr|ct|way|hill|green|park|place|path|close|row|walk|square|loop|level)$",
            match[0].split()[-1],
            re.I,
        ) and not _proper(match[0]):
            continue
        start, end = _left(text, match.start()), _right(text, match.end())
        yield Find(start, end, "address", 50)
    for match in _TO_POSTCODE.finditer(text):
        yield Find(match.start(), match.end(), "address", 49)
    for match in _POBOX.finditer(text):
        yield Find(match.start(), _right(text, match.end()), "address", 50)


def _proper(street: str) -> bool:
    words = street.split()[1:]
    return all(word[0].isupper() or word[0].isdigit() for word in words)


def _left(text: str, start: int) -> int:
    """Where flat, floor and building in front of the street begin."""
    for _ in range(5):
        match = _LEFT.search(text[max(0, start - 48) : start])
        if match is None:
            break
        start -= len(match[0])
    return start


def _right(text: str, end: int) -> int:
    """Where flat, city, state and postcode behind the street end."""
    for _ in range(6):
        for pattern in (_RIGHT_UNIT, _RIGHT_POST, _RIGHT_CITY, _STATE):
            match = pattern.match(text, end)
            if match is not None and match.end() > end:
                end = match.end()
                break
        else:
            break
    while text[end - 1] in " .,":
        end -= 1
    return end
