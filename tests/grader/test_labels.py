"""Reading label files, and telling which rows are twins."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from grader.folds import (
    fingerprints,
    group_folds,
    groups,
    learnt_from,
    text_key,
)
from grader.labels import (
    ConversationRow,
    CustomerRow,
    PlainRow,
    RatedRow,
    ReplyRow,
    read_labels,
)
from transcripts.errors import InvalidFile, UnreadableInput

CORPUS = Path(__file__).parents[2] / "grader" / "corpus"
REPLY: dict[str, Any] = {
    "id": "r1",
    "lang": "zh",
    "situation": "delay",
    "customer": "怎么还没发货",
    "facts": ["今天 18:00 前发出", {"id": "f2", "text": "订单 1"}],
    "reply": "今天六点前给您发出",
    "acts": ["commit_time"],
    "acts_disputed": ["hold"],
    "empathy": None,
    "accuracy": 4,
    "customer_emotion": 2.5,
}
TALK = [{"role": "customer", "text": "在吗"}, {"role": "agent", "text": "在的"}]


def written(folder: Path, *records: Any, name: str = "labels.jsonl") -> Path:
    path = folder / name
    path.write_text("\n".join(json.dumps(r, ensure_ascii=False) for r in records), "utf-8")
    return path


def row_of(**changes: Any) -> ReplyRow:
    values: dict[str, Any] = {
        "id": "a", "line": 1, "lang": "zh", "reply": "好的", "acts": frozenset(),
    }  # fmt: skip
    return ReplyRow(**(values | changes))


def test_the_kind_is_told_by_the_keys(tmp_path: Path) -> None:
    cases: list[tuple[str, type, dict[str, Any]]] = [
        ("replies", ReplyRow, REPLY),
        (
            "context",
            ReplyRow,
            {"history": ["agent: 在"], "customer": "", "reply": "好", "acts": []},
        ),
        ("customers", CustomerRow, {"text": "烦死了", "emotion": 3}),
        ("conversations", ConversationRow, {"id": "c", "messages": TALK, "overall": 70}),
        ("ratings", RatedRow, {"id": "c", "messages": TALK, "ratings": {"overall": 1}}),
        ("pii", PlainRow, {"text": "电话", "spans": []}),
        ("critical", PlainRow, {"about": "rude", "critical": [], "reply": "您好"}),
    ]
    for kind, row, record in cases:
        labels = read_labels(written(tmp_path, record))
        assert labels.kind == kind
        assert isinstance(labels.rows[0], row)


def test_a_reply_keeps_everything_that_was_labelled(tmp_path: Path) -> None:
    (row,) = read_labels(written(tmp_path, REPLY)).rows
    assert isinstance(row, ReplyRow)
    assert row.acts == {"commit_time"}
    assert row.disputed == {"hold"}
    assert (row.empathy, row.accuracy, row.emotion) == (None, 4.0, 2.5)
    assert row.facts == ("今天 18:00 前发出", "订单 1")


def test_labels_of_a_real_conversation(tmp_path: Path) -> None:
    record = {
        "id": "c", "messages": TALK, "overall": 70, "order": None, "critical": ["rude"],
        "replies": [{"message": 1, "acts": ["greet"], "empathy": None}],
        "customer_labels": [{"message": 0, "emotion": 1}],
    }  # fmt: skip
    (row,) = read_labels(written(tmp_path, record)).rows
    assert isinstance(row, ConversationRow)
    assert row.emotions == {0: 1.0}
    assert row.replies[0].acts == {"greet"}
    assert row.ratings == {"order": None}
    assert row.critical == {"rude"}


def test_sentences_are_a_table(tmp_path: Path) -> None:
    path = tmp_path / "s.tsv"
    path.write_text(
        "lang\tunit\tacts\tacts_disputed\ttext\nzh\tsentence\tgreet,hold\t-\t您好稍等\n"
        "en\treply\t-\tclose\tBye now\n",
        "utf-8",
    )
    labels = read_labels(path)
    first, second = labels.rows
    assert isinstance(first, ReplyRow)
    assert isinstance(second, ReplyRow)
    assert labels.kind == "sentences"
    assert first.acts == {"greet", "hold"}
    assert (second.line, second.acts, second.disputed) == (3, frozenset(), {"close"})


@pytest.mark.parametrize(
    ("changes", "message"),
    [
        ({"acts": ["sing"]}, "`acts` has sing; known are greet"),
        ({"acts": "greet"}, "`acts` must be a list of ids, [] for none"),
        ({"empathy": 5}, "`empathy` is 5; write a number from 0 to 4, or null"),
        ({"accuracy": True}, "`accuracy` is True"),
        ({"reply": " "}, "`reply` must be a text that is not blank"),
    ],
)
def test_a_fault_names_its_line_and_its_cure(
    tmp_path: Path, changes: dict[str, Any], message: str
) -> None:
    path = written(tmp_path, REPLY, REPLY | changes)
    with pytest.raises(InvalidFile) as caught:
        read_labels(path)
    assert f"{path}:2: " in str(caught.value)
    assert message in str(caught.value)


def test_all_faults_are_told_at_once(tmp_path: Path) -> None:
    path = written(tmp_path, REPLY, REPLY | {"acts": 1}, REPLY | {"empathy": -1})
    with pytest.raises(InvalidFile) as caught:
        read_labels(path)
    assert [fault.line for fault in caught.value.faults] == [2, 3]


def test_labels_must_point_into_the_conversation(tmp_path: Path) -> None:
    record = {"id": "c", "messages": TALK, "overall": 70, "replies": [{"message": 2, "acts": []}]}
    with pytest.raises(InvalidFile, match="names message 2; the messages count from 0 to 1"):
        read_labels(written(tmp_path, record))


@pytest.mark.parametrize(
    ("text", "message"),
    [("", "the file is empty"), ("\n \n", "the file is empty"), ('{"a": 1}', "cannot tell")],
)
def test_a_file_that_cannot_be_read(tmp_path: Path, text: str, message: str) -> None:
    path = tmp_path / "x.jsonl"
    path.write_text(text, "utf-8")
    with pytest.raises(UnreadableInput, match=message):
        read_labels(path)
    with pytest.raises(UnreadableInput, match="cannot be read"):
        read_labels(tmp_path / "none.jsonl")


def test_lines_that_are_no_objects(tmp_path: Path) -> None:
    path = tmp_path / "x.jsonl"
    path.write_text('{"a": 1}\n[1]\n{"a"', "utf-8")
    with pytest.raises(InvalidFile) as caught:
        read_labels(path)
    assert [fault.line for fault in caught.value.faults] == [2, 3]


def test_the_corpus_can_be_read() -> None:
    kinds = {path.name: read_labels(path).kind for path in sorted(CORPUS.glob("*.*l*"))}
    assert kinds["replies.jsonl"] == "replies"
    assert kinds["customers.jsonl"] == "customers"


def test_writing_does_not_hide_a_twin() -> None:
    assert text_key("　這件衣服ＯＫ嗎？～") == text_key("这件衣服ok吗")
    known = fingerprints([row_of(customer="在嗎", reply="在的！")])
    rows = [row_of(customer="在吗？", reply="在的"), row_of(customer="在吗", reply="不在")]
    assert learnt_from(rows, known).tolist() == [True, False]
    assert known.dtype == np.uint64


def test_groups_join_through_words_or_facts() -> None:
    rows = [
        row_of(customer="退钱"),
        row_of(customer="退錢！", facts=("满 30 元包邮",), situation="x"),
        row_of(customer="别的", facts=("满 50 元包邮",), situation="x"),  # facts of row 1
        row_of(customer="别的事", facts=("满 50 元包邮",), situation="y"),
        row_of(reply="在的"),
        row_of(reply="在的~"),
    ]
    assert groups(rows) == [0, 0, 0, 3, 4, 4]


def test_folds_keep_groups_whole_and_even() -> None:
    keys = [number // 3 for number in range(60)]
    folds = group_folds(keys, 5, seed=1)
    assert np.bincount(folds).tolist() == [12] * 5
    assert all(len(set(folds[start : start + 3])) == 1 for start in range(0, 60, 3))
    assert folds.tolist() == group_folds(keys, 5, seed=1).tolist()
