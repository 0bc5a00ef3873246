"""Tables: headers, delimiters, roles, scattered rows, faults of single rows, workbooks."""

from __future__ import annotations

import io
import zipfile
from datetime import datetime
from pathlib import Path

import openpyxl
import pytest

from transcripts.errors import UnreadableInput
from transcripts.notes import Notes
from transcripts.read import ReadOptions, Reject, read
from transcripts.types import Transcript


def load(text: str | bytes, notes: Notes | None = None) -> tuple[list[Transcript], list[Reject]]:
    content = text.encode() if isinstance(text, str) else text
    items = list(read(io.BytesIO(content), ReadOptions(), notes))
    return (
        [item for item in items if isinstance(item, Transcript)],
        [item for item in items if isinstance(item, Reject)],
    )


def said(found: Transcript) -> list[tuple[str, str]]:
    return [(message.role, message.text) for message in found.messages]


CHINESE = """会话ID,时间,角色,发送人,内容
a,2026-03-02 10:00:00,客户,c_18,草莓烂了
a,2026-03-02 10:00:20,客服,小李,抱歉，"请"拍照
a,2026-03-02 10:00:01,机器人,店小蜜,亲，稍等
b,2026-03-02 11:00:00,买家,c_19,"多行
消息"
b,2026-03-02 11:00:05,卖家,小王,好的
"""


def test_chinese_headers_quotes_lines_and_order_by_time() -> None:
    (first, second), rejects = load(CHINESE)
    assert rejects == []
    assert said(first) == [
        ("customer", "草莓烂了"),
        ("bot", "亲，稍等"),
        ("agent", '抱歉，"请"拍照'),
    ]
    assert (first.id, first.agent, first.customer, first.lang) == ("a", "小李", "c_18", "zh")
    assert said(second) == [("customer", "多行\n消息"), ("agent", "好的")]
    assert str(first.messages[0].at) == "2026-03-02 10:00:00+08:00"


@pytest.mark.parametrize("delimiter", [",", "\t", ";", "|"])
def test_english_headers_in_each_delimiter(delimiter: str) -> None:
    rows = [
        ["conversation_id", "timestamp", "sender_type", "sender_name", "message"],
        ["7", "2026-03-02T10:00:00Z", "end_user", "Ann", "where is it"],
        ["7", "2026-03-02T10:01:00Z", "agent", "Bob", "let me look"],
    ]
    (found,), rejects = load("\n".join(delimiter.join(row) for row in rows))
    assert rejects == []
    assert said(found) == [("customer", "where is it"), ("agent", "let me look")]
    assert found.lang == "en"


@pytest.mark.parametrize(
    "codec", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "gbk", "gb18030", "utf-32"]
)
def test_each_encoding_reads_the_same(codec: str) -> None:
    assert load(CHINESE.encode(codec)) == load(CHINESE)


def test_big5() -> None:
    text = "會話ID,角色,內容\n1,客戶,請問什麼時候發貨\n1,客服,您好\n"
    (found,), rejects = load(text.encode("big5"))
    assert rejects == []
    assert found.lang == "zh-Hant"
    assert said(found) == [("customer", "請問什麼時候發貨"), ("agent", "您好")]


def test_western_european() -> None:
    text = "conversation_id,role,message\n1,customer,déjà reçu? café\n1,agent,très bien\n"
    (found,), _ = load(text.encode("cp1252"))
    assert found.messages[0].text == "déjà reçu? café"


def test_scattered_rows_are_one_conversation_in_order_of_first_appearance() -> None:
    found, rejects = load(
        "id会话,role,text\n".replace("id会话", "session_id")
        + "b,customer,1\na,customer,2\nb,agent,3\na,agent,4\nb,customer,5\n"
    )
    assert rejects == []
    assert [(item.id, [m.text for m in item.messages]) for item in found] == [
        ("b", ["1", "3", "5"]),
        ("a", ["2", "4"]),
    ]


def test_rows_keep_their_order_unless_all_have_a_time() -> None:
    header = "session_id,time,role,text\n"
    (found,), _ = load(
        header + "a,2026-03-02 10:05,customer,1\na,,agent,2\na,2026-03-02 10:01,agent,3"
    )
    assert [message.text for message in found.messages] == ["1", "2", "3"]


