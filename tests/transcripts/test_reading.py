"""What holds for every format: ids, streams, hostile bytes, no record lost, bounded memory."""

from __future__ import annotations

import gzip
import io
import json
import tracemalloc
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from transcripts.canonical import to_json
from transcripts.errors import KefuError, UnreadableInput
from transcripts.read import FORMATS, Format, ReadOptions, Reject, read, read_many
from transcripts.rejects import RejectFiles
from transcripts.types import Transcript


def line(identity: str | None, text: str = "在吗") -> str:
    head = {} if identity is None else {"id": identity}
    return json.dumps(
        {**head, "messages": [{"role": "customer", "text": text}]}, ensure_ascii=False
    )


def ids(items: Any) -> list[str | None]:
    return [item.id if isinstance(item, Transcript) else None for item in items]


def load(content: str | bytes, format: Format | None = None) -> list[Transcript | Reject]:
    data = content.encode() if isinstance(content, str) else content
    return list(read(io.BytesIO(data), ReadOptions(format=format)))


def test_jsonl_with_blank_and_broken_lines() -> None:
    items = load(f'{line("a")}\n\n{{"id": "b", \n{line("c")}\nnull\n{line("a")}\n')
    assert ids(items) == ["a", None, "c", None, None]
    rejects = [item for item in items if isinstance(item, Reject)]
    assert [item.line for item in rejects] == [3, 5, 6]
    assert "stands twice" in rejects[2].reason
    assert rejects[2].record == line("a")


def test_json_over_several_lines_and_in_a_list() -> None:
    one, two = json.loads(line("a")), json.loads(line("b"))
    assert ids(load(json.dumps([one, two], indent=2))) == ["a", "b"]
    assert ids(load(json.dumps(one, indent=1) + "\n" + json.dumps(two, indent=1))) == ["a", "b"]
    assert ids(load(json.dumps({"transcripts": [one, two]}))) == ["a", "b"]


def test_ids_are_made_up_from_the_file_and_kept_apart(tmp_path: Path) -> None:
    (tmp_path / "x.jsonl").write_text(f"{line('1')}\n{line(None)}\n{line('x#2')}\n{line(None)}\n")
    (tmp_path / "y.jsonl").write_text(f"{line('1')}\n{line(None)}\n{line('2')}\n")
    items = list(read_many([tmp_path / "x.jsonl", tmp_path / "y.jsonl"]))
    assert ids(item for _, item in items) == ["1", "x#1", "x#2", "x#3", "y/1", "y#1", "2"]
    assert [Path(file).name for file, _ in items] == ["x.jsonl"] * 4 + ["y.jsonl"] * 3


def test_a_stream_without_seeking() -> None:
    class Pipe(io.BytesIO):
        def seekable(self) -> bool:
            return False

        def seek(self, *_: Any) -> int:
            raise OSError("a pipe")

    assert ids(read(Pipe(line("a").encode()))) == ["a"]


def test_gzip_is_unpacked_and_a_cut_off_one_refused() -> None:
    packed = gzip.compress((line("a") + "\n" + line("b", "长" * 5_000)).encode())
    assert ids(load(packed)) == ["a", "b"]
    with pytest.raises(UnreadableInput, match="cut off"):
        load(packed[:-20])


@pytest.mark.parametrize(
    "content",
    [b"", b"   \n\n", b"\x00" * 2_000, bytes(range(256)) * 40, b"\x89PNG\r\n\x1a\n" + b"\0" * 99,
     b"hello\nworld\n", b"%PDF-1.7\n%\xe2\xe3"],
)  # fmt: skip
def test_what_is_no_chat_log_is_refused_with_a_cure(content: bytes) -> None:
    with pytest.raises(UnreadableInput, match=r"[Ee]xport|Readable are"):
        load(content)


