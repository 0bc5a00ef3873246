"""Whose reason a reply tells the customer to give: the customer's own, or one instead of a fault.

To somebody who changed their mind "choose no longer needed" is help, to somebody with a broken
thing it is pressure. Everything reads normalised text (Simplified, lower case).
"""

from __future__ import annotations

import re

_REASON = re.compile(
    r"理由|原因|勾|选|不想要|拍错|多拍|reason|changed (?:my|your) mind|no longer|(?:pick|choose"
    r"|tick|select|put) "
)
_FAULT = re.compile(
    r"坏|破|碎|裂|烂|霉|质量|瑕疵|次品|掉色|起球|开线|开胶|脱线|漏|不响|不亮|不转|不制冷|打不开|充不"
    r"|少发|少了|缺|错发|发错|没发|不发货|断货|过期|划痕|假货|迟|晚到|没到"
    r"|broke|broken|crack|scratch|damag|fault|defect|dead|doesn't work|not working|leak"
    r"|wrong item|never (?:came|arrived)|late|stock|mould|torn|hole"
)
_OWN = re.compile(
    r"不想要|不喜欢|不合适|(?:小|大|短|长|紧|松|肥)了|太(?:小|大|短|长|紧|松|肥)|尺[寸码]|买错|拍错|多拍"
    r"|拍重|拍多|后悔|用不[上着]|颜色不|改主意|don't (?:like|fit|want|need)|doesn't (?:fit|suit)"
    r"|too (?:big|small|long|short|tight|loose|wide)|changed my mind|by mistake|no longer"
)
FEATURES = 2


def features(reply: str, customer: str) -> list[float]:
    """A reason is named to somebody who tells of a fault; to somebody who only tells their own."""
    if not _REASON.search(reply):
        return [0.0, 0.0]
    fault = bool(_FAULT.search(customer))
    return [float(fault), float(bool(_OWN.search(customer)) and not fault)]