def test_without_roles_the_shop_is_known_by_its_name() -> None:
    (found,), _ = load("会话ID,发送人,内容\n1,tb_88,在吗\n1,鲜果旗舰店:小李,在的\n")
    assert said(found) == [("customer", "在吗"), ("agent", "在的")]


def test_without_roles_and_marks_the_shop_is_who_speaks_in_several_conversations() -> None:
    found, _ = load(
        "会话ID,发送人,内容\n1,小李,您好\n1,甲,在吗\n2,小李,您好\n2,乙,退款\n3,丙,喂\n3,小李,您好\n"
    )
    assert [[role for role, _ in said(item)] for item in found] == [
        ["agent", "customer"],
        ["agent", "customer"],
        ["customer", "agent"],
    ]


def test_a_column_of_roles_may_hold_names() -> None:
    (found,), _ = load("会话ID,角色,内容\n1,tb_88,在吗\n1,鲜果旗舰店:小李,在的\n")
    assert said(found) == [("customer", "在吗"), ("agent", "在的")]
    assert found.agent == "鲜果旗舰店:小李"


def test_an_unknown_role_is_system_and_remarked_once() -> None:
    notes = Notes()
    (found,), rejects = load(
        "会话ID,角色,内容\n1,客户,a\n1,客户,a\n1,客服,b\n1,督导,c\n1,督导,d\n", notes
    )
    assert rejects == []
    assert [role for role, _ in said(found)][3:] == ["system", "system"]
    assert len(notes) == 1


def test_ids_written_once_per_conversation_hold_for_the_rows_below() -> None:
    found, rejects = load("会话ID,角色,内容\n1,客户,a\n,客服,b\n2,客户,c\n,客服,d\n,客服,e\n")
    assert rejects == []
    assert [(item.id, len(item.messages)) for item in found] == [("1", 2), ("2", 3)]


def test_without_ids_customers_tell_the_conversations_apart() -> None:
    found, _ = load("买家昵称,角色,内容\n甲,客户,a\n甲,客服,b\n乙,客户,c\n")
    assert [(item.id, item.customer) for item in found] == [("stdin#1", "甲"), ("stdin#2", "乙")]


def test_a_column_called_id_numbers_conversations_or_messages() -> None:
    head = "id,role,message\n"
    found, _ = load(head + "1,customer,a\n1,agent,b\n2,customer,c\n")
    assert [item.id for item in found] == ["1", "2"]
    (one,), _ = load(head + "1,customer,a\n2,agent,b\n3,customer,c\n")
    assert one.id == "stdin#1"
    assert one.messages[0].extra == {"id": "1"}


def test_a_broken_row_costs_only_itself_and_marks_its_conversation() -> None:
    found, rejects = load(
        "会话ID,时间,角色,内容,备注\n"
        "1,2026-03-02 10:00,客户,在吗,x\n"
        "1,昨天,客服,在的,\n"
        "1,2026-03-02 10:02,客服,,\n"
        "2,2026-03-02 10:00,客户,a,b,c,d\n"
        "2,2026-03-02 10:00,客户,好,\n"
        ",2026-03-02 10:00,客户,无主,\n"
        '3,2026-03-02 10:00,客户,"没有结束,\n'
        "3,2026-03-02 10:01,客服,好,\n"
        "4,2026-03-02 10:01,客服,好,\n"
    )
    assert [(item.line, item.reason[:20]) for item in rejects] == [
        (3, "the time '昨天' cannot"),
        (4, "has no text: fill in"),
        (5, "has 7 cells under a h"[:20]),
        (7, "has no conversation id"[:20]),
        (8, "opens a quote that is"[:20]),
    ]
    assert rejects[0].record == "1,昨天,客服,在的,"
    assert [(item.id, item.incomplete) for item in found] == [
        ("1", True),
        ("2", True),
        ("3", True),
        ("4", False),
    ]
    assert found[0].messages[0].extra == {"备注": "x"}


def test_bytes_of_another_encoding_cost_one_row() -> None:
    good = "会话ID,角色,内容\n1,客户,在吗在吗在吗在吗在吗\n1,客服,在的在的在的\n".encode()
    (found,), (reject,) = load(good + b"1,\xe5\xae,\xff\xfe\n")
    assert found.incomplete
    assert "UTF-8" in reject.reason
    assert "\ufffd" in reject.record


def test_commas_in_an_unquoted_last_column_belong_to_the_text() -> None:
    (found,), rejects = load("conversation_id,role,text\n1,customer,well, no, thanks\n")
    assert rejects == []
    assert found.messages[0].text == "well, no, thanks"


