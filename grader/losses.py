"""Losses that a reply names and nobody mentioned: a child, an illness, a wedding, a journey.

Whoever comforts a customer about something that the customer never spoke of is reciting. A kind of
loss counts as mentioned when the customer, the facts or the order speak of it in any of its words.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Final

from grader.normalise import normalise
from grader.reading import Clause, HeardReply

WARM: Final = frozenset({"empathise", "apologise", "reassure"})
_CONDITION: Final = re.compile(
    r"如果|要是|若|假如|万一|的话|不管|无论|比如|或者|还是|吗|\bif\b|\bwhether\b|\bor\b|[?？]",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class _Kind:
    """What names a loss, and what else shows that the customer spoke of it."""

    named: re.Pattern[str]
    hinted: re.Pattern[str]


def _kind(named: str, hinted: str = "") -> _Kind:
    every = f"{named}|{hinted}" if hinted else named
    return _Kind(re.compile(named, re.IGNORECASE), re.compile(every, re.IGNORECASE))


_KINDS: Final = (
    _kind(
        r"孩子|宝宝|小朋友|娃(?!娃)|女儿|儿子|闺女|小孩|孙[子女]|婴儿|双胞胎|小家伙"
        r"|\bkid(?:s|dies)?\b|\bchild(?:ren)?\b|\bbab(?:y|ies)\b|daughter|\bsons?\b|toddler"
        r"|little one",
        r"童|幼儿园|小学|奶粉|尿|纸尿裤|月龄|辅食|学校|开学|几岁|婴|nursery|school|pram|nappy|diaper|formula"
        r"|twins|孕|怀|课|老师|家长|pregnan",
    ),
    _kind(
        r"孕妇|怀孕|孕期|怀着|准妈妈|月子|产妇|待产|预产|pregnan|expecting a\b|maternity",
        r"孕|产检|宝妈|due date",
    ),
    _kind(
        r"老人|父母|爸|(?<![宝孕准])妈(?!祖)|爷爷|奶奶|外公|外婆|姥|长辈|公公|婆婆|岳父|岳母|老人家|阿姨|叔叔"
        r"|\bparents?\b|\bm[uo]m(?:my)?\b|\bdad\b|mother|father|grand(?:ma|pa|mother|father|parent)|elderly",
        r"母亲|父亲|家父|家母|老年|年纪大|敬老|公婆|\d{2}\s*岁|in-laws|nan\b",
    ),
    _kind(
        r"老公|老婆|妻子|丈夫|女朋友|男朋友|对象|爱人|未婚[夫妻]|husband|wife|girlfriend|boyfriend|fianc",
        r"媳妇|先生|太太|女友|男友|求婚|结婚|情人节|纪念日|spouse|propos|wedding",
    ),
    _kind(
        r"婚礼|结婚|新娘|新郎|婚宴|大婚|婚期|求婚|订婚|wedding|\bbride|groom\b|honeymoon|anniversary|纪念日",
        r"婚|伴[娘郎]|喜糖|请帖|bridal|marri|propos|engage",
    ),
    _kind(r"生日|寿宴|大寿|周岁|满月|百日|birthday", r"寿|蛋糕|蜡烛|抓周|turning \d|cake"),
    _kind(
        r"礼物|送人|送礼|送给|\bgifts?\b|\bpresents?\b",
        r"送(?:我|他|她|朋友|老师|客户|同[学事]|领导|亲戚|长辈|女|男|爸|妈|老)|礼盒|贺卡|惊喜"
        r"|surprise|for my|给(?:我|孩子|他|她|爸|妈|老|朋友)",
    ),
    _kind(
        r"过年|过节|中秋|春节|年夜饭|团圆|端午|除夕|情人节|母亲节|父亲节|christmas|holidays?\b|thanksgiving|\beaster\b",
        r"节|年货|新年|元旦|大年|初[一二三四五六七八]|拜年|放假|new year",
    ),
    _kind(
        r"聚会|请客|宴(?!会厅)|派对|待客|客人等|party|guests|dinner",
        r"客人|朋友来|聚餐|一桌|同学会|年会|来家|over for",
    ),
    _kind(
        r"出差|旅行|旅游|赶飞机|上飞机|航班|行程|度假|蜜月|\btrip\b|\bflight\b|travel|vacation",
        r"机场|高铁|车票|机票|出国|出门|酒店|民宿|露营|爬山|airport|hotel|train|journey|visa",
    ),
    _kind(
        r"考试|面试|上课|高考|中考|考研|答辩|exam|interview|graduation|毕业",
        r"考|学校|大学|老师|培训|论文|学生|入职|school|college|universit|course|student|job",
    ),
    _kind(
        r"生病|住院|手术|病人|发烧|过敏|受伤|烫伤|康复|治病|伤口|\bill\b|illness|surgery|hospital|allerg"
        r"|injur|recover",
        r"病|医|药|疼|痛|起疹|红肿|痒|吐|拉肚子|不舒服|伤|烫|划|割|sick|doctor|medic|pain|rash|hurt|burn"
        r"|cut|bleed",
    ),
    _kind(
        r"去世|走了的|葬礼|追悼|离世|亡故|funeral|passed away|bereave|\bgrief",
        r"丧|遗|祭|清明|白事|died|death|memorial",
    ),
    _kind(
        r"搬家|新房|乔迁|装修|moving house|new home|housewarming", r"入住|新家|乔|moving|move in"
    ),
    _kind(
        r"猫咪|狗狗|毛孩子|宠物|\bpets?\b|\bpupp(?:y|ies)\b|\bkittens?\b",
        r"猫|狗|汪|喵|\bcats?\b|\bdogs?\b",
    ),
)  # fmt: skip


def invented(heard: HeardReply, known: str) -> bool:
    """Whether a warm reply names a loss of a kind that `known` (all that was said) never touches.

    Only clauses that comfort or do no act at all are read: advice on who may use a product, a
    recommendation, a question and a condition name nobody's loss.
    """
    if WARM.isdisjoint(heard.acts):
        return False
    said = normalise(known)
    return any(
        kind.named.search(clause.text) and not kind.hinted.search(said)
        for clause in heard.clauses
        if _comforts(clause)
        for kind in _KINDS
    )


def _comforts(clause: Clause) -> bool:
    acts = set(clause.acts)
    return (not acts or bool(acts & WARM)) and _CONDITION.search(clause.text) is None
