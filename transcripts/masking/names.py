"""Names of people in Chinese; a surname with a title (陈先生, 小李, Mr Chen) stays."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

from transcripts.masking.accounts import surname_title
from transcripts.masking.places import CITIES, PROVINCES
from transcripts.masking.spans import Find
from transcripts.masking.view import SIGNS

#: What people write their name beside.
CONTACT: Final = "".join(
    SIGNS[kind] for kind in ("phone", "address", "id_card", "bank_card", "email")
)
SURNAMES: Final = frozenset(
    "王李张刘陈杨黄赵吴周徐孙马朱胡郭何林高罗郑梁谢宋唐许韩冯邓曹彭曾肖田董潘袁蔡蒋余于杜叶程魏苏"
    "吕丁任卢姚"
    "沈钟姜崔谭陆范汪廖石金韦贾夏付方邹熊白孟秦邱侯江尹薛闫段雷龙黎史陶贺毛郝顾龚邵万覃武钱戴严莫"
    "孔向常汤"
    "康易乔赖文章鲁施庞樊兰殷施洪翁安颜倪牛温季俞柳苗尤岳葛齐伍梅庄辛管祝左涂谷祁时舒耿牟卜路詹关"
    "凌费纪靳"
    "盛童欧甄项曲成游阳裴席卫查屈鲍位覃霍翟隋植甘景薄单包司柏宁柯阮桂闵解强柴华车冉房边辜吉饶刁瞿"
    "戚丘古米"
    "池滕晋苑邬臧畅宫来嵺苟全褚廉简娄盖符奚木穆党燕郎邸冀谈姬屠连郜晏栾郁商蒙计喻揭窦迟宇敖糜鄢冷"
    "卓花仇艾"
    "蓝都巩稽井练仲乐虞卞封竺冼原官衣楚佟栗匡宗应台巫鞠僧桑荆谌银扬明沙薄伏岑习胥保和蔺冀水支皮幸"
    "尚植涂缪车"
    "历戎候赫农贡寇邢麻漆蒲酆湛禹狄麦滑伊储阎麹呼闻莘晁展敬钮幺"
) - frozenset("都来和水保时官木应成位农台商幺银衣党历")
_COMPOUND_TEXT = """
欧阳 太史 端木 上官 司马 东方 独孤 南宫 万俟 闻人 夏侯 诸葛 尉迟 公羊 赫连 澹台 皇甫 宗政 濮阳
公冶 太叔 申屠 公孙 慕容 仲孙 钟离 长孙 宇文 司徒 鲜于 司空 闾丘 令狐 百里 呼延 东郭 南门 羊舌
微生 公户 拓跋 轩辕 左丘 范姜 张简
"""
COMPOUND: Final = _COMPOUND_TEXT.split()
GIVEN: Final = frozenset(
    "伟芳娜敏静丽强磊军洋勇艳杰娟涛明超兰霞平刚桂英华玉萍红鑫鹏飞宇浩轩子涵梓萱雨欣怡佳琪嘉诚俊豪"
    "志国建文斌波辉"
    "凯峰龙海燕玲莉雪梅琳慧婷倩颖洁晶晨晓宏亮东林森博思远航毅翔阳天泽瑞熙睿哲昊然诗若曦梦瑶语嫣可"
    "馨一诺依彤心悦"
    "紫薇美芬菊兰翠云珍贞秀凤春香月莺媛蓉荣爱妹青珠玫瑰琼勤彩竹霭凝欢枫芸菲寒伊亚宜姬舒影荔枝丝琴"
    "岚苑婕馥瑾柔薪"
    "昌盛锋钧冠策腾楠榕卓群豪义良友诚仁信礼顺才发武新利清富贵福生龙元全胜学祥才康星光达安岩中茂进"
    "有坚和彪先敬震"
    "振壮会思心邦承乐绍功松善厚庆民裕河江炎德彬旭宁启恒骏晖迪硕帆栋权奇政谦祖铭朗育滨伦岳山川水木"
    "火金土石城根旺"
    "财兴隆耀庭昱烨煜彦霖皓泓岑杉柏桐朵果果甜乔娅妮娇婉莹雯雅曼蕾薇荷莲露霜冰凌珊瑜璐璇瑛钰锦绣蓓"
    "姗姝妍妙嫦娥萌"
    "芯岭勋仲伯叔季尧舜禹汉唐宋晋楚秦卫鲁齐燕赵韩魏吴越半夏知秋念慈怀瑾予安之言以沫景行初向晚清欢"
    "沐辰奕辰亦凡"
    "书砚知微望舒临溪听雨南枝见北禾苗小大方正永久长江海波涌泉源潮湘沁汐浠淇澜洛沛沅溪润涵淑娴贤惠"
    "贞娣招弟"
    "家伟豪杰仔仪恩慈佩佩珮筱筠宜庭妤承翰柏翰冠廷宥廷哲玮宗翰彦廷淑芬美玲雅婷怡君欣怡诗涵志明俊杰"
    "建宏"
)
_HAN = "\u3400-\u9fff"
_TITLES = (
    r"先生|女士|小姐|太太|同学|老师|师傅|总|哥|姐|叔|阿姨|姨|经理|店长|主管|医生|老板|夫人|妈|爸|"
    r"生(?![\u3400-\u9fff])|小妹|主任|大夫|教练|大哥|大姐|工(?![\u3400-\u9fff])|某|氏|家|x|X|\*"
)
_TITLE = re.compile(_TITLES)
_SIGNS = "\ue000-\ue00f"
#: What may follow a name without a space.
_FOLLOW = re.compile(
    rf"$|[^{_HAN}]|电话|手机|收货|收件|收(?![{_HAN}])|收[,。 ]|地址|住|身份|的(?!$)|在|和|是|"
    r"本人|先生|女士|小姐|号码|联系|签收|帮|请|谢|要|想|昨|今|"
    r"下单|订|买|他|她|我|你|这个|那个|不是|可以|就|退|卡|吧|啊|哦|哈|呢|吗|了|拍|付|写|改|银行|"
    r"护照|微信|账|麻烦|有|没|代|转|"
    r"邮|从|跟|替|给|也|还|已|快递|公司|这边|来|打|定|能|怎|为什么|咨询|反馈|投诉|签|代|接|取|领"
)
_STRONG_LABEL = (
    r"(?:收货人|收件人|寄件人|发件人|联系人(?!工)|联络人|持卡人|开户人|购买人|下单人|付款人|"
    r"订货人|签收人|代收人|取件人|领取人|投保人|乘客|"
    r"户名|开户名|户主|机主|车主|姓名|名字|本名|真名|全名|大名|署名|落款|收方|家长|(?:客户|顾客|"
    r"买家|实名|实名信息|认证信息)(?=:)|取货人|受赠人|收礼人|收信人|receiver|recipient|consignee|"
    r"name)"
    r"(?:名字?|姓名|信息|名称|一栏|那里|那栏)?"
)
_STRONG_LINK = (
    r"(?:还?是改成了?|请?改成|请?改为|改|换成了?|变更为|更正为|应该是|应该写|应该叫|应该|不是|"
    r"写错了?|写的是|写的|写成了?|写|填的是|填成了?|填|填写|叫做?|是|为|就写|就|我|用|留的?是?|"
    r"登记的?是?|[ :=\-(（「“\"'【])*"
)
_STRONG = re.compile(
    r"(?=[收寄发联持开购下付订签代取领投乘户机车姓名本真全大署落家客顾买实认受rcn])"
    rf"{_STRONG_LABEL}(?P<link>{_STRONG_LINK})"
)
_WEAK = re.compile(
    r"(?=[爱对丈妻嫂弟妹姐哥我名叫本寄转送交发联找是由被朋同老女男室邻闺婆公奶爷外岳媳儿妈爸亲舍"
    r"店家改换写填登署给"
    r"请抬])(?:我叫|名叫|叫做|叫作|叫|我是|本人|我的名字是|我名字是|我姓名|寄给|转给|送给|交给|"
    r"发给|联系|找|是由|由|被|我老公|我老婆|我妈妈?|我爸爸?|我朋友|我同事|我女儿|我儿子|我姐|"
    r"我哥|我弟弟?|我妹妹?|朋友|同事|老公|老婆|女朋友|男朋友|室友|邻居|闺蜜|爱人|对象|丈夫|妻子|"
    r"嫂子|弟弟|妹妹|姐姐|哥哥|婆婆|公公|奶奶|爷爷|"
    r"外婆|外公|岳母|岳父|媳妇|女儿|儿子|妈妈|爸爸|妈|爸|亲戚|舍友|店员|家人|改成|换成|写成|写|"
    r"填|登记|署名|抬头(?:写|个人|是)*|给|请|是)"
    r"(?:[ :：「“\"'(（]|叫|是){0,3}"
)
_SURE_WEAK = ("我叫", "名叫", "叫做", "叫作", "本人", "我的名字是", "我名字是", "我是", "叫")
_NOT_NAMES_TEXT = """
高兴 马上 方便 安全 白色 黄色 金色 红色 蓝色 成功 温馨 包邮 包裹 花生 水果 石榴 于是 向上 常见
常用 全部 全款 万一 明天 明白 平时 平台 单独 单子 单号 路上 程序 何时 应该 文件 文字 江苏 江西
云南 安徽 宁波 宁夏 常州 温州 贵州 支付 计算 后面 左右 关于 关注 原来 解决 农村 游客 冷冻 库存
简单 童装 阳台 干净 景区 容易 易碎 辛苦 司机 习惯 空白 空格 信息 方式 有误 段落 房东 安装 安排
房间 平常 包装 金额 金牌 金卡 白金 黄牛 黄金 高级 高端 常客 老客 新客 石家庄 连云港 米色 米白
车主 车牌 管理 管家 和田 和平 和你 和我 和谁 和他 程度 方法 方面 花子 胡子 于月 于每 全名 全称
全新 全是 全家 安心 安卓 安慰 乐意 成都 成本 成了 向日葵 向您 向你 花钱 花了 花费 明明 明年 万分
万元 马路 牛奶 牛肉 牛油果 毛衣 毛巾 毛病 沙发 沙拉 麻烦 麻辣 麦片 贝贝 皮肤 皮带 冷链 冷藏 时间
席位 盛夏 甘肃 甘蔗 祝你 祝您 祝福 阳光 阳江 路过 路边 边上 边角 成熟 连续 连接 连衣裙 郎酒 游戏
敬请 展示 展开 闻到 原价 原装 原因 官方 官网 古城 池塘 米饭 米粉 苹果 谈好 谈谈 储存 应付 应急
左边 右边 强烈 强制 柴米 华为 华东 车间 封面 封口 宁可 宁愿 高铁 高清 高档 高度 康复 顾客 顾问
汤圆 汤包 温度 温水 温和 钟头 金桔 石头 林芝 单位 单品 单价 单元 房子 房产 齐全 齐了 钱包 钱款
项目 常温 万达 方形 文具 文艺 于我 包子 包含 包括 包赔 包退 包换 查看 查询 查到 查下 查一下 查收
查件 查快递 查询下 车厘子 白酒 白菜 白费 白条 白送 黄桃 黄瓜 黄油 黄芪 许多 许可 何必 何况 梁山
江南 江浙 江浙沪 夏天 夏季 夏装 秦皇岛 武汉 洪水 龙井 龙虾 龙眼 严重 严格 汪汪 雷同 史上 段时间
段位 熊猫 熊孩子 孔雀 唐山 韩国 宋体 胡乱 胡说 胡萝卜 高考 曾经 任何 任务 叶子 叶片 余额 余下
杜绝 范围 金融 金属 方案 方便面 白纸 白天 白给 石材 尹
"""
_NOT_NAMES = frozenset(_NOT_NAMES_TEXT.split())


def surname_at(text: str, place: int) -> int:
    """The length of the surname at `place`: 0, 1 or 2."""
    if text[place : place + 2] in _COMPOUND:
        return 2
    return int(text[place : place + 1] in SURNAMES)


_COMPOUND = frozenset(COMPOUND)
_PLACES = frozenset((*PROVINCES, *CITIES))


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
        if not sure and text[match.end() : match.end() + 1] in "于原":
            continue
        end = _name_end(text, match.end(), strong=False, calls=sure)
        if not end and re.match(r"我叫|名叫|我的?名字是", match[0]):
            end = _free_name(text, match.end())
        if end and (sure or end - match.end() >= 3):
            yield Find(match.end(), end, "name", 42)
    yield from _beside_contact(text)
    yield from _with_title(text)


_NO_LAST: Final = "人的座号户员客粉家民"
_MINORITY = re.compile(rf"[{_HAN}]{{1,7}}(?:·[{_HAN}]{{1,8}}){{1,3}}")


def _name_end(text: str, start: int, *, strong: bool, calls: bool = False) -> int:
    """Where a name that begins at `start` ends; 0 when none begins there."""
    minority = _MINORITY.match(text, start)
    if minority is not None and not _NO_NAME.search(minority[0]):
        return minority.end()
    family = surname_at(text, start)
    if not family or text[start : start + 2] in _NOT_NAMES or text[start : start + 3] in _NOT_NAMES:
        return 0
    if _TITLE.match(text, start + family):
        return 0
    options = [
        start + family + given
        for given in (2, 1)
        if re.fullmatch(rf"[{_HAN}]+", text[start : start + family + given])
        and len(text) >= start + family + given
    ]
    double = text[start : start + 2]
    if len(double) == 2 and all(s in SURNAMES for s in double) and strong:
        whole = re.match(rf"[{_HAN}]{{4}}(?![{_HAN}])", text[start:])
        if whole and all(sign in GIVEN for sign in whole[0][2:]):
            return start + 4
    fits = [end for end in options if _FOLLOW.match(text, end)]
    if len(fits) == 2 and _trails(text, start + family + 1, fits[0]):
        fits = fits[1:]
    for end in fits:
        given = text[start + family : end]
        if strong and not re.search(r"[不没吗呢的了错误对]", given):
            return end
        usual = sum(sign in GIVEN for sign in given)
        apart = given[-1] not in _NO_LAST and not re.match(f"[{_HAN}]", text[end : end + 1])
        if usual == len(given) or ((strong or calls) and usual and apart):
            return end
    for end in options if strong else ():
        if all(sign in GIVEN for sign in text[start + family : end]):
            return end
    return 0


_FREE = re.compile(rf"[{_HAN}]{{2,4}}(?![{_HAN}A-Za-z0-9])")
_NO_NAME = re.compile(
    r"[的了吗行们组部呢吧啊哦么嘛呀不没无错误改写填是在有要谁哪几次个件单号码址话机我你您他她它们"
    r"这那己人员工请帮给到对和跟就都也还又再很太么什怎上下里外先后前名姓婆爷奶]|"
    r"^[小老阿大][\u3400-\u9fff]$|快递|客服|信息|方式|地址|电话|手机|一致|相同|同上|如下|以上|"
    r"为准|本人|正确|先生|女士|小姐|老师|师傅|经理|店长|阿姨|"
    r"外卖|跑腿|滴滴|车|顺丰|中通|圆通|申通|韵达|极兔|邮政|京东|发票|昵称|公司|旗舰|收$|为空|"
    r"隐藏|保密|匿名|默认|随便|任意|必填|可以|能否|需要|姐$|哥$|总$|叔$|姨$"
)


def _free_name(text: str, start: int) -> int:
    """Where a name with no usual surname ends, if nothing but it stands after a clear label."""
    match = _FREE.match(text, start)
    common = match is not None and len(match[0]) < 4 and match[0][:2] in _NOT_NAMES
    if match is None or common or _NO_NAME.search(match[0]):
        return 0
    return 0 if surname_title(match[0]) else match.end()


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
    ) or text[end - 1 : end] in "的了吗呢吧啊哦收是在"


_ALONE = re.compile(rf"(?<![{_HAN}A-Za-z0-9])[{_HAN}]{{2,4}}(?:收)?(?![{_HAN}A-Za-z0-9])")
_RECEIVES = re.compile(rf"(?<![{_HAN}A-Za-z0-9])[{_HAN}]{{2,4}}收(?![{_HAN}A-Za-z0-9])")
_NEAR_CONTACT = re.compile(rf"^[ ,:;、/\-。+|\n]{{0,3}}[{CONTACT}]")
_AFTER_CONTACT = re.compile(rf"[{CONTACT}][ ,:;、/\-。+|\n(]{{0,3}}$")
_GLUED = re.compile(
    rf"(?<![{_HAN}])[{_HAN}]{{2,4}}(?=[{CONTACT}])|"
    rf"(?<=[{CONTACT}])[{_HAN}]{{2,4}}(?![{_HAN}])"
)


def _beside_contact(text: str) -> Iterator[Find]:
    """A name that stands by itself beside a phone number or an address."""
    if not re.search(f"[{CONTACT}]", text):
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
    if not family or not 1 <= len(word) - family <= 2 or _TITLE.match(text, start + family):
        return
    if word in _PLACES or word[:2] in _NOT_NAMES or word in _NOT_NAMES or _NO_NAME.search(word):
        return
    if len(word) > 2 or word[-1] in GIVEN:
        yield Find(start, end, "name", 41)


def _with_title(text: str) -> Iterator[Find]:
    """A whole name before a title: 王建国先生."""
    for title in re.finditer(r"先生|女士|小姐|太太|同学", text):
        for length in (4, 3, 2):
            start = title.start() - length
            if start < 0 or not re.fullmatch(rf"[{_HAN}]+", text[start : title.start()]):
                continue
            family = surname_at(text, start)
            given = text[start + family : title.start()]
            if family and 1 <= len(given) <= 2 and all(s in GIVEN for s in given):
                if given in ("小", "大") or text[start : start + 2] in _NOT_NAMES:
                    continue
                if len(given) == 1 and family == 1 and given in SURNAMES:
                    continue
                yield Find(start, title.start(), "name", 40)
                break
