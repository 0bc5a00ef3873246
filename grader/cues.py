"""Closed-language signs of acts: what a clause mentions, for the learned heads to weigh.

A cue is no verdict: "不用道歉" holds the sorry cue and does no apology. Each is 0 or 1 on normalised
text (Simplified, half-width).
"""

from __future__ import annotations

import re
from functools import lru_cache
from typing import Final

CUES: Final[dict[str, str]] = {
    "sorry": r"抱歉|对不[起住]|不好意思|歉意|致歉|道歉|赔(?:个)?不是|赔罪|见谅|海涵|包涵|怪我们|我们的[错锅疏]|是我们|没做好|疏忽|失误|sorry|apolog|my bad|our (?:fault|mistake|error)|we (?:dropped|messed)",
    "waited": r"久等|让您等|耽误您|耽搁|为您带来|给您带来|给您添|不便|麻烦|inconvenience|for the wait",
    "feeling": r"理解|体会|明白您|心情|着急|急坏|生气|难受|难过|郁闷|委屈|心疼|失望|糟心|闹心|窝火|扫兴|膈应|憋屈|可惜|遗憾|不容易|担心|吓|心里|换(?:做|成|作)?(?:是)?(?:我|谁)|谁(?:都|看|碰|遇|也)|搁谁|frustrat|understand|disappoint|upset|annoy|feel|stress|worr|imagine|must (?:be|have)|hate|awful|rough|stings?",
    "loss": r"特意|专门|孩子|宝宝|老人|生日|过年|送人|礼物|婚|聚会|等了|盼|期待|白跑|白等|吃不[上了成]|用不[上了]|gift|birthday|kid|party|wedding|wasted",
    "take_charge": r"放心|负责|包在我|交给我|我来(?:处理|跟|办|盯)|跟(?:进|到底)|盯着|一定(?:给|会|帮)|不会让您|帮您(?:解决|处理好|办)|绝不|到底|承担|不用担心|别担心|i'?ll (?:take care|see|make sure|own|stay|handle)|we'?ll (?:make|put|sort|fix)|don'?t worry|rest assured|leave it with",
    "ask": r"[?？]|吗$|吗[,，]|呢$|请问|什么|哪[个一里款种些]|多少|几[个颗只件盒斤天]|是不是|有没有|能否|方便.{0,6}(?:吗|么|说)|还是.{1,12}(?:呢|吗|\?)|which|what|how (?:many|much|long)|could you tell|do you|did you|is it",
    "need": r"(?:什么|啥|哪).{0,4}(?:问题|需要|帮)|怎么了|怎么回事|具体.{0,4}(?:情况|问题|描述)|遇到|what (?:happened|seems|is wrong)|the (?:issue|problem)|help you with",
    "photo": r"拍(?:一?下|照|张|个|几张|给|过来|两张)|照片|图片|截图|视频|录[个像一]|上传|面单|photo|picture|video|screenshot|snap|pic\b|image",
    "order_data": r"订单|单号|号码|尾号|手机号|电话|姓名|收件人|收货人|地址|签收|账号|会员号|会员名|昵称|私信|邮箱|卡号|邮编|order number|order no|order #|tracking|address|phone|email|name on|postcode|zip",
    "confirm": r"核对|核实|确认|对吗|对吧|是吧|是这[个一单]|没错吧|是不是您|是您.{0,8}(?:吗|么|\?)|confirm|verify|correct\?|is that right|right\?|just to check",
    "give_me": r"(?:提供|发|报|告诉|说|私信|留|给).{0,6}(?:一下|下|给我|过来|我|我们)|麻烦您?(?:提供|发|给)|请您?(?:提供|发|私信|告知)|send (?:me|us|over)|share|provide|give me|let me have|dm us",
    "wait": r"稍等|等(?:一下|我|下|会|片刻)|请等|等等|片刻|稍候|马上|这就|正在|一会|moment|minute|hold on|bear with|one sec|checking|looking into|let me (?:check|see|look|pull)|hang on",
    "look_up": r"查(?:一下|下|询|看|到|了)|看(?:一下|下|到)|核查|翻(?:一?下|了)|帮您(?:查|看)|check|look(?:ed|ing)? (?:up|at|into)|see (?:that|here|your)|pulled up",
    "cause": r"因为|由于|原因|所以|导致|造成|是因|爆仓|积压|暴雨|疫情|天气|延误|堵|太多|缺货|系统|高峰|双十一|大促|because|due to|caused by|since the|the reason|delay(?:ed)? (?:by|at)|that'?s why|weather",
    "rule": r"规定|规则|政策|条件|支持|不支持|无理由|七天|7天|包赔|包邮|包退|质保|保修|三包|保价|有效期|期限|以内|之内|之后|需要|必须|才(?:能|可以)|超过|满\d+|不(?:能|可以|可|予)|不在.{0,4}范围|只要|一律|属于|policy|within \d+|guarantee|warrant|covered|eligible|not (?:covered|eligible|returnable)|terms|require|only if|must be|unless",
    "number": r"\d|[一二三四五六七八九十两百千]+(?:[个天斤元块克盒件%折小分]|公斤|厘米|毫升)",
    "money": r"\d+(?:\.\d+)?\s*(?:元|块|rmb|美元|港币)|[¥$£€]\s*\d|[一二三四五六七八九十两百千]+[元块]|\d+ ?(?:bucks|dollars|usd)|差价|运费|全款|钱",
    "refund": r"退(?:款|您|给您|你|回|差|一半|全|\d)|退还|退[掉了]|返还|补(?:差|您差|给您差)|全额|赔付|给您(?:退|返)|refund|money back|reimburse|credit (?:back|you)",
    "resend": r"补(?:发|寄|一[箱盒份件个]|给您(?:一|发|寄))|重(?:发|寄|新发)|换(?:货|新|一[个件箱双]|发|个|双|件)|再(?:发|寄)|另发|更换|resend|replac|new one|exchange|reship|swap|send (?:you )?(?:a |an )?(?:new|another)",
    "coupon": r"券|红包|优惠|积分|赠|送(?:您|你|一|个|份|\d)|小礼|补偿|赔偿|心意|福利|立减|coupon|voucher|gift|discount|off your|credit|points|compensat|bonus|free ",
    "cut": r"便宜|折|减|优惠价|活动价|最低|底价|抹零|让利|包邮|改价|给您(?:按|算)|满减|\d% off|off if|discount|cheaper|knock",
    "no_cut": r"(?:不能|没法|没办法|无法|不了|没有).{0,8}(?:便宜|少|优惠|降|权限|议价|再低)|最低(?:价|了)|实价|成本|不议价|一口价|固定|can'?t (?:go|do|lower)|best (?:price|i can)|lowest|fixed price|no (?:further )?discount",
    "steps": r"点(?:击|开|一下|申请|进|右|左|我的|上)|进入|打开|选(?:择|“|\"|一下|项)|搜索|下载|登录|设置|填写|提交|路径|右上角|个人中心|我的订单|申请售后|操作|步骤|先.{1,16}(?:再|然后)|然后|拒收|拒签|寄回|扫码|关注|拨打|致电|联系.{0,8}(?:客服|快递|商家|卖家|网点|官方)|click|tap|go to|select|choose|open (?:the|your)|log ?in|settings|fill|submit|download|follow|restart|try",
    "advice_imper": r"(?:您|你)?(?:可以|可|能)(?:先|再|在|到|去|直接|试|用|点|联系|申请|选|把)|建议(?:您|你)|(?:放|存|冷藏|常温|避光|密封|洗|泡|晾|晒)|you can|you could|please (?:try|keep|put|use|contact|visit|call)|store (?:it|them)|keep (?:it|them)",
    "by_time": r"(?:今天|今晚|今日|明天|明早|明日|后天|下午|上午|晚上|早上|中午|下班前|周[一二三四五六日末天]|下周|本周|月底|\d+号|\d+日|\d+点|[一二三四五六七八九十]+点|\d+(?:个)?(?:小时|分钟|工作日|天)|[一两二三四五六七八九十半]+(?:个)?(?:小时|分钟|工作日|天)|0[点月])|today|tonight|tomorrow|by (?:\d|noon|end|mon|tue|wed|thu|fri|sat|sun)|within (?:the|\d|an)|in (?:\d+|an?|two|three) (?:hour|minute|day|business)|this (?:afternoon|evening|morning)|\d ?[ap]m|monday|tuesday|wednesday|thursday|friday",
    "own_action": r"我(?:们|这边|这里|去|来|给|帮|会|马上|现在|让|把|先|再|一会|跟|已|刚|这就)|这边|给您|帮您|为您|小妹|本店|店里|i'?ll|i will|we'?ll|we will|i'?ve|i have|i'?m|let me|on our",
    "pass_on": r"反馈|上报|提交|转(?:接|交|给|达|告)|升级|主管|经理|领导|仓库|快递(?:公司|那边|网点|员)?|物流|站点|催|查件|工单|专员|技术|相关(?:部门|同事|人员)|同事|运营|财务|商家|平台|品控|厂家|supervisor|manager|escalat|warehouse|courier|carrier|team|department|ticket|trace|forward|pass(?:ed)? (?:it|this|on)",
    "suggest": r"推荐|建议选|适合|更(?:适合|合适|好)|比较(?:适合|好)|热卖|爆款|可以(?:看看|考虑|选|试试|搭|配)|不如|要不|搭配|这款|那款|考虑|recommend|suggest|would suit|go for|better (?:fit|choice|for you)|pair|option|how about|consider",
    "urge": r"下单|拍下|付款|抢|库存|名额|截止|手慢|尽快(?:拍|付|下)|赶紧|现在(?:拍|下|买|付)|放心(?:拍|买|购)|喜欢.{0,6}(?:拍|带走|下手)|锁|最后|抓紧|order now|grab|hurry|last|stock|check ?out|place (?:the|your) order|pay (?:now|before)|ready to order",
    "thanks": r"谢|感谢|感恩|多谢|辛苦了|thank|appreciate|cheers",
    "goodbye": r"还有(?:其他|什么|别的)|其他(?:问题|可以|需要)|祝|再见|拜拜|愉快|生活|随时(?:找|联系|来|咨询|私信)|评价|打赏|欢迎(?:再|下次)|不客气|anything else|have a (?:great|good|nice|lovely)|bye|take care|you'?re welcome|enjoy|reach out|let (?:us|me) know|any ?time",
    "hello": r"您好|你好|在的|在呢|欢迎|亲好|早上好|上午好|下午好|晚上好|中午好|hello|\bhi\b|\bhey\b|good (?:morning|afternoon|evening)|welcome|很高兴|为您服务|哈喽|嗨",
    "refuse": r"不(?:能|可以|行|退|换|赔|支持|负责|归|管|给|接受|属于|予|了)|没(?:办法|法|有办法|责任)|无法|拒绝|不是(?:我们|质量)|与(?:我们|本店)无关|管不了|爱莫能助|can'?t|cannot|won'?t|unable|not (?:our|able|possible|responsible)|no refunds?|nothing (?:we|i) can|refuse|denied",
    "you_fault": r"(?:您|你)(?:自己|当时|没|不|应该|为什么|怎么|要是|早|当初|填|放|选|买)|谁让|谁叫|自己(?:没|不|选|填|看|下|放|操作|买|拆)|怪(?:您|你)|是您|your (?:own )?(?:fault|mistake)|you (?:should|didn'?t|chose|failed|must have|were|never)|customer(?:'s)? (?:own )?(?:risk|fault)",
    "curt": r"^(?:哦|噢|嗯+|啊|不知道|自己看|看详情|没有|不行|不清楚|随便|就这样|知道了|等着|不了|无|看(?:说明|页面|介绍)|ok|no|k|idk|not sure|whatever|see (?:the )?(?:page|description|listing))[。.!！]?$|自己(?:去)?看|看(?:一下)?(?:详情|说明|页面|介绍)|详情页(?:有|写|都)|不清楚|不知道|不太了解|check the (?:page|listing|manual|description)|refer to|no idea",
    "vague": r"耐心|等通知|再等等|等着|等吧|会到的|快了|应该(?:会|快|就)|在催|尽快|尽早|以后|到时候|再说|在路上|就到|也没办法|不好说|不确定|be patient|soon|eventually|please wait|when it (?:comes|arrives)|no eta|keep waiting|should be",
    "insult": r"神经|有病|脑子|智商|傻|滚|穷|买不起|闭嘴|烦不烦|烦死|无理取闹|矫情|活该|贪|占便宜|碰瓷|骗(?:子|吃|赔|钱)|不要脸|差你|随便你|爱.{1,4}不.{1,4}|什么人|素质|戏精|没事找事|idiot|stupid|dumb|cheapskate|beggar|shut up|crazy|liar|lol|nobody (?:cares|stopping)|whatever|get a life|grow up|cry",
    "off_app": r"微信|加我|vx|v信|wx|转账|支付宝|qq|私下|私聊|直接转|收款码|扫.{0,4}码|线下|whatsapp|paypal|venmo|zelle|telegram|bank transfer|outside|directly to",
    "review": r"差评|好评|评价|删(?:除|了|掉)?|追评|晒图|五星|5星|投诉|撤(?:销|诉|了|回)|返现|不想要|review|stars?|feedback|complaint|rating",
    "secret": r"验证码|密码|身份证|校验码|cvv|短信码|登录码|付款码|银行卡号|完整|别人的|其他(?:买家|客户|人)的|password|pin\b|verification code|one-time|otp|security code|ssn|id card|passport|full card",
    "positive": r"可以(?:的|退|换|呢)?|有(?:的|货|现货)|是(?:的|呢|哦)|没问题|好的|能|支持|行|会的|yes|yep|sure|of course|absolutely|it does|it is|we do",
    "state": r"已(?:经)?|刚(?:刚|才)?|到了|发(?:出|货|了)|显示|目前|现在|在.{1,8}(?:中转|路上|仓|站)|预计|大概|一般|正常|shipped|arrived|currently|is (?:at|on|in)|expected|shows|usually|normally|about",
    "sympathy_word": r"哎|唉|天哪|天呐|我的天|真是|太(?:糟|难|可惜|遗憾|气|让)|确实|oh no|oh dear|ouch|yikes|gosh|that'?s (?:terrible|awful|not ok)",
}  # fmt: skip

_COMPILED: Final = [re.compile(pattern, re.IGNORECASE) for pattern in CUES.values()]
COUNT: Final = len(_COMPILED)


@lru_cache(maxsize=4096)
def cues(text: str) -> tuple[float, ...]:
    """Which cues a normalised text holds, in the order of `CUES`."""
    return tuple(1.0 if pattern.search(text) else 0.0 for pattern in _COMPILED)
