"""Email addresses, WeChat, QQ and similar accounts, shopping nicknames."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

from transcripts.masking.context import NOBODYS, after, before, digits, label
from transcripts.masking.spans import Find

_LINK = (
    r"(?:号码|号|id|账号|帐号|名|名字|是|为|改成|换成|加我?|搜|我的?|的|is|[ :=~,(（「“\"'【→])*"
)
CHAT_LABEL: Final = label(
    r"微信|微 信|薇信|威信|维信|微♥|v信|[v微薇]❤️?|加v|加薇|我v|(?<![a-z])vx|(?<![a-z])wx|"
    r"(?<![a-z0-9])v(?=[ :])|weixin|wechat|we chat|"
    r"(?<![a-z])qq|扣扣|扣(?=:)|企鹅号|q q|(?<![a-z0-9])q(?=[ :])|q号|"
    r"(?<![a-z])line(?= ?id| ?:| ?是| ?账号| ?帐号)|"
    r"telegram|(?<![a-z])tg|skype|加微|卫星号|(?<![a-z])ins(?=[ :])",
    link=_LINK,
)
QQ_LABEL: Final = label(
    r"(?<![a-z])qq(?:群|小号)?|扣扣|扣(?=:)|企鹅号?|(?<![a-z0-9])q(?=[ :号])|q群", link=_LINK
)
_PLATFORMS: Final = (
    r"steam|psn|xbox|discord|snap(?:chat)?|ig|insta(?:gram)?|tik ?tok|twitter|facebook|fb|reddit|"
    r"twitch|etsy|ebay|vinted|depop|poshmark|b站|哔哩哔哩|知乎|得物|唯品会|苏宁|美团|饿了么|微店|"
    r"有赞|1688|露天|momo|pchome|yy"
)
_OWN_TAG: Final = r"gamer ?tag|discord|snap(?:chat)?|steam"
NICK_LABEL: Final = label(
    r"旺旺|淘宝(?:账号|帐号|昵称|名|id|会员名?|用户名)|淘宝号|天猫(?:账号|id|昵称)|京东(?:账号|"
    r"id|昵称|用户名|名)|拼多多(?:昵称|id|账号)|昵称|网名|会员名(?!称)|用户名(?!称)|账户名(?!称)|"
    r"账号名(?!称)|"
    r"店铺会员|买家(?:昵称|id|名)|抖音(?:号|名|id|昵称)|快手(?:号|名|id)|小红书(?:号|名|"
    r"id)?(?=号|名|id|:| )|微博(?:名|号|id|昵称|(?=:))|闲鱼(?:号|名|id|昵称)|虾皮账号|"
    r"蝦皮账号|虾皮(?:账号|帐号|id)|我的?id|id叫|(?<![a-z])user ?(?:name|id)|"
    r"(?<![a-z])nick(?:name)?|screen ?name|(?<![a-z])handle|display name|account name|"
    r"直播间id|粉丝(?:群|团)?(?:id|昵称|名)|my id|buyer id|ebay id|shopee id|profile name|"
    r"(?<![品单接备频路楼频道:])(?<![a-z])id(?=是|叫|:)|"
    rf"(?<![a-z])(?:{_PLATFORMS})(?: ?(?:号|账号|帐号|id|昵称|名|用户名|handle|name|username|tag|"
    r"account|is|是|叫|:))+|(?:游戏|角色|拍卖|登录|登陆)(?:名|昵称)",
    link=(
        r"(?:号码|号|id|名字|名称|名|昵称|账号|是|为|叫做?|改成|换成|填的?|is|was|[ "
        r":=~(（「“\"'【《@])*"
    ),
)
_MAIL = re.compile(
    r"(?<![A-Za-z0-9._%+\-])[A-Za-z0-9](?:[A-Za-z0-9._%+\-]{0,62}[A-Za-z0-9_])?(?:@| @ )"
    r"(?:[A-Za-z0-9\-]{1,40}\.){1,4}[A-Za-z]{2,10}(?![A-Za-z0-9\-]|\.[A-Za-z])"
)
_SPOKEN_MAIL = re.compile(
    r"(?<![A-Za-z0-9._])[A-Za-z0-9][A-Za-z0-9._]{1,40}(?: ?[(\[] ?at ?[)\]] ?| at |艾特|#|圈a| @ )"
    r"(?:[A-Za-z0-9\-]{2,20}(?: ?[(\[] ?dot ?[)\]] ?| dot |\.|点)){1,3}(?:com|cn|net|org|hk|tw|"
    r"uk|co|edu|io)(?![A-Za-z])",
    re.IGNORECASE,
)
_WECHAT = re.compile(r"(?<![A-Za-z0-9_\-])[A-Za-z][A-Za-z0-9_\-]{4,25}(?<![\-])(?![A-Za-z0-9@])")
_GLUED = re.compile(
    r"(?<![A-Za-z0-9_])(?:qq|q(?=[1-9]\d{7,9}(?!\d))|vx|wx|v|wechat|weixin)(?:"
    r"(?P<number>(?<=q)[1-9]\d{4,10}|(?<=[vxtn])1[3-9]\d{9})|"
    r"(?P<id>(?<=[vx]x)(?!id_)[A-Za-z][A-Za-z0-9_\-]{5,19}))"
    r"(?![A-Za-z0-9_@])",
    re.IGNORECASE,
)
_ADDED = re.compile(r"(?:加我?|➕|\+我)[ :]?(?P<id>[A-Za-z][A-Za-z0-9_\-]{5,19})(?![A-Za-z0-9@])")
_TOLD_AFTER = re.compile(
    r"(?<![A-Za-z0-9_@.\-])(?P<id>(?=[A-Za-z0-9\-]{0,19}[0-9_])[A-Za-z][A-Za-z0-9_\-]{4,19}|"
    r"[1-9]\d{5,9}) ?"
    r"(?:(?:on|in|via) (?:wechat|qq|line|whatsapp)|(?:这?是我的?|[(]) ?(?:微信|qq|vx|wx|v信))",
    re.IGNORECASE,
)
_MENTION = re.compile(
    r"(?<![A-Za-z0-9._%+\-@])@(?P<name>[A-Za-z0-9_.\-·\u3400-\u9fff]{2,24})(?=$|[ "
    r",:;!?。！？、\n)）])"
)
_PUBLIC = re.compile(
    r"客服|官方|旗舰|店|商城|小二|平台|公司|集团|中国|科技|电器|服务|联通|移动|电信|手机|电视|"
    r"网$|微博|新闻|[日晚晨早都]报|报$|官网|社区|俱乐部|助手|浏览器|输入法|315|维权|投诉|CCTV|"
    r"央视|工商|工信|警|银行|地铁|营业厅|法院|政府|发布|频道|电台|广播|卫视|航空|超市|商场|品牌|"
    r"电商|淘宝|天猫|京东|华为|小米|三星|苹果|oppo|vivo|support|help|care|service|team|official|"
    r"所有人|全体|all$|everyone",
    re.IGNORECASE,
)
_WXID = re.compile(r"(?<![A-Za-z0-9_])wxid_[A-Za-z0-9]{6,24}(?![A-Za-z0-9])")
_QQ = re.compile(r"(?<![0-9A-Za-z.])[1-9]\d(?:[ \-]?\d){3,10}(?![0-9A-Za-z@]|\.\d)")
_PHONE_ID = re.compile(r"(?<![0-9A-Za-z.])1[3-9]\d(?:[ \-]?\d){8}(?!\d)")
_PLATFORM_NICK = re.compile(
    r"(?<![A-Za-z0-9_])(?:tb\d{5,14}(?:_\d{1,4}|_[a-z]{1,6})?|tb_\d{5,12}|jd_[0-9a-z]{6,20}|"
    r"t_\d{9,16}_\d{1,6}|pdd\d{8,14}|u_\d{6,})(?![A-Za-z0-9])",
    re.IGNORECASE,
)
_NICK_LATIN = re.compile(r"[A-Za-z0-9][A-Za-z0-9._\-*]{2,29}(?<![.\-])")
_NICK_ANY = re.compile(
    r"[^\s,。!?;:、()\"“”'「」『』【】《》<>\[\]…/|@\ue000-\ue00f！？；：（）]{2,24}"
)
_NICK_STOP = re.compile(
    r"帮我|帮忙|麻烦|请|查一?下|查查|看一?下|看看|下的?单|下了|拍的|拍了|买的|买了|的(?:订单|"
    r"账号|单|那|买家|号|会员|客户)|谢谢|这个|那个|怎么|"
    r"订单|退款|我的|我要|我想|我是|没|还没|能|可以|不是|昨天|今天|刚|之前|已经|现在|就是|,|收货|"
    r"忘|密码|打码|对[吗吧不]|收不到|被|没了|无法|不了|登[录陆]|发货|了$|呢$|吗$|吧$|哈$|哦$|啊$|"
    r"的$"
)
_NOT_NICK = re.compile(
    r"是?什么|[.\-~]|行|或|及|等|头像|密码|后|称|格|框|多少|怎么|哪|不|没|忘|改|变|在|有|要|能|"
    r"可|吗|呢|就|和|跟|上|里|会|都|也|的|了|那|这|里面|聊天|客服|卖家|掌柜|消息|发|店|旗舰|找|"
    r"联系|登录|登陆|一样|同|显示|被|更新|修改|设置|错|格式|or\b|and\b|is\b|not\b|field|change|"
    r"for\b|the\b"
)
#: A name to log in with, told by its form.
_OWN_ACCOUNT = re.compile(
    rf"(?:账号|帐号|账户|登录名|登陆名|(?<![a-z])(?:account|log ?in|{_OWN_TAG}))"
    r"(?:名|是|为|叫|改成|is|was|[ :=\"“「])*"
    r"(?P<id>(?=[A-Za-z0-9._\-]{0,29}[0-9_#])(?=[0-9]{0,4}[A-Za-z])[A-Za-z0-9][A-Za-z0-9._\-]{3,29}"
    r"(?:#\d{3,6})?)(?![A-Za-z0-9@])",
    re.IGNORECASE,
)
#: What makes a plain word a name: "username is sunny", but not "how you handle it".
_GIVEN = re.compile(r"(?:是|叫|:|is|=|@|[“\"「])\s*$")
#: The value is announced (昵称是不吃香菜), so that only a question or a complaint is none.
_TOLD = re.compile(r"[叫:“「\"『]|(?<!不)是$")
_ASKED = re.compile(r"什么|不是|不对|不能|多少|怎么|哪|吗|呢|空|乱码|错|or\b|and\b|is\b|not\b")
#: 小红书号 and 快手id are given with Latin signs only.
_NUMBERED = re.compile(r"(?:号|id)[ :是]?$", re.IGNORECASE)
_PLAIN_WORD = re.compile(r"[A-Za-z]+")
_SERVICE_WORDS_TEXT = """
pay wechat weixin alipay account number support service please thanks about there group order
android iphone windows which where because music login scan video mini program code store shop
business official customer moments transfer payment app
"""
_SERVICE_WORDS: Final = frozenset(_SERVICE_WORDS_TEXT.split())


_AT: Final = re.compile("@")
_SPOKEN_HINT: Final = re.compile(r"[#@]|艾特|圈a|[ (\[]at[ )\]]", re.IGNORECASE)
_CHAT_HINT: Final = re.compile(
    r"(?<![a-z])(?:vx?|wx|qq?|q q|line|telegram|tg|skype|ins|we ?chat|weixin)(?![a-z])|"
    r"[微薇威维卫]|扣[扣:]|企鹅|v信|加[vq]|v❤",
    re.IGNORECASE,
)


def accounts(text: str) -> Iterator[Find]:
    """Email addresses, chat accounts and nicknames in a view."""
    for pattern, sure in ((_MAIL, 95), (_SPOKEN_MAIL, 88)):
        if (_SPOKEN_HINT if pattern is _SPOKEN_MAIL else _AT).search(text):
            for match in pattern.finditer(text):
                yield Find(match.start(), match.end(), "email", sure)
    yield from _chats(text)
    yield from _nicknames(text)


def _chats(text: str) -> Iterator[Find]:
    for match in _WXID.finditer(text):
        yield Find(match.start(), match.end(), "wechat_qq", 92)
    for match in _GLUED.finditer(text):
        group = "number" if match["number"] else "id"
        yield Find(match.start(group), match.end(group), "wechat_qq", 91)
    for match in _ADDED.finditer(text):
        if digits(match["id"]) or "_" in match["id"]:
            yield Find(match.start("id"), match.end("id"), "wechat_qq", 53)
    if _CHAT_HINT.search(text) is None:
        return
    for match in _TOLD_AFTER.finditer(text):
        yield Find(match.start("id"), match.end("id"), "wechat_qq", 89)
    for pattern in (_QQ, _PHONE_ID):
        for match in pattern.finditer(text):
            front = before(text, match.start())
            said = (QQ_LABEL if pattern is _QQ else CHAT_LABEL).search(front)
            wechat_digits = pattern is _QQ and _CHAT_NUMBER.search(front)
            if (said or wechat_digits) and not _PAID.search(after(text, match.end())):
                yield Find(match.start(), match.end(), "wechat_qq", 90)
    for match in _WECHAT.finditer(text):
        word = match[0]
        front = before(text, match.start())
        if not CHAT_LABEL.search(front) and not (digits(word) and _MINE.search(front)):
            continue
        if word.lower() in _SERVICE_WORDS or (
            _PLAIN_WORD.fullmatch(word) and not _named(text, match)
        ):
            continue
        yield Find(match.start(), match.end(), "wechat_qq", 90)


_CHAT_NUMBER = label(r"微信号?|vx|wx|v信|wechat|加v|加微|line ?id", link=r"(?:号|id|是|[ :=])*")
_PAID = re.compile(r"^\s?(?:元|块|币|钱|个|群|音乐|会员|点)")
#: "微信推我一下 我的lu_xiaoman77"
_MINE = re.compile(r"(?:微信|vx|v信|wechat).*(?:我的?|这是|就是|[是:])$", re.IGNORECASE)
_ID_SAID = re.compile(r"(?:号|id|是|[:=]|加我?|搜|is|加v|vx|wx)[ \"“「]*$", re.IGNORECASE)


def _named(text: str, match: re.Match[str]) -> bool:
    """Whether a word of letters only is given as an account: "微信号 lindaxiao"."""
    return len(match[0]) >= 6 and _ID_SAID.search(before(text, match.start())) is not None


def _nicknames(text: str) -> Iterator[Find]:
    for match in _PLATFORM_NICK.finditer(text):
        if not NOBODYS.search(before(text, match.start())):
            yield Find(match.start(), match.end(), "nickname", 83)
    for match in _MENTION.finditer(text) if "@" in text else ():
        name = match["name"].rstrip(".-")
        if not _PUBLIC.search(name) and surname_title(name) is None:
            start = match.start("name")
            yield Find(start, start + len(name), "nickname", 84)
    for match in _OWN_ACCOUNT.finditer(text):
        if not NOBODYS.search(before(text, match.start())):
            yield Find(match.start("id"), match.end("id"), "nickname", 79)
    for match in NICK_START.finditer(text):
        front = before(text, match.end())
        if not NICK_LABEL.search(front):
            continue
        found = _nick_value(text, match.end())
        if found is not None:
            yield found


def surname_title(name: str) -> re.Match[str] | None:
    """小李, 王经理, 李姐 and the like, which stay."""
    return re.fullmatch(
        r"[小老阿][\u3400-\u9fff]|[\u3400-\u9fff]{1,2}(?:先生|女士|小姐|经理|店长|主管|老师|师傅|"
        r"总|姐|哥)",
        name,
    )


NICK_START: Final = re.compile(
    r"(?=[旺昵淘天京拼网会用账帐买抖快小微闲虾iunhspxdtfrtevbyamb哔知得唯苏美饿有露游角拍登1])(?:旺旺|昵称|淘宝|天猫|京东|拼多多|网名|会员|"
    rf"用户名|账户名|账号|帐号|买家|抖音|快手|小红书|微博|闲鱼|虾皮|id|username|user name|user id|"
    rf"{_PLATFORMS}|游戏|角色|拍卖|登录名|登陆名|account|"
    r"nick|name|handle)"
    r"(?:号码|号|id|名字|名称|名|昵称|账号|是|为|叫做?|改成|换成|填的?|is|was|[ "
    r":=~(（「“\"'【《@]){0,8}",
    re.IGNORECASE,
)


def _nick_value(text: str, start: int) -> Find | None:
    quoted = re.match(r"([^」”\"'】》]{2,24})[」”\"'】》]", text[start : start + 30])
    if quoted and text[start - 1] in "「“\"'【《":
        return Find(start, start + quoted.end(1), "nickname", 87)
    latin = _NICK_LATIN.match(text, start)
    whole = _NICK_ANY.match(text, start)
    if re.match(r"[A-Za-z]{2}", text[start - 1 : start + 1]):
        return None
    if whole is None:
        return None
    value = whole[0]
    stop = _NICK_STOP.search(value)
    if stop is not None:
        value = value[: stop.start()]
    value = value.rstrip(".-~")
    if latin is not None and len(latin[0]) >= len(value):
        value = latin[0]
    if _PLAIN_WORD.fullmatch(value) and not _GIVEN.search(text[max(0, start - 4) : start]):
        return None
    told = _TOLD.search(text[max(0, start - 3) : start]) is not None
    if (
        latin is not None
        and len(latin[0]) >= 5
        and _NUMBERED.search(text[max(0, start - 3) : start])
    ):
        value = latin[0]
    if latin is not None and "*" in latin[0]:
        value = latin[0]
    refused = (_ASKED if told else _NOT_NICK).match(value)
    if len(value) < 2 or refused or (digits(value) == value and len(value) < 6):
        return None
    return Find(start, start + len(value), "nickname", 80)
