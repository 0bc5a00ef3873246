"""Readers: any of the known files to transcripts, one conversation in memory at a time.

source, text (bytes → lines)  ← one module a format  ← detect (which format)  ← many (ids, files)
"""

from transcripts.read.many import read, read_many
from transcripts.read.options import FORMATS, Format, ReadOptions, Reject

__all__ = ["FORMATS", "Format", "ReadOptions", "Reject", "read", "read_many"]
