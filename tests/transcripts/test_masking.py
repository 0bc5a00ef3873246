"""Masking: what is found, what survives, and what holds for any text."""

from __future__ import annotations

import itertools
import json
import time
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from transcripts.masking import KINDS, Masker
from transcripts.masking.context import first_signs
from transcripts.masking.documents import id_checksum, luhn
from transcripts.masking.measure import measure

HERE = Path(__file__).parent
DEV = HERE / ".." / ".." / ".." / "shared" / "gold" / "pii_dev.jsonl"


def rows(path: Path) -> list[dict[str, Any]]:
    return [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines() if line]


def test_own_cases() -> None:
    cases = rows(HERE / "masking_cases.jsonl")
    assert len(cases) >= 150
    assert sum(not case["spans"] for case in cases) >= 60
    assert {span["kind"] for case in cases for span in case["spans"]} == set(KINDS)
    result = measure(cases)
    assert result["recall"] >= 0.97, result["faults"]
    assert result["clean_touched"] <= 0.01, result["faults"]


#: Lines of several voices, each measured once before any rule was mended for it: found of marked
#: spans were 163/179, 95/124, 101/136, 76/95 and 55/58 then. The floors hold what is found now.
VOICES = {"daily": 0.98, "voices": 0.97, "desk": 0.95, "trades": 0.92, "plain": 0.97}


@pytest.mark.parametrize("voice", VOICES)
def test_other_voices(voice: str) -> None:
    result = measure(rows(HERE / f"masking_cases_{voice}.jsonl"))
    assert result["recall"] >= VOICES[voice], result["faults"]
    assert result["clean_touched"] <= 0.01, result["faults"]


@pytest.mark.skipif(not DEV.exists(), reason="the shared dev set is not here")
def test_dev_set() -> None:
    result = measure(rows(DEV))
    assert result["recall"] >= 0.97, result["faults"]
    assert result["clean_touched"] <= 0.01, result["faults"]


def test_measure_counts_exact_spans() -> None:
    phone = {"start": 2, "end": 13, "kind": "phone"}
    wrong = {"start": 0, "end": 13, "kind": "phone"}
    result = measure(
        [
            {"id": "a", "text": "电话13800138000", "spans": [phone]},
            {"id": "b", "text": "电话13800138000", "spans": [wrong]},
            {"id": "c", "text": "电话13800138000", "spans": []},
            {"id": "d", "text": "打12315", "spans": []},
        ]
    )
    # 2 spans are marked, 1 of them found exactly; 3 are given; of 2 clean lines 1 is touched.
    assert (result["n"], result["spans"], result["clean"]) == (4, 2, 2)
    assert result["recall"] == 1 / 2
    assert result["precision"] == 1 / 3
    assert result["clean_touched"] == 1 / 2


def test_equal_values_have_equal_numbers_in_a_run() -> None:
    masker = Masker()
    assert masker.mask("电话13800138000").text == "电话[phone_1]"
    assert masker.mask("打 13900139000").text == "打 [phone_2]"
    for same in (
        "+86 138-0013-8000",
        "１３８００１３８０００",
        "138 0013 8000",
        "幺三八零零幺三八零零零",
    ):
        assert masker.mask("电话" + same).text == "电话[phone_1]"
    assert Masker().mask("打 13900139000").text == "打 [phone_1]"


def test_offsets_are_code_points_of_the_input() -> None:
    text = "😀😀电话：１３８００１３８０００。"
    (span,) = Masker().mask(text).spans
    assert text[span.start : span.end] == "１３８００１３８０００"


@pytest.mark.parametrize(
    "text", ["[phone_1]打不通", "[订单x]大概[数字x]天，[姓名x]收", "姓名[name_3]，电话[电话x]"]
)
def test_masked_text_stays(text: str) -> None:
    assert Masker().mask(text).text == text


def test_masking_twice_changes_nothing() -> None:
    for case in rows(HERE / "masking_cases.jsonl"):
        once = Masker().mask(case["text"]).text
        assert Masker().mask(once).text == once


PARTS = st.lists(
    st.sampled_from(
        [
            "电话",
            "13800138000",
            "0571-88231907",
            "收件人",
            "王伟",
            "浙江省",
            "杭州市",
            "文三路138号",
            "2幢",
            "501室",
            "订单号",
            "2938471650238847120",
            "SF1390284756610",
            "[phone_1]",
            "[姓名x]",
            "@",
            "a@b.com",
            "微信",
            "abc_123",
            "我叫",
            "name",
            "is",
            "John",
            "Smith",
            "6228480402564890018",
            ",",
            "，",
            "。",
            "1",
            "号",
        ]
    )
    | st.text(max_size=6),
    max_size=12,
)


@settings(max_examples=150, deadline=None)
@given(PARTS)
def test_any_text(parts: list[str]) -> None:
    text = "".join(parts)
    masked = Masker().mask(text)
    ends = [(span.start, span.end) for span in masked.spans]
    assert ends == sorted(ends)
    assert all(0 <= start < end <= len(text) for start, end in ends)
    assert all(a[1] <= b[0] for a, b in itertools.pairwise(ends))
    assert Masker().mask(masked.text).text == masked.text


@pytest.mark.parametrize(
    "piece",
    [
        "1", "1 ", "2938471650238847120 ", "E12345678 ", "单号773901288456120 ", "a", "a@", "号",
        "路1号", "浙江省", "一", "13800138000 ", "我叫", "A1-", "旺旺", "name is ", "1 Main ",
        "王伟", "(", "[", "a.", "收件人", "·", "1-1", "王·", "Flat ",
    ],
)  # fmt: skip
def test_a_long_message_takes_no_long_time(piece: str) -> None:
    text = piece * (20_000 // len(piece))
    start = time.perf_counter()
    Masker().mask(text)
    # Far above what it takes, so that a busy machine passes; quadratic work would be minutes.
    assert time.perf_counter() - start < 10


def test_a_message_of_100_000_characters() -> None:
    text = "您好，快递显示昨天 18:20 签收，可我没收到，电话也没响过，3 月 2 日下的单，请查一下。"
    start = time.perf_counter()
    assert Masker().mask(text * (100_000 // len(text))).spans == ()
    assert time.perf_counter() - start < 5


@pytest.mark.parametrize(
    ("words", "heads"),
    [
        ("电话|手机", "电手"),
        (r"(?:订|下)?单|\bpo", "订下单p"),
        (r"(?<![a-z])vx|[微薇]信|(?=x)y", "v微薇y"),
        ("(?:a(?:b|c)|d)e", "ad"),
        (r"\.x|q?r", ".qr"),
    ],
)
def test_first_signs(words: str, heads: str) -> None:
    assert first_signs(words) == set(heads)


def test_checks() -> None:
    # 1·7 + 1·9 + 1·5 + 1·4 + 1·2 + 9·1 + 9·6 + 3·9 + 7·5 + 1·2 = 154; 154 mod 11 = 0 → "1"
    assert id_checksum("110101199003070011")
    assert not id_checksum("110101199003070012")
    # From the right, each second digit doubled: 3+2+7+7+9+6+7+4+9+9+7 = 70, divisible by 10.
    assert luhn("79927398713")
    assert not luhn("79927398710")
