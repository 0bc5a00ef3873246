"""Asking for what was given already, or for what stands on the page before the agent."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Final

from grader.reading import Clause, HeardReply, Reading

_PICTURE: Final = re.compile(
    r"\[(?:图片|照片|视频|截图|image|photo|picture|video)\]|(?:照片|图片?|视频|截图)(?:都|已经?|早就|刚才?|上面)?(?:发|传|给)(?:了|过|你|您)"
    r"|(?:sent|attached|here(?:'s| is| are)).{0,20}(?:photo|picture|pic|image|video)",
    re.IGNORECASE,
)
_OTHER: Final = re.compile(
    r"面单|另|其他|别的|再拍|再补|角度|视频|整体|外箱|包装|清楚|清晰|label|another|angle|closer|clearer|video|box",
    re.IGNORECASE,
)
_NUMBER: Final = re.compile(
    r"\[(?:订单|order_number)|(?<!\d)\d{6,}(?!\d)|订单号?[:：]?\s*\d{4,}|\b\d{4,}-\d+\b"
)
_WANTS_NUMBER: Final = re.compile(r"订单号|单号|订单编号|order (?:number|no|id)", re.IGNORECASE)
_PROTEST: Final = re.compile(
    r"不是.{0,4}(?:发|说|给)(?:了|过)|(?:发|说|给)过了|(?:刚才?|上面|早就|都)(?:发|说|给)|没看见"
    r"|第[二三四两2-9]次|又要|还要我|already (?:sent|told|gave|said|did)"
    r"|i (?:just )?(?:sent|told|gave) (?:you|it|that)|again\?|asked (?:me )?(?:twice|again)",
    re.IGNORECASE,
)
_SENTENCE_END: Final = re.compile(r"[。！？!?\n；;]|\.(?=\s)")
_LATER: Final = re.compile(
    r"再(?:发现|有|出现|遇到|碰到|收到|坏|烂)|还(?:发现|出现|遇到)|如果|要是|万一|假如|一旦|若是?|的话"
    r"|下次|以后|之后|\bif\b|in case|should you|next time|in (?:the )?future|whenever",
    re.IGNORECASE,
)
_POLITE: Final = re.compile(
    r"方便|可以|不介意|不麻烦|convenient|possible|don.t mind|you (?:can|could)"
)


_GIVE: Final = (
    r"(?:提供|发|給|给|报|報|说|告诉|告訴|截|拍"
    r"|send|give|provide|share|tell me|need|what(?:'s| is))[^，。？,.?]{0,12}"
)
_ON_THE_PAGE: Final = {
    "order": re.compile(
        rf"{_GIVE}(?:订单号|訂單號|订单编号|訂單編號|order (?:number|no\b|id))"
        r"|(?:订单号|訂單號|订单编号|訂單編號)(?:是?多少|发|發|给|給|报|報|有吗|呢|您有|麻烦)"
        rf"|{_GIVE}(?:订单|訂單)(?:截图|截圖|页面|頁面|详情)"
        r"|(?:订单|訂單)(?:截图|截圖|页面)(?:发|發|给|給|有吗|麻烦)"
        r"|screenshot of (?:your|the) order"
        r"|(?:什么时候|哪天|几号|幾號|什麼時候)(?:买|買|下单|下單|拍下?|付款)的"
        r"|when did you (?:buy|order|place)"
        r"|(?:买|買|拍|订|訂)的是?(?:哪一?款|哪个商品|什么商品|什么产品|什么东西|哪樣|什麼商品)"
        r"|(?:what|which) (?:item|product) did you (?:buy|order)"
        r"|(?:付|花)了多少钱|实付(?:是|了)?多少|how much did you pay",
        re.IGNORECASE,
    ),
    "logistics": re.compile(
        rf"{_GIVE}(?:快递单号|物流单号|運單號|运单号|物流截[图圖]|tracking (?:number|no\b|id))"
        r"|(?:快递单号|物流单号|运单号|運單號)(?:是?多少|发|發|给|給|报|報|有吗|呢)",
        re.IGNORECASE,
    ),
}
"""What an agent who can look it up need not ask, by the kind of the fact that holds it."""


@dataclass(frozen=True, slots=True)
class Repeated:
    """What was asked again, in which words; `key` is the text that says so."""

    message: int
    quote: str
    key: str


def asked_again(reading: Reading) -> Repeated | None:
    """The first demand for a picture or a number that the customer had given before."""
    return next((again for heard in reading.replies if (again := _again(reading, heard))), None)


def given_picture(text: str) -> bool:
    """Whether a customer's words hold or speak of a picture that was sent."""
    return _PICTURE.search(text) is not None


def handed_over(reading: Reading) -> Repeated | None:
    """The first demand after a change of agent for what the agent before had been given."""
    senders = [heard.reply.sender for heard in reading.replies]
    for number, heard in enumerate(reading.replies):
        if number and senders[number] != senders[number - 1] and (again := _again(reading, heard)):
            return Repeated(again.message, again.quote, "sequence.handed_over")
    return None


def asked_for_shown(reading: Reading) -> Repeated | None:
    """The first demand for what the order or logistics page shows, where the agent has one."""
    kinds = {fact.kind for fact in reading.transcript.facts}
    patterns = [pattern for kind, pattern in _ON_THE_PAGE.items() if kind in kinds]
    for heard in reading.replies:
        for clause in heard.clauses:
            text = reading.transcript.messages[clause.message].text[clause.start : clause.end]
            if any(pattern.search(text) for pattern in patterns) and _asks(clause):
                return Repeated(clause.message, text[:80], "sequence.asked_for_shown")
    return None


def _again(reading: Reading, heard: HeardReply) -> Repeated | None:
    given = _customer(reading, 0, heard.reply.message)
    answer = _customer(reading, heard.reply.messages[-1], _next(reading, heard))
    protested = _PROTEST.search(answer) is not None
    for clause in heard.clauses:
        said = reading.transcript.messages[clause.message].text
        text = said[clause.start : clause.end]
        if _of_another_time(said, clause):
            continue
        picture = (
            "request_evidence" in clause.acts
            and _PICTURE.search(given) is not None
            and (protested or not _OTHER.search(text))
        )
        number = (
            "verify_order" in clause.acts
            and _WANTS_NUMBER.search(text) is not None
            and _NUMBER.search(given) is not None
        )
        if picture or number or (protested and _asks(clause) and bool(given)):
            return Repeated(clause.message, text[:80], "sequence.asked_again")
    return None


def _of_another_time(said: str, clause: Clause) -> bool:
    """Whether the clause only says what to do should it happen again: 再发现坏的，直接拍给我."""
    ends = [match.end() for match in _SENTENCE_END.finditer(said, 0, clause.start)]
    sentence = said[ends[-1] if ends else 0 : clause.end]
    return _LATER.search(sentence) is not None and _POLITE.search(sentence) is None


def _asks(clause: Clause) -> bool:
    return bool({"request_evidence", "verify_order", "ask_problem"} & set(clause.acts))


def _customer(reading: Reading, start: int, end: int) -> str:
    messages = reading.transcript.messages[start:end]
    return "\n".join(message.text for message in messages if message.role == "customer")


def _next(reading: Reading, heard: HeardReply) -> int:
    """Where the reply after this one begins."""
    later = (h.reply.message for h in reading.replies if h.reply.message > heard.reply.message)
    return next(later, len(reading.transcript.messages))
