"""The usual ways of asking: whole patterns, and examples that the words beside them do not bar."""

from __future__ import annotations

import pytest

from rubrics.yaml_file import parse_yaml, read_yaml
from scenarios.checks.hears import common_faults
from scenarios.load import HEARS, common_hears


@pytest.mark.parametrize("name", ["zh.yaml", "en.yaml"])
def test_the_usual_ways_have_no_faults(name: str) -> None:
    assert not common_faults(read_yaml(HEARS / name))


def test_both_languages_hear_the_same_questions() -> None:
    assert set(common_hears("en")) <= set(common_hears("zh"))
    assert common_hears("zh-Hant") == common_hears("zh")


@pytest.mark.parametrize(
    ("text", "line", "message"),
    [
        ("a:\n  words: ['b.{0, ''20}c']\n", 2, "is cut off; put the pattern in quotes"),
        ("a:\n  say: [不用拍照了]\n  unless: [不用]\n", 2, "its own unless '不用' keeps this from"),
        ("a:\n  say: [好]\n  wrods: [b]\n", 3, "unknown key 'wrods'"),
        ("a:\n  words: ['b.*']\n", 2, "a repetition needs an upper end"),
        ("a:\n  unless: [b]\n", 1, "nothing to listen for"),
    ],
)
def test_a_fault_is_named_with_its_line(text: str, line: int, message: str) -> None:
    found = common_faults(parse_yaml(text, "zh.yaml"))
    assert any(f.line == line and message in f.message for f in found), found
