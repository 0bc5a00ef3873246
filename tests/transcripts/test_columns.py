"""What columns mean, as a person may say otherwise, reaches the reader."""

from __future__ import annotations

from io import BytesIO
from pathlib import Path

import pytest
from openpyxl import Workbook

from transcripts.errors import UnreadableInput
from transcripts.read import ReadOptions, Reject, read
from transcripts.read.columns import look
from transcripts.read.options import Found
from transcripts.read.source import Source
from transcripts.types import Transcript

KNOWN = "会话ID,时间,角色,发送人,内容\n1,2026-03-02 10:00,客户,小花,在吗\n1,,客服,小李,在的\n"
UNKNOWN = "甲,乙,丙\n1,客户,在吗\n1,客服,在的亲\n2,客户,几时发货\n2,客服,今天发\n"


def written(path: Path, text: str) -> Path:
    path.write_text(text, encoding="utf-8")
    return path


def conversations(path: Path, options: ReadOptions) -> list[Transcript]:
    found = list(read(path, options))
    assert not [one for one in found if isinstance(one, Reject | Found)]
    return [one for one in found if isinstance(one, Transcript)]


def test_guessed_columns_are_shown_with_rows(tmp_path: Path) -> None:
    looked = look(Source(written(tmp_path / "a.csv", KNOWN)))
    assert looked.format == "csv"
    assert looked.table is not None
    assert looked.table.names == ("会话ID", "时间", "角色", "发送人", "内容")
    assert looked.table.meanings == ("id", "at", "role", "sender", "text")
    assert looked.table.rows[0][4] == "在吗"


def test_columns_that_nobody_can_guess_are_offered(tmp_path: Path) -> None:
    path = written(tmp_path / "a.csv", UNKNOWN)
    with pytest.raises(UnreadableInput):
        list(read(path))
    looked = look(Source(path))
    assert looked.table is not None
    assert looked.table.names == ("甲", "乙", "丙")
    assert looked.table.meanings == (None, None, None)
    told = ReadOptions(columns=(("甲", "id"), ("乙", "role"), ("丙", "text")))
    found = conversations(path, told)
    assert [one.id for one in found] == ["1", "2"]
    assert [(one.role, one.text) for one in found[0].messages] == [
        ("customer", "在吗"), ("agent", "在的亲"),
    ]  # fmt: skip
    again = look(Source(path), told.chosen).table
    assert again is not None
    assert again.meanings == ("id", "role", "text")


def test_a_choice_stands_above_the_guess(tmp_path: Path) -> None:
    text = "会话ID,角色,内容,译文\n1,客户,hello,你好\n1,客服,hi,您好\n"
    path = written(tmp_path / "a.csv", text)
    assert conversations(path, ReadOptions())[0].messages[0].text == "hello"
    told = ReadOptions(columns=(("译文", "text"), ("内容", None)))
    found = conversations(path, told)[0]
    assert found.messages[0].text == "你好"
    assert found.messages[0].extra == {"内容": "hello"}
    both = ReadOptions(columns=(("译文", "text"),))
    assert conversations(path, both)[0].messages[0].text == "你好"


def test_a_workbook_is_looked_at_and_told_alike(tmp_path: Path) -> None:
    book = Workbook()
    sheet = book.active
    assert sheet is not None
    for line in UNKNOWN.splitlines():
        sheet.append(line.split(","))
    path = tmp_path / "a.xlsx"
    book.save(path)
    looked = look(Source(path))
    assert looked.format == "xlsx"
    assert looked.table is not None
    assert looked.table.names == ("甲", "乙", "丙")
    told = ReadOptions(columns=(("甲", "id"), ("乙", "role"), ("丙", "text")))
    assert [one.id for one in conversations(path, told)] == ["1", "2"]


@pytest.mark.parametrize(
    "data",
    [b"", b"\x00\x01\x02" * 100, b"PK\x03\x04broken", "一句话，没有别的\n".encode(), b"\x1f\x8bno"],
)
def test_what_is_no_chat_log_is_refused_in_words(data: bytes) -> None:
    with pytest.raises(UnreadableInput):
        look(Source(BytesIO(data)))


def test_other_formats_have_no_columns(tmp_path: Path) -> None:
    line = '{"id": "a", "messages": [{"role": "agent", "text": "您好"}]}\n'
    looked = look(Source(written(tmp_path / "a.jsonl", line)))
    assert (looked.format, looked.table) == ("jsonl", None)


def test_rows_that_read_like_a_chat_can_be_told_to_be_a_table(tmp_path: Path) -> None:
    text = "甲,乙,丙,丁\n1,客户,在吗,2026-03-02 10:00:00\n1,客服,在的,2026-03-02 10:00:20\n"
    path = written(tmp_path / "a.csv", text)
    looked = look(Source(path))
    assert looked.table is not None
    assert looked.table.names == ("甲", "乙", "丙", "丁")
    told = ReadOptions(columns=(("甲", "id"), ("乙", "role"), ("丙", "text"), ("丁", "at")))
    (found,) = conversations(path, told)
    assert [message.text for message in found.messages] == ["在吗", "在的"]
    assert look(Source(path), told.chosen).format == "csv"
