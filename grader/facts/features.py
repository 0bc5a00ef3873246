"""What the accuracy model sees of one reply: findings, coverage of the facts, sides, questions.

Every feature is a plain number with a name; most lie between 0 and 1.
"""

from __future__ import annotations

import math
import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

import numpy as np
from numpy.typing import NDArray

from grader.encoder import Encoder
from grader.facts.answers import asked
from grader.facts.claims import off_platform
from grader.facts.compare import MAX_CHARS, Context, check
from grader.facts.findings import Finding, View, in_force, view
from grader.facts.matching import content, cosines, overlap
from grader.facts.statements import NEGATION, conditions
from transcripts.types import Fact

_VERDICTS: Final = (
    "supported", "contradicted", "beyond_authority", "below_law", "unverified", "unanswered",
)  # fmt: skip
_GRAVE: Final = frozenset({"beyond_authority", "below_law"})
NEAREST: Final = 2
"""Facts that one reply is held against when it is rated."""
_KEYS: Final = (
    "facts.same_value", "facts.follows", "facts.other_value", "facts.same_side",
    "facts.other_side", "facts.unverified_scarcity", "facts.unverified_lowest",
    "facts.unverified_health", "facts.unverified_absolute", "facts.unverified_extra",
    "facts.unverified_promise",
)  # fmt: skip
_HOW_MUCH: Final = re.compile(
    r"多少|几|多久|多长|多大|多重|什么时候|啥时候|何时|\bhow (?:much|many|long|old|big)\b|\bwhen\b"
)
_OPEN: Final = re.compile(
    r"什么|哪|怎么|咋|如何|为啥|为什么|谁|\b(?:what|where|which|who|why|how)\b"
)
_WORDS: Final[tuple[tuple[str, str], ...]] = (
    ("all", r"都(?:可以?|能|行|有|是|包|会|支持|给|退|赔|算|一样|含)|随时|随便|任何|什么都|全部|一律|\bany\b|\ball\b|\banytime\b|\bevery|\bboth\b"),
    ("safe", r"没事|放心(?:吃|用|喝|买|拍|下单)|不影响|没关系|不要紧|没问题|一点都不|照样|也能[吃用]|(?:it'?s|totally|perfectly) (?:fine|ok|safe)|no problem|don'?t worry|relax"),
    ("courier_blame", r"(?:找|问|是|归)(?:快递|物流|平台|银行|厂家)|快递(?:的|那边)?(?:问题|责任|原因)|跟我们(?:没|无)关|不归我们|不关我们|courier'?s? (?:problem|fault|issue)|not our (?:problem|fault|responsib\w+)|ask (?:the )?(?:courier|bank|platform)"),
    ("your_fault", r"您自己|自己(?:不|没|选|填|看|保管|放|弄)|谁让|谁叫|怪您|您(?:没|不)(?:看|注意|说)|看错|记错|您家里|是不是您|your (?:own )?(?:fault|mistake|problem)|you (?:should|didn'?t|must have|opened)"),
    ("review", r"好评|差评|评价|五星|5星|review|rating|\bstars?\b"),
    ("reason", r"(?:理由|原因).{0,8}(?:选|改|填|写)|选.{0,3}(?:不想要|不喜欢|拍错)|choose (?:reason|')|reason (?:as|to)"),
    ("code", r"验证码|密码|卡号|身份证|安全码|背面三位|\bcvv\b|password|\bpin\b|\botp\b|verification code|card number|digits you"),
    ("curt", r"^.{0,7}$"),
    ("vague", r"尽快|看情况|不一定|不清楚|不知道|等着|等等吧|再说|应该吧|可能吧|差不多|自己看|看详情|详情页|as soon as|not sure|don'?t know|see the page|check the page|depends|soon\b"),
    ("sorry", r"抱歉|对不起|不好意思|对不住|\bsorry\b|apolog"),
    ("photo", r"拍|照片|图片|视频|截图|photo|picture|\bpics?\b|video"),
    ("check", r"稍等|查一下|帮您查|我看看|核实|let me check|one moment|hold on|looking into"),
    ("own", r"我们的(?:错|问题|责任|锅)|是我们|our (?:mistake|fault|error)|on us"),
    ("supervisor", r"主管|店长|经理|上报|升级|supervisor|manager|escalat"),
    ("doctor", r"医|停(?:用|吃)|别(?:再)?吃|doctor|stop (?:using|eating)"),
    ("ends_question", r"[吗呢么?？]\s*[~。]?\s*$"),
)  # fmt: skip
_WORD_RE: Final = tuple((name, re.compile(pattern)) for name, pattern in _WORDS)
_CONDUCT: Final[tuple[tuple[str, str], ...]] = (
    ("off_platform", r"加.{0,4}(?:微信|vx|wx|qq|line|我v|v[:：])|微信(?:转|付|发|联系|聊)|私下|私聊|转账|转给|个人账户|支付宝(?:直接|打|转)|红包(?:秒?发|给)|不走(?:平台|售后|系统)|不用走(?:平台|售后)|别走平台|绕(?:过|开)|线下|whats?app|telegram|paypal|paynow|venmo|zelle|wechat|\bline\b ?(?:id|[:：@])|bank transfer|personal account|outside (?:the )?(?:platform|app)|off.platform|directly to me|pay me"),
    ("steer", r"(?:理由|原因|选|填|写).{0,14}(?:不想要|不喜欢|拍错|多拍|个人原因|个人因素|误拍)|(?:choose|select|pick|put|reason).{0,30}(?:don'?t want|mistake|changed? (?:my )?mind|no longer)"),
    ("review", r"(?:好评|五星|5星|删|改|撤|追评|晒图).{0,14}(?:返|送|红包|退|赔|券|给您|礼|才|截图)|(?:删|改|撤)(?:了|掉|除)?(?:差评|评价|投诉)|打?差评.{0,10}(?:没|就不|别想)|(?:5|five).?stars?|(?:delete|remove|change|edit).{0,14}review"),
    ("secret", r"验证码|密码|卡号|身份证|安全码|背面三位|\bcvv\b|password|\bpin\b|\botp\b|verification code|card number|\d digits|(?:他|她|对方|那位|邻居|另一位).{0,8}(?:电话|地址|手机|尾号)|(?:his|her|their) (?:number|address|phone|email|mobile)"),
    ("pass_on", r"(?:找|问|联系)(?:快递|物流|平台|银行|厂家|网点)|(?:快递|物流|平台|银行)(?:的|那边)?(?:问题|责任|原因)|不归我们|不关我们|跟我们没|(?:courier|bank|platform|post office)'?s? (?:problem|fault|issue|job)|(?:ask|contact|claim with|call) (?:the )?(?:courier|bank|platform|them)"),
    ("eat_on", r"(?:照样|还能|也能|可以|能|放心|继续|随便)(?:再)?(?:吃|用|喝|食用|抹|涂)|没事的?|死不了|fine to (?:eat|use|drink)|(?:safe|ok|okay) to (?:eat|use|drink)|keep (?:using|eating)"),
)  # fmt: skip
_CONDUCT_RE: Final = tuple((name, re.compile(pattern)) for name, pattern in _CONDUCT)
_FORBIDS: Final = re.compile(
    r"不(?!走平台|用走|走售后|想要|喜欢)|别(?!走平台)|勿|没法|无法|禁止|没有|千万|骗|can'?t|cannot|not|never|don'?t(?! want)|\bno\b|won'?t|unable|scam|only on|stay on"
)
_PAIRS: Final = [
    "pair_overlap", "pair_flip", "pair_same", "pair_flips", "pair_values_differ", "lead_flip",
    "lead_same", "only_more",
]  # fmt: skip
_KINDS: Final = ("money", "duration", "date", "clock", "discount", "percent", "count", "weight")


