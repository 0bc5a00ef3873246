"""Asking for what was given already, by the same agent or the next one."""

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
