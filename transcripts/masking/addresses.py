"""Postal addresses in Chinese; a city, a district or a floor alone is none.

The text is cut into the parts an address is made of (region, road, place, number); parts that stand
together form a chain, and a chain is an address when it leads to a door: a road with its number,
a place with its building, two numbers such as 5幢1704室, a village below its county.
"""

from __future__ import annotations

import itertools
import re
from collections.abc import Iterator
from typing import Final

from transcripts.masking.context import before, label
from transcripts.masking.places import CITIES, PROVINCES
from transcripts.masking.spans import Find

PROVINCE, CITY, STOP = "\ue0a1", "\ue0a2", "\ue0a3"
ADDRESS_LABEL: Final = label(
    r"地址|住址|住在|家住|我住|寄到|送到|发到|寄往|发往|送货到|改到|改成|改为|换到|换成|转寄|"
    r"派到|寄去|收货地|"
    r"门牌|公司在|家在|单位在|位置在?|配送到|邮寄到|寄给我?",
    link=r"(?:地址|是|为|在|的|到|了|写|填|我|家|我家|新|[ :=,;\-(（「“\"'【])*",
)
_REGION_HEADS = "".join(sorted({name[0] for name in (*PROVINCES, *CITIES)}))
_PROVINCE = re.compile(
    rf"(?=[{_REGION_HEADS}])(?:{'|'.join(sorted(PROVINCES, key=len, reverse=True))})"
)
_CITY = re.compile(
    rf"(?=[{_REGION_HEADS}])(?:{'|'.join(sorted(CITIES, key=len, reverse=True))})(?:市(?!场|民|"
    r"区|价|面))?"
)
_STOP_WORDS_TEXT = """
收货地址 收件地址 详细地址 家庭地址 公司地址 新地址 老地址 旧地址 原地址 地址 住址 门牌号码
门牌号 门牌 寄到 送到 发到 改到 改成 改为 换成 换到 变成 寄往 发往 寄去 送去 发去 送货 发货 收货
收件 加上 后面 前面 补上 漏写 少写 写错 填错 写成 填成 写的 填的 应该 不是 而是 就是 还是 麻烦
帮我 帮忙 帮 请 给我 给 把 从 到 在 是 了 吗 呢 吧 啊 哦 哈 嗯 的 我 你 您 他 她 们 它 么 什 怎
哪 这 那 就 都是 都在 都没 都不 都要 都有 都能 都可以 都给 都会 都很 全都 也 又 再 很 不 没 想
要 被 让 换 填 错 往 去 拿 放在 放到 放门 放我 说 问 买 卖 退 快递 订单 等 着 着急 谢谢 寄 送
转到 转寄 转送 转给 改 住 派送 派件 配送 昨天 今天 明天 后天 上午 下午 晚上 中午 现在 直接 先
电话 手机 联系人 收件人 收货人 姓名 邮编 先生 女士 小姐 一共 总共 只有 还有 已经 如果 因为 所以
但是 可以 能 搬 搬家 搬走 搬到 走到 爬 上班 公司名 单位名 附近 对面 旁边 隔壁 门口 楼下 楼上
电梯 前台 谁 几 多少 漏 少 多 缺 件 箱 盒 斤 您好 你好 老板 客服 师傅 店家 卖家 掌柜 仓库 最近
这边 那边 里面 走路 马路 路上 一路 半路 上路 网路 思路 线路 电路 套路 出路 道路 铁路 公路 楼道
街上 逛街 味道 知道 频道 通道 报道 渠道 难道 一道 地道 轨道 管道 赛道 这里 那里 哪里 家里 手里
心里 公里 里程 小区 城市 市区 都市 超市 上市 区别 地区 社区团购 专区 郊区 小镇 冰镇 乡下 老乡
农村 乡村 村里 村口 对方 双方 地方 学校里 医院里 中心思想 品牌 旗舰店 专卖店 专营店 官方店 店铺
门店 分店 实体店 体验店 唔 系 喺 嘅 咗 哋 嗰 佢 冇 攞 畀 俾 睇 定系 需要 唔该 原来 那个 这个 收
其中 每 小店 你们店 贵店 本店
"""
_STOP_WORDS = _STOP_WORDS_TEXT.split()
_STOP_HEADS = "".join(sorted({word[0] for word in _STOP_WORDS}))
_STOPS = re.compile(
    f"(?=[{_STOP_HEADS}])(?:" + "|".join(sorted(set(_STOP_WORDS), key=len, reverse=True)) + ")"
)