@dataclass(frozen=True, slots=True)
class Seen:
    """One reply, read: its findings and the named numbers that the model is fed."""

    findings: tuple[Finding, ...]
    values: NDArray[np.float64]


def names() -> tuple[str, ...]:
    """The names of the numbers in `Seen.values`, in order."""
    out = ["facts", "bias"]
    out += [f"{part}_{verdict}" for verdict in _VERDICTS for part in ("count", "most")]
    out += [f"most_{key}" for key in _KEYS]
    out += _COVERAGE
    out += _SIDES
    out += [f"word_{name}" for name, _ in _WORD_RE] + [f"fact_word_{name}" for name, _ in _WORD_RE]
    out += [f"{side}_{name}" for name, _ in _CONDUCT_RE for side in ("does", "refuses")]
    out += _PAIRS
    out += ["off_platform", "length", "clauses", "questions", "hedges", "conditional", "zh"]
    return tuple(out)


_COVERAGE: Final = [
    "cos_reply_fact", "cos_customer_fact", "cos_reply_customer", "cos_clause_fact", "cos_gap",
    "told_best", "told_all", "told_mean", "reply_in_facts", "reply_in_customer", "reply_novel",
    "values_told", "values_left", "values_backed", "values_loose", "values_echo", "no_values",
    "kinds_left", "conditions_left", "condition_told", "clauses_left",
]  # fmt: skip
_SIDES: Final = [
    "ask_yes_no", "ask_open", "ask_much", "much_answered", "lead_yes", "lead_no", "fact_yes",
    "fact_no", "fact_only", "fact_condition", "yes_yes", "yes_no", "no_yes", "no_no", "yes_only",
    "yes_condition", "reply_negations", "fact_negations", "negation_gap", "limit_gap",
    "no_reply_neg_fact", "neg_reply_pos_fact",
]  # fmt: skip


