"""Quick phrases, by the language of the conversation: the shop's, and one's own."""

from __future__ import annotations

from typing import Final

from store.declined import Declined
from store.people import Person
from store.phrases import add_phrase, change_phrase, drop_phrase, own_phrases
from transcripts.types import LANGUAGES, Language
from web.practice.desk import Body, whole
from web.practice.view import Say
from web.services import Services

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


class Phrases:
    """What the workbench may ask for. A body names the language `lang` of the conversation."""

    def __init__(self, services: Services, say: Say) -> None:
        self._store = services.store
        self._say = say

    def show(self, me: Person, body: Body) -> Body:
        """Own phrases, then the shop's."""
        lang = _language(body)
        own = [{"id": one.id, "text": one.text} for one in own_phrases(self._store, me.id, lang)]
        return {"own": own, "shop": list(phrases(lang))}

    def save(self, me: Person, body: Body) -> Body:
        """A new phrase, or one written anew where the body names its `id`."""
        number, text = whole(body.get("id")), str(body.get("text", ""))[:2000]
        try:
            if number:
                change_phrase(self._store, me.id, number, text)
            else:
                add_phrase(self._store, me.id, _language(body), text)
        except Declined as no:
            return {"refused": self._say(f"phrases.{no.key}", **no.values)}
        return self.show(me, body)

    def drop(self, me: Person, body: Body) -> Body:
        """Delete an own phrase."""
        drop_phrase(self._store, me.id, whole(body.get("id")))
        return self.show(me, body)


def _language(body: Body) -> Language:
    return next((lang for lang in LANGUAGES if lang == body.get("lang")), "zh")
