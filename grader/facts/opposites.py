"""What two texts say about one matter, where one grants it and the other does not.

Two sources: matters of the trade whose both sides have fixed words (stock, freight, dispatch), and
free predicates after a modal word (可退 / 不可退, contains / no …).
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from typing import Final

_MATTERS: Final = (
    ("stock", r"现货|有货|有库存|有现|库存充足|还有\d+件|\b(?<!not )(?<!out of )in stock|\bavailable\b(?<!not available)",
     r"缺货|无货|断货|售罄|没货|没有货|没有现货|无现货|没现货|卖完|卖光|停产|下架|无库存|预售|预购|补货|sold out|out of stock|not available|unavailable|discontinued|pre-?order|restock"),
    ("freight", r"包邮|免运费?|免邮|运费.{0,6}(?:我们|我方|商家|卖家|店铺|本店|咱们|(?<![您你])这边).{0,4}(?:承担|出|付)|(?:我们|商家|卖家|店家?|咱).{0,4}(?:承担|出|包)(?:来回|往返|退货|换货)?运费|来回.{0,4}免|不用您出|不收您|不用.{0,3}运费|free (?:return|shipping|delivery|label)|(?:we|shop) (?:pay|cover)|prepaid", r"运费.{0,8}(?:买家|自理|自付|自己|客户|顾客|到付(?!款)|您(?:这边|那边|自己|本人)?(?:来|先|要)?(?:承担|出|付|垫|来))|买家承担|您自己出|不包邮|到付(?!款)|buyer pays|you pay|customer pays|at your (?:own )?cost|own cost|own expense"),
    ("dispatched", r"(?:已经?|刚刚?|今早|昨[天晚]|上午|都)(?:发货?|出库|寄出|发出|揽收|发走)|发出去了|发货了|(?<!not )(?<!yet )\b(?:dispatched|shipped)\b(?! yet)|left (?:the|our) (?:ware|hub)|on its way|in transit",
     r"未(?:发货?|出库|寄出|揽收|出貨)|没(?:有)?(?:发货?|出库|寄出)|还没(?:发|寄|出)|尚未|not (?:yet )?(?:been )?(?:dispatched|shipped)|hasn'?t (?:been )?(?:shipped|dispatched|left)|undispatched"),
    ("fee", r"免费|(?:不收取?|没有?|无需?|免收?|零|不用|不需要|不另?扣|不另收).{0,4}(?:手续费|服务费|工本费|费用|安装费|拦截费|费$)|不用钱|不要钱|不另?收|不用(?:加|补)钱|免手续费|\bfree\b|no (?:charge|fees?|cost)|without charge", r"收费|收取|(?:手续费|拦截费|运费|邮费|服务费|工本费|费用|安装费)(?:要|是|为|收|得|需要?)*\d|另收|加收|需付|自费|要付|补差价|要收|扣\d|扣.{0,3}费|(?:要|需|得|会|加)[收扣付交]?(?:手续费|服务费|工本费|安装费|拦截费)|\bfee (?:of|is|applies)|\$\d+ fee|charged"),
    ("amount", r"全额|全款|全部退|full refund|in full|fully refund", r"部分退|按比例|折半|退一半|partial|pro.?rata"),
    ("warranty", r"在保|保修期内|under warranty|within warranty", r"过保|超保|保修期外|out of warranty|warranty expired"),
    ("wash", r"可(?:以)?(?:机|水|手)?洗|能(?:机|水|手)?洗|machine wash(?:able)?|washable", r"不(?:可|能|建议|要)(?:机|水|手)?洗|(?:仅|只能?)干洗|勿.{0,2}洗|hand wash only|dry clean only|not (?:machine )?wash"),
    ("sealed", r"未拆封?|没拆|未开封|unopened|sealed|unworn|tags on", r"已拆封?|拆了|拆封后|开封后|opened|worn"),
    ("official", r"正品|官方|授权|旗舰|genuine|authentic|official", r"非官方|高仿|代购|非授权|not official|replica"),
)  # fmt: skip
_MATTER_RE: Final = tuple((name, re.compile(yes), re.compile(no)) for name, yes, no in _MATTERS)

_NEGATED: Final = re.compile(
    r"(?:不(?:再|会|是|用|需要?|另)?|没有?|未|无需?|并非|免|not |n't |no |never )\s?$"
)
_CANTONESE: Final = str.maketrans("冇唔", "无不")
_ABLE = (
    r"支持|可以?|能够?|会|允许|接受|提供|包|建议|适合|适用|保证|承诺|享受?|参与|参加|叠加|兼容|通用"
)
_NEED = r"需要?|须|必须|用|要|收取?(?=[\u4e00-\u9fff]{0,5}[金费钱])"
_HOLD = (
    r"含有?|包含|带有?|附带?|配(?![送合置件套])有?|有|送|赠(?!品)送?|购?买了?(?=[\u4e00-\u9fff]{0,3}险)"
    r"|投保了?|开通了?"
)
_PREDICATE: Final = re.compile(
    rf"(?P<neg>不(?:再|太|是)?|无法|无|未|没有?|勿|别|非|概不|暂不|从不)?(?:(?P<able>{_ABLE})|(?P<need>{_NEED})|(?P<hold>{_HOLD}))(?P<denied>[不没无未])?"
    r"(?P<what>(?:(?![不没无未])[\u4e00-\u9fffa-z0-9]){1,5})"
)
_BARE_NO: Final = re.compile(
    r"(?:不|无法|没法|未|无(?!理由|条件|门槛|忧))(?P<what>(?!好意思|仅|但|过|同|错|客气|急|用|要|是|会|能|可|支持)[\u4e00-\u9fff]{1,3})"
)
_LACKS: Final = re.compile(
    r"(?:未|没有?|不|无)(?:购?买|投保?|开通|附带?|配(?![送合])有?|添?加(?![急班购])|赠送?|送|带)"
    r"(?P<what>[\u4e00-\u9fff]{2,5})"
    r"|没(?![有错关事问法办人收])(?P<plain>[\u4e00-\u9fff]{2,4})"
    r"|(?:开|给|送|附|配)不了(?P<cannot>[\u4e00-\u9fff]{2,5})"
    r"|(?:零|(?<![\d.])0)(?![食钱售件碎点下度嘴花星头])(?P<zero>[\u4e00-\u9fff]{2,4})"
    r"|(?<![\u4e00-\u9fff])(?P<before>[\u4e00-\u9fff]{2,5}?)[是都也]?(?:没有?|未|不|无)"
    r"(?:有|购?买|配|送|带|含|附|开通?|投保|提供|赠送?|给)?(?=[的了哦哈呢呀啊]*$)"
)
"""Ways not to have something beside the plain ones."""
_FREE_OF: Final = re.compile(r"免(?![费责疫])[收交付]?(?P<what>[\u4e00-\u9fff]{2,4})")
_COMPLEMENT: Final = re.compile(r"(?P<what>[\u4e00-\u9fff]{1,3})(?P<neg>不|得)了(?!解)")
_ENGLISH: Final = re.compile(
    r"(?P<neg>\bcan'?t|\bcannot|\bcan not|\bdon'?t|\bdoes(?:n'?t| not)|\bdo not|\bno|\bnot|\bwon'?t|\bnever|\bwithout|\bisn'?t|\baren'?t)?"
    r"\s?\b(?:(?P<able>can|may|do(?:es)?|will|allow(?:ed)?|accept(?:ed)?|support(?:s|ed)?|offer(?:s)?|ship to|fits?|works?|includ(?:es?|ed|ing)|comes? with|contains?|has|have|is|are|possible|permitted|need(?:ed|s)?|required?|covers?|covered))\b\s?(?P<what>(?:[a-z]+\s?){0,3})"
)
_LACKS_ENGLISH: Final = re.compile(
    r"\b(?:no|without|lacks?|exclud(?:es|ing)) (?!problem|worries|need|longer|doubt|issue|trouble)"
    r"(?P<what>(?:[a-z]+ ?){1,2})"
    r"|(?P<before>(?:[a-z]+ ){1,2})(?:(?:is|are|was|were) )?(?:not|isn't|aren't) included"
)
_INCLUDED: Final = re.compile(
    r"(?P<before>(?:[a-z]+ ){1,2})(?<!not )(?:(?:is|are) )?(?<!not )included"
)
_SLACK = frozenset("的了呢哦呀啊吧吗嘛哈亲您你我个下一些这那给就都也把")


@dataclass(frozen=True, slots=True)
class Stance:
    """One matter and whether the text grants it. `what` is the predicate, "" for fixed matters."""

    matter: str
    what: str
    grants: bool
    start: int
    end: int


@lru_cache(maxsize=20_000)
def stances(text: str) -> tuple[Stance, ...]:
    """What an aligned clause grants or denies, in order of place."""
    text = text[:600].replace("唔使", "不用").replace("冇得", "不能").translate(_CANTONESE)
    found: list[Stance] = []
    for name, yes, no in _MATTER_RE:
        for match in no.finditer(text):
            denies = _NEGATED.search(text[max(0, match.start() - 4) : match.start()])
            found.append(Stance(name, "", denies is not None, *match.span()))
        denied = [stance for stance in found if stance.matter == name]
        for match in yes.finditer(text):
            if not any(s.start <= match.start() < s.end for s in denied):
                negated = _NEGATED.search(text[max(0, match.start() - 4) : match.start()])
                found.append(Stance(name, "", negated is None, *match.span()))
    found.extend(_free(text))
    return tuple(sorted(found, key=lambda stance: (stance.start, stance.end)))


def _free(text: str) -> list[Stance]:
    found = []
    for match in _PREDICATE.finditer(text):
        kind = "able" if match["able"] else "need" if match["need"] else "hold"
        grants = match["neg"] is None and match["denied"] is None
        if what := _tight(match["what"]):
            found.append(Stance(kind, what, grants, *match.span()))
    found.extend(Stance("able", m["what"], False, *m.span()) for m in _BARE_NO.finditer(text))
    found.extend(
        Stance("able", m["what"][-2:], m["neg"] == "得", *m.span())
        for m in _COMPLEMENT.finditer(text)
    )
    found.extend(_lacking(text))
    for match in _ENGLISH.finditer(text):
        what = (match["what"] or "").strip()
        if what or match["neg"]:
            found.append(
                Stance(
                    "able",
                    what,
                    match["neg"] is None and not re.match(r"(?:not|no|never)\b", what),
                    *match.span(),
                )
            )
    return found


def _lacking(text: str) -> Iterator[Stance]:
    """What is not there, said in other ways than a negated word of having."""
    for pattern, kind, grants in (
        (_LACKS, "hold", False),
        (_FREE_OF, "need", False),
        (_LACKS_ENGLISH, "able", False),
        (_INCLUDED, "able", True),
    ):
        for match in pattern.finditer(text):
            what = next(part for part in match.groups() if part)
            yield Stance(kind, _tight(what), grants, *match.span())


def _tight(what: str) -> str:
    if what.isascii():
        return what.strip()
    return "".join(char for char in what if char not in _SLACK)


_CORE = frozenset("退换补改洗开寄修查折叠赔取送发送吃用装拆用喝饮煮蒸")


def same_matter(left: Stance, right: Stance) -> float:
    """How sure (0–1) it is that two stances are about one matter."""
    if not left.what and not right.what:
        return 1.0 if left.matter == right.matter else 0.0
    if not left.what or not right.what:
        return 0.0
    if left.matter != right.matter:
        return _same_thing(left, right)
    if left.what.isascii() or right.what.isascii():
        words = (set(left.what.split()) & set(right.what.split())) - _LITTLE
        return min(1.0, 0.5 * len(words))
    pairs = {left.what[i : i + 2] for i in range(len(left.what) - 1)}
    if any(pair in right.what for pair in pairs):
        return 0.9
    core = (set(left.what[:2]) & set(right.what[:2])) & _CORE
    return 0.7 if core else 0.0


def _same_thing(left: Stance, right: Stance) -> float:
    """Whether 不提供发票 and 有发票, or 没有押金 and 要押金, are of one thing: its name comes last."""
    kinds = {left.matter, right.matter}
    shorter, longer = sorted((left.what, right.what), key=len)
    if len(shorter) < 2 or shorter.isascii() or not longer.endswith(shorter):
        return 0.0
    if kinds == {"able", "hold"}:
        return 0.8
    return 0.8 if kinds == {"need", "hold"} and shorter[-1] in "金费钱" else 0.0


_LITTLE: Final = frozenset(
    [
        "the",
        "a",
        "an",
        "to",
        "you",
        "it",
        "be",
        "on",
        "for",
        "in",
        "any",
        "is",
        "are",
        "not",
        "no",
        "with",
    ]
)