def look(reply: str, customer: str, facts: Sequence[Fact], context: Context) -> Seen:
    """The findings of a reply and its numbers for the model."""
    findings = tuple(check(reply, customer, facts, context))
    facts = nearest(reply, customer, in_force(facts, context), context.encoder)
    about = {fact.text for fact in facts}
    judged = [f for f in findings if f.fact is None or f.fact in about or f.verdict in _GRAVE]
    reply = reply[:MAX_CHARS]
    mine, theirs = view(reply, context.at), view(customer[-2000:], context.at)
    known = [view(fact.text[:2000], context.at) for fact in facts]
    values = [float(min(len(known), 5)) / 5, 1.0]
    for verdict in _VERDICTS:
        found = [f.severity for f in judged if f.verdict == verdict]
        values += [min(len(found), 4) / 4, max(found, default=0.0)]
    values += [max((f.severity for f in judged if f.key == key), default=0.0) for key in _KEYS]
    values += _coverage(mine, theirs, known, context.encoder)
    values += _sides(mine, theirs, known)
    backing = "\n".join(fact.plain for fact in known)
    values += [float(bool(pattern.search(mine.plain[:3000]))) for _, pattern in _WORD_RE]
    values += [float(bool(pattern.search(backing[:3000]))) for _, pattern in _WORD_RE]
    values += _conduct(mine)
    values += _pairs(mine, known)
    values += [float(off_platform(mine.plain)), *_shape(mine, context)]
    return Seen(findings, np.asarray(values, dtype=np.float64))


