"""A random agent: whatever it writes and does, whenever, a scenario ends and never raises.

Its words are good, bad, empty, endless or in another language; its actions hold odd data; it waits
no time or for days. The same seed makes the same agent.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from random import Random
from typing import Any, Final

from simulator.play import LONGEST
from simulator.session import Listen, Session
from simulator.state import ONE, Case
from simulator.workbench import NEEDED
from transcripts.errors import Refused

MOST_ENTRIES: Final = 70
"""More than any scenario has turns; an agent that is still heard then proves a fault."""
GOOD: Final = (
    "您好，实在对不起，给您添麻烦了，这事我来负责。",
    "麻烦您拍一下照片和快递面单，大概有多少是坏的？",
    "我帮您查一下，请稍等两分钟。",
    "查到了，这边给您退 30 元，原路退回，1 到 3 个工作日到账，您看可以吗？",
    "今天给您重新发一份，明天送到。",
    "已经提交主管，今天下午六点前给您答复。",
    "老顾客了，我给您申请便宜 5 元，再送一份小礼物。",
    "您想退款还是补发？",
    "还有别的可以帮您的吗？祝您生活愉快。",
    "I'm so sorry about this. Could you send me a photo of the label and tell me how many are bad?",
    "I have refunded £12 to your card, it takes 3 to 5 days. Is there anything else?",
    "Would you prefer a replacement or your money back?",
    "真的很抱歉，這邊馬上幫您退款 300 元，請問還有其他問題嗎？",
)
BAD: Final = (
    "亲", "哦", "不知道", "自己看详情页", "发出去就不归我们管了", "谁让您自己不及时取",
    "买不起就别买", "加我微信转账给您便宜点", "先把差评删了再给您退", "等着吧，到了就到了",
    "把验证码发我一下", "吃坏肚子是你自己的问题，多喝热水", "whatever", "Not our problem.",
    "read the page",
)  # fmt: skip
ODD: Final = (
    "", " ", "\n", "？？", "😀😀🎉", "[图片]", "#E-s01#", "…………", "{counter}", "{0}", "%s", "\\",
    "1", "退 -5 元", "退 0 元", "退 99999999999999999999 元", "退一千亿元", "二月三十号退",
    "asdf qwer zxcv", "ありがとうございます、返金します", "لا أفهم", "﷽", "\u202e反着写", "\x00",
    "退" * 1500, "好的，" * 700, "a" * 5000, "退 1 元，" * 300,
)  # fmt: skip
WAITS: Final = (0, 1, 400, 3_000, 20_000, 61_000, 95_000, 400_000, 3_600_000, 86_400_000)
"""Milliseconds between two things that the agent does."""
_VALUES: Final[tuple[Any, ...]] = (
    5, 30, 0.01, 29.999, 0, -5, 1e12, float("nan"), float("inf"), True, "30", "order", "policy",
    "nonsense", "", None, [], ["order"], {}, {"发货日": "11 月 2 日"}, "很长" * 500,
    "能不能多退一点？", "上海市某路 1 号",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Deed:
    """One thing that the agent does at `at` milliseconds: words, or an action with its data."""

    at: int
    text: str | None
    action: str | None
    data: dict[str, Any]


def deeds(seed: int) -> Iterator[Deed]:
    """What the agent of a seed does, without end; some are quick, some kind, some busy."""
    dice = Random(seed)
    waits = WAITS[: dice.choice((5, 5, 7, len(WAITS)))]
    kinds = dice.choice(((GOOD,), (GOOD, GOOD, GOOD, ODD), (GOOD, BAD, ODD), (ODD,)))
    busy = dice.choice((0.1, 0.3, 0.6))
    at = 0
    while True:
        at += dice.choice(waits)
        if dice.random() < busy:
            action = dice.choice((*NEEDED, "no_such_action"))
            names = (*NEEDED.get(action, ()), *dice.sample(("amount", "note", "what"), 1))
            data = {name: dice.choice(_VALUES) for name in names if dice.random() < 0.9}
            yield Deed(at, None, action, data)
        else:
            yield Deed(at, dice.choice(dice.choice(kinds)), None, {})


def fuzz(case: Case, listen: Listen, seed: int) -> Session:
    """The session of the random agent, which must have ended; see `broken`."""
    session = Session(case, listen)
    at = 0
    for number, deed in enumerate(deeds(seed)):
        session.advance(deed.at)
        if session.over or number == MOST_ENTRIES:
            break
        at = deed.at
        try:
            if deed.text is not None:
                session.say(deed.text, deed.at)
            else:
                session.act(str(deed.action), deed.data, deed.at)
        except Refused:
            continue  # odd data is refused with a reason; the agent goes on
    session.advance(at + LONGEST)
    return session


def broken(session: Session) -> list[str]:
    """What a session does that none may do; empty where all is well."""
    found = []
    scenario = session.case.scenario
    if not session.ended:
        found.append("it does not end, even after two weeks of silence")
    if session.state.turn > scenario.turns:
        found.append(f"it goes on for {session.state.turn} replies, more than {scenario.turns}")
    if any(not 0 <= mood <= 4 * ONE for mood in session.moods):
        found.append(f"a mood lies outside 0 to {4 * ONE}: {session.moods}")
    customers = sum(message.role == "customer" for message in session.messages)
    if customers != len(session.moods):
        found.append(f"{customers} customer messages have {len(session.moods)} moods")
    times = [message.at for message in session.messages if message.at is not None]
    if times != sorted(times):
        found.append("its messages are out of order")
    if session.ended and session.state.ending not in scenario.endings:
        found.append(f"it ends {session.state.ending}, of which endings says nothing")
    return found
