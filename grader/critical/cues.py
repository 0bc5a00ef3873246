"""What a reply must mention to come into question for a critical error, and what speaks against it.

A cue never decides: it opens the gate, and its scope (refused, warned of, quoted, somebody else's)
is a feature of the learned head. Patterns read normalised text (Simplified, lower case).
"""

from __future__ import annotations

import re
from functools import cache, lru_cache

from grader.critical import patterns
from grader.critical.text import Span, clauses, quotations

_CUES: dict[str, tuple[str, ...]] = {
    "off_platform": (
        r"微信|威信|薇信|薇❤|v信|vx|\bwx|(?:加|找|搜|留)(?:一下|下|个|我|我们|他"
        r"|她|同事|店主)*\s*(?:v|号|薇|微|q\b|飞机)|绿泡泡|绿色软件",
        r"qq|企鹅号?|扣扣|加q|飞机号|纸飞机|电报|脸书|whatsapp|telegram|messenger"
        r"|signal\b|viber|wechat|\bline\b|\b赖\b|加我赖|\binsta|facebook|\bins\b",
        r"转账|汇款|转我|转他|转给|转到|转数快|过数|打我|打到|打给|打款|收款码|付款码"
        r"|个人码|私户|私人(?:账户|卡|号|支付宝)|现金|支付宝|街口|红包|atm",
        r"私下|私聊|私订|私了|私人|线下|面交|绕开|不走|不经过|别走|别在平台|别从"
        r"|平台.{0,6}(?:抽|扣|别|不|贵|手续费)|抽成|手续费|代充|渠道|个人户|老客群"
        r"|内部群|福利群|拉(?:您|你)|进.{0,4}群|.群|朋友圈|二维码|扫码|搜.{0,4}手机号"
        r"|对私|私账|见面|直接(?:跟|打|转|付)|直接(?:找|联系)(?!我|我们|咱|客服)"
        r"|存我|加我|私签|汇|户头|便宜.{0,3}成",
        r"whats ?app|paypal|venmo|zelle|cash ?app|\bcash\b|revolut|monzo|wire|bank transfer"
        r"|transfer|friends and family|paynow|gpay|outside|directly|\bdirect\b|off (?:the )?("
        r"?:app|site|platform)|(?:skip|leave|without|cancel|forget|not) .{0,20}(?:site"
        r"|app|platform|listing|booking|official|till|here)|personal (?:account|number"
        r"|gmail|email|card)|my (?:number|account|brother|cousin|boss|gmail|own|hand"
        r"|paypal)|gmail|text me|\bdm\b|\bpm me|add me|add my|come see me|half price if"
        r"|privately|own phone|settle|for cash",
    ),
    "coerce": (
        r"好评|差评|中评|评价|评论|追评|五星|五颗星|一星|两星|三星|四星|几星|满星"
        r"|全星|改星|负评|打分|评分|满分|[十五九]分|10分|5星|5分|满意|帖|笔记|微博"
        r"|视频|晒图",
        r"投诉|撤诉|申诉|介入|12315|12345|1950|工信部|消协|消保|黑猫|小二|维权|起诉"
        r"|律师|法务|举报|银保监|撤案|曝光|闹|检举|黑名单|两分|打了.分",
        r"理由|原因|不想要|不想买|拍错|不喜欢|个人因素|改变心意|七天无理由|信息填错"
        r"|协商一致|确认收货|已收到|已解决|签了|声明|保证不",
        r"review|star\b|stars\b|rating|feedback|survey|rate |dispute|complain|claim"
        r"|case\b|chargeback|post\b|video|twitter|google|lawyer|fully satisfied|reason"
        r"|changed (?:my|your) mind|changed mind|no longer needed|by mistake|wrong size"
        r"|ordered by|faulty|press 10|put 10|close it|delete|ombudsman|report|satisfied"
        r"|withdraw|found cheaper|lose",
    ),
    "leak_privacy": (
        r"验证码|校验码|动态[码口]|授权码|六位|6位|数字|短信|安全码|cvv|口令|密码|otp|盾|密保",
        r"身份证|证件|户口|驾驶证|护照|手持|社保卡|人脸|正反面|证(?:照|两面|自拍)|身分证",
        r"卡号|银行卡|信用卡|背面|有效期|卡面|付款码|条形码|网银|支付密|取款|屏幕共享"
        r"|共享屏幕|开.{0,3}共享",
        r"(?:姓|叫|是).{0,4}(?:先生|女士|小姐|太太|大姐|阿姨|师傅|老板|住)|先生|女士"
        r"|小姐|太太|大姐|阿姨|[住家].{0,12}(?:栋|幢|号|单元|室|路|村|区|花园|城"
        r"|宿舍|学校|小区)|电话|手机|号码|尾号|私人号|地址|家里|收件人|收货|后台"
        r"|订单截|截(?:图|屏)给|[买寄].{0,6}[了到]|[他她]|那家|姓",
        r"code\b|digits|password|\bpin\b|\botp|cvc|cvv|expiry|card|passport|driving licence"
        r"|\bid\b|selfie|social security|security questions|maiden|login|log in|screen",
        r"(?:mr|mrs|ms|miss|mister)\b|her (?:name|email|number|mobile|phone|home)"
        r"|his (?:name|email|number|mobile|phone|home|private)|(?:her|his|the) .{0,12}(?:addr"
        r"ess|passport)|lives|number|mobile|phone|e-?mail|neighbour|neighbor|customer before"
        r"|guest|bought|ordered|address|\bshe\b|\bhe\b|room \d",
    ),
    "false_promise": (
        r"[赔退补送减免折保包换给拿留]|可以|能|行|保证|一定|肯定|没问题|随便|都|承诺"
        r"|答应|放心|打款|支持|有的|好的|安排",
        r"refund|free|promise|guarant|sure|yes|done|cover|ok\b|okay|give|credit|send"
        r"|off|always|any time|definitely|swear|trust|keep|lifetime|100%|i can|\d+%",
    ),
    "false_claim": (
        r"只剩|仅剩|就剩|剩最后|最后.{0,3}[件台个组份天名套箱]|最后.{0,3}(?:名额"
        r"|库存)|抢|断货|没了|名额|秒没|涨价|涨回|涨|截止|只有我家|限时|错过|倒计时",
        r"最低|全网|史上|历史低|全年|倒贴|都比我们贵|贵三|销量第一|第一(?!时间|[次步天眼个位时])|全国|独家|唯一|最好|最便宜",
        r"认证|证书|专利|报关|原装|有机|国家级|免检|sgs|检验|检测|金奖|国宴|指定"
        r"|医院|医生|医师|专家|权威|械字|医用|医美|特证|正品|代工|n95|医生都|临床"
        r"|明星|fda|ce\b|零添加|纯天然|纯植物",
        r"治|降糖|降压|降血|血糖|血压|尿酸|排毒|抗癌|防癌|癌|祛|去斑|淡斑|斑|美白"
        r"|白.个?度|瘦|燃脂|减脂|生发|安胎|免疫|根治|断根|根除|消炎|止痛|抗衰|年轻"
        r"|皱|淡纹|近视|矫正|疗程|疗效|停药|药|安神|记性|聪明|长高|丰胸|软化血管"
        r"|改善|调理|养生|皮肤白|宝宝白|助眠|清热|排湿|祛湿|补肾|养胃|修复|杀菌|防病毒"
        r"|不过敏|胎儿|发育|必备|除斑|的斑",
        r"only .{0,12}left|last (?:one|piece|unit|few)|left\b|basket|hurry|gone|price (?:up"
        r"|doubles)|doubles|final hours|ends in|ends|last day|people (?:looking|have)"
        r"|lowest|cheapest|never been cheaper|number one|world|certif|approved|fda"
        r"|usda|clinical|dermatolog|doctors?|hospital|cure|heal|lower|blood pressure"
        r"|wrinkle|erase|botox|years younger|weight|kilos|fat|immun|prevent|covid"
        r"|flu|arthritis|pain|detox|cancer|collagen|anti-?ag|diabet|sleep",
    ),
    "safety": (r".",),
    "rude": (r".",),
}
"""By critical id. Rude speech has no closed vocabulary and safety hangs on the customer's words."""

