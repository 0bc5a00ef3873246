"""Message blocks of a text export: a head with name and time, and the lines that belong to it.

Heads: `昵称 (2026-03-02 10:00:00): 文本`, name and time on a line of their own (in either order),
and `2026-03-02 10:00:00 昵称：文本`. Times may lack the date where a line above gives the day.
A file keeps to its form: a parcel's track pasted into a message looks like a head of another form.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Final

from transcripts.read.sides import looks_like_shop, role_of

_DAY: Final = r"\d{4}\s?[-/.年]\s?\d{1,2}\s?[-/.月]\s?\d{1,2}\s?日?|\d{1,2}/\d{1,2}/\d{4}"
_HALF: Final = r"(?:[上下]午|凌晨|早上|中午|晚上)\s?"
_HOUR: Final = (
    rf"(?:{_HALF})?\d{{1,2}}[:：]\d{{1,2}}(?:[:：]\d{{1,2}})?(?:\.\d+)?(?:\s?[AaPp][Mm])?"
)
_FULL: Final = (
    rf"(?:{_DAY})(?:[T\s]\s*(?:(?:星期|周)[一二三四五六日天]\s*)?{_HOUR})(?:Z|[+-]\d\d:?\d\d)?"
)
_WHEN: Final = rf"(?:{_FULL}|{_HOUR})"
_NAME: Final = r"[^\s(（\[【<>{}][^\n(（]{0,60}?"

# 昵称 (时间): 文本, also with nothing behind it
_PAREN: Final = re.compile(
    rf"(?P<name>{_NAME})\s*[(（\[【]\s*(?P<at>{_WHEN})\s*[)）\]】]\s*(?:[:：]\s?(?P<text>.*))?$"
)
# 昵称 时间 alone
_NAME_LINE: Final = re.compile(rf"(?P<name>{_NAME})\s+(?P<at>{_WHEN})\s*[:：]?$")
# 时间 昵称：文本
_TIMED: Final = re.compile(
    rf"[(（\[【]?(?P<at>{_FULL})[)）\]】]?[ \u3000\t]+"
    r"(?P<rest>(?P<name>[^\s:：]{1,40})\s*[:：].*)$"
)
_CLERK: Final = re.compile(r"[^\s:：]+[:：][^\s:：，。！？,.!?~～]{1,12}")
# 时间 昵称 alone
_TIME_LINE: Final = re.compile(rf"(?P<at>{_FULL})[ \u3000\t]+(?P<name>[^\s，。！？,!?]{{1,40}})$")
# A head whose time is no time, e.g. in month 13
_BROKEN: Final = re.compile(
    r"(?P<name>[^\s(（][^\n(（]{0,60}?)\s*[(（](?P<at>\d[\d\-/.年月日:： T]{7,30})[)）]\s*"
    r"[:：]\s?(?P<text>.*)$"
)
_DIVIDER: Final = re.compile(r"\s*(?:[-=*_~#—－＝]\s*){4,}.*$")
_DATE_LINE: Final = re.compile(rf"\W*(?:日期[:：]\s*)?(?P<day>{_DAY})\s*(?:(?:星期|周).)?\W*$")
_TITLE: Final = re.compile(
    r".{0,40}(?:聊天记录|聊天紀錄|消息记录|对话记录|导出|匯出|聊天对象|联系人|消息分组|消息对象"
    r"|chat (?:log|history)).{0,60}$"
    r"|(?:买家|客户|店铺|卖家|会话|时间段|时间范围|起止时间)(?:昵称|名称|编号|ID)?\s*[:：].{0,60}$",
    re.IGNORECASE,
)


@dataclass(slots=True)
class Block:
    """One message of a text export. `begins`: a divider or title stood above it."""

    line: int
    name: str
    at: str
    parts: list[str]
    raw: list[str]
    begins: bool = False
    stray: bool = False

    @property
    def text(self) -> str:
        """The message without blank lines around it."""
        return "\n".join(self.parts).strip("\n").rstrip()


class Heads:
    """Finds heads. After a first pass it knows the file's form and the names that hold a colon."""

    def __init__(self) -> None:
        self._doubled: Counter[str] = Counter()
        self._single: Counter[str] = Counter()
        self._forms: Counter[str] = Counter()

    def learn(self, line: str) -> None:
        """Count the form of a line, and the names that one of the third form could hold."""
        if (form := _form(line)) is None:
            return
        self._forms[form[0]] += 1
        if form[0] not in ("timed", "either"):
            return
        parts = re.split(r"[:：]", form[1]["rest"], maxsplit=2)
        self._single[parts[0].strip()] += 1
        if len(parts) == 3 and 0 < len(parts[1]) <= 12:
            self._doubled[_plain(f"{parts[0]}:{parts[1]}")] += 1

    def read(self, line: str) -> tuple[str, str, str] | None:
        """Name, time and text of a head, or None."""
        if (form := _form(line)) is None:
            return None
        kind, found = form
        if kind == "either":  # "时间 旗舰店:小李": a clerk's name, or a shop that says 小李
            kind = "time line" if self._forms["time line"] > self._forms["timed"] else "timed"
        likely = max(self._forms.values(), default=0)
        if self._forms and (self._forms[kind] + self._forms["either"]) * 5 < likely * 3:
            return None
        if kind == "time line" and form[0] == "either":
            return _trim(found["rest"]), found["at"], ""
        if kind == "paren":
            return _trim(found["name"]), found["at"], found["text"] or ""
        if kind == "timed":
            name, text = self._split(found["rest"])
            return _trim(name), found["at"], text
        return _trim(found["name"]), found["at"], ""

    def _split(self, rest: str) -> tuple[str, str]:
        """Name and text of "旗舰店:小李：您好", where the name holds a colon too."""
        found = re.match(r"([^:：]+)[:：]([^:：\s]{1,12})[:：](.*)$", rest, re.DOTALL)
        if found:
            shop, clerk = found[1].strip(), found[2]
            seen = self._doubled[_plain(f"{shop}:{clerk}")]
            if (looks_like_shop(shop + ":") and not role_of(shop)) or (
                seen > 1 and seen * 2 >= self._single[shop]
            ):
                return rest[: found.end(2)], found[3].lstrip()
        name, _, text = re.sub(r"[:：]", "\0", rest, count=1).partition("\0")
        return name, text.lstrip()


