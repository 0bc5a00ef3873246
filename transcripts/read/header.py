"""Which column of a table means what, told from its header, in Chinese or English."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Final, Literal, get_args

from transcripts.read.text import readable

Meaning = Literal["id", "at", "day", "role", "sender", "text", "customer", "agent"]
MEANINGS: Final[tuple[Meaning, ...]] = get_args(Meaning)
Chosen = Mapping[str, Meaning | None]
"""What a person says that columns mean, by their names; None: nothing. Others are guessed."""
NONE: Final[Chosen] = {}

_SYNONYMS: Final[dict[Meaning, str]] = {
    "id": """
        会话id 会话编号 会话号 会话标识 会话 对话id 对话编号 对话 聊天id 聊天编号 咨询id
        咨询编号 咨询单号 接待id 服务单号 工单id 工单编号 工单号 对话序号 会话序号 chatid
        sessionid session conversationid conversation conversationno convid dialogueid
        dialogid threadid thread ticketid ticketno ticket caseid sid
    """,
    "at": """
        时间 发送时间 消息时间 聊天时间 日期时间 时间戳 发言时间 创建时间 记录时间 对话时间
        会话时间 回复时间 日期与时间 timestamp time datetime sentat createdat messagetime
        sendtime sent createdtime date at ts messagetimestamp createtime msgtime
        datetimeutc
    """,
    "day": """
        日期 发送日期 消息日期 聊天日期 day senddate
    """,
    "role": """
        角色 发送者角色 发送方角色 发送人角色 发送者类型 发送方类型 发送人类型 身份
        发言角色 消息方向 方向 用户类型 消息来源 说话方 发言方 role sendertype senderrole
        authortype authorrole speakerrole direction usertype fromtype participanttype
        actortype speakertype
    """,
    "sender": """
        发送人 发送者 发送方 发言人 发言者 昵称 发送人昵称 发送者昵称 发送方昵称 姓名 名称
        旺旺 旺旺号 旺旺昵称 用户名 发送者名称 发送人姓名 说话人 发信人 来自 sender
        sendername from fromname author authorname name nickname speaker user username
        senderid agentname who fromuser senderdisplayname
    """,
    "text": """
        内容 消息内容 聊天内容 消息 文本 对话内容 会话内容 发送内容 正文 聊天记录 消息正文
        发言内容 文本内容 留言 回复内容 message text content body messagetext
        messagecontent messagebody msg utterance chat comment plaintext msgcontent
    """,
    "customer": """
        买家 买家昵称 买家旺旺 买家id 买家账号 客户 客户昵称 客户姓名 客户名称 客户id 顾客
        顾客昵称 顾客姓名 顾客id 用户 用户昵称 用户id 访客 访客昵称 访客id 会员 会员昵称
        会员名 customer customername customerid buyer buyername buyerid buyernick visitor
        visitorname visitorid client clientname userid
    """,
    "agent": """
        客服 客服昵称 客服姓名 客服名称 客服账号 客服id 接待客服 服务客服 坐席 坐席姓名
        坐席名称 座席 座席姓名 卖家 卖家昵称 商家 子账号 接待人 接待人员 agent agentid
        assignee operator operatorname staff staffname waiter waiterid waitername seller
        sellernick servicer
    """,
}  # fmt: skip
_MEANINGS: Final = {name: meaning for meaning, names in _SYNONYMS.items() for name in names.split()}
_NOISE: Final = re.compile(r"[\s_\-./:：*#\"'“”\ufeff]+|[（(\[【][^）)\]】]*[）)\]】]")
_TRADITIONAL: Final = str.maketrans(
    "會話編號對時間髮發送訊內買賣顧戶訪員類標識暱稱戳記錄諮詢與創線單專屬帳聊說",
    "会话编号对时间发发送讯内买卖顾户访员类标识昵称戳记录咨询与创线单专属账聊说",
)
HEADER_ROWS: Final = 30


@dataclass(frozen=True, slots=True)
class Layout:
    """`columns` maps meanings to column numbers, `names` are the header's cells as written.

    `weak_id`: the id column is called just "id", which may as well number the messages.
    """

    columns: dict[Meaning, int]
    names: tuple[str, ...]
    weak_id: bool = False

    def others(self) -> dict[int, str]:
        """Columns without a meaning that have a name."""
        taken = set(self.columns.values())
        return {n: name for n, name in enumerate(self.names) if n not in taken and name}


def names_of(cells: Sequence[object]) -> tuple[str, ...]:
    """The cells of a header as names of columns."""
    return tuple("" if cell is None else readable(str(cell).strip()) for cell in cells)


def layout_of(cells: Sequence[object], chosen: Chosen = NONE) -> Layout | None:
    """The layout that a row declares, or None if it is no header (a text column and one more)."""
    names = names_of(cells)
    columns: dict[Meaning, int] = {}
    for number, name in enumerate(names):
        told = chosen.get(name)
        if told is not None:
            columns.setdefault(told, number)
    for number, name in enumerate(names):
        meaning = _meaning(name) if name not in chosen and len(name) <= 40 else None
        if meaning is not None:
            columns.setdefault(meaning, number)
    if "day" in columns and "at" not in columns:
        columns["at"] = columns.pop("day")
    if "text" not in columns or len(columns) < 2:
        return None
    plain = [_NOISE.sub("", name.lower()) for name in names]
    weak = not {"id", "customer"} & set(columns) and "id" in plain
    weak = weak and names[plain.index("id")] not in chosen
    if weak:
        columns["id"] = plain.index("id")
    return Layout(columns, names, weak)


def find_layout(
    rows: Sequence[Sequence[object]], chosen: Chosen = NONE
) -> tuple[int, Layout] | None:
    """The first header among the first rows and its position; title rows stand above it."""
    for position, cells in enumerate(rows[:HEADER_ROWS]):
        if (layout := layout_of(cells, chosen)) is not None:
            return position, layout
    return None


@lru_cache(maxsize=4096)
def _meaning(name: str) -> Meaning | None:
    plain = unicodedata.normalize("NFKC", name).lower().translate(_TRADITIONAL)
    plain = plain.replace("讯息", "消息")
    return _MEANINGS.get(_NOISE.sub("", plain))
