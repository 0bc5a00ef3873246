"""A team's ratings, in JSON Lines or in a table."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from grader.ratings import read_ratings
from transcripts.errors import InvalidFile, UnreadableInput

TALKS = [
    {"id": name, "messages": [{"role": "customer", "text": f"{name} 到了吗"}]}
    for name in ("a", "b")
]


def files(folder: Path, table: str) -> tuple[Path, Path]:
    talks = folder / "talks.jsonl"
    talks.write_text("\n".join(json.dumps(t, ensure_ascii=False) for t in TALKS), "utf-8")
    labels = folder / "ratings.csv"
    labels.write_text(table, "utf-8")
    return labels, talks


def test_a_table_is_joined_to_its_conversations(tmp_path: Path) -> None:
    table = "\ufefftranscript,overall,empathy\nb,4,\na,2.5,3\n\n"
    rows = read_ratings(*files(tmp_path, table))
    assert [(r.transcript.id, r.ratings) for r in rows] == [
        ("b", {"overall": 4.0}),
        ("a", {"overall": 2.5, "empathy": 3.0}),
    ]


def test_conversations_may_carry_their_ratings(tmp_path: Path) -> None:
    path = tmp_path / "rated.jsonl"
    path.write_text(json.dumps(TALKS[0] | {"ratings": {"overall": -1.5}}), "utf-8")
    assert read_ratings(path, None)[0].ratings == {"overall": -1.5}


def test_all_faults_of_a_table_with_their_lines(tmp_path: Path) -> None:
    labels, talks = files(tmp_path, "transcript,overall\na,good\nc,3\nb,nan\n")
    with pytest.raises(InvalidFile) as caught:
        read_ratings(labels, talks)
    assert [str(fault) for fault in caught.value.faults] == [
        f"{labels}:2: the rating overall is 'good'; write a number",
        f"{labels}:3: transcript 'c' is not in {talks}",
        f"{labels}:4: the rating overall is 'nan'; write a number",
    ]


def test_what_holds_no_ratings(tmp_path: Path) -> None:
    labels, talks = files(tmp_path, "id,overall\na,3\n")
    with pytest.raises(UnreadableInput, match="has no column `transcript`"):
        read_ratings(labels, talks)
    with pytest.raises(UnreadableInput, match="cannot"):
        read_ratings(talks, None)
    with pytest.raises(UnreadableInput, match="cannot be read"):
        read_ratings(labels, tmp_path / "none")
    replies = tmp_path / "replies.jsonl"
    replies.write_text('{"text": "好", "emotion": 1}', "utf-8")
    with pytest.raises(UnreadableInput, match="holds no conversations with `ratings`"):
        read_ratings(replies, None)
