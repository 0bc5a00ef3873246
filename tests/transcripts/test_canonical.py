"""The canonical form: what is kept, what is read, what is refused with a cure."""

from __future__ import annotations

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from transcripts.canonical import parse, to_json
from transcripts.errors import BadRecord, KefuError
from transcripts.notes import Notes

SAMPLE = {
    "id": "zh-001",
    "lang": "zh",
    "channel": "taobao",
    "situation": "rotten_fruit",
    "agent": "小李",
    "customer": "c_18",
    "scenario": None,
    "authority": {"refund_max": 30},
    "note_form": {"姓名": None},
    "facts": [
        "订单 2231：草莓",
        {"id": "f1", "text": "坏果包赔", "valid_from": "2026-01-01", "own": 1},
    ],
    "messages": [
        {"role": "customer", "at": "2026-03-02T10:00:00+08:00", "text": "草莓烂了一半！"},
        {"role": "bot", "at": "2026-03-02T10:00:01+08:00", "text": "亲，客服正在赶来"},
        {
            "role": "agent",
            "at": "2026-03-02T10:00:21+08:00",
            "text": "抱歉",
            "sender": "小李",
            "x": [],
        },
        {"role": "action", "text": "issue_refund", "data": {"amount": 30}},
    ],
    "zzz": {"deep": [1, 2.5, None]},
    "aaa": 1,
}


def test_what_is_canonical_stays_byte_for_byte() -> None:
    written = json.dumps(SAMPLE, ensure_ascii=False)
    assert json.dumps(to_json(parse(SAMPLE)), ensure_ascii=False) == written


def test_times_without_offset_are_those_of_the_transcript() -> None:
    message = {"role": "agent", "text": "a", "at": "2026-03-02 10:00:00"}
    assert str(parse({"id": "1", "messages": [message]}).messages[0].at)[-6:] == "+08:00"
    tokyo = parse({"id": "1", "timezone": "Asia/Tokyo", "messages": [message]})
    assert str(tokyo.messages[0].at)[-6:] == "+09:00"


def test_an_unknown_role_is_system_and_remarked_once() -> None:
    notes = Notes()
    found = parse({"id": "1", "messages": [{"role": "boss", "text": "a"}] * 3}, notes=notes)
    assert [message.role for message in found.messages] == ["system"] * 3
    assert len(notes) == 1
    assert "boss" in next(iter(notes))
    assert to_json(found)["messages"][0]["role_given"] == "boss"


def test_half_a_surrogate_pair_does_not_stop_the_writing() -> None:
    found = parse(
        json.loads('{"id": "\\ud83d", "messages": [{"role": "agent", "text": "a\\ud83d"}]}')
    )
    assert json.dumps(to_json(found), ensure_ascii=False).encode()


@pytest.mark.parametrize(
    ("broken", "told"),
    [
        ([], "JSON object"),
        ({"messages": []}, "`id` is missing"),
        ({"id": True, "messages": []}, "`id` must be a string"),
        ({"id": "1"}, "`messages` must be a list"),
        ({"id": "1", "messages": {}}, "`messages` must be a list"),
        ({"id": "1", "messages": [1]}, "messages\\[0\\] must be an object"),
        ({"id": "1", "messages": [{"text": "a"}]}, "messages\\[0\\].role is missing"),
        ({"id": "1", "messages": [{"role": "agent"}]}, "messages\\[0\\].text must be a string"),
        ({"id": "1", "messages": [{"role": "agent", "text": 5}]}, "text must be a string"),
        ({"id": "1", "messages": [{"role": "agent", "text": "a", "at": "gestern"}]}, "write it as"),
        ({"id": "1", "messages": [{"role": "agent", "text": "a", "data": 3}]}, "data must be"),
        ({"id": "1", "messages": [], "facts": "x"}, "`facts` must be a list"),
        ({"id": "1", "messages": [], "facts": [{}]}, "facts\\[0\\]"),
        ({"id": "1", "messages": [], "authority": {"refund_max": "30"}}, "authority.refund_max"),
        ({"id": "1", "messages": [], "timezone": "Mars"}, "Asia/Shanghai"),
        ({"id": "1", "messages": [], "x": float("nan")}, "NaN"),
    ],
)
def test_a_broken_record_is_told_with_its_cure(broken: object, told: str) -> None:
    with pytest.raises(BadRecord, match=told):
        parse(broken)  # type: ignore[arg-type]


def test_all_faults_are_told_at_once() -> None:
    with pytest.raises(BadRecord) as caught:
        parse({"messages": [{"role": "agent"}, {"text": "a"}]})
    assert caught.value.reason.count(";") == 2


def test_deep_nesting_is_refused() -> None:
    deep: object = 1
    for _ in range(500):
        deep = [deep]
    with pytest.raises(BadRecord, match="flatten"):
        parse({"id": "1", "messages": [], "x": deep})


_JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(), inner, max_size=3),
    max_leaves=8,
)
_KEYS = st.sampled_from([*SAMPLE, "timezone", "market", "currency", "incomplete", "other"])
_MESSAGE = st.dictionaries(
    st.sampled_from(["role", "text", "at", "sender", "data", "x"]), _JSON | st.just("agent")
)


@given(
    st.dictionaries(_KEYS, _JSON)
    | st.fixed_dictionaries({"id": st.text(), "messages": st.lists(_MESSAGE, max_size=3)})
)
def test_any_object_is_read_or_refused_and_reading_again_changes_nothing(obj: dict) -> None:  # type: ignore[type-arg]
    try:
        found = to_json(parse(obj))
    except KefuError:
        return
    again = json.dumps(found, ensure_ascii=False, allow_nan=False)
    assert json.dumps(to_json(parse(json.loads(again))), ensure_ascii=False) == again
