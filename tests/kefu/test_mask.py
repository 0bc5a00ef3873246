"""`kefu mask`: one JSON line a line of input, whatever the line."""

from __future__ import annotations

import io
import json

from kefu.mask import masked_lines


def lines(source: bytes) -> list[dict[str, object]]:
    return [json.loads(line) for line in masked_lines(io.BytesIO(source))]


def test_text_and_records() -> None:
    source = '电话13800138000\n{"id": 7, "text": "打13800138000", "lang": "zh"}\n\n'.encode()
    assert lines(source) == [
        {"text": "电话[phone_1]", "spans": [{"start": 2, "end": 13, "kind": "phone"}]},
        {"id": 7, "text": "打[phone_1]", "lang": "zh",
         "spans": [{"start": 1, "end": 12, "kind": "phone"}]},
        {"text": "", "spans": []},
    ]  # fmt: skip


def test_broken_lines_are_text() -> None:
    source = b'{"text": 5}\n{"a": \n[1]\n\xff\xfe13800138000\n' + b"[" * 5000 + b"\n"
    source += b'{"text":' * 3000 + b"\n"
    found = lines(source)
    assert len(found) == 6
    assert [span["kind"] for span in found[3]["spans"]] == ["phone"]  # type: ignore[attr-defined]


def test_a_byte_order_mark_is_no_text() -> None:
    assert lines("\ufeff你好".encode()) == [{"text": "你好", "spans": []}]
