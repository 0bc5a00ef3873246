"""What the customer told of: the kind of trouble, for whom it was, how long it took.

Everything here stands in the customer's own messages, so a reply built from it invents nothing.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from grader.contact import TROUBLE
from grader.normalise import simplified
from grader.reading import Reading
from grader.repeats import given_picture

KINDS: Final[dict[str, re.Pattern[str]]] = {
    kind: re.compile(pattern, re.IGNORECASE)
    for kind, pattern in {
        "health": r"过敏|拉肚子|上吐下泻|吐了|头晕|肚子疼|呕吐|[去送进].{0,2}医院|发烧|起疹|受伤"
        r"|烫伤|allerg|rash|sick"
        r"|vomit|in hospital|hurt|burn",
        "refund": r"(?:退款|退的钱|退货款?).{0,12}(?:没|不|还|呢|几号|多久|哪)|钱.{0,6}(?:没|还没"
        r"|不).{0,3}(?:到|退)|钱呢"
        r"|(?:where|when|no|still|yet).{0,25}\b(?:refund|money back)\b|\brefund\b.{0,30}(?:yet"
        r"|still|not|hasn)",
        "wrong": r"发错|错发|寄错|拿错|不是我(?:买|要|拍|订)|货不对板|颜色不对|型号不对|尺码不对"
        r"|wrong (?:item|one|size|colou?r"
        r"|product)",
        "missing": r"少了|少发|漏发|只收到|缺了|少一|少两|没有赠品|赠品没|missing|only (?:got"
        r"|received)|short of",
        "unreceived": r"(?:没|未)收到|签收了?.{0,8}(?:没|不是)|丢件|丢了|never (?:arrived"
        r"|received|got)"
        r"|didn.?t (?:arrive|receive|get)",
        "late": r"还没(?:到|发|动|收)|没动|不动|不更新|没更新|不发货|没发货|怎么还(?:没|不)(?:到"
        r"|发|动|送)|什么时候(?:到|发|能到)|几时到"
        r"|等了|迟迟|太慢"
        r"|\blate\b|delay|hasn.?t (?:arrived|moved|shipped)|still (?:waiting|no)|when will",
        "damaged": r"坏|烂|长毛|黑了|鼓包|瘪|破|碎|裂|漏|霉|臭|馊|压扁|断了|变形|软塌|酒味|发黑"
        r"|蔫|damag|broke"
        r"|crack|rotten|mou?ld|leak"
        r"|smash|pieces|dent",
        "faulty": r"用不了|不能用|不好用|没反应|开不了|充不|故障|掉色|起球|开线|脱胶|质量|异响"
        r"|漏电|doesn.?t work|not work|fault"
        r"|defect|stopped",
        "fit": r"太大|太小|大了|小了|不合身|不合适|紧|宽松|长了|短了|too (?:big|small|tight|loose"
        r"|long|short)"
        r"|doesn.?t fit",
        "price": r"降价|保价|买贵|差价|多扣|多收|扣了|price drop|overcharged|charged (?:twice"
        r"|more)",
    }.items()
}
PASSED_OVER: Final = re.compile(
    r"没人(?:理|管|回)|不理|不回|踢皮球|推来推去|问了.{0,3}[遍次]|第[二三四五]次|几次了|敷衍"
    r"|[你是]个?机器人|复制"
    r"|nobody|no one (?:answer|repl)|ignor|third time|how many times|fobbed|copy",
    re.IGNORECASE,
)
_FOR: Final = tuple(
    (name, re.compile(pattern, re.IGNORECASE))
    for name, pattern in (
        ("occasion", r"(?P<w>生日|婚礼|结婚|过年|春节|中秋|端午|出差|旅行|旅游|春游|秋游|开学"
        r"|搬家)|\b(?P<v>birthday|wedding"
        r"|anniversary|christmas|holiday|trip)\b"),
        ("gift", r"送人|送礼|礼物|送给|\bgift\b|\bpresent\b"),
        ("person", r"(?:给|为|帮)我?家?(?P<w>孩子|宝宝|女儿|儿子|妈妈|爸爸|老人|爷爷|奶奶|外婆"
        r"|外公|父母)|\b(?:for"
        r"|to) my (?P<v>daughter|son|kids|child|baby|mum|mom|dad|mother|father|parents|wife"
        r"|husband)\b"),
    )
)  # fmt: skip
_WAIT: Final = re.compile(
    r"[等催]了?(?:快|都|整整)?[一二两三四五六七八九十半几\d]+个?(?:多)?"
    r"(?:天|小时|钟头|周|星期|礼拜|月|次|遍|回)"
)


_CLAUSE: Final = re.compile(r"[，,。！!？?；;、\n\s]+(?=[^a-zA-Z]|$)|[.!?]\s|\[[^\]]*\]|[\"“”@]")


@dataclass(frozen=True, slots=True)
class Trouble:
    """`kind` is a key of `KINDS` or "other"; `named`: some trouble was told of;
    `pictured`: a photo was given.

    `meant`: what it was for (occasion, gift or person; "" where not told). `word`, `wait` and
    `said`, the trouble itself, are the customer's own words.
    """

    kind: str
    meant: str = ""
    word: str = ""
    wait: str = ""
    said: str = ""
    named: bool = False
    passed_over: bool = False
    pictured: bool = False


def trouble(reading: Reading, before: int) -> Trouble:
    """What the customer has told of in the messages before index `before`."""
    texts = [m.text for m in reading.transcript.messages[:before] if m.role == "customer"]
    plain = simplified("\n".join(texts))
    wait = _WAIT.search("\n".join(texts))
    kind = _kind(texts)
    meant, word = _meant(plain) if kind != "health" else ("", "")
    return Trouble(
        kind=kind,
        meant=meant,
        word=word,
        said=_said(_loudest(reading, before)),
        wait=wait.group() if wait and reading.lang == "zh" else "",
        named=kind != "other" or any(word in plain.casefold() for word in TROUBLE),
        passed_over=PASSED_OVER.search(plain) is not None,
        pictured=given_picture(plain),
    )


def _kind(texts: Sequence[str]) -> str:
    """The kind that most messages name, the earliest of several; one message names the first in
    the order of `KINDS`."""
    named: dict[str, int] = {}
    for text in texts:
        plain = simplified(text)
        for kind, pattern in KINDS.items():
            if pattern.search(plain):
                named[kind] = named.get(kind, 0) + 1
                break
    return max(named, key=lambda kind: named[kind], default="other")


def _meant(plain: str) -> tuple[str, str]:
    """What it was for, and the customer's word for it."""
    for name, pattern in _FOR:
        found = pattern.search(plain)
        if found:
            return name, next((part.lower() for part in found.groups() if part), "")
    return "", ""


def _loudest(reading: Reading, before: int) -> str:
    """The message before `before` in which the customer was most upset; "" for none."""
    earlier = [heard for heard in reading.customer if heard.message < before]
    if not earlier:
        return ""
    loudest = max(earlier, key=lambda heard: (round(heard.emotion, 3), -heard.message))
    return reading.transcript.messages[loudest.message].text


def _said(text: str) -> str:
    """The clause of a message that tells most, short enough to be quoted."""
    clauses = [part.strip() for part in _CLAUSE.split(text.replace("「", "，").replace("」", "，"))]
    fitting = [part for part in clauses if 4 <= len(part) <= (60 if part.isascii() else 18)]
    return max(fitting, key=lambda part: (not part.startswith("@"), len(part)), default="")
