"""Traditional Chinese of our own texts: characters of which one became several, or several one."""

from __future__ import annotations

import re
from collections.abc import Iterator
from importlib.resources import files
from typing import Any

import pytest

from rubrics.own_yaml import own_yaml
from transcripts.scripts import converter, traditional

RIGHT = [
    # 只 and 隻
    ("别只发一句在的", "別只發一句在的"),
    ("每次只发图", "每次只發圖"),
    ("这只是第一步", "這只是第一步"),
    ("别只道歉", "別只道歉"),
    ("不只您一位", "不只您一位"),
    ("只好再问", "只好再問"),
    ("三只碗", "三隻碗"),
    ("这只杯子", "這隻杯子"),
    ("两只鞋", "兩隻鞋"),
    ("5只装", "5隻裝"),
    ("满99只要下单", "滿99只要下單"),
    ("一只一只看", "一隻一隻看"),
    ("那只能退款", "那只能退款"),
    ("请先只拍面单", "請先只拍面單"),
    # 回 and 迴
    ("几点前有回音", "幾點前有回音"),
    ("回音", "回音"),
    ("回访", "回訪"),
    ("巡回", "巡迴"),
    ("回避问题", "迴避問題"),
    ("挽回客户", "挽回客戶"),
    # 后, 里, 面, 发, 干
    ("售后", "售後"),
    ("皇后", "皇后"),
    ("最后一次", "最後一次"),
    ("心里没底", "心裡沒底"),
    ("三公里", "三公里"),
    ("邻里", "鄰里"),
    ("快递面单", "快遞面單"),
    ("面条", "麵條"),
    ("下面条款", "下面條款"),
    ("里面条件", "裡面條件"),
    ("面膜", "面膜"),
    ("泡面", "泡麵"),
    ("发货", "發貨"),
    ("补发型号", "補發型號"),
    ("头发", "頭髮"),
    ("烫发", "燙髮"),
    ("一发现", "一發現"),
    ("客户干等", "客戶乾等"),
    ("干净", "乾淨"),
    ("能干", "能幹"),
    ("干扰", "干擾"),
    ("若干", "若干"),
    ("烘干", "烘乾"),
    ("干什么", "幹什麼"),
    # 系, 台, 松, 准, 余, 云, 才, 复
    ("系统里没有", "系統裡沒有"),
    ("联系不上", "聯繫不上"),
    ("没关系", "沒關係"),
    ("系鞋带", "繫鞋帶"),
    ("体系", "體系"),
    ("平台介入", "平台介入"),
    ("台湾", "台灣"),
    ("台风", "颱風"),
    ("一台", "一台"),
    ("柜台", "櫃檯"),
    ("台灯", "檯燈"),
    ("轻松", "輕鬆"),
    ("松子", "松子"),
    ("宽松", "寬鬆"),
    ("准备", "準備"),
    ("批准", "批准"),
    ("不准退", "不准退"),
    ("拿不准就说", "拿不準就說"),
    ("说不准的", "說不準的"),
    ("给句准话", "給句準話"),
    ("精准", "精準"),
    ("获准", "獲准"),
    ("余额", "餘額"),
    ("业余", "業餘"),
    ("云端", "雲端"),
    ("刚才", "剛才"),
    ("人才", "人才"),
    ("回复", "回覆"),
    ("答复您", "答覆您"),
    ("马上复您", "馬上覆您"),
    ("重复", "重複"),
    ("反复", "反覆"),
    ("恢复", "恢復"),
    ("复述一遍", "複述一遍"),
    ("复核", "複核"),
    # others that read wrong at once
    ("别着急", "別著急"),
    ("别扭", "彆扭"),
    ("家具", "家具"),
    ("大家具有", "大家具有"),
    ("两点钟", "兩點鐘"),
    ("钟爱", "鍾愛"),
    ("尽快", "儘快"),
    ("了解", "瞭解"),
    ("征求", "徵求"),
    ("面目", "面目"),
    ("签收", "簽收"),
    ("当心", "當心"),
    ("制作", "製作"),
    ("周到", "周到"),
    ("手表", "手錶"),
]
WRONG = re.compile(
    r"(?<![一二兩三四五六七八九十百千萬幾數每這那哪半多整船\d])隻(?!身|言片)|隻(?=[發說是能會要讓走往讀好])"
    r"|迴(?!避|旋|廊|圈|轉|響)(?<![巡迂輪縈低徘]迴)|臺|傢俱|彆(?!扭)|鍾(?![情愛意])|不準(?=[退用發拍換給])"
    r"|[皇太王]後|[公英]裡|裡程|麵(?=單|膜|霜|前|對|談)|下麵(?!條)|髮(?=貨|現|票|送|型號|出)|[補先重]髮"
    r"|幹(?=淨|等|燥|貨|洗|擾|預)|乾(?=擾|預|什麼)|關系|聯系|[係繫]統|輕松|寬松|鬆[子樹鼠]|准備|標准|批準"
    r"|余額|剩余|云端|回復|回複|答復|答複|重覆|重復|恢複|反復|複原"
)


@pytest.mark.parametrize(("simple", "right"), RIGHT)
def test_the_character_of_the_phrase(simple: str, right: str) -> None:
    assert traditional(simple) == right
    # Whatever stands around it.
    assert traditional(f"您好，{simple}。") == f"您好，{right}。"


@pytest.mark.parametrize("text", ["", "Hello", "{at}只往外转", "您好\n7 天", "😀"])
def test_other_text_stays(text: str) -> None:
    assert len(traditional(text)) == len(text)
    assert converter("t2s").convert(traditional(text)) == text


def _chinese(data: Any) -> Iterator[str]:
    if isinstance(data, dict):
        for key, value in data.items():
            if key == "zh" and isinstance(value, str):
                yield value
            else:
                yield from _chinese(value)
    elif isinstance(data, list):
        for value in data:
            yield from _chinese(value)


def _texts() -> list[str]:
    found: list[str] = []
    for package, folder in (("grader.wording", "."), ("rubrics", "library")):
        for entry in (files(package) / folder).iterdir():
            if entry.name.endswith(".yaml"):
                found += _chinese(own_yaml(entry.read_text(encoding="utf-8")))
    return found


def test_every_text_that_is_shown_has_the_right_characters() -> None:
    texts = _texts()
    assert len(texts) > 400
    wrong = [
        (match.group(), full)
        for full in map(traditional, texts)
        if (match := WRONG.search(full)) is not None
    ]
    assert wrong == []
