"""Faults are told in the reader's language; what is unknown stays as it was."""

from __future__ import annotations

import pytest

from web.studio.faultwords import in_words


@pytest.mark.parametrize(
    ("cure", "told"),
    [
        ("unknown key 'levl' in the file; did you mean 'level'?",
         "最外层里没有 'levl' 这个键，是不是 'level'？"),
        ("in row 1, 2 of vary: the file is empty", "vary 第 1, 2 行：文件是空的"),
        ("the weights sum to 1.1 (0.5 + 0.6); change them to sum to 1",
         "权重加起来是 1.1（0.5 + 0.6），改成合计 1"),
        ("variant 2: path 'good' scores 61.0, expected at least 85",
         "第 2 位客户：路径 'good' 得 61.0 分，预期至少 85"),
        ("something quite new", "something quite new"),
    ],
)  # fmt: skip
def test_a_fault_in_chinese(cure: str, told: str) -> None:
    assert in_words("zh", cure) == told
    assert in_words("en", cure) == cure