def nearest(
    reply: str, customer: str, facts: Sequence[Fact], encoder: Encoder | None
) -> tuple[Fact, ...]:
    """The facts that the reply or the customer is about, at most `NEAREST`, in their own order.

    A conversation may come with a dozen facts; how much of them a single reply tells says nothing.
    """
    if len(facts) <= NEAREST:
        return tuple(facts)
    near = cosines(encoder, [reply[:MAX_CHARS], customer[-2000:]], [fact.text for fact in facts])
    said, heard = content(reply), content(customer)
    score = [
        float(near[0, k] + 0.7 * near[1, k])
        + _weighed(said, content(fact.text)) + 0.7 * _weighed(heard, content(fact.text))
        for k, fact in enumerate(facts)
    ]  # fmt: skip
    kept = sorted(sorted(range(len(facts)), key=lambda k: (-score[k], k))[:NEAREST])
    return tuple(facts[k] for k in kept)


def _shape(mine: View, context: Context) -> list[float]:
    many = max(1, len(mine.statements))
    return [
        math.log1p(len(mine.plain) * (1.0 if context.language != "en" else 0.35)) / 6,
        math.log1p(len(mine.statements)) / 4,
        sum(s.question for s in mine.statements) / many,
        float(any(s.hedged for s in mine.statements)),
        float(any(s.conditional for s in mine.statements)),
        float(context.language != "en"),
    ]


def _coverage(
    mine: View, theirs: View, known: Sequence[View], encoder: Encoder | None
) -> list[float]:
    if not known:
        return [0.0] * len(_COVERAGE)
    texts = [fact.text for fact in known]
    near = cosines(encoder, [mine.text, theirs.text], texts)
    between = cosines(encoder, [mine.text], [theirs.text])
    spoken = [s.text for s in mine.statements if not s.question][:8]
    clause = cosines(encoder, spoken, texts)
    topic = [overlap(theirs.words, fact.words) + float(near[1, k]) for k, fact in enumerate(known)]
    best = known[int(np.argmax(topic))]
    told = [_told(fact, mine) for fact in known]
    all_facts = frozenset().union(*(fact.words for fact in known))
    listed = [q for fact in known for s in fact.statements for q in s.quantities]
    said = [q for s in mine.statements if not s.question for q in s.quantities]
    heard = [q for s in theirs.statements for q in s.quantities]
    told_values = sum(
        any(q.kind == r.kind and abs(q.low - r.low) < 1e-6 for r in said) for q in listed
    )
    backed = sum(any(q.kind == r.kind and abs(q.low - r.low) < 1e-6 for r in listed) for q in said)
    echo = sum(any(q.kind == r.kind and abs(q.low - r.low) < 1e-6 for r in heard) for q in said)
    kinds_left = {q.kind for q in listed} - {q.kind for q in said}
    bound = [fact for fact in known if conditions(fact.text)]
    clause_told = [
        overlap(words, mine.words) for fact in known for words in _clauses(fact) if words
    ]
    return [
        float(near[0].max()), float(near[1].max()), float(between[0, 0]),
        float(clause.max()) if clause.size else 0.0, float(near[0].max() - near[1].max()),
        _told(best, mine), overlap(all_facts, mine.words), float(np.mean(told)),
        _share(mine.words, all_facts), _share(mine.words, theirs.words),
        1.0 - _share(mine.words, all_facts | theirs.words),
        told_values / len(listed) if listed else 0.0, min(len(listed) - told_values, 4) / 4,
        backed / len(said) if said else 0.0, min(len(said) - backed, 4) / 4,
        min(echo, 3) / 3, float(not said), len(kinds_left) / 3,
        sum(1 - _told(fact, mine) for fact in bound) / 2,
        float(bool(bound) and conditions(mine.text)),
        sum(part < 0.2 for part in clause_told) / 4,
    ]  # fmt: skip


def _conduct(mine: View) -> list[float]:
    """For each kind of forbidden conduct: whether the reply does it, whether it refuses it."""
    out = []
    for _, pattern in _CONDUCT_RE:
        hits = [s for s in mine.statements[:60] if pattern.search(s.text[:400])]
        refused = [bool(_FORBIDS.search(s.text[:400])) for s in hits]
        out += [float(bool(hits) and not all(refused)), float(any(refused))]
    return out


