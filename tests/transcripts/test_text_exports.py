"""Qianniu and Wangwang text exports, and the JDDC format."""

from __future__ import annotations

import io
from pathlib import Path

import pytest

from transcripts.errors import UnreadableInput
from transcripts.read import Format, ReadOptions, Reject, read
from transcripts.types import Transcript

JDDC = Path(__file__).parents[2] / ".." / "shared" / "real" / "jddc_chat.txt"


def load(text: str, format: Format | None = None) -> tuple[list[Transcript], list[Reject]]:
    items = list(read(io.BytesIO(text.encode()), ReadOptions(format=format)))
    return (
        [item for item in items if isinstance(item, Transcript)],
        [item for item in items if isinstance(item, Reject)],
    )


def said(found: Transcript) -> list[tuple[str, str | None, str]]:
    return [(message.role, message.sender, message.text) for message in found.messages]


EXPECTED = [
    ("customer", "tb_88", "草莓烂了\n一半都不能吃"),
    ("agent", "鲜果旗舰店:小李", "非常抱歉"),
]

FORMS = {
    "name (time): text": """tb_88 (2026-03-02 10:00:00): 草莓烂了
一半都不能吃
鲜果旗舰店:小李 (2026-03-02 10:00:21): 非常抱歉
""",
    "name and time on a line": """tb_88  2026-03-02 10:00:00
草莓烂了
一半都不能吃

鲜果旗舰店:小李  2026-03-02 10:00:21
非常抱歉
""",
    "(time) on a line": """tb_88 (2026-03-02 10:00:00)
草莓烂了
一半都不能吃

鲜果旗舰店:小李（2026-03-02 10:00:21）
非常抱歉
""",
    "time and name on a line": """2026-03-02 10:00:00 tb_88
草莓烂了
一半都不能吃
2026-03-02 10:00:21 鲜果旗舰店:小李
非常抱歉
""",
    "time name: text": """2026-03-02 10:00:00 tb_88：草莓烂了
一半都不能吃
2026-03-02 10:00:21 鲜果旗舰店:小李：非常抱歉
""",
    "chinese date": """2026年3月2日 10:00:00 tb_88：草莓烂了
一半都不能吃
2026年3月2日 10:00:21 鲜果旗舰店:小李：非常抱歉
""",
    "titles": """聊天记录导出
买家昵称：tb_88
==============
tb_88 (2026-03-02 10:00:00): 草莓烂了
一半都不能吃
鲜果旗舰店:小李 (2026-03-02 10:00:21): 非常抱歉
""",
    "day above": """2026-03-02
tb_88 (10:00:00): 草莓烂了
一半都不能吃
鲜果旗舰店:小李 (10:00:21): 非常抱歉
""",
}


@pytest.mark.parametrize("form", FORMS)
def test_each_form_reads_the_same(form: str) -> None:
    (found,), rejects = load(FORMS[form])
    assert rejects == []
    assert said(found) == EXPECTED
    assert [str(message.at) for message in found.messages] == [
        "2026-03-02 10:00:00+08:00",
        "2026-03-02 10:00:21+08:00",
    ]
    assert (found.id, found.customer, found.agent) == ("stdin#1", "tb_88", "鲜果旗舰店:小李")


@pytest.mark.parametrize("codec", ["gbk", "utf-16", "utf-8-sig"])
def test_encodings(codec: str) -> None:
    (found,) = read(io.BytesIO(FORMS["name (time): text"].encode(codec)))
    assert isinstance(found, Transcript)
    assert said(found) == EXPECTED