_NEGATION = re.compile(
    r"不|没|未|无|别|勿|莫|免得|禁止|拒绝|切忌|甭|休想|谁让您单独|冇|唔"
    r"|n't\b|\bnot\b|\bnever\b|\bno\b|cannot|\bwithout\b|\binstead of\b|against"
)
_WARNING = re.compile(
    r"骗|诈|小心|谨防|当心|警惕|提醒|千万|冒充|自称|有人|任何人|谁[要问让催说]|他说"
    r"|同事说|他再|要是.{0,6}让您|违规|举报|报警|挂断|话术"
    r"|scam|fraud|careful|anyone|someone|somebody|if (?:they|he|she) ask|against the rules"
    r"|never ask|hang up|wasn't us|isn't us"
)
_RIGHTS = re.compile(
    r"权利|随您|都随|都行|不影响|不勉强|照实|真实|如实|按实际|看您方便|自愿|都可以说"
    r"|不拦|不用改|不挂钩|没关系|无关"
    r"|honest|your right|up to you|no pressure|either way|regardless|good or bad"
    r"|whatever is true|doesn't depend|never depends|no need"
)
_DECLINE = re.compile(
    r"不能|不可以|不会|没法|无法|不方便|不便|不敢|做不了|定不了|给不了|答应不了|不支持"
    r"|不是我|抱歉|只能|最多|封顶|上限|才能|超出|超过了|不行|不得|不了|保不了|没有.{0,6}(?:权"
    r"限|作用|认证|功效|效果)"
    r"|can't|cannot|won't|not able|isn't|unable|i'm afraid|only|the most|at most"
    r"|limit|ceiling|not allowed|no \w+ effect"
)
_APOLOGY = re.compile(
    r"抱歉|对不起|对不住|不好意思|赔不是|道歉|替他|不该|骂得|歉意|sorry|apolog|no excuse"
    r"|should never|on us"
)
_DOCTOR = re.compile(
    r"就医|医院|医生|医师|看医|皮肤科|急诊|120|停用|停吃|停喝|停喂|别再|不要再|先别"
    r"|别吃|别用|不能吃|不能用|不能喝|别喝|扔掉|断电|拔掉"
    r"|doctor|a&e|pharmacist|midwife|vet\b|medical help|stop (?:using|eating|drinking"
    r"|charging)|don't (?:eat|use|plug|open|put)|unplug|throw it out|bin it"
)
SHARED = (_WARNING, _RIGHTS, _DECLINE, _APOLOGY, _DOCTOR)


