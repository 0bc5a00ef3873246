"""Which format a file is in, told from its content; its name is never looked at."""

from __future__ import annotations

from typing import Final

from transcripts.errors import BadRecord, UnreadableInput
from transcripts.notes import Notes
from transcripts.read import intercom, jsonl, zendesk
from transcripts.read.blocks import looks_like_blocks
from transcripts.read.elements import load, top_keys
from transcripts.read.header import NONE, Chosen
from transcripts.read.jddc import jddc_reader, looks_like_jddc
from transcripts.read.options import FORMATS, Format, Reader, ReadOptions
from transcripts.read.qianniu import qianniu_reader
from transcripts.read.source import Source
from transcripts.read.table import delimiter_of, table_reader
from transcripts.read.text import encoding_of, head_of
from transcripts.read.xlsxrows import is_workbook

_READERS: Final = {
    "jsonl": jsonl.jsonl_reader,
    "csv": table_reader,
    "xlsx": table_reader,
    "qianniu": qianniu_reader,
    "jddc": jddc_reader,
    "zendesk": zendesk.zendesk_reader,
    "intercom": intercom.intercom_reader,
}
_INTERCOM_KEYS: Final = frozenset(("conversation_parts", "conversations", "conversation_message"))
_ZENDESK_KEYS: Final = frozenset(
    ("tickets", "ticket", "comments", "requester_id", "audits", "via", "assignee_id")
)


def reader(source: Source, options: ReadOptions, notes: Notes) -> Reader:
    """A reader for this file, checked as far as its beginning shows.

    Raises `UnreadableInput` if the format is not known or the file does not fit it.
    """
    if options.format is not None and options.format not in FORMATS:
        raise UnreadableInput(
            f"Format {options.format!r} is not known. Known are auto, {', '.join(FORMATS)}."
        )
    found = options.format or format_of(source, options.chosen)
    return _READERS[found](source, options, notes)


def format_of(source: Source, chosen: Chosen = NONE) -> Format:
    """The format of a file. Raises `UnreadableInput` if it is none that can be read."""
    if is_workbook(source.head(4)):
        return "xlsx"
    head = head_of(source, encoding_of(source))
    if not head.strip():
        raise UnreadableInput(f"{source.name}: holds nothing but blanks. Export the chats again.")
    if _is_json(head):
        return _json_format(head)
    if looks_like_jddc(head):
        return "jddc"
    if delimiter_of(head, chosen) is not None:
        return "csv"
    if looks_like_blocks(head):
        return "qianniu"
    raise UnreadableInput(
        f"{source.name}: is in no format that can be read. Readable are canonical JSON Lines, "
        "CSV/TSV/XLSX with a header (会话ID,时间,角色,发送人,内容), Qianniu text exports, JDDC, "
        "Zendesk and Intercom JSON. If it is one of them, name it with --format."
    )


def _is_json(head: str) -> bool:
    start = head.lstrip()
    if start.startswith("{"):
        return True
    rest = start[1:].lstrip()
    return start.startswith("[") and rest[:1] in ("{", "]", "[", "")


def _json_format(head: str) -> Format:
    start = head.lstrip().removeprefix("[").lstrip()
    keys = set(top_keys(start))
    for line in start.split("\n")[1:20]:
        if line.startswith("{"):
            keys |= _keys(line)
    if "messages" in keys:
        return "jsonl"
    if keys & _INTERCOM_KEYS and "ticket" not in keys:
        return "intercom"
    if "source" in keys and '"conversation"' in start[:2000]:
        return "intercom"
    return "zendesk" if keys & _ZENDESK_KEYS else "jsonl"


def _keys(line: str) -> set[str]:
    try:
        found = load(line)
    except BadRecord:
        return set()
    return set(found) if isinstance(found, dict) else set()
