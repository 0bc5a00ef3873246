"""Who speaks: from a role's name, or, where none is given, from the look of the sender's name."""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache
from typing import Final

from transcripts.types import Role

_ROLE_NAMES: Final[dict[Role, str]] = {
    "customer": """
        customer client buyer visitor user consumer guest contact lead requester enduser
        member inbound incoming in received receive 客户 顾客 买家 用户 访客 消费者 会员
        买方 客人 接收 顾客消息 客户消息 买家消息
    """,
    "agent": """
        agent staff operator seller merchant shop waiter support admin administrator
        representative csr rep servicer assistant humanagent outbound outgoing out sent
        send teammate store 客服 人工客服 坐席 座席 卖家 商家 店铺 小二 店小二 人工
        客服人员 员工 专员 卖方 接待 客服专员 在线客服 商户 发送 客服消息 商家消息
    """,
    "bot": """
        bot robot chatbot autoreply auto automatic autoresponder virtualassistant 机器人
        自动回复 智能客服 机器人客服 自动
    """,
    "action": """
        action operation 操作 动作
    """,
    "system": """
        system sys notice event notification 系统 系统消息 系统通知 系统提示 通知 提示
    """,
}  # fmt: skip
_ROLES: Final = {name: role for role, names in _ROLE_NAMES.items() for name in names.split()}
_TRADITIONAL: Final = str.maketrans("戶顧買訪費員賣鋪動機復統專線", "户顾买访费员卖铺动机复统专线")
_NOISE: Final = re.compile(r"[\s_\-./:：\[\]【】()（）]+")

_SHOP: Final = re.compile(
    r"旗舰|旗艦|专营店|專營店|专卖店|專賣店|官方|客服|小二|店铺|店鋪|企业店|自营|自營|商城|售前|售后|售後"
    r"|店[:：]|店$|坐席|座席|卖家|賣家|商家"
    r"|\b(?:support|customer (?:service|care)|help ?desk|official|flagship)\b"
    r"|\b(?:store|shop|seller|agent)\b",
    re.IGNORECASE,
)
_SUB_ACCOUNT: Final = re.compile(r"[^:：\s][^:：]*[:：][^:：]*[^:：\s]")


def role_of(name: str) -> Role | None:
    """The role that a cell names in Chinese or English, or None."""
    return _role_of(name) if len(name) <= 30 else None


@lru_cache(maxsize=1024)
def _role_of(name: str) -> Role | None:
    plain = unicodedata.normalize("NFKC", name).lower().translate(_TRADITIONAL)
    return _ROLES.get(_NOISE.sub("", plain))


@lru_cache(maxsize=65_536)
def looks_like_shop(name: str) -> bool:
    """Whether a sender's name is a shop's: 旗舰店, 客服, "shop:clerk", support and the like."""
    return bool(_SHOP.search(name) or _SUB_ACCOUNT.fullmatch(name))


class Sides:
    """Learns over a whole file which senders are the shop: they speak in several conversations."""

    def __init__(self) -> None:
        self._where: dict[str, int | None] = {}
        self._marked = False

    def heard(self, sender: str, conversation: int) -> None:
        """Note that a sender speaks in a conversation."""
        if sender not in self._where:
            self._where[sender] = conversation
            self._marked = self._marked or looks_like_shop(sender)
        elif self._where[sender] != conversation:
            self._where[sender] = None

    def role(self, sender: str, opener: str | None, others: frozenset[str]) -> Role:
        """The role of a sender in a conversation that `opener` begins among `others`.

        A name of a role or a shop decides; else the one who speaks in several conversations is the
        shop; else whoever speaks first is the customer.
        """
        known = role_of(sender)
        if known is not None:
            return known
        if looks_like_shop(sender):
            return "agent"
        if any(looks_like_shop(other) or role_of(other) == "agent" for other in others):
            return "customer"
        shared = [name for name in others if self._where.get(name, 0) is None]
        if shared and len(shared) < len(others):
            return "agent" if sender in shared else "customer"
        return "customer" if sender == opener else "agent"