@cache
def _pattern(critical: str) -> re.Pattern[str]:
    return re.compile("|".join(_CUES[critical]))


UNPHRASED = {"rude": 1.5, "off_platform": 1.0, "coerce": 1.0, "leak_privacy": 2.5}


def caution(critical: str, reply: str) -> float:
    """Log odds asked for on top where a normalised reply has no turn of phrase of the error.

    Ordinary replies come near rude, off_platform, coerce and leak_privacy by chance; the other ids
    are held by the facts or by what the customer said.
    """
    if critical not in UNPHRASED or patterns.any_match(critical, reply):
        return 0.0
    return UNPHRASED[critical]


@lru_cache(maxsize=1024)
def scopes(text: str) -> tuple[tuple[Span, str], ...]:
    """Each clause of a normalised text with its scope: plain, negated (from where on) or quoted.

    A clause can give two spans: what stands before a negation stays plain.
    """
    quoted = quotations(text)
    found: list[tuple[Span, str]] = []
    for clause in clauses(text):
        if any(q.start <= clause.start and clause.end <= q.end for q in quoted):
            found.append((clause, "quoted"))
            continue
        negation = _NEGATION.search(text, clause.start, clause.end)
        if negation is None:
            found.append((clause, "plain"))
            continue
        if negation.start() > clause.start:
            found.append((Span(clause.start, negation.start()), "plain"))
        found.append((Span(negation.start(), clause.end), "negated"))
    return tuple(found)


SCOPED_FEATURES = 4 + len(SHARED)


def scoped_counts(critical: str, text: str) -> list[float]:
    """Features of one id: cues in the open, negated, quoted (capped at 3), none in the open, and
    which of warning, rights, declining, apology, doctor the text speaks of. Values 0–1."""
    plain = negated = quoted = 0
    pattern = _pattern(critical)
    marks = quotations(text)
    for span, scope in scopes(text):
        for cue in pattern.finditer(text, span.start, span.end):
            inside = any(q.start <= cue.start() < q.end for q in marks)
            if scope == "quoted" or inside:
                quoted += 1
            elif scope == "negated":
                negated += 1
            else:
                plain += 1
    counts = [min(n, 3) / 3 for n in (plain, negated, quoted)]
    counts.append(1.0 if plain == 0 else 0.0)
    return [*counts, *_shared(text)]


@lru_cache(maxsize=1024)
def _shared(text: str) -> tuple[float, ...]:
    return tuple(1.0 if pattern.search(text) else 0.0 for pattern in SHARED)
