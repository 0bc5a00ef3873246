"""What is kept of a real conversation: everything that grading needs, nobody's personal data."""

from __future__ import annotations

import json
from typing import Any

import pytest

from store.masked import CUSTOMER, masked
from transcripts.canonical import parse, to_json
from transcripts.types import Transcript

PHONE, CARD = "13987654321", "6222021234567890128"
MAIL, NICK, STREET = "zhao.liu@mail.example", "蓝色妖姬88", "文三路 121 号"
SECRETS = (PHONE, CARD, MAIL, NICK, "zhaoliu_wx77", STREET)
ROW: dict[str, Any] = {
    "id": f"{NICK}-1",
    "lang": "zh",
    "channel": f"taobao {PHONE}",
    "agent": "小李",
    "customer": NICK,
    "situation": f"手机 {PHONE}",
    "facts": ["订单实付 89 元", f"收货人电话 {PHONE}",
              {"text": "坏果包赔", "value": PHONE, "scope": {"buyer": PHONE}, "extra_key": PHONE}],
    "note_form": {"phone": PHONE, "size": "M"},
    "authority": {"refund_max": 50, PHONE: 1},
    "messages": [
        {"role": "customer", "text": f"我是{NICK}，电话{PHONE}", "sender": NICK, "buyer": PHONE},
        {"role": "agent", "text": f"亲 {NICK} 您好，邮箱 {MAIL} 对吗", "sender": "小李"},
        {"role": "agent", "text": "稍等", "sender": f"客服{PHONE}"},
        {"role": "customer", "text": "加我微信 zhaoliu_wx77，地址杭州市西湖区文三路 121 号，谢谢"},
        {"role": "action", "text": "change_address", "data": {"address": f"西湖区{STREET}",
         "phone": int(PHONE), "cards": [CARD], "amount": 30, "ok": True, "none": None}},
        {"role": "action", "text": "write_note", "data": {"fields": {"phone": PHONE, "size": "M"}}},
    ],
}  # fmt: skip


@pytest.fixture
def kept() -> Transcript:
    return masked(parse(ROW), "chats#1")


def test_nothing_personal_is_left_in_any_field(kept: Transcript) -> None:
    text = json.dumps(to_json(kept), ensure_ascii=False)
    assert [secret for secret in SECRETS if secret in text] == []


def test_what_grading_needs_stays(kept: Transcript) -> None:
    assert kept.id == "chats#1"
    assert (kept.agent, kept.messages[1].sender) == ("小李", "小李")
    assert [one.role for one in kept.messages] == [one["role"] for one in ROW["messages"]]
    assert kept.facts[0].text == "订单实付 89 元"
    assert kept.authority == {"refund_max": 50}
    data = kept.messages[4].data or {}
    assert (data["amount"], data["ok"], data["none"]) == (30, True, None)
    assert parse(to_json(kept)) == kept


def test_equal_values_stay_equal(kept: Transcript) -> None:
    """A right order note stays right: the number on the form is the number that was written."""
    note = (kept.messages[5].data or {})["fields"]
    assert kept.note_form == note
    assert note["phone"].startswith("[phone_")
    assert note["phone"] in kept.messages[0].text
    assert CUSTOMER in kept.messages[1].text


@pytest.mark.parametrize(
    ("name", "text", "kept"),
    [
        ("客户", "客户想退", "客户想退"),
        ("18", "退我18元", "退我18元"),
        ("al", "Also, al here", f"Also, {CUSTOMER} here"),
        ("al", "我是AL呢", f"我是{CUSTOMER}呢"),
        ("小满妈妈", "小满妈妈问一下", f"{CUSTOMER}问一下"),
    ],
)
def test_only_what_tells_one_person_is_taken_for_a_name(name: str, text: str, kept: str) -> None:
    row = {"id": "a", "messages": [{"role": "customer", "text": text, "sender": name}]}
    assert masked(parse(row), "x#1").messages[0].text == kept


def test_masking_twice_changes_nothing(kept: Transcript) -> None:
    assert masked(kept, "x#1") == kept
