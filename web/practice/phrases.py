"""The shop's quick phrases, by the language of the conversation."""

from __future__ import annotations

from typing import Final

from transcripts.types import Language

_PHRASES: Final[dict[Language, tuple[str, ...]]] = {
    "zh": (
        "您好，我在的，您慢慢说。",
        "实在对不起，给您添麻烦了。",
        "我先看一下您的订单，稍等一分钟。",
        "麻烦您拍一下坏的地方和快递面单，我来处理。",
        "我去跟主管确认，三分钟内回您。",
        "已经给您登记了，有消息我第一时间告诉您。",
        "您看这样处理可以吗？",
        "还有别的需要我帮忙吗？",
    ),
    "zh-Hant": (
        "您好，我在，您慢慢說。",
        "真的很抱歉，造成您的不便。",
        "我先查一下您的訂單，請稍等一分鐘。",
        "麻煩您拍一下損壞的地方和託運單，我來處理。",
        "我跟主管確認，三分鐘內回覆您。",
        "已經幫您登記，一有消息馬上通知您。",
        "您看這樣處理可以嗎？",
        "還有其他需要我幫忙的嗎？",
    ),
    "en": (
        "Hi, I'm here. Tell me what happened.",
        "I'm so sorry about this.",
        "Let me look at your order, one minute please.",
        "Could you send a photo of the damage and of the shipping label?",
        "I'll check with my supervisor and come back within three minutes.",
        "I've made a note of it and will write as soon as there is news.",
        "Would that work for you?",
        "Is there anything else I can help with?",
    ),
}


def phrases(lang: Language) -> tuple[str, ...]:
    """The phrases of a language, in the order in which they are usually needed."""
    return _PHRASES[lang]
