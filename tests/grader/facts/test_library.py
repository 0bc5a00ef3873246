"""A shop's file of facts: validated, and used only where it holds."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

import pytest

from grader.facts.library import load_library, parse_library
from transcripts.errors import InvalidFile, UnreadableInput
from transcripts.types import Fact, Message, Transcript

FULL = """
format: 1
facts:
  - {id: a, text: 坏果包赔, kind: policy}
  - {id: b, text: 草莓每斤30元, kind: product, product: 草莓}
  - {id: c, text: 三月两件九折, kind: promotion, valid_from: 2026-03-01, valid_to: 2026-03-31}
  - {id: d, text: 客服最高赔30元, kind: authority, shop: 鲜果旗舰店}
"""


def _talk(text: str, month: int = 3, shop: str | None = None) -> Transcript:
    message = Message("customer", text, at=datetime(2026, month, 2, tzinfo=UTC))
    return Transcript(
        "t", (message,), facts=(Fact("本单自有"),), extra={"shop": shop} if shop else {}
    )


@pytest.mark.parametrize(
    ("transcript", "expected"),
    [
        (_talk("你好"), ["坏果包赔", "三月两件九折"]),
        (_talk("草莓烂了"), ["坏果包赔", "草莓每斤30元", "三月两件九折"]),
        (_talk("你好", month=5), ["坏果包赔"]),
        (_talk("你好", shop="鲜果旗舰店"), ["坏果包赔", "三月两件九折", "客服最高赔30元"]),
        (_talk("你好", shop="别家"), ["坏果包赔", "三月两件九折"]),
    ],
)
def test_facts_hold_in_scope_and_time(transcript: Transcript, expected: list[str]) -> None:
    found = parse_library(FULL, "facts.yaml").facts_for(transcript)
    assert [fact.text for fact in found] == ["本单自有", *expected]


@pytest.mark.parametrize(
    ("name", "text", "message"),
    [
        ("f.yaml", "facts:\n  - {text: a, colour: red}\n", "colour"),
        ("f.yaml", "facts:\n  - {kind: policy}\n", "text"),
        ("f.yaml", "facts: [", "not YAML"),
        (
            "f.yaml",
            "facts:\n  - {text: a, valid_from: 2026-02-01, valid_to: 2026-01-01}\n",
            "valid_from",
        ),
        ("f.yaml", "a: &a [1]\nb: *a\n", "aliases"),
        ("f.yaml", "facts:\n  - {text: a, id: x}\n  - {text: b, id: x}\n", "ids used twice: x"),
        ("f.json", "{", "not JSON"),
        ("f.jsonl", '{"text": "a"}\n{"text"', "not JSON"),
        ("f.jsonl", '{"text": "a"}\n{"txt": "b"}', "text"),
    ],
)
def test_faults_are_named(name: str, text: str, message: str) -> None:
    with pytest.raises(InvalidFile, match=message):
        parse_library(text, name)


def test_jsonl_and_json_lists(tmp_path: Path) -> None:
    path = tmp_path / "facts.jsonl"
    path.write_text('{"text": "a"}\n\n{"text": "b", "kind": "product"}\n', encoding="utf-8")
    assert len(load_library(path).facts) == 2
    assert len(parse_library('[{"text": "a"}]', "f.json").facts) == 1


def test_a_missing_file_is_named(tmp_path: Path) -> None:
    with pytest.raises(UnreadableInput, match=r"nothing\.yaml"):
        load_library(tmp_path / "nothing.yaml")
