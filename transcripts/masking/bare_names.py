"""Names that no label announces: 让孔令辉来取, 宋佳佳家的.

They are told by their signs and by what stands on both sides.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

from transcripts.masking.people import (
    BRANDS,
    COMPOUND,
    EVERYDAY,
    GIVEN,
    HAN,
    NOT_NAMES,
    SURNAMES,
    TITLE,
    surname_at,
)
from transcripts.masking.spans import Find

_BEFORE_NAME = re.compile(
    rf"(?:^|[^{HAN}]|[我是跟和给让由找被寄代替叫请帮转送搵揾号]|备注|同学|送到|交到|联系|"
    r"[人生居友事妈爸婆公哥姐弟妹孩娃奶爷舅姨姑叔伯女儿子长员户客家的])$"
)
_AFTER_NAME = re.compile(
    rf"$|[^{HAN}]|收|签|代|买|家[的里]|手[里上]|转|帮|问|的|是|说|在|下单|来|也|都|"
    rf"[一两二三四五六]|拍|"
    r"要|想|领|取|定|订|反馈|先生|女士|本人|谢|已|刚|昨|今|电话|手机|经理|老师|医生|自提|自取|去|过来|嘅"
)
#: Signs that begin or end everyday words rather than names (全社会, 武康路, 周期长).
_EVERYDAY_FAMILY = frozenset("司查全冷连甘解谢候于项万方强明纪康乐费付")
_EVERYDAY_GIVEN = frozenset("路社期街楚功能")


#: Where a surname and two signs of a given name stand; names may overlap, so it takes no room.
NAME_LIKE: Final = re.compile(
    f"(?=(?:{'|'.join(sorted(COMPOUND))}|[{''.join(sorted(SURNAMES))}])"
    f"[{''.join(sorted(GIVEN))}]{{2}})"
)


def bare_names(text: str) -> Iterator[Find]:
    """A surname and two signs usual in given names, with the edges of a word on both sides.

    On 27,000 messages of the trade and of brand helpdesks nothing but names of people was found.
    """
    for like in NAME_LIKE.finditer(text):
        place = like.start()
        sign = text[place]
        family = surname_at(text, place)
        end = place + family + 2
        given = text[place + family : end]
        if sign in _EVERYDAY_FAMILY or given[0] == sign:
            continue
        if not GIVEN.issuperset(given) or not _EVERYDAY_GIVEN.isdisjoint(given):
            continue
        word = text[place:end]
        if given in EVERYDAY or TITLE.match(text, place + family):
            continue
        if word in NOT_NAMES or word[:2] in NOT_NAMES or word in BRANDS:
            continue
        if _BEFORE_NAME.search(text[max(0, place - 3) : place]) and _AFTER_NAME.match(text, end):
            yield Find(place, end, "name", 37)
