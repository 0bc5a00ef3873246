"""What a conversation is about, recognised from its content, and whether conditions hold in it."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import Final

from grader.normalise import normalise
from grader.reading import Reading
from rubrics.parts import Applies, Contact

UNEASY: Final = 1.5
"""An unrounded emotion from here on is at least 2, uneasy."""
ANGRY: Final = 2.5

TROUBLE: Final = (
    "坏", "烂", "破", "碎", "漏", "霉", "臭", "馊", "假货", "瑕疵", "质量", "故障", "用不了",
    "不能用", "没收到", "没到", "还没发", "不发货", "丢", "少了", "漏发", "发错", "错发", "寄错",
    "拖", "慢", "催", "等了", "多久", "退款", "退货", "赔", "投诉", "差评", "举报", "维权", "骗",
    "态度", "没人理", "不理", "不满意", "失望", "不对", "问题", "怎么回事", "扣了", "不甜",
    "不新鲜", "过敏", "拉肚子", "damag", "broke", "broken", "rotten", "mould", "mold", "leak",
    "fault", "defect", "wrong item", "wrong one", "missing", "never arrived", "not arrived",
    "hasn't arrived", "too late", "is late", "are late", "arrived late", "overdue", "delay",
    "refund", "complain", "scam", "rude", "unacceptable", "waiting", "still no", "doesn't work",
    "not working", "lost", "charged", "disappoint", "allerg",
)  # fmt: skip
TAKEN_UP: Final = frozenset({"apologise", "offer_refund", "offer_replacement",
    "offer_compensation", "request_evidence"})  # fmt: skip
CHANGE: Final = (
    "改地址", "改个地址", "换地址", "换个地址", "地址写错", "地址填错", "改收货", "改电话",
    "改颜色", "改尺码", "改个尺码", "换颜色", "换个颜色", "换尺码", "换个尺码", "改一下", "改成",
    "备注", "写错了", "拍错", "填错", "改时间", "晚点发", "提前发", "change the address",
    "change my address", "wrong address", "change my order", "change the order",
    "different address", "change the size", "change the colour", "change the color",
)  # fmt: skip
CARE: Final = (
    "生日", "回访", "会员", "积分", "还没付款", "未付款", "未支付", "老顾客", "老客户",
    "用得怎么样", "吃得怎么样", "birthday", "member", "loyalty", "unpaid", "how are you finding",
)  # fmt: skip
SELLING: Final = frozenset({"recommend", "hold_price", "offer_discount", "urge_order"})
BUYING: Final = (
    "有货", "还有吗", "推荐", "哪款", "哪个好", "怎么卖", "多少钱", "便宜", "优惠", "打折",
    "包邮", "想买", "要买", "下单", "什么尺码", "多大码", "适合", "送人", "送礼", "in stock",
    "recommend", "how much", "discount", "cheaper", "which one", "which size", "want to buy",
    "gift for",
)  # fmt: skip


def contact(reading: Reading) -> Contact:
    """The kind of contact. A trouble makes it a complaint, whatever else is talked about."""
    heard = _customer_text(reading)
    if is_complaint(reading):
        return "complaint"
    if _has(heard, CHANGE):
        return "order_change"
    if _has(heard if not _shop_began(reading) else _all_text(reading), CARE):
        return "care"
    acts = {act for reply in reading.replies for act in reply.acts}
    if acts & SELLING or _has(heard, BUYING):
        return "presale"
    return "enquiry"


def is_complaint(reading: Reading) -> bool:
    """Whether some customer message is uneasy or worse about a trouble."""
    emotions = [heard.emotion for heard in reading.customer]
    if not any(emotion >= UNEASY for emotion in emotions):
        return False
    if any(emotion >= ANGRY for emotion in emotions):
        return True
    acts = {act for reply in reading.replies for act in reply.acts}
    return bool(acts & TAKEN_UP) or _has(_customer_text(reading), TROUBLE)


def holds(applies: Applies | None, reading: Reading) -> bool:
    """Whether all given conditions hold; None always does."""
    if applies is None:
        return True
    transcript = reading.transcript
    acts = {act for reply in reading.replies for act in reply.acts}
    worst = max((heard.emotion for heard in reading.customer), default=0.0)
    wanted = applies.emotion_at_least
    words = tuple(normalise(word) for word in applies.customer_words)
    return (
        (not applies.contact or contact(reading) in applies.contact)
        and (applies.complaint is None or is_complaint(reading) == applies.complaint)
        and (wanted is None or worst >= wanted - 0.5)
        and (not words or _has(_customer_text(reading), words))
        and (not applies.agent_acts or bool(acts & set(applies.agent_acts)))
        and (not applies.lang or reading.lang in applies.lang)
        and (not applies.market or transcript.market in applies.market)
    )


def _has(text: str, words: tuple[str, ...]) -> bool:
    return _any_of(words).search(text) is not None


@lru_cache(maxsize=256)
def _any_of(words: tuple[str, ...]) -> re.Pattern[str]:
    """Any of the words; English ones begin where a word begins."""
    folded = (word.casefold() for word in words)
    parts = ((r"\b" if word[0].isascii() and word[0].isalnum() else "", word) for word in folded)
    return re.compile("|".join(edge + re.escape(word) for edge, word in parts))


def _customer_text(reading: Reading) -> str:
    texts = (m.text for m in reading.transcript.messages if m.role == "customer")
    return "\n".join(normalise(text) for text in texts).casefold()


def _all_text(reading: Reading) -> str:
    texts = (m.text for m in reading.transcript.messages if m.role in ("customer", "agent"))
    return "\n".join(normalise(text) for text in texts).casefold()


def _shop_began(reading: Reading) -> bool:
    said = (m.role for m in reading.transcript.messages if m.role in ("customer", "agent"))
    return next(said, "customer") == "agent"