def _form(line: str) -> tuple[str, re.Match[str]] | None:
    """The form of a head and its match."""
    start = line[:160]
    if not any(mark.isdigit() for mark in start):
        return None
    if found := _PAREN.match(line) or _BROKEN.match(line):
        return "paren", found
    if found := _TIMED.match(line):
        shop = found["name"] + ":"
        clerk = _CLERK.fullmatch(found["rest"]) is not None and looks_like_shop(shop)
        return ("either" if clerk else "timed"), found
    if len(line) > len(start):
        return None
    if found := _TIME_LINE.match(line):
        return "time line", found
    found = _NAME_LINE.match(line)
    return ("name line", found) if found else None


def looks_like_blocks(head: str) -> bool:
    """Whether a text holds heads of messages: at least one line in ten of the first lines."""
    rows = [row for row in head.split("\n")[:200] if row.strip()]
    heads = Heads()
    return sum(heads.read(row) is not None for row in rows) * 10 >= len(rows) > 0


def blocks(lines: Iterable[tuple[int, str]], heads: Heads) -> Iterator[Block]:
    """Message blocks in order. Lines above the first head that are no title are a stray block."""
    block: Block | None = None
    begins, day = False, ""
    for number, line in lines:
        line = line.lstrip("\ufeff").rstrip("\r")
        if head := heads.read(line):
            if block is not None:
                yield block
            name, at, text = head
            if day and re.fullmatch(_HOUR, at):
                at = f"{day} {at}"
            block = Block(number, name, at, [text] if text else [], [line], begins)
            begins = False
        elif _DIVIDER.match(line) or _TITLE.fullmatch(line) or _DATE_LINE.fullmatch(line):
            if found := _DATE_LINE.fullmatch(line):
                day = found["day"]
            if block is not None and not _DIVIDER.match(line) and not _blank_above(block):
                _add(block, line)  # in the middle of a message it is part of the message
                continue
            if block is not None:
                yield block
                block = None
            begins = begins or not found
        elif block is not None:
            _add(block, line)
        elif line.strip():
            block = Block(number, "", "", [line], [line], begins, stray=True)
    if block is not None:
        yield block


def _blank_above(block: Block) -> bool:
    return len(block.raw) > 1 and not block.raw[-1].strip()


def _add(block: Block, line: str) -> None:
    block.parts.append(line)
    block.raw.append(line)


def _trim(name: str) -> str:
    return name.strip().rstrip(":：").strip()


def _plain(name: str) -> str:
    return name.replace("：", ":").replace(" ", "")
