"""Text exports of Qianniu/Wangwang: several chats in a file, told apart by dividers and customers.

A chat ends at a divider or title and where another customer speaks. What the shop said just before
that customer belongs to the new chat if the clock jumped back there, else to the old one.
The shop is known by its name (旗舰店:小李), else as the one who speaks with several others.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime
from typing import Final

from transcripts.errors import UnreadableInput
from transcripts.language import recognise
from transcripts.notes import Notes
from transcripts.read.blocks import Block, Heads, blocks, looks_like_blocks
from transcripts.read.options import Found, Reader, ReadOptions, Reject
from transcripts.read.sides import Sides, looks_like_shop, role_of
from transcripts.read.source import Source
from transcripts.read.text import broken, encoding_of, head_of, lines, readable, wrong_bytes
from transcripts.times import Clock, DayOrder, UnreadableTime, order_of, order_signs, zone
from transcripts.types import Message, Role, Transcript

_MOST_MESSAGES: Final = 100_000


def qianniu_reader(source: Source, options: ReadOptions, notes: Notes) -> Reader:
    """A reader of a text export. Raises `UnreadableInput` if no line names a speaker and a time."""
    encoding = encoding_of(source)
    if not looks_like_blocks(head_of(source, encoding)):
        raise UnreadableInput(
            f"{source.name}: no line reads like 昵称 (2026-03-02 10:00:00): 文本 or "
            "2026-03-02 10:00:00 昵称：文本. Export the chats as text again, with times."
        )
    return _Export(source, encoding, zone_clock(options), notes).run


def zone_clock(options: ReadOptions) -> Clock:
    """The clock of the options' time zone."""
    return Clock(zone(options.timezone))


class _Export:
    def __init__(self, source: Source, encoding: str, clock: Clock, notes: Notes) -> None:
        self._source = source
        self._encoding = encoding
        self._clock = clock
        self._notes = notes
        self._heads = Heads()
        self._sides = Sides()
        self._marked = False
        self._shop = ""

    def run(self) -> Iterator[Found | Reject]:
        """The chats in order, each behind the rejects of its blocks."""
        self._survey()
        chat: list[tuple[Block, datetime | None]] = []
        customer = ""
        lost = False
        for block in blocks(lines(self._source, self._encoding), self._heads):
            if block.begins and chat:
                yield self._chat(chat, lost)
                chat, customer, lost = [], "", False
            made = self._check(block)
            if isinstance(made, Reject):
                lost = True
                yield made
                continue
            speaker = block.name if self._is_customer(block.name) else ""
            if (speaker and customer and speaker != customer) or len(chat) >= _MOST_MESSAGES:
                cut = self._cut(chat)
                yield self._chat(chat[:cut], lost)
                chat, lost = chat[cut:], False
            customer = speaker or customer
            chat.append((block, made))
        if chat:
            yield self._chat(chat, lost)

    def _survey(self) -> None:
        """Learn names and the order of day and month; nothing else is kept."""
        signs: set[str] = set()
        for _, line in lines(self._source, self._encoding):
            self._heads.learn(line)
        for block in blocks(lines(self._source, self._encoding), self._heads):
            signs |= order_signs(block.at)
            self._marked = self._marked or looks_like_shop(block.name)
        order: DayOrder = order_of(signs)
        self._clock = Clock(self._clock.zone, order)
        if not self._marked:
            self._learn_shop()

    def _learn_shop(self) -> None:
        """Without a shop's mark on any name: who speaks next to at least two others is the shop."""
        partners: dict[str, set[str]] = {}
        last = ""
        for block in blocks(lines(self._source, self._encoding), self._heads):
            if last and last != block.name and not block.begins:
                partners.setdefault(last, set()).add(block.name)
                partners.setdefault(block.name, set()).add(last)
            last = block.name
        most = max(partners, key=lambda name: len(partners[name]), default="")
        if most and len(partners[most]) > 1 and len(partners) > 2:
            self._shop = most

    def _is_customer(self, name: str) -> bool:
        if role_of(name) is not None:
            return role_of(name) == "customer"
        if self._shop:
            return name != self._shop
        return self._marked and not looks_like_shop(name)

    def _check(self, block: Block) -> datetime | Reject | None:
        """The time of a block, or the reject that it becomes."""
        raw = "\n".join(block.raw).rstrip("\n")
        try:
            if broken(raw):
                reason = wrong_bytes(self._encoding)
            elif block.stray:
                reason = "has no sender and time above it: write 昵称 (2026-03-02 10:00:00): 文本"
            elif not block.text.strip():
                reason = "has no text behind its head: delete the head or add the text"
            else:
                return self._clock.read(block.at)
        except UnreadableTime as unreadable:
            reason = str(unreadable)
        return Reject(self._source.name, block.line, reason, readable(raw))

    def _cut(self, chat: list[tuple[Block, datetime | None]]) -> int:
        """Where the next customer's chat begins in what the shop said last."""
        place = len(chat)
        while place > 0 and not self._is_customer(chat[place - 1][0].name):
            place -= 1
        for index in range(max(place, 1), len(chat)):
            before, here = chat[index - 1][1], chat[index][1]
            if before is not None and here is not None and here < before:
                return index
        return len(chat)

    def _role(self, name: str, opener: str, names: frozenset[str]) -> Role:
        if self._shop and role_of(name) is None:
            return "agent" if name == self._shop else "customer"
        return self._sides.role(name, opener, names)

    def _chat(self, chat: list[tuple[Block, datetime | None]], lost: bool) -> Found:
        names = frozenset(block.name for block, _ in chat)
        opener = chat[0][0].name
        messages = tuple(
            Message(self._role(block.name, opener, names), block.text, at, block.name)
            for block, at in chat
        )
        spoken = {role: m.sender for m in reversed(messages) if (role := m.role)}
        transcript = Transcript(
            id="",
            messages=messages,
            lang=recognise(message.text for message in messages),
            agent=spoken.get("agent"),
            customer=spoken.get("customer"),
            incomplete=lost,
        )
        return Found(transcript, chat[0][0].line)
