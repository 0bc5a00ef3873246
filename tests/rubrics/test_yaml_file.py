"""YAML that people write, and YAML that means harm."""

from __future__ import annotations

import contextlib
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from rubrics.yaml_file import MAX_BYTES, parse_yaml, read_yaml
from transcripts.errors import InvalidFile


def test_values_and_their_lines() -> None:
    document = parse_yaml(
        "a: 1\nb:\n  - yes\n  - c: 0.5\n    d: '2'\nt: 09:00\nn: ~\nf: false\n", "x.yaml"
    )
    assert document.data == {
        "a": 1, "b": ["yes", {"c": 0.5, "d": "2"}], "t": "09:00", "n": None, "f": False,
    }  # fmt: skip
    assert document.line(("b", 1, "d")) == 5
    assert document.line(("b", 1, "nowhere", 3)) == 4
    assert document.line(("t",)) == 6


BOMB = "a: &a [x, x]\nb: &b [*a, *a]\nc: &c [*b, *b]\nd: [*c, *c]\n"


@pytest.mark.parametrize(
    ("text", "line", "message"),
    [
        (BOMB, 2, "aliases (*a) are not available; write the value out"),
        ("a: 1\nb: 2\na: 3\n", 3, "the key 'a' stands twice (first in line 1)"),
        ("a:\n\t- b\n", 2, "a tab where YAML wants spaces; replace tabs by spaces"),
        ("a: !!python/object:os.system x\n", 1, "tags (tag:yaml.org,2002:python/object:os.system)"),
        ("[" * 5_000, 1, "nested more than 40 deep; flatten it"),
        ("a: " * 3, 1, "not YAML: mapping values are not allowed in this context"),
        ("{" * 100, 1, "a list or mapping stands where a key is wanted"),
        ("? [a]\n: 1\n", 1, "a list or mapping stands where a key is wanted"),
        ("1.5: a\n", 1, "1.5 is no key; put it in quotes"),
        ("a: 1\n---\nb: 2\n", 2, "a second document (---); keep one document a file"),
        ("a: 'open\n", 2, "not YAML: found unexpected end of stream"),
        ("", 1, "the file is empty"),
        ("# only a comment\n", 1, "the file is empty"),
        ("a: \x00\n", None, "not YAML: unacceptable character"),
        ("- a\n" * 11_000, 10_000, "more than 10,000 values; split the file"),
        ("a" * (MAX_BYTES + 1), None, "the text is too long"),
    ],
)
def test_faults(text: str, line: int | None, message: str) -> None:
    with pytest.raises(InvalidFile) as caught:
        parse_yaml(text, "x.yaml")
    assert any(f.line == line and f.message.startswith(message) for f in caught.value.faults), (
        caught.value.faults
    )


def test_all_faults_at_once() -> None:
    with pytest.raises(InvalidFile) as caught:
        parse_yaml("a: &x 1\na: *x\nb: !t 2\nc: *x\n", "x.yaml")
    assert [fault.line for fault in caught.value.faults] == [2, 2, 3, 4]
    assert str(caught.value).splitlines()[0].startswith("x.yaml:2: ")


def test_files(tmp_path: Path) -> None:
    path = tmp_path / "a.yaml"
    path.write_bytes("\ufeffa: 中文\r\nb: 2\r\n".encode())
    assert read_yaml(path).data == {"a": "中文", "b": 2}
    path.write_bytes(b"a: 1\nb: " + "中文".encode("gbk"))
    with pytest.raises(InvalidFile, match=r"a\.yaml:2: not UTF-8; save the file as UTF-8"):
        read_yaml(path)
    path.write_bytes(b"a" * (MAX_BYTES + 1))
    with pytest.raises(InvalidFile, match="bytes are too many"):
        read_yaml(path)
    with pytest.raises(InvalidFile, match="cannot be read: No such file"):
        read_yaml(tmp_path / "none.yaml")
    with pytest.raises(InvalidFile, match="cannot be read"):
        read_yaml(tmp_path)


@settings(deadline=None, max_examples=300)
@given(st.text(alphabet="ab:-[]{}&*!?|>'\"#%@`,\n\t 0.~\x00\ud7ff亲", max_size=60))
def test_any_text_is_read_or_refused(text: str) -> None:
    with contextlib.suppress(InvalidFile):
        parse_yaml(text, "x.yaml")
