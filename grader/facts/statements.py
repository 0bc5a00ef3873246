"""A text as statements: clauses with polarity, condition, modality and quantities.

A question states nothing; a clause under 如果 or "if" states only what follows from its condition.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from functools import lru_cache
from typing import Final, Literal

from grader.clauses import BETWEEN_PHRASES
from grader.facts.quantities import Quantity, quantities
from transcripts.aligned import aligned

Polarity = Literal["yes", "no", "none"]
Modality = Literal["done", "will", "plain"]


@dataclass(frozen=True, slots=True)
class Statement:
    """One clause. `text` is aligned (same length as the original from `start` to `end`).

    `polarity`: "yes" grants or affirms, "no" refuses or denies, "none" does neither in so many
    words. `lead` marks a clause that opens with a bare answer (可以, 有的, no). `sentence` counts
    sentences; clauses of one sentence share topic. `limiting`: 仅, 只, only.
    """

    start: int
    end: int
    text: str
    sentence: int
    polarity: Polarity
    lead: bool
    question: bool
    conditional: bool
    hedged: bool
    limiting: bool
    modality: Modality
    quantities: tuple[Quantity, ...]


_STOP: Final = re.compile(r"[。!?！？\n;；]+|(?<!\d)\.+(?!\d)|(?<=\d)\.(?=\s|$)|…+")
_PAUSE: Final = re.compile(
    rf"[,，、~]+(?!\d{{3}}(?!\d))|{BETWEEN_PHRASES}|\s-\s|\b(?:but|however|though)\b|但是?(?![凡])|不过|只是"
)
_QUESTION: Final = re.compile(
    r"[?？]\s*$|(?:吗|么|没有?|不)[呀啊呢哈哦]?[?？]?\s*$|请问|麻烦问|是不是|有没有|能不能|要不要|可不可以|行不行|是否(?!决)|方便.{0,6}吗|哪[个种位一款]|什么时候[^,，。]{0,12}[?？]"
)
_NO_QUESTION: Final = re.compile(r"[^,，。]{0,4}(?:什么|要)?没有$|不$|没$|那么$|怎么$|这么$|什么$")
NEGATION: Final = re.compile(
    r"不(?!好意思|仅|但|过|同|错|少|用担心|急|愧|断|客气|管|论|光|止|禁|妨|如)|没(?!错|关系|事|问题)|无(?!线|论|忧|缝|糖|痛|非|门槛)|未|别(?!人|的|墅|致|家|处)|勿|莫|禁止|严禁|拒绝|谢绝|非(?!常)|唔(?!好意思|该)|冇|缺货|售罄|断货|停产"
    r"|\bnot?\b|n't\b|\bnever\b|\bcannot\b|\bcant\b|\bdont\b|\bwont\b|\bwithout\b|\bunable\b|\bnone\b|\bnor\b|\bsold out\b|\bout of stock\b|\bnon-"
)
_YES: Final = re.compile(
    r"可以|(?<![不可只性功才智])能(?![力量源够不]|不能)|没问题|没错|行(?=[的啊哦呀,，。!\s]|$)|有的|是的|对的|对呀|会的|支持|包[退赔换邮]|都[可能行是有]|允许|好的|"
    r"\byes\b|\byep\b|\byeah\b|\bsure\b|\bof course\b|\babsolutely\b|\bdefinitely\b|\bcan\b|\bok(?:ay)?\b|\bno problem\b|\bno worries\b|\bguaranteed?\b|\balways\b|\bwill\b|\bdo\b"
)
_LEAD_YES: Final = re.compile(
    r"^(?:亲+爱?的?|您好|你好|嗯+|哦|好的|hi|hello|hey|宝[子贝]?|dear)?[\s,，~!！]*(?:当然|肯定|都|也|完全|绝对|那?就|是)?(?:可以|能(?!不)|行|有(?!问题|什么|啥|任何)的?|会的?|(?<!要)是的?|对|支持|没问题|没错|需要|要的|含|好(?:的|呀|啊)|得|"
    r"yes|yep|yeah|yup|sure|of course|absolutely|definitely|ok|okay|certainly|correct|right|no problem)"
)
_LEAD_NO: Final = re.compile(
    r"^(?:亲+爱?的?|您好|你好|嗯+|哦|抱歉|不好意思|对不起|hi|hello|hey|sorry|dear|宝[子贝]?)?[\s,，~!！]*(?:这个|这款|那个|目前|暂时|真的?|也|都|是|实在)?(?:不(?!好意思|客气|急|错|过|仅|但)|没(?!问题|错|关系|事)|无|未|别|唔|冇|no(?! problem| worries)\b|nope|not\b|never|can't|cannot|cant|don't|unfortunately|afraid)"
)
_CONDITION: Final = re.compile(
    r"如果|要是|假如|若(?!干)|的话|只要|除非|一旦|倘|凡|前提|须|需(?:要|提供|拍|凭|在)|凭|满\d|超过|否则|\bif\b|\bunless\b|\bprovided\b|\bas long as\b|\bonce\b|\bwhen\b|\bsubject to\b|\bas soon as\b"
)
_IF: Final = re.compile(
    r"如果|要是|假如|若(?!干)|的话|只要|除非|一旦|倘|万一|\bif\b|\bunless\b|\bas long as\b|\bonce\b|\bin case\b"
)
_HEDGE: Final = re.compile(
    r"可能|也许|应该(?!是|由)|大概|估计|一般|看情况|不确定|不清楚|说不准|差不多吧|左右吧|尽量|尽快|大约|可能吧|\bmaybe\b|\bprobably\b|\bperhaps\b|\bmight\b|\busually\b|\bshould\b|\bi think\b|\bnot sure\b|\bdepends\b"
)
_LIMIT: Final = re.compile(r"[仅只](?!要)|除.{1,6}外|\bonly\b|\bexcept\b|\bjust\b(?= for)")
_DONE: Final = re.compile(
    r"已经?(?!读)|刚[才刚]?|(?<=[退发补改寄申提登转处])了|\b(?:has|have|been|was|were|did|already|just|done)\b|'ve\b|\w{3,}ed\b"
)
_WILL: Final = re.compile(
    r"将|会(?!员)|马上|立即|立刻|这就|今天.{0,6}[发补退寄]|给您|为您|\bwill\b|'ll\b|\bgoing to\b|\blet me\b"
)


def clauses(text: str) -> Iterator[tuple[int, int, int]]:
    """(sentence number, start, end) of each clause of an aligned text, without blanks around."""
    begin = sentence = 0
    breaks = sorted(
        [(m.start(), m.end(), True) for m in _STOP.finditer(text)]
        + [(m.start(), m.end(), False) for m in _PAUSE.finditer(text)]
    )
    breaks.append((len(text), len(text), True))
    for start, end, stop in breaks:
        keep = end if stop and text[start:end].strip() in ("?", "？", "?!", "!?") else start
        left, right = begin, max(begin, keep)
        while left < right and text[left].isspace():
            left += 1
        while right > left and text[right - 1].isspace():
            right -= 1
        if right > left:
            yield sentence, left, right
        begin = max(begin, end)
        sentence += stop


def _polarity(text: str) -> tuple[Polarity, bool]:
    if _LEAD_NO.match(text):
        return "no", True
    if _LEAD_YES.match(text):
        odd = len(NEGATION.findall(text)) % 2 == 1 and not re.match(
            r".{0,12}(?:没问题|不用|不过)", text
        )
        return ("no", False) if odd and len(text) < 8 else ("yes", True)
    if NEGATION.search(text):
        return "no", False
    return ("yes", False) if _YES.search(text) else ("none", False)


@lru_cache(maxsize=2048)
def statements(text: str, at: datetime | None = None) -> tuple[Statement, ...]:
    """The clauses of a text in order, each with what it asserts and how."""
    plain = aligned(text)
    found = quantities(text, at)
    out: list[Statement] = []
    next_quantity = 0
    for sentence, start, end in clauses(plain):
        mine: list[Quantity] = []
        while next_quantity < len(found) and found[next_quantity].start < end:
            if found[next_quantity].start >= start:
                mine.append(found[next_quantity])
            next_quantity += 1
        out.append(_statement(plain[start:end], start, end, sentence, tuple(mine)))
    return tuple(out)


def _statement(
    text: str, start: int, end: int, sentence: int, found: tuple[Quantity, ...]
) -> Statement:
    short = text[:400]
    polarity, lead = _polarity(short)
    question = bool(_QUESTION.search(text[-400:])) and not _NO_QUESTION.fullmatch(short)
    modality: Modality = (
        "done" if _DONE.search(short) else "will" if _WILL.search(short) else "plain"
    )
    return Statement(
        start=start,
        end=end,
        text=text,
        sentence=sentence,
        polarity="none" if question else polarity,
        lead=lead and not question,
        question=question,
        conditional=bool(_IF.search(short)),
        hedged=bool(_HEDGE.search(short)),
        limiting=bool(_LIMIT.search(short)),
        modality=modality,
        quantities=found,
    )


def conditions(text: str) -> bool:
    """Whether the text binds what it grants to a condition (需照片, 满 99, unworn if …)."""
    return bool(_CONDITION.search(aligned(text)))