def test_a_long_message_passes() -> None:
    (found,), _ = load("会话ID,角色,内容\n1,客户," + "啊" * 200_000 + "\n")
    assert len(found.messages[0].text) == 200_000


def test_day_and_time_in_columns_of_their_own() -> None:
    (found,), _ = load("会话ID,日期,时间,角色,内容\n1,2026/3/2,10:00:05,客户,在吗\n")
    assert str(found.messages[0].at) == "2026-03-02 10:00:05+08:00"


def test_us_dates_are_told_by_their_column() -> None:
    (found,), _ = load(
        "chat_id,time,role,text\n1,03/02/2026 10:00,customer,a\n1,03/25/2026 10:00,agent,b\n"
    )
    assert str(found.messages[0].at)[:10] == "2026-03-02"


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("会话ID,时间,内容\n1,2026-03-02,在吗\n", "who speaks|says who"),
        ("a,b,c\n1,2,3\n", "no format"),
    ],
)
def test_a_table_that_cannot_be_read_says_what_it_needs(text: str, told: str) -> None:
    with pytest.raises(UnreadableInput, match=told):
        load(text)


def workbook(path: Path) -> Path:
    book = openpyxl.Workbook()
    sheet = book.active
    assert sheet is not None
    sheet.title = "三月"
    sheet.append(["鲜果旗舰店聊天记录", None, None, None, None])
    sheet.merge_cells("A1:E1")
    sheet.append(["导出时间：2026-03-03"])
    sheet.append(["会话ID", "时间", "角色", "发送人", "内容"])
    sheet.append([1001, datetime(2026, 3, 2, 10, 0, 0), "客户", "甲", "在吗"])  # noqa: DTZ001
    sheet.append([None, datetime(2026, 3, 2, 10, 1, 0), "客服", "小李", "在的"])  # noqa: DTZ001
    sheet.merge_cells("A4:A5")
    sheet.append([1002, 46083.5, "客户", "乙", 12])
    sheet.append([1002, "昨天", "客服", "小李", "好"])
    other = book.create_sheet("四月")
    other.append(["conversation_id", "sender_type", "message"])
    other.append([1001, "customer", "还在吗"])
    other.append([1003, "agent", '="a"&"b"'])
    book.create_sheet("说明").append(["只是说明"])
    book.create_sheet("空")
    book.save(path)
    return path


def test_a_workbook_with_titles_merged_cells_dates_and_sheets(tmp_path: Path) -> None:
    notes = Notes()
    items = list(read(workbook(tmp_path / "chats.xlsx"), notes=notes))
    found = [item for item in items if isinstance(item, Transcript)]
    rejects = [item for item in items if isinstance(item, Reject)]
    assert [(item.id, [m.text for m in item.messages]) for item in found] == [
        ("1001", ["在吗", "在的", "还在吗"]),
        ("1002", ["12"]),
    ]
    assert str(found[0].messages[1].at) == "2026-03-02 10:01:00+08:00"
    assert str(found[1].messages[0].at) == "2026-03-02 12:00:00+08:00"
    assert [(item.sheet, item.line) for item in rejects] == [("三月", 7), ("四月", 3)]
    assert found[1].incomplete
    assert any("说明" in note for note in notes)


def test_a_workbook_is_known_by_its_content(tmp_path: Path) -> None:
    renamed = workbook(tmp_path / "chats.xlsx").rename(tmp_path / "chats.txt")
    assert sum(isinstance(item, Transcript) for item in read(renamed)) == 2


def test_a_broken_workbook_is_refused(tmp_path: Path) -> None:
    whole = workbook(tmp_path / "chats.xlsx").read_bytes()
    for broken in (
        whole[: len(whole) // 2],
        whole[:2000] + b"\0" * 500 + whole[2500:],
        b"PK\x03\x04",
    ):
        with pytest.raises(UnreadableInput, match="no readable Excel file"):
            list(read(io.BytesIO(broken)))


def test_a_zip_bomb_is_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("transcripts.read.xlsxrows._LARGEST_UNPACKED", 1 << 20)
    path = tmp_path / "bomb.xlsx"
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("xl/workbook.xml", b"0" * (2 << 20))
    with pytest.raises(UnreadableInput, match="unpacks to more than 1 GB"):
        list(read(path))