_HAN = "\u3400-\u9fff"
_N = (
    r"(?:[A-Za-z甲乙丙丁新老]?\d{1,5}(?:-\d{1,4}){0,3}[A-Za-z]?|[一二三四五六七八九十百]{1,4}|"
    r"[A-Za-z]|[甲乙丙丁东西南北])"
)
_STRONG = r"(?:号楼|号院|号门|栋|幢|单元|室|弄|号房|号铺|号库|号舍|舍|号宿舍|座|房)"
_WEAK = r"(?:号|楼|层|巷|段|组|队|社|期|区|门|村|F|f|邻|铺|档|苑|座|户)"
_DETAIL = rf"(?:[第附]?{_N} ?(?:{_STRONG}|{_WEAK})(?:之[\d一二三四五六七八九十]{{1,3}})?)"
_ROAD_END = r"(?:大道|大街|街道|马路|公路|环路|支路|路|街|巷|胡同|弄堂|道|里|横巷|径|坊)"
_PLACE_END = (
    r"(?:小区|花园|花苑|家园|家苑|佳苑|嘉园|公寓|大厦|大楼|广场|新村|新城|新区|山庄|别墅|豪庭|"
    r"名苑|雅苑|华庭|名都|国际城|"
    r"社区|中学|小学|大学|学院|学校|医院|幼儿园|工业园区|工业园|产业园|科技园|科创园|软件园|"
    r"创业园|开发区|高新区|"
    r"写字楼|宿舍楼|宿舍|家属院|大院|市场|商城|酒店|宾馆|银行|有限公司|公司|工厂|村委会|村|庄|屯|"
    r"寨|苑|园|"
    r"镇|乡|街道|府|庭|湾|郡|邸|居|轩|阁|楼|城|厂|中心|邨|台|阁|州|公馆|之城|里|坊|半岛|学苑|"
    r"国际|府邸|驿站)"
)
_DISTRICT_END = r"(?:新区|开发区|高新区|自治县|自治州|区|县|市|旗|盟)"
_PART = re.compile(
    rf"(?P<region>[{PROVINCE}{CITY}]+(?:市|省|县)?)"
    rf"|(?P<triple>(?<=[{_HAN}])\d{{1,3}}-\d{{1,4}}(?:-\d{{1,4}}){{0,2}}(?![\d\-]|"
    r"[元块斤件个天月日岁年米号楼栋次折倍小周人]))"
    rf"|(?P<detail>{_DETAIL})"
    rf"|(?P<between>(?<=[号栋幢院弄])[{_HAN}A-Z]{{2,8}}(?={_N} ?(?:栋|幢|座|楼|层|室|号楼|单元)))"
    rf"|(?P<road>[{PROVINCE}{CITY}]{{0,9}}+[{_HAN}]{{0,9}}?{_ROAD_END}{{1,2}}(?:[东西南北中](?:段|"
    rf"(?=["
    r"\d一二三四"
    rf"五六七八九十]|路|街|段)))?(?:[一二三四五六七八九十\d]{{1,2}}段)?)"
    rf"|(?P<district>[{_HAN}]{{1,7}}?{_DISTRICT_END}(?!别|域|块|间|长|城|分|场|民|价))"
    rf"|(?P<place>[{PROVINCE}{CITY}]{{0,9}}+[{_HAN}A-Za-z0-9·]{{1,12}}?{_PLACE_END}{{1,2}}(?:[东"
    r"西南北中]["
    r"区门院苑园])?)"
    rf"|(?P<estate>(?<=[路街道巷镇乡段号弄院村])[{_HAN}]{{2,8}}"
    rf"(?={_N} ?(?:栋|幢|座|号楼|单元|期)|\d{{1,3}}-\d{{1,4}}(?![\d元块])))"
    rf"|(?P<room>(?<=[{_HAN}])\d{{3,4}}(?!\d|[.%~\-]|\s?[元块斤件个天月日岁年米克单]))|"
    r"(?P<door>(?<=[室栋幢楼座])[A-H](?![A-Za-z0-9])|"
    rf"(?<=[栋幢楼座元]) \d{{3,4}}(?![\d]|[ ]?[元块斤件个天月日岁年])|"
    rf"(?<=[室栋幢楼座元号层门舍期])[A-Z]?-?\d{{2,4}}(?![\d]|[元块斤件个天月日岁年]))"
)
_VERB_BEFORE_REGION = re.compile(rf"[发寄送到至往放去回叫给家][{PROVINCE}{CITY}]")
_GAP = re.compile(r"[ ,、·\-]{0,2}")
_UNKNOWN_PLACE = re.compile(rf"(?:(?![栋幢号楼室和与或跟])[{_HAN}{PROVINCE}{CITY}A-Za-z]){{2,9}}$")
_HINT = re.compile(
    r"[0-9A-Za-z一二三四五六七八九十] ?(?:号|栋|幢|室|单元|楼|层|弄|座|巷|段|组|队|区|院|舍|房|"
    r"期|F)|"
    r"\d-\d|[\u4e00-\u9fff]\d{3,4}(?!\d)|[县镇乡村]|街道|市.{0,12}[路街园苑区]"
)
_NOT_DETAIL_AFTER = re.compile(
    r"^(?:发货|到货|前|之前|送|到|寄|生产|才|就|电池|链接|线|厅|卫|口味|色|款|码|会员|那天|晚上|"
    r"下午|早上|上午|"
    r"仓|员工|客服|之后|后|以后|开始|左右|，|牛皮|包装|瓦楞|加厚|纸|膜|床|椅|被|气泡|了)"
)


