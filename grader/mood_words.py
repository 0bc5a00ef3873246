"""Closed word lists that say how a customer feels, beside what the learned head hears.

Each group is one feature of the emotion head: how many of its words a message holds, at most 3.
"""

from __future__ import annotations

import re
from typing import Final

GROUPS: Final[dict[str, str]] = {
    "regulator": r"12315|12345|12300|工商|市监|市场监管|消协|消保|消费者(?:协会|保护|权益)|税务局?|起诉|法院|律师|报警|派出所|仲裁|消基會|法律途径"
    r"|trading standards|small claims|attorney|lawyer|consumer (?:protection|rights)|ombudsman|\bbbb\b|\bsue\b|chargeback|police",
    "exposure": r"曝光|发(?:朋友圈|抖音|微博|小红书|网上|到网上)|小红书|媒体|记者|挂你|避雷|315|expose|on (?:tiktok|twitter|social media|reddit)|go viral",
    "review": r"差评|一星|1星|(?:给|打)[一1]?[星颗]|低分|one star|1[ -]star|bad review|negative review|zero stars?",
    "platform": r"平台介入|小二|申请介入|投诉|举报|申诉|complain|escalate this|report (?:you|this)|dispute",
    "insult": r"骗子|骗人|垃圾|滚|有病|脑子|傻|妈的|他妈|tmd|放屁|恶心|无耻|不要脸|黑心|狗屁|奸商|缺德|神经病|去死|老娘|老子|scam|fraud|robber|thie(?:f|ves)|liar|bullshit|crap|wtf|damn|pathetic|disgust|ridiculous|garbage|idiot|terrible|worst",
    "anger": r"气死|火大|忍无可忍|受够|太过分|过分|什么态度|离谱|荒唐|搞笑|服了|无语|醉了|呵呵|可笑|太差|差劲|糊弄|敷衍|踢皮球|推来推去|凭什么|凭啥|必须给|给个说法|要说法|寒心|失望|再也不|unacceptable|angry|furious|fed up|sick of|joke|disappointed|useless|never (?:again|buying)|what is wrong with",
    "urgent": r"急|赶紧|立刻|马上|到底|能不能|还没|怎么还|一直没|人呢|在不在|几天了|多久了|第[二三四五六2-9][次遍]|又|还是没|还要等|催|asap|urgent|still (?:no|not|waiting)|how long|hello\?|anyone",
    "trouble": r"坏|烂|破|碎|裂|漏|少了|缺|错|不对|不行|不能用|没用|没收到|没到|发霉|变质|臭|脏|掉色|失灵|不亮|死机|过期|褪色|broken|damaged|wrong|missing|defect|rotten|mou?ld|leak|crack|didn'?t (?:work|arrive)|never (?:came|arrived)|not working|late",
    "worry": r"担心|怕|会不会|不放心|怎么办|唉|哎|可惜|不太|有点|worried|afraid|concern|hope it|a bit|unfortunately",
    "thanks": r"谢|感谢|麻烦了|辛苦|多谢|3q|thx|thank|cheers|appreciate",
    "pleased": r"满意|好评|五星|5星|开心|喜欢|好吃|不错|真好|很好|太好|给力|赞|棒|点赞|放心了|爱你|惊喜|happy|great|love|awesome|perfect|amazing|excellent|five stars?|delicious",
    "softening": r"没事|不用了|算了|不用赔|撤了|理解|不要紧|没关系|好的|行吧|可以|知道了|明白|收到|ok\b|okay|no worries|fine|got it|understood",
    "asking": r"请问|吗|怎么|多少|哪|什么时候|几|呢|是否|有没有|可不可以|can i|could|how|what|when|where|which|do you|is it",
}  # fmt: skip

_COMPILED: Final = [re.compile(pattern, re.IGNORECASE) for pattern in GROUPS.values()]


def counts(text: str) -> list[float]:
    """How many words of each group the (normalised) text holds, each at most 3, over 3."""
    return [min(len(pattern.findall(text)), 3) / 3 for pattern in _COMPILED]
