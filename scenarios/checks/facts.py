"""Facts: sourced, lawful, and used by somebody."""

from __future__ import annotations

import re
from typing import Final

from rubrics.legal_floor import Breach, check_floor
from scenarios.checks.checked import Checked, Found
from scenarios.schema import Scenario
from transcripts.aligned import aligned

_TIME: Final = re.compile(r"\d{1,2}:\d{2}")
_NUMBER: Final = re.compile(r"(?<![\d.])(\d+(?:\.\d+)?)\s?([^\W\d_])?")
_HAN: Final = re.compile(r"[㐀-鿿]+")
_WORD: Final = re.compile(r"[a-z]{4,}")
_COMMON: Final = frozenset({
    "我们", "你们", "您的", "可以", "如果", "需要", "不能", "没有", "这个", "那个", "已经", "就是",
    "还是", "一个", "的话", "客服", "订单", "处理", "this", "that", "with", "from", "have", "your",
    "will", "been", "order", "they", "when", "which", "were", "what",
})  # fmt: skip
TAUGHT: Final = ("good", "unusual")


def fact_faults(checked: Checked) -> Found:
    """Faults of the facts and of what the supervisor says."""
    scenario = checked.scenario
    for number, fact in enumerate(scenario.facts):
        if fact.where == "product" and fact.source is None:
            message = "a fact on a product needs its source; add source: where it can be read"
            yield ("facts", number), message
        if not fact.below_law:
            yield from _floor(scenario, fact.text, ("facts", number))
    for number, answer in enumerate(scenario.supervisor):
        if not answer.below_law:
            yield from _floor(scenario, answer.answer, ("supervisor", number))
    yield from _taught(scenario)


def _floor(scenario: Scenario, text: str, place: tuple[str | int, ...]) -> Found:
    for breach in _breaches(scenario, text):
        yield (
            place,
            f"below the law of {scenario.market}: {breach.rule} ({breach.source}); change it, or "
            "write below_law: true if the scenario teaches what to do about such a rule",
        )


def _taught(scenario: Scenario) -> Found:
    """A path that is held up as an example must not break the law either."""
    for number, path in enumerate(scenario.paths):
        if path.name not in TAUGHT:
            continue
        for i, entry in enumerate(path.says):
            for breach in _breaches(scenario, entry.text or ""):
                yield (
                    ("paths", number, "says", i),
                    f"the {path.name} path says what is below the law of {scenario.market}: "
                    f"{breach.rule} ({breach.source}); reword it",
                )


def _breaches(scenario: Scenario, text: str) -> list[Breach]:
    return check_floor(text, scenario.market, scenario.starts, scenario.lang)


def unused_facts(checked: Checked) -> Found:
    """Facts that no path says, looks up or is limited by."""
    scenario = checked.scenario
    entries = [entry for path in scenario.paths for entry in path.says]
    said = marks_of(" ".join(e.text or " ".join(map(str, e.data.values())) for e in entries))
    looked_up = {entry.data.get("what") for entry in entries if entry.action == "look_up"}
    limits = {f"{value:g}" for value in scenario.authority.values()}
    for number, fact in enumerate(scenario.facts):
        own = marks_of(fact.text)
        limiting = fact.where == "policy" and limits & {mark.rstrip("元块") for mark in own}
        seen = fact.where in ("order", "logistics") and fact.where in looked_up
        if not (seen or limiting or touches(own, said)):
            look_up = f", look it up ({fact.where})" if fact.where in ("order", "logistics") else ""
            yield (
                ("facts", number),
                f"no path uses this fact; let a path say it{look_up}, or remove it",
            )


def marks_of(text: str) -> frozenset[str]:
    """What a text is recognised by: numbers with their unit, pairs of characters, long words."""
    plain = aligned(text)
    times = set(_TIME.findall(plain))
    plain = _TIME.sub(" ", plain)
    found = times | {number + (unit or "") for number, unit in _NUMBER.findall(plain)}
    found |= {number for number, _ in _NUMBER.findall(plain) if len(number) > 1}
    for run in _HAN.findall(plain):
        found |= {run[i : i + 2] for i in range(len(run) - 1)}
    return frozenset(found | set(_WORD.findall(plain))) - _COMMON


def touches(fact: frozenset[str], said: frozenset[str]) -> bool:
    """Whether words share enough with a fact to be about it: a number of it, or two marks."""
    shared = fact & said
    return len(shared) > 1 or any(mark[0].isdecimal() for mark in shared) or (
        len(fact) < 3 and bool(shared)
    )  # fmt: skip