def mark_places(text: str) -> str:
    """The text with provinces, cities and words that end a place name replaced by signs."""
    text = _PROVINCE.sub(lambda m: m[0] if _borrowed(m) else PROVINCE * len(m[0]), text)
    text = _CITY.sub(lambda m: m[0] if _borrowed(m) else CITY * len(m[0]), text)
    return _STOPS.sub(lambda m: STOP * len(m[0]) if not _kept(m) else m[0], text)


_NAMED_AFTER = re.compile(
    r"[东西南北中]{0,2}(?:[一二三四五六七八九十]?(?:路|街(?!道办))|大道|大街|道(?=\d)|大学|学院|"
    r"中学|"
    r"小学|医院|大厦|广场|花园|酒店|新村|公寓|小区|会馆)"
)


def _borrowed(match: re.Match[str]) -> bool:
    """Whether a road or a house has its name from this region (黄河北路, 南京大学)."""
    return _NAMED_AFTER.match(match.string, match.end()) is not None


_KEPT_AFTER: Final = {
    "发": "展",
    "公路": "0123456789",
    "铁路": "0123456789",
    "里": "弄",
    "多": "伦",
    "少": "林年",
    "能": "源仁",
    "先": "锋烈",
    "从": "化",
    "那": "曲",
    "什": "邡刹",
    "让": "胡",
}


_NUMBERED_ROADS = ("一路", "半路", "街上")


def _kept(match: re.Match[str]) -> bool:
    """Whether a stop word is part of a longer name here (能源路, 先锋街, 小区 after its name)."""
    word = match[0]
    text, end = match.string, match.end()
    following = text[end : end + 1]
    if word in ("小区", "公路", "道路", "铁路", "通道"):
        first = match.start()
        return (
            first > 0
            and bool(re.match(rf"[{_HAN}]", text[first - 1]))
            and bool(re.match(r"[0-9A-Za-z一二三四五六七八九十东西南北]", following))
        )
    if word in _NUMBERED_ROADS:
        front = text[max(0, match.start() - 1) : match.start()]
        return bool(re.match(rf"[{_HAN}]", front)) and following.isdigit()
    if word == "马路":
        return text[max(0, match.start() - 1) : match.start()] == "大"
    if word in ("城市", "家里", "都市", "农村", "乡村"):
        return _NAMED_AFTER.match(text, end) is not None
    return bool(following) and following in _KEPT_AFTER.get(word, "")


