"""Names of people in Chinese; a surname with a title (陈先生, 小李, Mr Chen) stays."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

from transcripts.masking.accounts import surname_title
from transcripts.masking.bare_names import bare_names
from transcripts.masking.people import GIVEN, HAN, NOT_NAMES, SURNAMES, TITLE, surname_at
from transcripts.masking.places import CITIES, PROVINCES
from transcripts.masking.spans import Find
from transcripts.masking.view import SIGNS

#: What people write their name beside.
CONTACT: Final = "".join(
    SIGNS[kind] for kind in ("phone", "address", "id_card", "bank_card", "email")
)
_SIGNS = "\ue000-\ue00f"
#: What may follow a name without a space.
_FOLLOW = re.compile(
    rf"$|[^{HAN}]|电话|手机|收货|收件|收(?![{HAN}])|收[,。 ]|地址|住|身份|的(?!$)|在|和|是|"
    r"本人|先生|女士|小姐|号码|联系|签收|帮|请|谢|要|想|昨|今|"
    r"下单|订|买|他|她|我|你|这个|那个|不是|可以|就|退|卡|吧|啊|哦|哈|呢|吗|了|拍|付|写|改|银行|"
    r"护照|微信|账|麻烦|有|没|代|转|"
    r"邮|从|跟|替|给|也|还|已|快递|公司|这边|来|打|定|能|怎|为什么|咨询|反馈|投诉|签|代|接|取|领"
)
_PLACES = frozenset((*PROVINCES, *CITIES))
_STRONG_LABEL = (
    r"(?:收货人|收件人|寄件人|发件人|联系人(?!工)|联络人|持卡人|开户人|购买人|下单人|付款人|"
    r"订货人|签收人|代收人|取件人|领取人|投保人|乘客|"
    r"经办人|申请人|投诉人|当事人|法人|法定代表人|负责人|监护人|被保险人|被保人|受益人|入住人|"
    r"出行人|旅客|患者|就诊人|预约人|参会人|代取人|提货人|接收人|敬礼|敬上|户名|开户名|户主|机主|"
    r"车主|姓名|名字|本名|真名|全名|大名|署名|落款|收方|家长|(?:客户|顾客|"
    r"买家|实名|实名信息|认证信息)(?=:)|取货人|受赠人|收礼人|收信人|receiver|recipient|consignee|"
    r"name)"
    r"(?:名字?|姓名|信息|名称|一栏|那里|那栏)?"
)
_STRONG_LINK = (
    r"(?:还?是改成了?|请?改成|请?改为|改|换成了?|变更为|更正为|应该是|应该写|应该叫|应该|不是|"
    r"[写打填留]错了?|登记错了?|写的是|写的|写成了?|写|填的是|填成了?|填|填写|叫做?|是|为|就写|就|"
    r"我|用|留的?是?|"
    r"登记的?是?|[ :=\-(（「“\"'【])*"
)
_STRONG = re.compile(
    r"(?=[收寄发联持开购下付订签代取领投乘户机车姓名本真全大署落家客顾买实认受经申当法负敬监被入出旅患就预参提接rcn])"
    rf"{_STRONG_LABEL}(?P<link>{_STRONG_LINK})"
)
_WEAK = re.compile(
    r"(?=[爱对丈妻嫂弟妹姐哥我名叫本让替代跟闺丫孙侄表堂舅姑伯大小房学领秘助会财采司团班客顾用买业寄转送交发联找是由被朋同老女男室邻闺婆公奶爷外岳媳儿妈爸亲舍"
    r"店家改换写填登署给"
    r"请抬])(?:我叫|名叫|叫做|叫作|叫|我是|我系|本人|让|替|代|跟|我的名字是|我名字是|我姓名|寄给|"
    r"转给|送给|交给|"
    r"发给|联系|找|是由|由|被|我老公|我老婆|我妈妈?|我爸爸?|我朋友|我同事|我女儿|我儿子|我姐|"
    r"我哥|我弟弟?|我妹妹?|朋友|同事|老公|老婆|女朋友|男朋友|室友|邻居|闺蜜|爱人|对象|丈夫|妻子|"
    r"嫂子|弟弟|妹妹|姐姐|哥哥|婆婆|公公|奶奶|爷爷|"
    r"闺女|丫头|孙子|孙女|外孙|侄子|侄女|外甥女?|表[姐哥弟妹]|堂[姐哥弟妹]|舅舅|舅妈|"
    r"姑姑|姑妈|伯伯|大姨|小姨|姐夫|妹夫|同学|同桌|老乡|房东|学生|领导|秘书|助理|会计|财务|采购|"
    r"司机|班长|客户|顾客|用户|买家|会员|业主|老头子|老伴|"
    r"外婆|外公|岳母|岳父|媳妇|女儿|儿子|妈妈|爸爸|妈|爸|亲戚|舍友|店员|家人|改成|换成|写成|写|"
    r"填|登记|署名|抬头(?:写|个人|是)*|给|请|是)"
    r"(?:[ :：「“\"'(（]|叫|是){0,3}"
)
_SURE_WEAK = (
    "我叫",
    "名叫",
    "叫做",
    "叫作",
    "本人",
    "我的名字是",
    "我名字是",
    "我是",
    "我系",
    "叫",
)


def names(text: str) -> Iterator[Find]:
    """Chinese names in a view."""
    for match in _STRONG.finditer(text):
        end = _name_end(text, match.end(), strong=True)
        if not end and (match["link"] or surname_at(text, match.end())):
            end = _free_name(text, match.end())
        if end:
            yield Find(match.end(), end, "name", 60)
    for match in _WEAK.finditer(text):
        calls = re.search(r"叫[做作]?|名字是|抬头", match[0]) is not None
        sure = calls or match[0].startswith(_SURE_WEAK)
        if not sure and text[match.end() : match.end() + 1] in "于原查解应支谈管计":
            continue
        end = _name_end(text, match.end(), strong=False, calls=sure)
        if not end and re.match(r"我叫|名叫|我的?名字是", match[0]):
            end = _free_name(text, match.end())
        if end and (sure or end - match.end() >= 3 or _NEAR_CONTACT.match(text, end)):
            yield Find(match.end(), end, "name", 42)
    yield from _beside_contact(text)
    yield from _with_title(text)
    yield from bare_names(text)


_NO_LAST: Final = "人的座号户员客粉家民"
_MINORITY = re.compile(rf"[{HAN}]{{1,7}}(?:·[{HAN}]{{1,8}}){{1,3}}")


def _name_end(text: str, start: int, *, strong: bool, calls: bool = False) -> int:
    """Where a name that begins at `start` ends; 0 when none begins there."""
    minority = _MINORITY.match(text, start)
    if (
        minority is not None
        and not _NO_NAME.search(minority[0])
        and minority[0].split("·")[0] not in _PLACES
    ):
        return minority.end()
    family = surname_at(text, start)
    if not family or text[start : start + 2] in NOT_NAMES or text[start : start + 3] in NOT_NAMES:
        return 0
    if TITLE.match(text, start + family):
        return 0
    options = [
        start + family + given
        for given in (2, 1)
        if re.fullmatch(rf"[{HAN}]+", text[start : start + family + given])
        and len(text) >= start + family + given
    ]
    double = text[start : start + 2]
    if len(double) == 2 and all(s in SURNAMES for s in double) and strong:
        whole = re.match(rf"[{HAN}]{{4}}(?![{HAN}])", text[start:])
        if whole and all(sign in GIVEN for sign in whole[0][2:]):
            return start + 4
    fits = [end for end in options if _FOLLOW.match(text, end)]
    if len(fits) == 2 and _trails(text, start + family + 1, fits[0]):
        fits = fits[1:]
    for end in fits:
        if end - start - family == 2 and _ACTS.match(text, end):
            return end
        given = text[start + family : end]
        if strong and not re.search(r"[不没吗呢的了错误对]", given):
            return end
        usual = sum(sign in GIVEN for sign in given)
        apart = given[-1] not in _NO_LAST and not re.match(f"[{HAN}]", text[end : end + 1])
        if usual == len(given) or ((strong or calls) and usual and apart):
            return end
    for end in options if strong else ():
        if all(sign in GIVEN for sign in text[start + family : end]):
            return end
    return 0


#: What a person does with a parcel.
_ACTS = re.compile(r"反馈|投诉|来电|咨询|签收|签字|代收|代签|代取|来取|来拿|收货|收件|取货|本人")
_FREE = re.compile(rf"[{HAN}]{{2,4}}(?![{HAN}A-Za-z0-9])")
_NO_NAME = re.compile(
    r"[的了吗行们组部呢吧啊哦么嘛呀不没无错误改写填是在有要谁哪几次个件单号码址话机我你您他她它们"
    r"这那己人员工请帮给到对和跟就都也还又再很太么什怎上下里外先后前名姓婆爷奶]|"
    r"^[小老阿大][\u3400-\u9fff]$|快递|客服|信息|方式|地址|电话|手机|一致|相同|同上|如下|以上|"
    r"为准|本人|正确|先生|女士|小姐|老师|师傅|经理|店长|阿姨|"
    r"外卖|跑腿|滴滴|车|顺丰|中通|圆通|申通|韵达|极兔|邮政|京东|发票|昵称|公司|旗舰|收$|为空|"
    r"室友|朋友|同事|家人|邻居|亲戚|隐藏|保密|匿名|默认|随便|任意|必填|可以|能否|需要|姐$|哥$|总$|"
    r"叔$|姨$"
)


def _free_name(text: str, start: int) -> int:
    """Where a name with no usual surname ends, if nothing but it stands after a clear label."""
    match = _FREE.match(text, start)
    common = match is not None and len(match[0]) < 4 and match[0][:2] in NOT_NAMES
    if match is None or common or _NO_NAME.search(match[0]):
        return 0
    return 0 if surname_title(match[0]) else match.end()


_HAN_NEXT = re.compile(f"[{HAN}]")


def _trails(text: str, place: int, end: int) -> bool:
    """Whether the last sign of the longer name is the next word rather than part of the name."""
    rest = text[place : place + 3]
    return (
        bool(
            re.match(
                r"收|的|电话|手机|在|住|是|和|先生|女士|小姐|本人|要|想|签|拿|吧|啊|哦|呢|了|吗|"
                r"不|没|也|就|帮|请|来|改|写|拍|付|下单|订|买|退|换|代|转|给|有|说|打|到|去",
                rest,
            )
        )
        and text[end - 1] not in "有"
    ) or text[end - 1 : end] in (
        "的了吗呢吧啊哦收是在" if _HAN_NEXT.match(text, end) else "的了吗呢吧啊哦收"
    )


_ALONE = re.compile(rf"(?<![{HAN}A-Za-z0-9])[{HAN}]{{2,4}}(?:收)?(?![{HAN}A-Za-z0-9])")
_RECEIVES = re.compile(rf"(?<![{HAN}A-Za-z0-9])[{HAN}]{{2,4}}收(?![{HAN}A-Za-z0-9])")
_NEAR_CONTACT = re.compile(rf"[ ,:;、/\-。+|\n]{{0,3}}[{CONTACT}]")
_AFTER_CONTACT = re.compile(rf"[{CONTACT}][ ,:;、/\-。+|\n(]{{0,3}}$")
_GLUED = re.compile(
    rf"(?<![{HAN}])[{HAN}]{{2,4}}(?=[{CONTACT}])|"
    rf"(?<=[{CONTACT}])[{HAN}]{{2,4}}(?![{HAN}])"
)


def _beside_contact(text: str) -> Iterator[Find]:
    """A name that stands by itself beside a phone number or an address."""
    if not re.search(f"[{CONTACT}]", text):
        for match in _RECEIVES.finditer(text):
            given = text[match.start() + surname_at(text, match.start()) : match.end() - 1]
            if all(sign in GIVEN for sign in given):
                yield from _alone(text, match.start(), match.end())
        return
    for match in _ALONE.finditer(text):
        start, end = match.span()
        if _NEAR_CONTACT.match(text[end : end + 6]) or _AFTER_CONTACT.search(
            text[max(0, start - 5) : start]
        ):
            yield from _alone(text, start, end)
    for match in _RECEIVES.finditer(text):
        yield from _alone(text, match.start(), match.end())
    for match in _GLUED.finditer(text):
        yield from _alone(text, match.start(), match.end())


def _alone(text: str, start: int, end: int) -> Iterator[Find]:
    if text[end - 1] == "收":
        end -= 1
    family = surname_at(text, start)
    word = text[start:end]
    if not family or not 1 <= len(word) - family <= 2 or TITLE.match(text, start + family):
        return
    if word in _PLACES or word[:2] in NOT_NAMES or word in NOT_NAMES or _NO_NAME.search(word):
        return
    if len(word) > 2 or word[-1] in GIVEN:
        yield Find(start, end, "name", 41)


def _with_title(text: str) -> Iterator[Find]:
    """A whole name before a title: 王建国先生."""
    for title in re.finditer(r"先生|女士|小姐|太太|同学", text):
        for length in (4, 3, 2):
            start = title.start() - length
            if start < 0 or not re.fullmatch(rf"[{HAN}]+", text[start : title.start()]):
                continue
            family = surname_at(text, start)
            given = text[start + family : title.start()]
            usual = sum(sign in GIVEN for sign in given)
            begins = re.match(rf"$|[^{HAN}]|[跟和给让找是叫由替请]", text[start - 1 : start])
            if (
                family
                and 1 <= len(given) <= 2
                and (usual == len(given) or (usual and begins and len(given) == 2))
            ):
                if given in ("小", "大") or text[start : start + 2] in NOT_NAMES:
                    continue
                if len(given) == 1 and family == 1 and given in SURNAMES:
                    continue
                yield Find(start, title.start(), "name", 40)
                break
