"""Who is invented for the demo, and what they practise: paths of the library, played for real."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final, Literal

from store.people import Role
from store.practices import Mode

PathName = Literal["good", "unusual", "poor", "over"]


@dataclass(frozen=True, slots=True)
class Who:
    """Somebody invented."""

    login: str
    name: str
    role: Role


@dataclass(frozen=True, slots=True)
class Try:
    """A practice `days` before the start, played by a path of the variant. In an exam the variant
    is drawn; `helped`: with mood and lines shown, as a newcomer has it. Nobody
    follows a path to the letter: the `first` message may be that of another path, and all of it
    `slower` by this factor.
    """

    login: str
    days: int
    scenario: str
    variant: int
    path: PathName
    mode: Mode = "play"
    helped: bool = False
    first: PathName | None = None
    slower: float = 1.0


@dataclass(frozen=True, slots=True)
class Word:
    """What is said about the last practice of a scenario: `text` and `answer` are filled with the
    `criterion` that scored least.
    """

    login: str
    scenario: str
    text: str
    answer: str | None = None


PEOPLE: Final = (
    Who("chenjing", "陈静", "admin"),
    Who("zhoulan", "周岚", "trainer"),
    Who("shenyi", "沈毅", "lead"),
    Who("hemin", "何敏", "team_leader"),
    Who("liuyang", "刘洋", "agent"),
    Who("wangxue", "王雪", "agent"),
    Who("zhaopeng", "赵鹏", "agent"),
    Who("sunting", "孙婷", "agent"),
    Who("wukai", "吴凯", "agent"),
)
ADMIN: Final = "chenjing"
TRAINER: Final = "zhoulan"
LEAD: Final = "shenyi"
LEADER: Final = "hemin"
GROUP: Final = "售后一组"
MEMBERS: Final = ("liuyang", "wangxue", "zhaopeng", "wukai")

TRIES: Final = (
    # gets better
    Try("liuyang", 19, "rotten-fruit", 0, "poor", helped=True),
    Try("liuyang", 18, "rotten-fruit", 1, "good", first="poor"),
    Try("liuyang", 16, "rotten-fruit", 1, "good", slower=2),
    Try("liuyang", 9, "rotten-fruit", 2, "good"),
    Try("liuyang", 3, "delayed-delivery", 0, "good", first="poor", slower=1.5),
    # is good at it
    Try("wangxue", 17, "size-return", 0, "good", slower=1.5),
    Try("wangxue", 12, "size-return", 2, "good"),
    Try("wangxue", 10, "price-haggler", 1, "good", first="poor"),
    Try("wangxue", 6, "wrong-item", 0, "good", slower=4),
    Try("wangxue", 1, "delayed-delivery", 1, "unusual"),
    # has a hard time
    Try("zhaopeng", 15, "delayed-delivery", 0, "poor"),
    Try("zhaopeng", 13, "delayed-delivery", 1, "good", first="poor", slower=2),
    Try("zhaopeng", 8, "delayed-delivery", 2, "good", helped=True),
    Try("zhaopeng", 5, "coupons-not-stackable", 0, "over"),
    Try("zhaopeng", 2, "cancel-order", 3, "good", first="poor"),
    # serves in other languages too
    Try("sunting", 14, "late-parcel-hant", 0, "good", first="poor"),
    Try("sunting", 11, "price-haggler-en", 0, "unusual"),
    Try("sunting", 7, "price-haggler-en", 1, "good", slower=2),
    # is new
    Try("wukai", 2, "rotten-fruit", 0, "poor", helped=True),
    Try("wukai", 1, "rotten-fruit", 1, "good", first="poor", helped=True),
)
EXAM: Final = "坏果售后上岗考"
EXAM_SCENARIO: Final = "rotten-fruit"
EXAM_TRIES: Final = (
    Try("liuyang", 4, EXAM_SCENARIO, 0, "good", "exam", slower=1.5),
    Try("wangxue", 4, EXAM_SCENARIO, 0, "unusual", "exam"),
    Try("zhaopeng", 4, EXAM_SCENARIO, 0, "good", "exam", first="poor"),
)
NEXT_EXAM: Final = "物流售后考核"
NEXT_SCENARIOS: Final = ("delayed-delivery", "signed-not-received")
WORK: Final = "本周练习：售前讲价"
WORK_SCENARIOS: Final = ("price-haggler",)
WORKERS: Final = ("liuyang", "wukai")

WORDS: Final = (
    Word(
        "zhaopeng", "delayed-delivery", "「{criterion}」这项分最低，是哪一句拉下来的？",
        "打开「{criterion}」，扣分的那句会标出来。从那句重来，换个说法再看分数怎么变",
    ),
    Word("liuyang", "delayed-delivery", "「{criterion}」这项我想再练一次，先练哪一句最值？"),
)  # fmt: skip
NOTED: Final = Word("wangxue", "wrong-item", "这句试试拆成两句发：先回应客户的心情，再说怎么办")
FLAGGED: Final = Word("zhaopeng", "cancel-order", "")