def test_all_files_are_checked_before_the_first_is_read(tmp_path: Path) -> None:
    good = tmp_path / "good.jsonl"
    good.write_text(line("a"))
    with pytest.raises(UnreadableInput) as caught:
        read_many([good, tmp_path / "none.csv", tmp_path])
    assert "no such file" in str(caught.value)
    assert "is a folder" in str(caught.value)


@pytest.mark.parametrize(
    ("record", "told"),
    [
        ("[" * 100_000, "flatten|valid JSON"),
        ('{"id": "1", "messages": [], "x": ' + "[" * 400 + "]" * 400 + "}", "flatten"),
        ('{"id": "1", "messages": [], "x": ' + "9" * 5_000 + "}", "number"),
        ('{"id": "1", "messages": [], "x": NaN}', "NaN"),
        ('{"id": "1", "messages": [], "x": 1e999}', "infinite"),
        ('{"id": "1", "messages": [{"role": "agent", "text": "a\x00"}]}', "valid JSON"),
        ('{"id": "1", "messages": [{"role": "agent", "text": "a"', "valid JSON"),
    ],
)
def test_hostile_records_are_rejects(record: str, told: str) -> None:
    items = load(line("a") + "\n" + record + "\n" + line("b"))
    assert ids(items) == ["a", None, "b"]
    reject = items[1]
    assert isinstance(reject, Reject)
    assert __import__("re").search(told, reject.reason)


def test_long_messages_and_emoji_pass() -> None:
    items = load(line("a", "啊" * 100_000) + "\n" + line("b", "😀" * 3))
    assert ids(items) == ["a", "b"]


@pytest.mark.parametrize("name", ["nope", "CSV"])
def test_an_unknown_format_is_named(name: Any) -> None:
    with pytest.raises(UnreadableInput, match="Known are auto"):
        load(line("a"), name)


_PIECES = st.sampled_from(
    ['{"id":"1",', '"messages":[', '{"role":"agent","text":"x"}', "]}", "\n",
     "会话ID,时间,角色,内容\n",
     "1,2026-03-02,客户,在吗\n", '"', ",", "\t",
     "甲 (2026-03-02 10:00:00): 在吗\n", "\x00", "\ufeff",
     "s\tu\t0\t0\t0\tnan\tx\n", '{"tickets":[', '{"conversation_parts":', "[", "{", "9" * 30, "<p>"]
)  # fmt: skip
_CONTENT = (
    st.binary(max_size=200)
    | st.text(max_size=100).map(lambda text: text.encode("utf-8", "surrogatepass"))
    | st.lists(_PIECES, max_size=12).map(lambda parts: "".join(parts).encode())
)


@settings(max_examples=150, deadline=None)
@given(_CONTENT, st.sampled_from([None, *FORMATS]))
def test_any_bytes_in_any_format_raise_nothing_but_an_error_for_people(
    content: bytes, format: Format | None
) -> None:
    try:
        items = load(content, format)
    except KefuError:
        return
    for item in items:
        if isinstance(item, Reject):
            assert item.reason
        else:
            json.dumps(to_json(item), ensure_ascii=False, allow_nan=False).encode()


@settings(max_examples=60, deadline=None)
@given(
    st.lists(
        st.tuples(
            st.sampled_from(["a", "b", "c", ""]),
            st.sampled_from(["客户", "客服", "督导", ""]),
            st.sampled_from(["2026-03-02 10:00", "2026-03-02 09:00", "昨天", ""]),
            st.sampled_from(["在吗", "", '"多行\n消息"', "a;b", '"']),
        ),
        min_size=1,
        max_size=12,
    )
)
def test_every_row_is_in_a_transcript_or_a_reject(rows: list[tuple[str, str, str, str]]) -> None:
    text = "会话ID,角色,时间,内容,备注\n" + "".join(f"{','.join(row)},x\n" for row in rows)
    items = load(text, "csv")
    rejected = sum(len(item.record.split("\n")) for item in items if isinstance(item, Reject))
    kept = sum(
        1 + message.text.count("\n")
        for item in items
        if isinstance(item, Transcript)
        for message in item.messages
    )
    assert rejected + kept == text.count("\n") - 1


