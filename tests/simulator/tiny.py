"""A tiny scenario and persona, and ears that understand a code instead of language.

A line such as `apologise ask:photo offer:refund:3000` does the act, asks for the photo and offers
30.00; `hears:x`, `wrong:0`, `warm`, `unknown`, `huh` (not understood) say what they name. `said`
makes sessions whose agent speaks that code, so nothing here needs a model.
"""

from __future__ import annotations

import hashlib
from typing import Any

from scenarios.parts import Kind
from scenarios.schema import Persona, Scenario
from simulator.ears import Before
from simulator.heard import Heard, Offer
from simulator.session import Session
from simulator.state import Case

LINES = {
    "nudge": ["人呢？", "还在吗？", "喂？", "没人吗？", "有人管吗？"],
    "hold": ["好，我等着", "快点啊", "行吧，等你"],
    "not_understood": ["没听懂", "你说啥？", "什么意思？"],
    "so": ["所以呢？", "怎么弄？", "给个办法", "然后呢？"],
    "bare_apology": ["别道歉了", "光对不起有啥用"],
    "repeated": ["这话说过了", "又是这句"],
    "asked_again": ["刚才发过了", "往上翻翻"],
    "wrong": ["不对吧，再看看", "你看错了"],
    "unknown": ["这我不清楚", "这我哪知道"],
    "hurt": ["你什么态度", "怎么说话呢"],
    "threat": ["再这样我差评了"],
    "leaves": ["算了，评价见"],
    "thanks": ["好的，谢谢", "嗯，谢了"],
    "nothing_else": ["没了，谢谢"],
}
PERSONA: dict[str, Any] = {
    "format": 1,
    "id": "tester",
    "lang": "zh",
    "name": {"zh": "试", "en": "Tester"},
    "description": {"zh": "试", "en": "Tester"},
    "mood": 3,
    "trust": 5,
    "patience": 10,
    "waits": {"nudge": 60, "again": 80, "goodbye": 40},
    "typing": {"think": 2, "a_character": 0.1},
    "lines": LINES,
}
TINY: dict[str, Any] = {
    "format": 1,
    "id": "tiny",
    "lang": "zh",
    "title": {"zh": "坏果", "en": "Rotten"},
    "shelf": "烂了！",
    "topic": {"zh": "坏果", "en": "Rotten"},
    "level": "beginner",
    "minutes": 3,
    "market": "CN",
    "platform": "taobao",
    "currency": "CNY",
    "persona": "tester",
    "customer": "tb_1",
    "starts": "2026-03-02T10:00:00+08:00",
    "turns": 8,
    "facts": [
        {"where": "order", "text": "订单 1：草莓，实付 90 元", "corrects": ["是 90 元，不是别的"]},
        {"where": "policy", "text": "坏果包赔"},
    ],
    "authority": {"refund_max": 50, "coupon_max": 10},
    "supervisor": [
        {"words": ["多"], "answer": "可以到 80 元。", "allows": {"refund_max": 80}},
    ],
    "opening": [["烂了！", "怎么办？"]],
    "hears": {"cold": {"say": ["路上很冷"]}},
    "knows": {
        "photo": {"say": ["拍了，你看"], "picture": "mouldy"},
        "count": {"say": ["十个"]},
    },
    "questions": {
        "when": {
            "answered": {"acts": ["commit_time"]},
            "again": ["那什么时候到账？", "几时到账？"],
            "thanks": ["那还行"],
        }
    },
    "goals": {"deal": {"by": {"told": ["deal"]}}},
    "deal": {
        "about": "refund",
        "price": 90,
        "opens_at": 60,
        "settles_at": 30,
        "anger_adds": 10,
        "reasons": {"cold": 4},
        "also": {"replacement": 0, "compensation": 0.5},
        "after": {"revealed": ["photo"]},
        "too_soon": ["你看都没看"],
        "rounds": 2,
        "counter": ["不够，{counter}", "{counter}，再低不谈"],
        "accept": ["{offered} 可以"],
        "unclear": ["退多少？"],
        "refused": ["凭什么？{counter}"],
    },
    "endings": {
        "satisfied": {"right": {"not_told": ["over"]}, "why": ["快"]},
        "accepted": {"right": True, "why": ["算解决了"]},
        "left": {"why": ["没结果"]},
        "bad_review": {"why": ["不管"]},
        "unresolved": {"why": ["没说怎么办"]},
    },
    "paths": [{"name": "good", "says": [{"after": 10, "text": "apologise"}]}],
}


def tiny(persona: dict[str, Any] | None = None, seed: int = 0, **changed: Any) -> Case:
    """The tiny case with some keys of the scenario, and of the persona, replaced."""
    scenario = Scenario.model_validate(TINY | changed)
    return Case(scenario, Persona.model_validate(PERSONA | (persona or {})), seed)


def coded(reply: str, _before: Before | None = None) -> Heard:
    """What a reply in code is heard as; several lines are one reply."""
    found: dict[str, list[Any]] = {key: [] for key in ("acts", "hears", "asks", "offers", "wrong")}
    flags = {"warm": False, "unknown": False, "more": False, "understood": True}
    for word in reply.split():
        kind, _, rest = word.partition(":")
        if kind == "ask":
            found["asks"].append(rest)
        elif kind == "hears":
            found["hears"].append(rest)
        elif kind == "wrong":
            found["wrong"].append(int(rest))
        elif kind == "offer":
            what, _, cents = rest.partition(":")
            found["offers"].append(Offer(_kind(what), int(cents) if cents else None))
            found["acts"].append(f"offer_{what}")
        elif kind in ("warm", "unknown", "more"):
            flags[kind] = True
        elif kind == "huh":
            flags["understood"] = False
        else:
            found["acts"].append(kind)
    lists = {key: tuple(dict.fromkeys(value)) for key, value in found.items()}
    clauses = tuple(
        hashlib.sha256(line.encode()).hexdigest()[:8] for line in reply.split("\n") if len(line) > 4
    )
    return Heard(**lists, **flags, clauses=clauses)  # type: ignore[arg-type]


def _kind(word: str) -> Kind:
    kinds: dict[str, Kind] = {
        "refund": "refund",
        "replacement": "replacement",
        "compensation": "compensation",
        "discount": "discount",
    }
    return kinds[word]


def customer(session: Session) -> list[str]:
    """What the customer has said."""
    return [message.text for message in session.messages if message.role == "customer"]