def _pairs(mine: View, known: Sequence[View]) -> list[float]:
    """Each clause of the reply beside the fact clause that shares most with it: do they deny alike?

    The first clause's yes or no is held against the facts' own sides as well.
    """
    flips, same, strongest, differ, more = [0.0], [0.0], 0.0, 0.0, 0.0
    for i, statement in enumerate(mine.statements[:30]):
        if statement.question or len(mine.words_of(i)) < 2:
            continue
        best, other = 0.0, None
        for fact in known:
            for j, words in enumerate(_clauses(fact)):
                share = _weighed(mine.words_of(i), words)
                if share > best:
                    best, other = share, fact.statements[j]
        if other is None:
            continue
        strongest = max(strongest, best)
        denies = _denies(statement.text) != _denies(other.text)
        (flips if denies else same).append(best)
        kinds = {q.kind: q.low for q in other.quantities}
        differ = max(
            differ, best * any(kinds.get(q.kind, q.low) != q.low for q in statement.quantities)
        )
        more = max(more, best * float(other.limiting and not statement.limiting))
    lead = next((s.polarity for s in mine.statements if s.lead), "none")
    against, agree = 0.0, 0.0
    if lead != "none":
        signs = [s.polarity for fact in known for s in fact.statements if s.polarity != "none"]
        against = sum(sign != lead for sign in signs) / max(1, len(signs))
        agree = sum(sign == lead for sign in signs) / max(1, len(signs))
    return [
        strongest,
        max(flips),
        max(same),
        min(sum(flips), 3.0) / 3,
        differ,
        against,
        agree,
        more,
    ]


def _clauses(fact: View) -> list[frozenset[str]]:
    return [fact.words_of(j) for j in range(len(fact.statements))]


def _weighed(left: frozenset[str], right: frozenset[str]) -> float:
    """Shared content, 0–1: full where all of the smaller side is shared and it is of some size."""
    common = sum(2.0 if len(word) > 1 else 1.0 for word in left & right)
    return overlap(left, right) * min(1.0, common / 5)


def _denies(text: str) -> bool:
    return len(NEGATION.findall(text[:300])) % 2 == 1


def _told(fact: View, mine: View) -> float:
    return _share(fact.words, mine.words)


def _share(part: frozenset[str], whole: frozenset[str]) -> float:
    return len(part & whole) / len(part) if part else 0.0


def _sides(mine: View, theirs: View, known: Sequence[View]) -> list[float]:
    backing = " ".join(fact.plain for fact in known)
    lead = next((s.polarity for s in mine.statements if s.lead), "none")
    yes = float(lead == "yes")
    no = float(
        lead == "no" or (lead == "none" and any(s.polarity == "no" for s in mine.statements))
    )
    signs = [s.polarity for fact in known for s in fact.statements]
    fact_yes, fact_no = float("yes" in signs), float("no" in signs)
    only = float(any(s.limiting for fact in known for s in fact.statements))
    bound = float(any(conditions(fact.text) for fact in known))
    question = float(bool(asked(theirs.plain)))
    much = float(bool(_HOW_MUCH.search(theirs.plain)))
    said = {q.kind for s in mine.statements for q in s.quantities}
    mine_neg = min(len(NEGATION.findall(mine.plain[:3000])), 4) / 4
    fact_neg = min(len(NEGATION.findall(backing[:3000])), 4) / 4
    limits = float(any(s.limiting for s in mine.statements))
    return [
        question, float(bool(_OPEN.search(theirs.plain))), much, much * float(bool(said & set(_KINDS))),
        yes, no, fact_yes, fact_no, only, bound,
        yes * fact_yes, yes * fact_no, no * fact_yes, no * fact_no, yes * only, yes * bound,
        mine_neg, fact_neg, mine_neg - fact_neg, only * (1 - limits),
        float(mine_neg == 0 and fact_neg > 0), float(mine_neg > 0 and fact_neg == 0),
    ]  # fmt: skip
