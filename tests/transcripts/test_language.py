"""Which language a conversation is in."""

from __future__ import annotations

import pytest

from transcripts.language import recognise


@pytest.mark.parametrize(
    ("texts", "language"),
    [
        (["你好，草莓烂了一半"], "zh"),
        (["您好，請問什麼時候發貨"], "zh-Hant"),
        (["Where is my order?", "Let me check."], "en"),
        (["亲 iPhone 15 Pro Max 有货"], "zh"),
        (["Hello, I am 小李, how may I help you with your order today?"], "en"),
        ([], "zh"),
        (["😀 123"], "zh"),
        (["好的"], "zh"),
    ],
)
def test_recognises(texts: list[str], language: str) -> None:
    assert recognise(texts) == language
