"""A `/` command of the agent as an action of the workbench."""

from __future__ import annotations

import math
import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, Final

from kefu.chat_words import text_of
from scenarios.schema import Scenario
from simulator.workbench import MOST, PANELS
from transcripts.aligned import aligned
from transcripts.errors import Refused

_SUMS: Final = {"refund": "issue_refund", "coupon": "send_coupon"}
_TEXTS: Final = {
    "resend": ("resend", "item"),
    "boss": ("ask_supervisor", "question"),
    "address": ("change_address", "address"),
}
_FIELD: Final = re.compile(r"(\S+?)[=＝]\s*(.*?)(?=\s+\S+?[=＝]|$)", re.DOTALL)
_MONEY: Final = re.compile(r"[¥￥$£€\s]|元|块|yuan|CNY", re.IGNORECASE)
OTHERS: Final = ("help", "mood", "quit", "wait")
"""Commands that are no action."""
COMMANDS: Final = (*PANELS, *_SUMS, *_TEXTS, "trace", "note", *OTHERS)
CHINESE: Final[Mapping[str, str]] = {
    "订单": "order", "物流": "logistics", "商品": "product", "规则": "policy", "退款": "refund",
    "发券": "coupon", "优惠券": "coupon", "券": "coupon", "补发": "resend", "补寄": "resend",
    "查件": "trace", "主管": "boss", "问主管": "boss", "地址": "address", "改地址": "address",
    "备注": "note", "等": "wait", "心情": "mood", "帮助": "help", "退出": "quit", "结束": "quit",
}  # fmt: skip
"""The same in Chinese, so that nobody has to leave the input method."""
_COMMAND: Final = re.compile(
    r"([/／、])\s*([A-Za-z]*|[\u3400-\u9fff]*)(?![^\s\d¥￥$£€.-])\s*(.*)", re.DOTALL
)


@dataclass(frozen=True, slots=True)
class Act:
    """An action and its data."""

    action: str
    data: Mapping[str, Any] = field(default_factory=dict)


def command_of(line: str) -> tuple[str, str] | None:
    """The name of a command in a line and what follows it; None for words to the customer.

    An input method types “、” where the key says “/”: that counts where a command follows.
    """
    found = _COMMAND.fullmatch(line.strip())
    if found is None:
        return ("", line) if line.startswith(("/", "／")) else None
    mark, typed, rest = found.groups()
    plain = aligned(typed).lower()
    name = CHINESE.get(plain, plain)
    if mark == "、" and name not in COMMANDS:
        return None
    return name, rest.strip()


def act_of(name: str, rest: str, scenario: Scenario) -> Act:
    """The action that a command means. `Refused` with the right usage where it cannot be one."""
    if name in PANELS:
        return Act("look_up", {"what": name})
    if name in _SUMS:
        return Act(_SUMS[name], {"amount": sum_of(rest, f"/{name} 30", scenario)})
    if name in _TEXTS:
        action, key = _TEXTS[name]
        if not rest:
            raise Refused(text_of(scenario.lang, "needs", usage=f"/{name} …"))
        return Act(action, {key: rest})
    if name == "trace":
        return Act("open_trace", {"tracking": rest} if rest else {})
    return Act("write_note", {"fields": fields_of(rest, scenario)})


def sum_of(text: str, usage: str, scenario: Scenario) -> float | int:
    """A number above 0."""
    try:
        value = float(_MONEY.sub("", text))
    except ValueError:
        value = math.nan
    if not 0 < value < math.inf:
        key = "not_seconds" if usage.startswith("/wait") else "not_a_sum"
        raise Refused(text_of(scenario.lang, key, text=text or "…", usage=usage))
    if value > MOST:
        raise Refused(text_of(scenario.lang, "too_much", text=text, usage=usage))
    return int(value) if value.is_integer() else value


def fields_of(text: str, scenario: Scenario) -> dict[str, str]:
    """`field=value` pairs; values may hold spaces."""
    found = {name: value.strip() for name, value in _FIELD.findall(text)}
    if found:
        return found
    names = list(scenario.note_form or {})
    if not names:
        raise Refused(text_of(scenario.lang, "no_note_form"))
    example = " ".join(f"{name}=…" for name in names)
    raise Refused(text_of(scenario.lang, "note_form", fields=", ".join(names), example=example))
