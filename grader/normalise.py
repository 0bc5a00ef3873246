"""The form of a text that models read: what people call the same words becomes the same text.

Simplified characters, half-width letters and digits, masks and long numbers as words, no emoji, no
vocative 亲, no ornamental tildes. Scores must not hang on any of these.
"""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache

from transcripts.scripts import converter

_MASKS = {
    "订单": "订单号", "order_number": "订单号", "数字": "0", "金额": "0元", "时间": "0点",
    "日期": "0月0日", "电话": "电话号码", "phone": "电话号码", "姓名": "某某", "name": "某某",
    "nickname": "某某", "地址": "某地", "address": "某地", "站点": "某地", "链接": "链接",
    "url": "链接", "tracking_number": "运单号", "id_card": "身份证号", "bank_card": "卡号",
    "email": "邮箱", "wechat_qq": "微信号", "plate": "车牌号", "passport": "护照号",
    "商品快照": "商品", "品牌": "某某", "身份证": "身份证号", "邮箱": "邮箱", "地区": "某地",
}  # fmt: skip
_MASK = re.compile(
    r"\[(" + "|".join(sorted(_MASKS, key=len, reverse=True)) + r")(?:[xX]|_?\d{1,6})?\]"
)
_STICKER = re.compile(r"#E-[a-z](?:\[数字x\]|\d+)?|#[^#\s]{1,20}#|\[[一-鿿A-Za-z]{1,4}\]")
_KEPT_BRACKETS = {"图片", "照片", "视频", "语音", "链接", "截图", "文件", "image", "photo", "video"}
_LONG_NUMBER = re.compile(r"(?<![\d.])\d(?:[\d -]{5,})\d(?![\d.])")
_DECORATION = re.compile(r"[~～〜^*_＾♪♡❤★☆✨…]+|(?<=[!！?？。,，.])[!！?？。,，.]+")
_VOCATIVE = re.compile(
    r"(?:^|(?<=[\s,，。!！?？;；、]))(?:亲亲|亲爱(?:的|哒|滴)|亲|宝子|宝宝|dear)(?=[\s,，。!！?？;；]|$)[\s,，]*"
    r"|(?<=[好的了呢哦哈吗呀])亲亲?(?=[\s,，。!！?？;；~]|$)"
)
_PARTICLES = re.compile(r"(?<=[一-鿿])[呢哦哈呀哟喔噢啦哒滴嘞~]+(?=[\s,，。!！?？;；]|$)")
_SPACE = re.compile(r"\s+")
_TYPED = re.compile(r"(?<=[一-鿿])\s+(?=[0-9A-Za-z¥$£€])|(?<=[0-9A-Za-z%])\s+(?=[一-鿿])")
_HAS_CJK = re.compile(r"[一-鿿]")


def simplified(text: str) -> str:
    """Traditional characters as Simplified ones; other text as it is."""
    return str(converter("t2s").convert(text)) if _HAS_CJK.search(text) else text


def _sticker(match: re.Match[str]) -> str:
    word = match.group().strip("[]#")
    return match.group() if word in _KEPT_BRACKETS else " "


def _without_symbols(text: str) -> str:
    return "".join(
        " "
        if ord(c) > 0x2190 and unicodedata.category(c) in ("So", "Sk", "Cf", "Cs", "Cn", "Co")
        else c
        for c in text
    )


@lru_cache(maxsize=20_000)
def normalise(text: str) -> str:
    """The text as models read it; never raises, linear in its length."""
    text = unicodedata.normalize("NFKC", text)
    text = _MASK.sub(lambda m: _MASKS[m.group(1)], text)
    text = _STICKER.sub(_sticker, text)
    text = _LONG_NUMBER.sub("号码", text)
    text = simplified(_without_symbols(text))
    text = _DECORATION.sub(" ", text)
    text = _VOCATIVE.sub("", text)
    text = _PARTICLES.sub("", text)
    text = _TYPED.sub("", text)  # 退您 30 元 is 退您30元
    return _SPACE.sub(" ", text).strip(" ,，")