def test_several_chats_by_divider_and_by_customer() -> None:
    found, rejects = load("""甲 (2026-03-02 10:00:00): 在吗
店铺客服 (2026-03-02 10:00:05): 在的
乙 (2026-03-02 09:00:00): 退款
店铺客服 (2026-03-02 09:00:05): 好的
----------------------------
甲 (2026-03-02 12:00:00): 又来了
店铺客服 (2026-03-02 12:00:05): 欢迎
----------------------------
甲 (2026-03-02 13:00:00): 还有
""")
    assert rejects == []
    assert [[m.text for m in item.messages] for item in found] == [
        ["在吗", "在的"],
        ["退款", "好的"],
        ["又来了", "欢迎"],
        ["还有"],
    ]
    assert [item.id for item in found] == ["stdin#1", "stdin#2", "stdin#3", "stdin#4"]


def test_what_the_shop_says_first_goes_to_the_chat_where_the_clock_jumped_back() -> None:
    found, _ = load("""甲 (2026-03-02 10:00:00): 在吗
店铺客服 (2026-03-02 10:00:05): 在的
店铺客服 (2026-03-01 09:00:00): 亲，您的订单还没付款
乙 (2026-03-01 09:00:05): 不要了
""")
    assert [[m.text for m in item.messages] for item in found] == [
        ["在吗", "在的"],
        ["亲，您的订单还没付款", "不要了"],
    ]


def test_a_shop_without_a_mark_is_who_speaks_with_several() -> None:
    found, _ = load("""小李 (2026-03-02 10:00:00): 您好
甲 (2026-03-02 10:00:05): 在吗
小李 (2026-03-02 10:00:08): 在的
乙 (2026-03-02 11:00:05): 退款
小李 (2026-03-02 11:00:08): 好的
""")
    assert [[m.role for m in item.messages] for item in found] == [
        ["agent", "customer", "agent"],
        ["customer", "agent"],
    ]


def test_a_parcels_track_in_a_message_is_no_head() -> None:
    (found,), _ = load("""甲 (2026-03-02 10:00:00): 看物流
2026-03-01 08:00:00 已揽收
2026-03-01 09:00:00 杭州：运输中
店铺客服 (2026-03-02 10:00:05): 在路上
""")
    assert len(found.messages) == 2
    assert "运输中" in found.messages[0].text


def test_broken_blocks_are_rejected_with_line_and_cure() -> None:
    (found,), rejects = load("""不知道谁说的话
甲 (2026-03-02 10:00:00): 在吗
甲 (2026-13-45 10:00:00): 喂
第二行
甲 (2026-03-02 10:01:00):
店铺客服 (2026-03-02 10:00:05): 在的
""")
    assert [item.line for item in rejects] == [1, 3, 5]
    assert rejects[1].record == "甲 (2026-13-45 10:00:00): 喂\n第二行"
    assert [message.text for message in found.messages] == ["在吗", "在的"]
    assert found.incomplete


def test_a_text_without_heads_is_refused() -> None:
    with pytest.raises(UnreadableInput, match="昵称"):
        load("随便写点什么\n没有人名\n", "qianniu")


def test_jddc_rows_also_scattered_and_broken() -> None:
    row = "{}\tU{}\t{}\t0\t0\tnan\t{}\n"
    text = (
        row.format("s1", 1, 0, "在吗\t还有")
        + row.format("s2", 2, 0, "退款")
        + row.format("s1", 1, 1, "在的")
        + "s2\tU2\t1\n"
        + row.format("s2", 2, 7, "谁")
        + row.format("s2", 2, 1, "好的")
    )
    found, rejects = load(text, "jddc")
    assert [(item.id, item.customer, item.incomplete) for item in found] == [
        ("s1", "U1", False),
        ("s2", "U2", True),
    ]
    assert said(found[0]) == [("customer", None, "在吗\t还有"), ("agent", None, "在的")]
    assert [item.line for item in rejects] == [4, 5]


@pytest.mark.skipif(not JDDC.exists(), reason="the real sessions are not here")
def test_real_jddc_sessions_read_without_a_reject() -> None:
    items = list(read(JDDC))
    assert len(items) == 600
    assert all(isinstance(item, Transcript) for item in items)
    assert sum(len(item.messages) for item in items if isinstance(item, Transcript)) == 7_403