@settings(max_examples=60, deadline=None)
@given(st.lists(st.sampled_from([line("a"), line("b"), line(None), '{"id": 1', "1"]), min_size=1))
def test_every_line_is_a_transcript_or_a_reject(rows: list[str]) -> None:
    assert len(load("\n".join(rows), "jsonl")) == len(rows)


def test_rejects_are_written_whole_masked_and_removed_when_there_are_none(tmp_path: Path) -> None:
    source = tmp_path / "chats.csv"
    target = tmp_path / "chats.csv.rejects.jsonl"
    for reject in (Reject(str(source), 3, "bad", "tel 13800000000", "三月"), None):
        with RejectFiles(
            [str(source)],
            target=None,
            mask=lambda text: text.replace("13800000000", "[phone_1]"),
            stream=io.StringIO(),
        ) as files:
            if reject:
                files.add(reject)
                assert not target.exists()
        if reject:
            assert json.loads(target.read_text("utf-8")) == {
                "file": str(source), "line": 3, "sheet": "三月", "reason": "bad",
                "record": "tel [phone_1]",
            }  # fmt: skip
    assert list(tmp_path.iterdir()) == []


def _peak(path: Path, count: int, scattered: bool) -> int:
    """Bytes held at most while a table of `count` conversations of four messages is read."""
    with path.open("w", encoding="utf-8") as file:
        file.write("会话ID,时间,角色,内容\n")
        for part in range(4 * count):
            number, turn = (part % count, part // count) if scattered else (part // 4, part % 4)
            role = "客服" if turn % 2 else "客户"
            file.write(f"c{number},2026-03-02 10:00:0{turn},{role},{'消息' * 400}\n")
    tracemalloc.start()
    try:
        found = sum(len(item.messages) for item in read(path) if isinstance(item, Transcript))
        assert found == 4 * count
        return tracemalloc.get_traced_memory()[1]
    finally:
        tracemalloc.stop()


@pytest.mark.slow
@pytest.mark.parametrize("scattered", [False, True])
def test_memory_does_not_grow_with_the_file(tmp_path: Path, scattered: bool) -> None:
    _peak(tmp_path / "first.csv", 10, scattered)  # loads what is loaded once
    small = _peak(tmp_path / "small.csv", 150, scattered)
    large = _peak(tmp_path / "large.csv", 600, scattered)
    # 1,800 messages of 800 characters more, held as objects, would be 3 MB.
    assert large - small < 500_000


@pytest.mark.parametrize(
    "content",
    [
        line("a") + "\n" + '{"id": "' + '\\"' * 100_000,
        "[" + '{"a": "' + '\\"' * 100_000,
        "会话ID,角色,内容\n" + '1,客户,"' + '""' * 50_000 + "x\n",
        "会话ID,角色,内容\n" + '1,客户,"啊\n' * 3_000,
        "甲 (2026-03-02 10:00:00): 在吗\n" + "-" * 100_000 + "啊\n" + "（" * 100_000,
        "甲 (2026-03-02 10:00:00): 在吗\n" + "1" * 100_000 + " 12:00:00\n" * 2,
        '{"id": 1, "comments": [{"author_id": 1, "html_body": "' + "<!--" * 20_000 + '"}]}',
        '{"id": 1, "comments": [{"author_id": 1, "html_body": "' + "<div " * 20_000 + '"}]}',
        '{"id": 1, "comments": [{"author_id": 1, "html_body": "' + "<![" * 20_000 + '"}]}',
    ],
)
def test_no_input_takes_time_beyond_its_length(content: str) -> None:
    # 200 kB each. Anything quadratic needs minutes here; the whole suite would be stopped.
    try:
        assert load(content)
    except UnreadableInput as refused:
        assert str(refused)  # noqa: PT017 - either answer is right
