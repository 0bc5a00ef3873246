"""Masking of personal data.

characters and places → one detector a kind → masker → measure
"""

from transcripts.masking.masker import Masker
from transcripts.masking.spans import KINDS, Kind, Masked, Span

__all__ = ["KINDS", "Kind", "Masked", "Masker", "Span"]