def addresses(text: str) -> Iterator[Find]:
    """Postal addresses in a view."""
    if _HINT.search(text) is None:
        return
    marked = mark_places(text)
    chain: list[re.Match[str]] = []
    for part in _PART.finditer(marked):
        if chain and not _GAP.fullmatch(marked, chain[-1].end(), part.start()):
            yield from _judge(text, marked, chain)
            chain = []
        chain.append(part)
    if chain:
        yield from _judge(text, marked, chain)


def _judge(text: str, marked: str, chain: list[re.Match[str]]) -> Iterator[Find]:
    while chain and chain[0].lastgroup in ("room", "door"):
        chain = chain[1:]
    chain = _trim(marked, chain)
    while len(chain) > 1 and chain[-1].lastgroup == "place" and _detached(chain):
        chain.pop()
    if not chain:
        return
    start, end = chain[0].start(), chain[-1].end()
    kinds = [part.lastgroup for part in chain]
    if text[start] in "放至往" or _VERB_BEFORE_REGION.match(marked, start):
        start += 1
    labelled = ADDRESS_LABEL.search(before(text, start)) is not None
    first = chain[0]
    if kinds[0] in ("detail", "triple"):
        unknown = _UNKNOWN_PLACE.search(marked[max(0, start - 9) : start])
        if unknown and _strong_count(chain) and re.search(r"\d|[一二三四五六七八九十]", first[0]):
            start -= len(unknown[0])
            kinds.insert(0, "place")
    start += len(_HEADING.match(text, start, end)[0])  # type: ignore[index]
    if _leads_to_a_door(kinds, chain, labelled, _strong_count(chain)):
        yield Find(start, end, "address", 62 if labelled else 48)


#: What a writer calls the place before naming it: "宿舍 学苑3号楼517".
_HEADING = re.compile(r"(?:(?:宿舍楼?|学校|单位|小区)[ :是]+|宿舍(?=\d))?")


def _trim(marked: str, chain: list[re.Match[str]]) -> list[re.Match[str]]:
    """Without a last part that is a date, an amount or a thing (3号发货, 2层纸, 二室一厅)."""
    while chain:
        last = chain[-1]
        tail = marked[last.end() : last.end() + 4]
        weak = last.lastgroup == "detail" and not _strong(last)
        if (weak and re.match(_NOT_DETAIL_AFTER, tail) and len(chain) == 1) or (
            last.lastgroup == "detail" and re.match(r"[厅卫]|\d厅|[一二两]厅", tail)
        ):
            chain = []
        else:
            break
    return chain


def _detached(chain: list[re.Match[str]]) -> bool:
    """Whether the last part stands apart from a door that was named already (…702室, 花满楼)."""
    apart = chain[-1].start() > chain[-2].end()
    return apart and chain[-2].lastgroup in ("detail", "room", "door", "triple")


def _strong(part: re.Match[str]) -> bool:
    return part.lastgroup == "detail" and re.search(_STRONG + r"(?:之\d+)?$", part[0]) is not None


def _strong_count(chain: list[re.Match[str]]) -> int:
    return sum(_strong(part) for part in chain)


def _leads_to_a_door(
    kinds: list[str | None], chain: list[re.Match[str]], labelled: bool, strong: int
) -> bool:
    details = sum(kind in ("detail", "triple", "room", "door") for kind in kinds)
    roads = kinds.count("road")
    places = kinds.count("place")
    regions = kinds.count("region") + kinds.count("district")
    regions += any(PROVINCE in part[0] and CITY in part[0] for part in chain)
    road_number = any(
        a == "road" and b in ("detail", "triple") for a, b in itertools.pairwise(kinds)
    )
    place_number = any(
        a in ("place", "district") and b in ("detail", "triple")
        for a, b in itertools.pairwise(kinds)
    )
    long_number = any(len(re.findall(r"\d{3,}", part[0])) > 0 for part in chain)
    if road_number and (details > 1 or regions or labelled or long_number or roads):
        return True
    if details >= 2 and strong >= 1:
        return True
    if place_number and (strong or regions or labelled or "triple" in kinds or details > 1):
        return True
    if labelled and details and (long_number or (strong and roads + places)):
        return True
    if regions >= 2 and (roads + places >= 1):
        return True
    return labelled and regions >= 1 and roads + places >= 2
