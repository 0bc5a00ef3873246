"""What stands around a number: labels that say what it is, and labels that say it is nobody's."""

from __future__ import annotations

import re
from typing import Final

#: What people put between a label and its value.
LINK: Final = (
    r"(?:号码|号|编号|码|ID|id|Id|no\b\.?|No\b\.?|NO\b\.?|number|Number|num\b|#|是|为|系|改成了?|"
    r"改为|"
    r"换成了?|变成|填的?|写的?|留的?|用的?|应该|这个|新的?|is|was|to|ending|[ "
    r":=,;.~\-(（「『“\"'【\[<《>→])*"
)


def before(text: str, place: int, width: int = 28) -> str:
    """The characters in front of `place`."""
    return text[max(0, place - width) : place]


def after(text: str, place: int, width: int = 14) -> str:
    """The characters from `place` on."""
    return text[place : place + width]


def label(words: str, link: str = LINK) -> re.Pattern[str]:
    """A pattern to search in `before(…)`: one of `words`, then only what links it to the value."""
    heads = "".join(sorted(re.escape(head) for head in first_signs(words)))
    return re.compile(rf"(?=[{heads}])(?:{words}){link}$", re.IGNORECASE)


_GROUP = re.compile(r"\(\?(?P<look>[:=!]|<[=!])")


def first_signs(words: str) -> set[str]:
    """The characters that a match of these alternatives can begin with.

    Trying hundreds of labels only where one can begin makes the search several times faster. Knows
    what the labels here use: literals, classes, groups, look-arounds, word boundaries.
    """
    found: set[str] = set()
    for branch in _alternatives(words):
        found |= _branch_heads(branch)
    return found


def _branch_heads(branch: str) -> set[str]:
    found: set[str] = set()
    while branch:
        group = _GROUP.match(branch)
        if branch.startswith(r"\b"):
            branch = branch[2:]
            continue
        if group is not None:
            inside, rest = _closing(branch, "(", ")")
            if group["look"] == ":":
                found |= first_signs(inside[3:])
        elif branch[0] == "[":
            inside, rest = _closing(branch, "[", "]")
            found |= set(inside[1:])
        else:
            size = 2 if branch[0] == "\\" else 1
            found.add(branch[size - 1])
            inside, rest = branch[:size], branch[size:]
        looked = group is not None and group["look"] != ":"
        if not looked and rest[:1] not in ("?", "*"):
            return found
        branch = rest if looked else rest[1:]
    return found


def _alternatives(words: str) -> list[str]:
    """`words` split at the bars that stand outside groups and classes."""
    depth, at, branches, escaped = 0, 0, [], False
    for place, sign in enumerate(words):
        if escaped:
            escaped = False
        elif sign == "\\":
            escaped = True
        elif sign in "([":
            depth += 1
        elif sign in ")]":
            depth -= 1
        elif sign == "|" and depth == 0:
            branches.append(words[at:place])
            at = place + 1
    return [*branches, words[at:]]


def _closing(text: str, opening: str, closing: str) -> tuple[str, str]:
    """A group that begins `text`, without its last bracket, and what follows it."""
    depth = 0
    for place, sign in enumerate(text):
        depth += (sign == opening) - (sign == closing)
        if depth == 0:
            return text[:place], text[place + 1 :]
    return text, ""


def around(text: str, start: int, end: int, width: int = 80) -> str:
    """What stands near a value on both sides; bounded, so that long messages stay cheap."""
    return text[max(0, start - width) : end + width]


NOBODYS: Final = label(
    r"流水号?|流水单号|货号|款号|型号|编码|条码|条形码|商品(?:编号|编码|id|号)|产品编号|批号|"
    r"批次|序列号|"
    r"机身码|机身号|串号|防伪码?|防伪查询码|验证码|校验码|取件码|提货码|取货码|自提码|券码|券号|"
    r"兑换码|"
    r"优惠码|卡密|密码|激活码|备案号?|许可证号?|生产许可|执行标准|标准号|信用代码|税号|"
    r"纳税人识别号|"
    r"链接id|链接|工号|工单号?|案件号?|受理号|反馈编号|投诉编号|礼品卡号?|礼品卡卡号|购物卡号?|"
    r"会员卡号?|积分|合格证号?|检验号?|检测报告号?|报告编号|专利号?|房间号|座位号|桌号|箱号|柜号|"
    r"(?<!号)码|(?:设备|机器|产品|资产|仪器|合同|检测|证书|报告|文件|员工|注册|登记|出厂|生产|"
    r"保修|质保|奖品|活动|课程)(?:编号|号)|"
    r"(?:安装|维修|服务|报修|预约|售后|寄修)单号?|"
    r"商品详情|货架|库位|版本号?|版本|尾号|后四位|后六位|末四位|"
    r"(?<![a-z])sku|(?<![a-z])imei|(?<![a-z])isbn|(?<![a-z])s/?n\b|(?<![a-z])serial|"
    r"(?<![a-z])model|(?<![a-z])batch|(?<![a-z])lot|(?<![a-z])barcode|(?<![a-z])ean|"
    r"(?<![a-z])upc|(?<![a-z])part|"
    r"(?<![a-z])item|"
    r"(?<![a-z])coupon|(?<![a-z])promo|(?<![a-z])code|(?<![a-z])pin|(?<![a-z])ticket|"
    r"(?<![a-z])case|(?<![a-z])gift ?card|(?<![a-z])version|(?<![a-z])vat|(?<![a-z])asin|"
    r"(?<![a-z])ref"
)
#: Something is counted or weighed.
MEASURED: Final = re.compile(
    r"\s?(?:元|块|圆|万|亿|千|百|件|箱|盒|斤|公斤|克|毫升|升|米|厘米|毫米|个|只|条|次|人|天|年|"
    r"月|分|秒|"
    r"%|‰|kg\b|g\b|ml\b|mm\b|cm\b|mah\b|w\b|pcs\b|x\d)",
    re.IGNORECASE,
)
COURIERS: Final = (
    "顺丰|中通|圆通|申通|韵达|极兔|邮政|EMS|德邦|百世|菜鸟|丹鸟|丰网|天天快递|宅急便|黑猫|新竹|宅配|"
    "安能|跨越|壹米滴答|宅急送|优速|速尔|顺心捷达|中邮|京东物流|京东快递|苏宁物流|嘉里|大荣|通达|"
    "联邦"
)
PARCEL: Final = re.compile(
    rf"快递|物流|运单|派送|派件|签收|揽收|到哪|到那|包裹|{COURIERS}|"
    r"面单|寄出|寄回|退回的?单|快件|中转|"
    r"track|parcel|package|courier|shipment|deliver|ups\b|usps|fedex|dhl|royal mail|hermes|evri|"
    r"dpd",
    re.IGNORECASE,
)
ORDER: Final = re.compile(
    r"订单|下单|单子|这单|那单|这笔|拍下|拍的|发货|退款|付款|改地址|取消|催单|单号|order|"
    r"purchase|refund",
    re.IGNORECASE,
)


def digits(text: str) -> str:
    """Only the digits of `text`."""
    return "".join(filter(str.isdigit, text))
