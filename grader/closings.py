"""Customer messages that open nothing: words that end a matter, pictures that were asked for."""

from __future__ import annotations

import re
from typing import Final

from transcripts.aligned import aligned

LONGEST: Final = 80
"""Nobody takes more characters to say goodbye."""
_TAG: Final = re.compile(
    r"[\[【](?:图片|照片|相片|视频|影片|截图|image|photo|picture|video|screenshot)[\]】]"
)
_CAPTION: Final = re.compile(
    r"(?:给?你?您?(?:看|瞧)(?:看|一?下)?|看(?:一?下)?(?:图|这)?|在这(?:里|儿)?|这(?:个|里|张"
    r"|就)?是?|发了|照片|图片|视频"
    r"|here(?: you (?:go|are)| it is)?|see (?:this|here|attached)|this(?: one)?|attached"
    r"|photo|pic(?:ture)?)?"
)
_STICKER: Final = re.compile(r"\[[\u4e00-\u9fffa-z]{1,4}\]|#e-[a-z](?:\d+)?")
_MARKS: Final = re.compile(r"[^\w\u4e00-\u9fff'?]+")
_WORDS: Final = (
    r"(?:那|那么|那我|那就|我|就|先|也|亲|哈|呀|啊|额|呃|的话)",
    r"好+(?:的|滴|哒|嘞|咧|勒|呀|啊|吧|了|啦|喔|哦|呢|嘟|嘅|喇)*|行+(?:吧|的|啊|呀|了|呗|叭"
    r"|啦)?|成吧?|中",
    r"嗯+(?:呢|啊|哪)?|[哦噢喔]+|ok(?:ay)?(?:的|啦|吧|了)?|可以(?:了|啦)",
    r"(?:我)?(?:知道|明白|[了瞭]解|清楚|懂|晓得)(?:了|啦|喽|喇|晒|嘅)*|知(?:喇|啦|了)"
    r"|收到(?:了|啦|喇)?",
    r"(?:谢谢|感谢|多谢|谢|辛苦|麻烦|劳烦|打扰|唔该)(?:你们?|您|妳|了|啦|哈|亲|晒|曬|哦|喔"
    r"|呀|啊|客服|老板|帮忙|解答)*|3q",
    r"(?:暂时|目前|应该|都|就)?没(?:有)?(?:事|问题|别的|其他的?|什么)?(?:问题|事)?(?:了|啦)"
    r"|没(?:事|什么)|暂时没有",
    r"不(?:用|需要|麻烦)(?:了|啦)|(?:就|先)?这样(?:吧|了|啦|先)?|没(?:有)?(?:其他"
    r"|别的)(?:的)?(?:问题|事)?(?:了)?",
    r"(?:我)?(?:再)?等(?:着|等)?(?:你们?|您|妳|候)?(?:的)?(?:好?消息|通知|回复|回信|回音"
    r"|电话|结果|答复)(?:了|吧|啦|哈|哦)?",
    r"(?:我)?(?:再)?等(?:着|等|你们?|您)(?:了|吧|啦|哈)?|再见|拜拜|白白|88|晚安|回见|下次见"
    r"|再联系",
    r"[冇无](?:嘢|事|问题)?(?:喇|啦|了)|得(?:喇|啦|㗎|嘅)+|唔使(?:喇|啦|了)|(?:系"
    r"|就)?咁(?:先|样)?(?:啦|喇)?",
)
_ENGLISH: Final = (
    r"k+|kk|alright|all right|fine|sure|great|perfect|cool|lovely|brilliant|good|nice"
    r"|awesome|excellent|right",
    r"got it|gotcha|understood|noted|i see|i understand|makes sense|that helps|will do|ok(?:ay)?",
    r"(?:many )?thanks?(?: you)?(?: so much| very much| a lot| again| anyway)?|thx|ty|cheers"
    r"|much appreciated|appreciate it",
    r"no(?:pe)?|nah|nothing(?: else| more)?|(?:no )?(?:more|further|other) questions"
    r"|all good|all set",
    r"(?:that'?s|that is|it'?s) (?:all|it|everything|fine|great|good|ok(?:ay)?"
    r"|perfect)(?: (?:for )?(?:now|today))?",
    r"(?:i'?m|i am|we'?re|we are) (?:all )?(?:good|set|fine|ok(?:ay)?|done)",
    r"(?:i'?ll|i will|we'?ll|will) (?:just )?wait(?: (?:then|here))?"
    r"(?: to hear(?: back)?(?: from you)?| for (?:your|the|an?|that|it)(?: (?:reply|update"
    r"|email|call|message|news|answer))?)?",
    r"look(?:ing)? forward to (?:it|hearing (?:back )?from you|your \w+)|(?:talk"
    r"|speak) (?:soon|later)",
    r"(?:good)?bye(?: bye)?|(?:have a|enjoy your) (?:good|nice|great|lovely)? ?(?:day|one"
    r"|evening|weekend|night)|you too",
    r"then|so|well|and|for now|please do|of course|no problem|no worries",
)
_CLOSING: Final = tuple(
    re.compile(pattern)
    for pattern in (*_WORDS, *(rf"(?<![a-z])(?:{words})(?![a-z'])" for words in _ENGLISH), r"\s+")
)
_ANSWER: Final = re.compile(r"\s*(?:no(?:pe)?|nah|then|so|well|and|[那我就先也亲哈呀啊])*\s*")
"""A bare no answers a question; little words alone say nothing."""


def closes(text: str) -> bool:
    """Whether a customer's words only take note, thank, wait or say goodbye."""
    if len(text) > LONGEST:
        return False
    plain = _MARKS.sub(" ", _STICKER.sub(" ", aligned(text))).strip()
    return _ANSWER.fullmatch(plain) is None and _all_closing(plain)


def _all_closing(plain: str) -> bool:
    """Whether a text falls into closing words without rest; in steps, so that time stays linear."""
    reached = {0}
    for place in range(len(plain)):
        if place in reached:
            found = (pattern.match(plain, place) for pattern in _CLOSING)
            reached.update(match.end() for match in found if match)
    return len(plain) in reached


def only_pictures(text: str) -> bool:
    """Whether a message is pictures, with no more words than to hand them over."""
    plain = aligned(text[:400])
    bare = _MARKS.sub(" ", _TAG.sub(" ", plain)).strip()
    return _TAG.search(plain) is not None and _CAPTION.fullmatch(bare) is not None
